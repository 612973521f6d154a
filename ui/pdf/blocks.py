"""What stands on a page: headings, text, formulas side by side, rows of tables. A unit is 1/960 inch."""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter

from bpsim.quantity import Quantity
from ui.fonts import text_font
from ui.formula.paint import Picture, paint

UNITS_PER_INCH = 960
POINT = UNITS_PER_INCH / 72

_BETWEEN = 6 * POINT  # two formulas side by side
_LEADING = 3 * POINT  # two lines of formulas
_PADDING = 2 * POINT  # above and below what stands in a row of a table
_STRUT = (0.8, 0.28)  # how far a plain row reaches up and down, as shares of the size of its letters
_INK, _QUIET = QColor("black"), QColor("gray")
_WRAPPED = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap


@dataclass(frozen=True, kw_only=True)
class Block(ABC):
    """Something that is not torn apart by the end of a page.

    Parameters
    ----------
    before : float
        Room above it, left out at the top of a page.
    keeps : bool
        Whether it stays on the page of what follows.
    head : Block or None
        What is written again above it where it begins a page.
    """

    before: float = 0.0
    keeps: bool = False
    head: "Block | None" = None

    @property
    @abstractmethod
    def height(self) -> float:
        """How much room it takes."""

    @abstractmethod
    def paint(self, painter: QPainter) -> None:
        """Paint it with its top left corner at the painter's origin."""


@dataclass(frozen=True)
class Text(Block):
    """Words, on as many lines as they need."""

    text: str
    font: QFont
    width: float

    @property
    def height(self) -> float:
        room = QRectF(0.0, 0.0, self.width, 1e6)
        return QFontMetricsF(self.font).boundingRect(room, _WRAPPED, self.text).height()

    def paint(self, painter: QPainter) -> None:
        painter.setFont(self.font)
        painter.setPen(_INK)
        painter.drawText(QRectF(0.0, 0.0, self.width, self.height), _WRAPPED, self.text)


@dataclass(frozen=True)
class Formulas(Block):
    """Formulas one after the other, as many on a line as there is room for; later lines are indented."""

    pictures: Sequence[Picture]
    width: float
    indent: float

    @property
    def height(self) -> float:
        return max(place.y() + picture.height for place, picture in self._placed())

    def paint(self, painter: QPainter) -> None:
        for place, picture in self._placed():
            painter.save()
            painter.translate(place)
            paint(painter, picture, ink)
            painter.restore()

    def _placed(self) -> Iterator[tuple[QPointF, Picture]]:
        """Yield the formulas with their top left corners; those of a line stand on one baseline."""
        top = 0.0
        for number, line in enumerate(self._lines()):
            x, baseline = (self.indent if number else 0.0), top + max(p.box.ascent for p in line)
            for picture in line:
                yield QPointF(x, baseline - picture.box.ascent), picture
                x += picture.width + _BETWEEN
            top = baseline + max(p.box.descent for p in line) + _LEADING

    def _lines(self) -> list[list[Picture]]:
        lines: list[list[Picture]] = []
        used = 0.0
        for picture in self.pictures:
            if lines and used + _BETWEEN + picture.width <= self.width:
                lines[-1].append(picture)
                used += _BETWEEN + picture.width
            else:
                used = (self.indent if lines else 0.0) + picture.width
                lines.append([picture])
        return lines


@dataclass(frozen=True)
class Row(Block):
    """A row of a table: its first cell stands on the left, all others on the right of their columns."""

    cells: Sequence[Picture]
    columns: Sequence[float]
    size: float
    ruled: bool = False

    @property
    def height(self) -> float:
        descent = max(_STRUT[1] * self.size, *(cell.box.descent for cell in self.cells))
        return self._ascent + descent + 2 * _PADDING

    @property
    def _ascent(self) -> float:
        return max(_STRUT[0] * self.size, *(cell.box.ascent for cell in self.cells))

    def paint(self, painter: QPainter) -> None:
        left = 0.0
        for number, (cell, width) in enumerate(zip(self.cells, self.columns, strict=True)):
            x = left + (width - cell.width if number else 0.0)
            painter.save()
            painter.translate(x, _PADDING + self._ascent - cell.box.ascent)
            paint(painter, cell, ink)
            painter.restore()
            left += width
        if self.ruled:
            painter.fillRect(QRectF(0.0, self.height - POINT / 2, sum(self.columns), POINT / 2), _INK)


def font(points: float, bold: bool = False, italic: bool = False) -> QFont:
    """Return the typeface of text in a size."""
    chosen = text_font(round(points * POINT))
    chosen.setBold(bold)
    chosen.setItalic(italic)
    return chosen


def ink(_quantity: Quantity | None, quiet: bool) -> QColor:
    """Return the colour of a part of a formula: black, grey for what does not hold."""
    return _QUIET if quiet else _INK
