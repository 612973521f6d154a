"""A part of a panel that unfolds below its heading."""

from PySide6.QtCore import QPoint, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from ui.widgets.labels import ElidedLabel

INDENT = 12

_SETTLED_MS = 150
"""So soon after unfolding it has its height: a scroll bar that comes has its lines wrap anew."""


class Fold(QWidget):
    """A heading that is a button; below it, once it is pressed, what it is about, scrolled into sight.

    Beside the heading stands in quiet text how things are, so that nobody has to unfold it to know.

    Parameters
    ----------
    title, tip : str
        The heading, and what it is about.
    """

    def __init__(self, title: str, tip: str) -> None:
        super().__init__()
        self._title = title
        self.button = QPushButton()
        self.button.setProperty("kind", "link")
        self.button.setProperty("heading", True)
        self.button.setCheckable(True)
        self.button.setToolTip(tip)
        self.summary = ElidedLabel()
        self._body = QWidget()
        self.column = QVBoxLayout(self._body)
        self.column.setContentsMargins(INDENT, 0, 0, 6)
        self.column.setSpacing(4)
        self._settling = QTimer(self)
        self._settling.setSingleShot(True)
        self._settling.setInterval(_SETTLED_MS)
        self._lay_out()
        self._unfold(False)
        self.button.toggled.connect(self._unfold)

    def set_summary(self, text: str) -> None:
        """Say in a few words how things are."""
        self.summary.setText(text)
        self.button.setAccessibleName(f"{self._title}: {text}" if text else self._title)

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.button)
        line.addWidget(self.summary, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(line)
        column.addWidget(self._body)

    def _unfold(self, unfolded: bool) -> None:
        self.button.setText(f"{'▾' if unfolded else '▸'} {self._title}")
        self._body.setVisible(unfolded)
        if unfolded:
            self._settling.start()
            QTimer.singleShot(0, self, self._reveal)  # once it is laid out

    def _reveal(self) -> None:
        """Scroll the panel so that all of it can be seen; where it is too high, from its heading on."""
        above = self.parentWidget()
        while above is not None and not isinstance(above, QScrollArea):
            above = above.parentWidget()
        column = above.widget() if above is not None else None
        if above is not None and column is not None:
            bar, top = above.verticalScrollBar(), self.mapTo(column, QPoint(0, 0)).y()
            lowest = top + self.height() - above.viewport().height()
            bar.setValue(min(top, max(bar.value(), lowest)))

    # -- Qt --------------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._settling.isActive():
            QTimer.singleShot(0, self, self._reveal)
