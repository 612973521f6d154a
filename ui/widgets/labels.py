"""Labels in the program's few kinds of text; the style sheet gives each its look."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget


def section_label(text: str, parent: QWidget | None = None) -> QLabel:
    """Return the heading of a section of a panel: small capitals in quiet colour."""
    return _label(text.upper(), "section", parent)


def heading_label(text: str, parent: QWidget | None = None) -> QLabel:
    """Return a heading over a plot or a card."""
    return _label(text, "heading", parent)


def title_label(text: str, parent: QWidget | None = None) -> QLabel:
    """Return the title of a panel's subject, 18 px."""
    return _label(text, "title", parent)


def quiet_label(text: str = "", parent: QWidget | None = None) -> QLabel:
    """Return a line of explanation, which wraps."""
    label = _label(text, "quiet", parent)
    label.setWordWrap(True)
    return label


def rule(parent: QWidget | None = None) -> QFrame:
    """Return a thin line between two parts."""
    line = QFrame(parent)
    line.setProperty("role", "rule")
    return line


class ElidedLabel(QLabel):
    """One line of quiet text that ends in "…" where there is no room; the tool tip then has all of it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "quiet")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def fitting(self, width: int) -> str:
        """Return what of the text is shown in so many pixels."""
        return self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, width)

    # -- Qt ------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        room = self.contentsRect()
        shown = self.fitting(room.width())
        self.setToolTip("" if shown == self.text() else self.text())
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
        painter.end()


class FittingLabel(ElidedLabel):
    """One line of quiet text in the longest of several wordings that has room; `text()` is the first one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wordings: tuple[str, ...] = ("",)

    def set_wordings(self, *wordings: str) -> None:
        """Say something else, in several wordings from the longest to the shortest."""
        self._wordings = wordings or ("",)
        self.setText(self._wordings[0])

    def fitting(self, width: int) -> str:
        metrics = self.fontMetrics()
        fits = (text for text in self._wordings if metrics.horizontalAdvance(text) <= width)
        shortest = self._wordings[-1]
        return next(fits, metrics.elidedText(shortest, Qt.TextElideMode.ElideRight, width))


class ProblemLabel(QLabel):
    """Says what is wrong, in a plain sentence below the field concerned; takes no room when nothing is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "problem")
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.hide()

    def show_problem(self, problem: str) -> None:
        """Show a sentence; "" takes it away."""
        self.setText(f"✗ {problem}" if problem else "")
        self.setVisible(bool(problem))


def _label(text: str, role: str, parent: QWidget | None) -> QLabel:
    label = QLabel(text, parent)
    label.setProperty("role", role)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label
