"""What stands in the corner of the plot of the error: the kept runs, with their errors where one points."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from ui.fonts import SMALL_SIZE, text_font
from ui.plots.pens import SWATCH, draw_swatch
from ui.theme import Theme

MOST = 3
"""So many runs are named: more would hide the curves."""

_GAP = 6
_APART = 14
_GROUND = 0.82  # opacity of what lies behind the text


@dataclass(frozen=True)
class Entry:
    """A part of the legend: how a curve is drawn (None: it is only text), and what is said about it."""

    pen: QPen | None
    text: str


class LossLegend(QWidget):
    """Writes entries in lines that end at the right; the mouse goes through it to the plot."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._entries: tuple[Entry, ...] = ()
        self.setFont(text_font(SMALL_SIZE))
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    @property
    def text(self) -> str:
        """All that is said."""
        return " · ".join(entry.text for entry in self._entries)

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """Write other entries: the first ones, and how many more there are."""
        if tuple(entries) != self._entries:
            self._entries = tuple(entries)
            self.update()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._theme = theme
        self.update()

    def _lines(self) -> list[list[Entry]]:
        """Return what is written in lines that are not wider than the room."""
        lines: list[list[Entry]] = []
        more = len(self._entries) - MOST
        rest = [Entry(None, f"+{more} more (see Runs)")] if more > 0 else []
        for entry in (*self._entries[:MOST], *rest):
            if not lines or self._width([*lines[-1], entry]) > self.width():
                lines.append([entry])
            else:
                lines[-1].append(entry)
        return lines

    def _width(self, line: Sequence[Entry]) -> int:
        metrics = self.fontMetrics()
        swatches = sum(SWATCH.width() + _GAP for entry in line if entry.pen is not None)
        return (
            swatches + sum(metrics.horizontalAdvance(entry.text) for entry in line) + _APART * (len(line) - 1)
        )

    def _paint_line(self, painter: QPainter, line: Sequence[Entry], top: int) -> None:
        height = self.fontMetrics().height()
        width = min(self._width(line), self.width())
        ground = QColor(self._theme.color("canvas"))
        ground.setAlphaF(_GROUND)
        painter.fillRect(self.width() - width - 4, top, width + 4, height, ground)
        left = self.width() - width
        for entry in line:
            if entry.pen is not None:
                draw_swatch(painter, entry.pen, left, top + height / 2)
                left += SWATCH.width() + _GAP
            painter.setPen(self._theme.color("text_quiet" if entry.pen is None else "text"))
            room = self.width() - left + 2  # the width of a line is rounded
            text = self.fontMetrics().elidedText(entry.text, Qt.TextElideMode.ElideRight, room)
            painter.drawText(left, top + self.fontMetrics().ascent(), text)
            left += self.fontMetrics().horizontalAdvance(text) + _APART

    # -- Qt ------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        for number, line in enumerate(self._lines()):
            self._paint_line(painter, line, number * self.fontMetrics().height())
        painter.end()
