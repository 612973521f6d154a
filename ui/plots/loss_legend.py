"""What stands on the plot of the error: the kept runs, with their errors where one points, and remarks."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile
from typing import NamedTuple

import numpy as np
from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt
from PySide6.QtGui import QColor, QHelpEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QToolTip, QWidget

from bpsim.arrays import Array
from ui.fonts import SMALL_SIZE, text_font
from ui.plots.pens import SWATCH, draw_swatch
from ui.theme import Theme

_GAP = 6
_APART = 14
_GROUND = 0.82  # opacity of what lies behind the text
_SHARE = 0.5  # of the height that it may take
_VALUE = ": 0.0000"  # as much room is kept for the error of a run
_MORE_COVERED = 2.0  # times; from then on it moves to a better place
_REMEMBERED = 4096  # texts whose widths are kept


@dataclass(frozen=True)
class Entry:
    """A part of the legend: how a curve is drawn (None: it is only text), what it is, and its error."""

    pen: QPen | None
    name: str
    value: str = ""

    @property
    def text(self) -> str:
        """What is written."""
        return f"{self.name}: {self.value}" if self.value else self.name


class Place(NamedTuple):
    """Where lines of entries stand: how wide they may be, and at which corner."""

    width: int
    right: bool
    below: bool


class _Block(NamedTuple):
    """Lines of entries, and how wide the widest is."""

    lines: list[list[Entry]]
    width: int


class LossLegend(QWidget):
    """Writes entries in the corner where they cover the curves least; the mouse goes through it to the plot.

    Where not all of them have room it says how many more there are; its tool tip names all.
    """

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._entries: tuple[Entry, ...] = ()
        self._curves: Array = np.empty((0, 2))
        self._place: Place | None = None
        self._blocks: dict[tuple[int, int], _Block] = {}  # of the entries, by their width and most lines
        self._advance = lru_cache(_REMEMBERED)(self._measured)
        self.setFont(text_font(SMALL_SIZE))
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    @property
    def text(self) -> str:
        """All that is said."""
        return " · ".join(entry.text for entry in self._entries)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is said."""
        return not self._entries

    @property
    def block(self) -> QRect:
        """What it covers."""
        return QRect() if self._place is None else self._box(self._place)

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """Write other entries: as many as have room, and how many more there are.

        Where only texts without a curve or errors have changed it stays in its place.
        """
        before, self._entries = self._entries, tuple(entries)
        if self._entries != before:
            self._blocks.clear()
        if _curves(self._entries) != _curves(before):
            self._place = None
            self._find_place()
        if self._entries != before:
            self.update()

    def put(self, room: QRect, curves: Array) -> None:
        """Take the room of the plot in its parent, and places on the curves there, shape (n, 2)."""
        curves = curves - (room.left(), room.top())
        if self._place is not None and room.size() == self.size() and np.array_equal(curves, self._curves):
            self.setGeometry(room)
            return
        if room.size() != self.size():
            self._blocks.clear()
        self.setGeometry(room)
        self._curves = curves
        self._find_place()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._theme = theme
        self.update()

    # -- the place -------------------------------------------------------------------------------------------

    def _find_place(self) -> None:
        """Move to where the least is covered, unless it is as good to stay."""
        places = list(self._places())
        if not places:
            self._place = None
            return
        covered = {place: self._covered(place) for place in places}
        best = min(places, key=lambda place: covered[place])  # of equal ones the first
        stays = self._place in covered and covered[self._place] <= _MORE_COVERED * covered[best]
        if not stays:
            self._place = best
            self.update()

    def _places(self) -> Iterator[Place]:
        """Yield the places: at the right, above, first; in few columns first."""
        if not self._entries:
            return
        widest = max(map(self._width, self._entries))
        widths = [n * (widest + _APART) - _APART for n in range(1, len(self._entries) + 1)]
        fitting = [width for width in widths if width < self.width()] + [self.width()]
        roomy = [width for width in fitting if len(self._ends(width)) == len(self._entries)]
        for width in roomy or fitting[-1:]:
            for below in (False, True):
                for right in (True, False):
                    yield Place(width, right, below)

    def _covered(self, place: Place) -> int:
        """Return how many places on curves would be covered."""
        box = self._box(place)
        x, y = self._curves.T
        inside = (x >= box.left()) & (x <= box.right()) & (y >= box.top()) & (y <= box.bottom())
        return int(inside.sum())

    def _box(self, place: Place) -> QRect:
        lines, widest = self._block(place.width)
        width, height = min(self.width(), widest), len(lines) * self.fontMetrics().height()
        left = self.width() - width if place.right else 0
        return QRect(left, self.height() - height if place.below else 0, width, height)

    # -- the lines -------------------------------------------------------------------------------------------

    @property
    def _most_lines(self) -> int:
        return max(1, int(_SHARE * self.height() / self.fontMetrics().height()))

    def _lines(self, place: Place) -> list[list[Entry]]:
        """Return what is written, in lines: all entries, or the first ones and how many more there are."""
        return self._block(place.width).lines

    def _block(self, width: int) -> _Block:
        key = width, self._most_lines
        if key not in self._blocks:
            lines = self._flow(self._with_room(width), width)
            self._blocks[key] = _Block(lines, max(map(self._line_width, lines), default=0))
        return self._blocks[key]

    def _with_room(self, width: int) -> Sequence[Entry]:
        """Return all entries, or as many as have room and how many more there are."""
        count, ends = len(self._entries), self._ends(width)
        if len(ends) == count:
            return self._entries
        for shown in range(len(ends), 0, -1):
            line, right = ends[shown - 1]
            more = Entry(None, f"+{count - shown} more")
            if line < self._most_lines or right + _APART + self._width(more) <= width:
                return [*self._entries[:shown], more]
        return [Entry(None, f"{count} curves")]

    def _ends(self, width: int) -> list[tuple[int, int]]:
        """Return in which line, and where in it, each entry ends that is not below the last line."""
        most = self._most_lines
        return list(takewhile(lambda end: end[0] <= most, self._walk(self._entries, width)))

    def _walk(self, entries: Sequence[Entry], width: int) -> Iterator[tuple[int, int]]:
        """Yield the line, from 1, and the right end of each entry, in lines of so many pixels."""
        line, right = 0, width
        for entry in entries:
            own = self._width(entry)
            right += _APART + own
            if right > width:
                line, right = line + 1, own
            yield line, right

    def _flow(self, entries: Sequence[Entry], width: int) -> list[list[Entry]]:
        """Return entries in lines that are not wider than so many pixels."""
        lines: list[list[Entry]] = []
        for entry, (line, _right) in zip(entries, self._walk(entries, width), strict=True):
            if line > len(lines):
                lines.append([])
            lines[-1].append(entry)
        return lines

    def _line_width(self, line: Sequence[Entry]) -> int:
        return sum(map(self._width, line)) + _APART * (len(line) - 1)

    def _width(self, entry: Entry) -> int:
        if entry.pen is None:
            return self._advance(entry.name)
        return SWATCH.width() + _GAP + max(self._advance(entry.name + _VALUE), self._advance(entry.text))

    def _measured(self, text: str) -> int:
        return self.fontMetrics().horizontalAdvance(text)

    # -- painting --------------------------------------------------------------------------------------------

    def _paint_line(self, painter: QPainter, line: Sequence[Entry], left: int, top: int) -> None:
        metrics = self.fontMetrics()
        for entry in line:
            right = left + self._width(entry)
            if entry.pen is not None:
                draw_swatch(painter, entry.pen, left, top + metrics.height() / 2)
                left += SWATCH.width() + _GAP
            painter.setPen(self._theme.color("text_quiet" if entry.pen is None else "text"))
            room = min(right, self.width()) - left + 2  # the width of a text is rounded
            text = metrics.elidedText(entry.text, Qt.TextElideMode.ElideRight, room)
            painter.drawText(left, top + metrics.ascent(), text)
            left = right + _APART

    # -- Qt ------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._place is None:
            return
        painter, box = QPainter(self), self.block
        ground = QColor(self._theme.color("canvas"))
        ground.setAlphaF(_GROUND)
        painter.fillRect(box.adjusted(-4, 0, 4, 0), ground)
        for number, line in enumerate(self._lines(self._place)):
            left = box.right() + 1 - self._line_width(line) if self._place.right else 0
            self._paint_line(painter, line, max(0, left), box.top() + number * self.fontMetrics().height())
        painter.end()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._advance.cache_clear()
            self._blocks.clear()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Name all entries where the mouse rests on it; its events are those of the plot below."""
        if isinstance(event, QHelpEvent) and isinstance(watched, QWidget):
            place: QPoint = self.mapFromGlobal(event.globalPos())
            if event.type() == QEvent.Type.ToolTip and self.block.contains(place):
                QToolTip.showText(event.globalPos(), "\n".join(e.text for e in self._entries), watched)
                return True
        return False


def _curves(entries: Sequence[Entry]) -> list[str | None]:
    return [None if entry.pen is None else entry.name for entry in entries]
