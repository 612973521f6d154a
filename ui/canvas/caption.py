"""The line under the drawing: the legend, and the sentence that says what just happened."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from bpsim.moment import Moment
from bpsim.narration import describe
from bpsim.notation import Notation
from ui.canvas.brushes import WIDTHS, weight_pen
from ui.canvas.picture import Picture
from ui.canvas.reading import Reading
from ui.canvas.strongest import Choice
from ui.fonts import SMALL_SIZE, text_font
from ui.numbers import whole_text
from ui.theme import Theme
from ui.widgets.delta_legend import DeltaLegend

_MARGIN = 24
_SIGNS = 176
_DRAWING = "Click: add node or layer · Drag: connect, move · Double-click: edit number"


class Caption(QWidget):
    """δ legend and signs of weights on the left; the sentence, and what fills the nodes, on the right."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.delta = DeltaLegend(theme)
        self.zero = QLabel()
        self.signs = SignLegend(theme)
        self.chosen = QLabel()
        self.sentence = QLabel()
        self.fields = QLabel()
        for label in (self.fields, self.sentence):
            label.setWordWrap(True)
            label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._row = QHBoxLayout(self)
        self._legends = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self.setAutoFillBackground(True)
        self._arrange()
        self.set_theme(theme)

    def _arrange(self) -> None:
        for widget in (self.chosen, self.delta, self.zero, self.signs):
            self._legends.addWidget(widget, 0, Qt.AlignmentFlag.AlignLeft)
        self._row.setSpacing(_MARGIN)
        self._row.addLayout(self._legends)
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addStretch(1)
        texts.addWidget(self.sentence)
        texts.addWidget(self.fields)
        texts.addStretch(1)
        self._row.addLayout(texts, 1)
        self.set_low(False)
        for label in (self.chosen, self.sentence, self.fields, self.zero):
            label.setProperty("role", "quiet")
        self.zero.setFixedSize(self.delta.sizeHint())

    def set_low(self, low: bool) -> None:
        """Stand on one line, because height is scarce, or not."""
        directions = QBoxLayout.Direction
        self._legends.setDirection(directions.RightToLeft if low else directions.TopToBottom)
        self._legends.setSpacing(_MARGIN // 2 if low else 4)
        self._row.setContentsMargins(_MARGIN, 2 if low else 4, _MARGIN, 6 if low else 10)

    def show_picture(self, picture: Picture) -> None:
        """Show the legend and the sentence of a picture."""
        reading = picture.reading
        self.delta.set_number_format(reading.numbers)
        self.delta.set_letter(reading.delta_letter)
        self.zero.setText(f"all {reading.delta_letter} are 0")
        self.signs.set_letter(reading.weight_letter)
        self._show_deltas(reading)
        self.chosen.setText(strongest_sentence(picture.shown))
        self.chosen.setVisible(not picture.shown.complete)
        self.sentence.setText(_sentence(reading))
        fields = picture.fields
        self.fields.setText("" if fields is None else fields.meaning(reading.notation.letters["a"]))
        self.fields.setVisible(fields is not None)

    def _show_deltas(self, reading: Reading) -> None:
        """Show the colours of δ, or that there is none but 0: a scale from 0 to 0 would say nothing."""
        nothing = reading.knows_deltas and reading.delta_limit == 0
        policy = self.delta.sizePolicy()
        policy.setRetainSizeWhenHidden(not nothing)  # the drawing does not jump when the first δ is known
        self.delta.setSizePolicy(policy)
        self.delta.set_limit(reading.delta_limit if reading.knows_deltas and not nothing else None)
        self.zero.setVisible(nothing)

    def set_theme(self, theme: Theme) -> None:
        """Take other colours."""
        self.delta.set_theme(theme)
        self.signs.set_theme(theme)
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Window, theme.color("canvas"))
        self.setPalette(palette)


class SignLegend(QWidget):
    """Which line is a positive weight, and which a negative one."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._letter = theme, "θ"
        self.setFont(text_font(SMALL_SIZE))
        self.setFixedSize(_SIGNS, self.fontMetrics().height() + 2)
        self.setAccessibleName(
            "Solid lines are positive weights, dashed lines negative ones; thick lines are large."
        )
        self.setToolTip("The thicker the line, the larger the weight")

    @property
    def texts(self) -> tuple[str, str]:
        """What stands beside the two lines."""
        return f"{self._letter} > 0", f"{self._letter} < 0"

    def set_letter(self, letter: str) -> None:
        """Call weights by another letter."""
        if letter != self._letter:
            self._letter = letter
            self.update()

    def set_theme(self, theme: Theme) -> None:
        """Take other colours."""
        self._theme = theme
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle, half = self.height() // 2, self.width() // 2
        for left, text, positive in ((0, self.texts[0], True), (half, self.texts[1], False)):
            painter.setPen(weight_pen(self._theme, positive, WIDTHS // 2))
            painter.drawLine(left, middle, left + 40, middle)
            painter.setPen(self._theme.color("text_quiet"))
            painter.drawText(left + 48, 0, half, self.height(), Qt.AlignmentFlag.AlignVCenter, text)


def _sentence(reading: Reading) -> str:
    if reading.drawing:
        return reading.moment.misfit or _DRAWING
    return step_sentence(reading.moment, reading.view.step_size, reading.notation)


def step_sentence(moment: Moment, size: str, notation: Notation) -> str:
    """Return which step it is and what it did."""
    if moment.trace is None or moment.shown == 0:
        return describe(moment, size, notation)
    return f"Step {moment.shown} of {len(moment.plan.steps)} · {describe(moment, size, notation)}"


def strongest_sentence(choice: Choice) -> str:
    """Return which weights of a large network are drawn."""
    return f"the strongest {whole_text(choice.drawn)} of {whole_text(choice.total)} weights are drawn"
