"""A part of a panel that unfolds below its heading."""

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ui.widgets.labels import ElidedLabel

INDENT = 12


class Fold(QWidget):
    """A heading that is a button; below it, once it is pressed, what it is about.

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
