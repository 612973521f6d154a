"""What is made once something has been painted, so that the window is there first."""

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget


class Later(QWidget):
    """Holds the widget that `make` returns, from right after the first paint on.

    What is behind a tab is not painted, and so not made, before somebody looks.
    """

    def __init__(self, make: Callable[[], QWidget]) -> None:
        super().__init__()
        self._make: Callable[[], QWidget] | None = make
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)

    def _fill(self) -> None:
        make, self._make = self._make, None
        if make is not None:
            self._column.addWidget(make())

    # -- Qt ------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._make is not None:
            QTimer.singleShot(0, self._fill)
