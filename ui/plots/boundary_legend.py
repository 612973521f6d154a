"""The legend of a decision boundary: the scale of ŷ or the classes, and what the marks mean."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pyqtgraph.graphicsItems.ScatterPlotItem import Symbols
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QLinearGradient, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from bpsim.planes import Range
from ui.field_colors import calm, value_color
from ui.fonts import SMALL_SIZE, text_font
from ui.numbers import NumberFormat
from ui.plots.ticks import tick_text
from ui.theme import Theme

_BAR, _STOPS = 9, 32
_MARK, _GAP, _BETWEEN = 9, 5, 8
_WIDTH = 176


@dataclass(frozen=True)
class Entry:
    """A mark and what it means: a form of pyqtgraph in a colour, filled or hollow; "×" is drawn as a text."""

    text: str
    form: str
    color: QColor
    hollow: bool = False


class BoundaryLegend(QWidget):
    """Paints the scale, if there is one, and as many lines of entries as their widths need."""

    def __init__(self, theme: Theme, number_format: NumberFormat, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._format = theme, number_format
        self._scale: tuple[str, Range] | None = None
        self._entries: tuple[Entry, ...] = ()
        self.setFont(text_font(SMALL_SIZE))
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setSizePolicy(policy)

    @property
    def scale_texts(self) -> tuple[str, ...]:
        """What stands below the scale: its ends, and what has the neutral colour."""
        if self._scale is None:
            return ()
        name, (low, high) = self._scale
        left, middle, right = (tick_text(at, self._format) for at in (low, (low + high) / 2, high))
        return left, f"{name} = {middle}", right

    @property
    def entries(self) -> tuple[Entry, ...]:
        """What is explained below the scale."""
        return self._entries

    @property
    def text(self) -> str:
        """All of it in words."""
        texts = [" to ".join(self.scale_texts[::2]), *(entry.text for entry in self._entries)]
        return ", ".join(filter(None, texts))

    def show_legend(self, scale: tuple[str, Range] | None, entries: Sequence[Entry]) -> None:
        """Explain a scale, as the name and the range of what it shows, and marks."""
        self._scale, self._entries = scale, tuple(entries)
        self._show_all()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def set_number_format(self, number_format: NumberFormat) -> None:
        self._format = number_format
        self._show_all()

    def _show_all(self) -> None:
        self.setAccessibleName(f"Legend: {self.text}")
        self.fit_height(self.width())
        self.update()

    def fit_height(self, width: int) -> None:
        """Take the height that is needed in a width which the layout is going to give it."""
        lines = max((line + 1 for _entry, _x, line in self._placed(width)), default=0)
        self.setFixedHeight(max(1, self._top_of_entries() + self._line() * lines))

    def _line(self) -> int:
        return self.fontMetrics().height() + 2

    def _top_of_entries(self) -> int:
        return 0 if self._scale is None else _BAR + 2 + self._line()

    def _placed(self, room: int) -> Iterator[tuple[Entry, int, int]]:
        """Yield each entry with its left end and its line."""
        x, line = 0, 0
        for entry in self._entries:
            width = _MARK + _GAP + self.fontMetrics().horizontalAdvance(entry.text)
            if x and x + width > room:
                x, line = 0, line + 1
            yield entry, x, line
            x += width + _BETWEEN

    def paint(self, painter: QPainter) -> None:
        """Paint it all, from the painter's origin on, as large as it is here."""
        painter.setFont(self.font())
        if self._scale is not None:
            self._paint_scale(painter)
        for entry, x, line in self._placed(self.width()):
            self._paint_entry(painter, entry, x, self._top_of_entries() + line * self._line())

    # -- painting --------------------------------------------------------------------------------------------

    def _paint_scale(self, painter: QPainter) -> None:
        bar = QRectF(0.5, 0.5, self.width() - 1, _BAR - 1)
        gradient = QLinearGradient(bar.topLeft(), bar.topRight())
        for stop in range(_STOPS + 1):
            share = stop / _STOPS
            gradient.setColorAt(share, calm(self._theme, value_color(self._theme, share, (0.0, 1.0))))
        painter.setPen(self._theme.color("outline"))
        painter.setBrush(gradient)
        painter.drawRoundedRect(bar, 2, 2)
        painter.setPen(self._theme.color("text_quiet"))
        below = QRectF(0, _BAR + 1, self.width(), self._line())
        for text, side in zip(self.scale_texts, ("AlignLeft", "AlignHCenter", "AlignRight"), strict=True):
            painter.drawText(below, Qt.AlignmentFlag[side] | Qt.AlignmentFlag.AlignVCenter, text)

    def _paint_entry(self, painter: QPainter, entry: Entry, x: int, top: int) -> None:
        theme, height = self._theme, self._line()
        painter.save()
        painter.translate(QPointF(x + _MARK / 2, top + height / 2))
        painter.scale(_MARK, _MARK)
        outline = QPen(entry.color if entry.hollow else theme.color("text"), 2 if entry.hollow else 1)
        outline.setCosmetic(True)
        painter.setPen(outline)
        painter.setBrush(theme.color("canvas") if entry.hollow else entry.color)
        painter.drawPath(Symbols[entry.form])
        painter.restore()
        painter.setPen(theme.color("text_quiet"))
        box = QRectF(x + _MARK + _GAP, top, self.width(), height)
        painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, entry.text)

    # -- Qt --------------------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        return QSize(_WIDTH, self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit_height(self.width())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.paint(painter)
        painter.end()
