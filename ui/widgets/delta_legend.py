"""The legend of the colours of δ."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QLinearGradient, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.fonts import SMALL_SIZE, text_font
from ui.numbers import NumberFormat
from ui.theme import Theme

_BAR = 10
_STOPS = 32
_WIDTH = 192
_APART = 6  # pixels between the numbers at least


class DeltaLegend(QWidget):
    """A bar from −limit by δ = 0 to +limit, with the numbers under it; hidden where there is no δ yet."""

    def __init__(
        self, theme: Theme, number_format: NumberFormat | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._format = number_format or NumberFormat()
        self._limit: float | None = None
        self._letter = "δ"
        self.setFont(text_font(SMALL_SIZE))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    @property
    def texts(self) -> tuple[str, str, str]:
        """What stands at the left end, in the middle and at the right end."""
        middle, advance = f"{self._letter} = 0", self.fontMetrics().horizontalAdvance
        room = (_WIDTH - advance(middle)) // 2 - _APART
        return next(
            (left, middle, right)
            for left, right in map(self._ends, range(self._format.digits, 0, -1))
            if max(advance(left), advance(right)) <= room
        )

    def _ends(self, digits: int) -> tuple[str, str]:
        """Return the ends of the scale; where all digits would run into the middle, fewer do."""
        limit, numbers = self._limit or 0.0, NumberFormat(digits, self._format.separator)
        return numbers.signed(-limit), numbers.signed(limit)

    def set_limit(self, limit: float | None) -> None:
        """Show the scale up to the largest |δ|; None where no δ is known."""
        self._limit = limit
        self._name()
        self.setVisible(limit is not None)
        self.update()

    def set_letter(self, letter: str) -> None:
        """Call δ by another letter."""
        if letter != self._letter:
            self._letter = letter
            self._name()
            self.update()

    def _name(self) -> None:
        self.setAccessibleName(f"Colours of {self._letter} from {{}} by {{}} to {{}}".format(*self.texts))

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def set_number_format(self, number_format: NumberFormat) -> None:
        self._format = number_format
        self.update()

    def paint(self, painter: QPainter, box: QRectF) -> None:
        """Paint it into a box of its size."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        bar = QRectF(box.left() + 0.5, box.top() + 0.5, box.width() - 1, _BAR - 1)
        gradient = QLinearGradient(bar.topLeft(), bar.topRight())
        for stop in range(_STOPS + 1):
            gradient.setColorAt(stop / _STOPS, self._theme.delta_color(2 * stop / _STOPS - 1, 1.0))
        painter.setPen(self._theme.color("outline"))
        painter.setBrush(gradient)
        painter.drawRoundedRect(bar, 2, 2)
        painter.setFont(self.font())
        painter.setPen(self._theme.color("text_quiet"))
        for text, side in zip(self.texts, ("AlignLeft", "AlignHCenter", "AlignRight"), strict=True):
            painter.drawText(box, Qt.AlignmentFlag[side] | Qt.AlignmentFlag.AlignBottom, text)

    # -- Qt ------------------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        return QSize(_WIDTH, _BAR + 6 + self.fontMetrics().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        self.paint(QPainter(self), QRectF(self.rect()))
