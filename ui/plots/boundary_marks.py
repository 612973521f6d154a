"""Instances as points of a plot: form by class, colour by target, hollow where they are for testing."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
import pyqtgraph as pg
from PySide6.QtGui import QBrush, QColor, QPen

from bpsim.arrays import Array, Mask
from ui.plots.pens import pen
from ui.theme import Theme

FORMS = ("o", "s", "t1", "d", "star", "p", "t", "h")
"""Forms of pyqtgraph by class; further classes have them again."""

_SIZES, _SHARE = (5, 10), 0.42  # of points: least and most, and how much of the room of one it takes
_RING = 2.5  # width of the ring of a hollow point


@dataclass(frozen=True, eq=False)
class Marks:
    """The points of N instances.

    Parameters
    ----------
    x, y : array, (N,)
    colors : sequence of QColor, N
    forms : sequence of str, N
        Names in `FORMS`.
    hollow : array of bool, (N,)
        Which are for testing.
    """

    x: Array
    y: Array
    colors: Sequence[QColor]
    forms: Sequence[str]
    hollow: Mask

    def nearest(self, x: float, y: float, pixel: tuple[float, float], reach: float) -> int | None:
        """Return the instance nearest to a place, None if none is within `reach` pixels of that size."""
        if not len(self.x):
            return None
        distances = np.hypot((self.x - x) / pixel[0], (self.y - y) / pixel[1])
        nearest = int(distances.argmin())
        return nearest if distances[nearest] <= reach else None


NO_MARKS = Marks(np.empty(0), np.empty(0), (), (), np.empty(0, dtype=np.bool_))


class MarkLayer:
    """The points of a plot, a cross on those that the network gets wrong, a ring around the present one."""

    def __init__(self, view: "pg.ViewBox") -> None:
        self._edges = pg.ScatterPlotItem(pxMode=True, pen=None)
        self._points = pg.ScatterPlotItem(pxMode=True)
        self._crosses = pg.ScatterPlotItem(pxMode=True, symbol="x")
        self._halo = pg.ScatterPlotItem(pxMode=True, symbol="o", brush=None)
        self._ring = pg.ScatterPlotItem(pxMode=True, symbol="o", brush=None)
        items = self._edges, self._points, self._crosses, self._halo, self._ring
        for height, item in enumerate(items, start=5):
            item.setZValue(height)
            view.addItem(item, ignoreBounds=True)
        self.marks = NO_MARKS
        self.present: int | None = None
        self._wrong = np.empty(0, dtype=np.bool_)
        self._pixels = (1, 1)
        self._size = _SIZES[1]

    @property
    def wrong_rows(self) -> list[int]:
        """The instances that have a cross."""
        return np.flatnonzero(self._wrong).tolist()

    def show(self, marks: Marks, theme: Theme) -> None:
        """Show other points, without crosses and ring."""
        self.marks, self.present, self._wrong = marks, None, np.zeros(len(marks.x), dtype=np.bool_)
        self._draw_points(marks, theme)
        _place(self._crosses, NO_MARKS.x, NO_MARKS.y)
        self._crosses.setPen(pen(theme, "canvas", 1))
        self._crosses.setBrush(theme.color("wrong"))
        for ring, role, width in ((self._halo, "canvas", 6), (self._ring, "accent", 3)):
            _place(ring, NO_MARKS.x, NO_MARKS.y)
            ring.setPen(pen(theme, role, width))
        self._set_sizes()

    def fit(self, pixels: tuple[int, int]) -> None:
        """Make points as large as there is room for them in a plot of so many pixels."""
        self._pixels = pixels
        if self._fitting_size() != self._size:
            self._set_sizes()

    def _fitting_size(self) -> int:
        room = sqrt(self._pixels[0] * self._pixels[1] / max(1, len(self.marks.x)))
        return round(min(max(_SHARE * room, _SIZES[0]), _SIZES[1]))

    def _set_sizes(self) -> None:
        self._size = size = self._fitting_size()
        self._points.setSize(size)
        self._edges.setSize(size + _RING + 2)
        self._crosses.setSize(size + 1)
        for ring in (self._halo, self._ring):
            ring.setSize(size + 9)

    def _draw_points(self, marks: Marks, theme: Theme) -> None:
        """Draw filled points with an edge; hollow ones as a ring in their colour between two others."""
        edge, ground = pen(theme, "text", 1), QBrush(theme.color("canvas"))
        keys = [color.name() for color in marks.colors]
        pens = {key: _cosmetic(QPen(color, _RING)) for key, color in zip(keys, marks.colors, strict=True)}
        brushes = {key: QBrush(color) for key, color in zip(keys, marks.colors, strict=True)}
        drawn = list(zip(keys, marks.hollow.tolist(), strict=True))
        self._points.setData(
            x=marks.x, y=marks.y, symbol=list(marks.forms),
            pen=[pens[key] if hollow else edge for key, hollow in drawn],
            brush=[ground if hollow else brushes[key] for key, hollow in drawn],
        )  # fmt: skip
        forms = [form for form, hollow in zip(marks.forms, marks.hollow, strict=True) if hollow]
        x, y = marks.x[marks.hollow], marks.y[marks.hollow]
        self._edges.setData(x=x, y=y, symbol=forms or "o", brush=theme.color("text"))
        self._edges.setVisible(bool(forms))

    def show_wrong(self, wrong: Mask) -> None:
        """Put a cross on those that the network gets wrong."""
        if not np.array_equal(wrong, self._wrong):
            self._wrong = wrong
            _place(self._crosses, self.marks.x[wrong], self.marks.y[wrong])

    def show_present(self, row: int | None) -> None:
        """Put the ring around an instance."""
        if row != self.present:
            self.present = row
            chosen = slice(0, 0) if row is None else slice(row, row + 1)
            for ring in (self._halo, self._ring):
                _place(ring, self.marks.x[chosen], self.marks.y[chosen])


def _place(item: "pg.ScatterPlotItem", x: Array, y: Array) -> None:
    """Put the points of an item elsewhere; one without points is hidden, which saves the time to paint it."""
    item.setData(x, y)
    item.setVisible(len(x) > 0)


def _cosmetic(line: QPen) -> QPen:
    line.setCosmetic(True)
    return line
