"""Widgets beside each other while there is room for all of them, else below each other."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

GAP = 8


class Row(QWidget):
    """Needs no more width than the widest of its widgets; the first one takes what room is left.

    Parameters
    ----------
    widgets : QWidget
        From left to right, or from top to bottom.
    """

    def __init__(self, *widgets: QWidget) -> None:
        super().__init__()
        self._widgets = widgets
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(GAP)
        self._line.setSizeConstraint(QBoxLayout.SizeConstraint.SetNoConstraint)  # `minimumSizeHint` says it
        for widget in widgets:
            self._line.addWidget(widget, 1)

    @property
    def is_broken(self) -> bool:
        """Whether the widgets stand below each other."""
        return self._line.direction() == QBoxLayout.Direction.TopToBottom

    # -- Qt --------------------------------------------------------------------------------------------------

    def minimumSizeHint(self) -> QSize:
        widest = max(widget.minimumSizeHint().width() for widget in self._widgets)
        return QSize(widest, self._line.minimumSize().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wanted = sum(widget.sizeHint().width() for widget in self._widgets) + GAP * (len(self._widgets) - 1)
        directions = QBoxLayout.Direction
        self._line.setDirection(
            directions.LeftToRight if wanted <= event.size().width() else directions.TopToBottom
        )
