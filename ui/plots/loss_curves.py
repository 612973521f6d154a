"""What the plot of the error is drawn with: lines with dots, and the band that many instances make."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QPen
from PySide6.QtWidgets import QGraphicsPathItem

from bpsim.arrays import Array
from bpsim.kept_run import KeptRun
from ui.theme import Theme

_DOTS_UP_TO = 60  # points that are so few get a dot each: a single one would not be seen otherwise
_DOTS_ALWAYS = 12
_DOT_PIXELS = 10  # of the width, for each: nearer to each other they would be a thick line
_MANY = 500  # points
_ROUGH = 30.0  # times that a curve of many points goes up and down: bold or dashed it would hide itself
_BAND_OPACITY = 0.22
_NOTHING: Array = np.empty(0)


@dataclass(frozen=True, eq=False)
class Overlay:
    """A kept run in the plot, and the number of its style."""

    run: KeptRun
    style: int


class Line:
    """A curve that leaves gaps where it has no value; few points get a dot each.

    `quick` draws without smoothing: for one of many.
    """

    def __init__(self, view: "pg.ViewBox", dot_size: int, quick: bool = False) -> None:
        self._view, self._quick = view, quick
        self.curve = pg.PlotCurveItem(connect="finite", skipFiniteCheck=False)
        self.dots = pg.ScatterPlotItem(size=dot_size)
        self.dots.setPen(None)
        self._rough = False
        for item in (self.curve, self.dots):
            view.addItem(item, ignoreBounds=True)

    def set_pen(self, line_pen: QPen) -> None:
        """Draw in another way."""
        self._pen = line_pen
        self.curve.setPen(_thin(line_pen) if self._rough else line_pen)
        self.dots.setBrush(line_pen.color())

    def draw(self, x: Array, heights: Array) -> None:
        """Draw other points; NaN is a gap."""
        finite = np.isfinite(heights)
        points = (x, heights) if finite.any() else ([], [])
        rough = len(x) >= _MANY and _ups_and_downs(heights[finite]) > _ROUGH
        if rough != self._rough:
            self._rough = rough
            self.set_pen(self._pen)
        self.curve.setData(*points, antialias=not (rough or self._quick))
        most = min(_DOTS_UP_TO, max(_DOTS_ALWAYS, self._view.width() / _DOT_PIXELS))
        few = finite if len(x) <= most else np.zeros(len(x), dtype=bool)
        self.dots.setData(x[few], heights[few])

    @property
    def points(self) -> tuple[Array, Array]:
        """What is drawn: x and heights, NaN in gaps; nothing while it is hidden."""
        x, heights = self.curve.getData()
        return (x, heights) if self.curve.isVisible() and x is not None else (_NOTHING, _NOTHING)

    def set_shown(self, shown: bool) -> None:
        """Show or hide it."""
        self.curve.setVisible(shown)
        self.dots.setVisible(shown)

    def raise_(self) -> None:
        """Draw it over the other curves."""
        for item in (self.curve, self.dots):
            item.setZValue(1)

    def remove(self) -> None:
        """Take it out of the plot."""
        for item in (self.curve, self.dots):
            self._view.removeItem(item)


class BandItem:
    """The room between the smallest and the largest of many values, in a quiet wash."""

    def __init__(self, view: "pg.ViewBox") -> None:
        self.item = QGraphicsPathItem()
        self.item.setPen(QPen(Qt.PenStyle.NoPen))
        self._drawn = (_NOTHING, _NOTHING, _NOTHING)
        view.addItem(self.item, ignoreBounds=True)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        color = theme.color("outline")
        color.setAlphaF(_BAND_OPACITY)
        self.item.setBrush(color)

    def draw(self, x: Array, low: Array, high: Array) -> None:
        """Draw another band; where it has no value it goes on to the next one."""
        known = np.isfinite(low) & np.isfinite(high)
        x, low, high = self._drawn = x[known], low[known], high[known]
        there_and_back = np.concatenate([x, x[::-1]]), np.concatenate([high, low[::-1]])
        self.item.setPath(pg.arrayToQPath(*there_and_back))

    @property
    def points(self) -> list[tuple[Array, Array]]:
        """Its lower and its upper end: x and heights; nothing while it is hidden."""
        x, low, high = self._drawn
        return [(x, low), (x, high)] if self.item.isVisible() else []

    def set_shown(self, shown: bool) -> None:
        """Show or hide it."""
        self.item.setVisible(shown)


def places_on(columns: Array, x: Array, heights: Array) -> Array:
    """Return places on a curve at some x, as far as it reaches; shape (n, 2)."""
    known = np.isfinite(heights)
    if not known.any():
        return np.empty((0, 2))
    x, heights = x[known], heights[known]
    columns = columns[(columns >= x[0]) & (columns <= x[-1])]
    return np.column_stack([columns, np.interp(columns, x, heights)])


def finite_of(curves: Sequence[Array]) -> Array:
    """Return all numbers of some curves that can be drawn."""
    numbers: Array = np.concatenate([*curves, np.empty(0)])
    return numbers[np.isfinite(numbers)]


def _ups_and_downs(heights: Array) -> float:
    """Return how long the way of a curve up and down is, in its own height: 1 if it only falls."""
    height = float(np.ptp(heights)) if len(heights) else 0.0
    return float(np.abs(np.diff(heights)).sum()) / height if height > 0 else 0.0


def _thin(line_pen: QPen) -> QPen:
    """Return a pen of one pixel without dashes: a curve that fills its room has no room for them."""
    thin = QPen(line_pen.color(), 1)
    thin.setCosmetic(True)
    return thin
