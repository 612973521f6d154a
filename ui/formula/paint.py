"""Painting laid out formulas, and finding what is under the mouse."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from bpsim.quantity import Quantity
from ui.formula.boxes import Box, Glyphs, Stretched
from ui.formula.faces import face, outline

Color = Callable[[Quantity | None, bool], QColor]
"""Tells the colour of what stands for a quantity, and of everything else (None); the flag: quiet."""

_REACH = 2.0  # of the light ground under a term around its letters
_RADIUS = 4.0
_LEAST_HEIGHT = 16.0  # of what is pointed at: a minus sign is low


class Mark(NamedTuple):
    """Something to paint, and whose colour it has."""

    place: QPointF
    what: Glyphs | Stretched
    quantity: Quantity | None
    quiet: bool


class Area(NamedTuple):
    """What part of a picture stands for a quantity; None: the dots that open a sum."""

    rect: QRectF
    quantity: Quantity | None


@dataclass(frozen=True)
class Picture:
    """A formula laid out: its top left corner is the origin."""

    box: Box

    @property
    def width(self) -> float:
        return self.box.width

    @property
    def height(self) -> float:
        return self.box.height

    @cached_property
    def marks(self) -> tuple[Mark, ...]:
        """Everything there is to paint."""
        return tuple(_marks(self.box, 0.0, self.box.ascent, None, False))

    @cached_property
    def areas(self) -> tuple[Area, ...]:
        """Everything there is to point at, in reading order, the larger before the smaller."""
        return tuple(_areas(self.box, 0.0, self.box.ascent))

    def area_at(self, point: QPointF) -> Area | None:
        """Return the innermost part under a point."""
        hit = [area for area in self.areas if area.rect.contains(point)]
        return min(hit, key=lambda area: area.rect.width() * area.rect.height()) if hit else None


def paint(painter: QPainter, picture: Picture, color: Color) -> None:
    """Paint a formula with its top left corner at the painter's origin."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    ink = cache(color)
    font, pen = None, None
    for place, what, quantity, quiet in picture.marks:
        present = ink(quantity, quiet)
        if isinstance(what, Glyphs):
            written = face(what.size, what.bold, what.words)
            if written is not font:
                painter.setFont(font := written)
            if present is not pen:
                painter.setPen(pen := present)
            painter.drawText(place, what.text)
        elif what.sign:
            painter.fillPath(outline(what.sign, what.width, what.height).translated(place), present)
        else:
            painter.fillRect(QRectF(place.x(), place.y(), what.width, what.height), present)


def paint_ground(painter: QPainter, area: Area, ground: QColor, line: QColor | None = None) -> None:
    """Paint a light ground under a part, with a line around it or none."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(line if line is not None else Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    painter.drawRoundedRect(area.rect, _RADIUS, _RADIUS)


def _marks(box: Box, x: float, y: float, quantity: Quantity | None, quiet: bool) -> Iterator[Mark]:
    quantity, quiet = box.ink or quantity, quiet or box.quiet
    for dx, dy, what in box.parts:
        if isinstance(what, Box):
            yield from _marks(what, x + dx, y + dy, quantity, quiet)
        else:
            yield Mark(QPointF(x + dx, y + dy), what, quantity, quiet)


def _areas(box: Box, x: float, y: float) -> Iterator[Area]:
    if box.quantity is not None or box.dots:
        missing = max(0.0, _LEAST_HEIGHT - box.height) / 2
        rect = QRectF(x, y - box.ascent - missing, box.width, box.height + 2 * missing)
        yield Area(rect.adjusted(-_REACH, -_REACH, _REACH, _REACH), box.quantity)
    for dx, dy, what in box.parts:
        if isinstance(what, Box):
            yield from _areas(what, x + dx, y + dy)
