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
from ui.plots.pens import pen
from ui.theme import Theme

RUN_STYLES: tuple[Sequence[float], ...] = ((), (8, 3, 2, 3), (2, 2), (10, 4), (6, 2, 2, 2, 2, 2), (1, 4))
"""The dashes of kept runs, in widths of the line; colours and dashes go together."""
TEST_DASHES = (5, 3)

_DOTS_UP_TO = 60  # points that are so few get a dot each: a single one would not be seen otherwise
_THIN_LINE_FROM = 500  # points from which on a bold curve would hide itself
_BAND_OPACITY = 0.22


@dataclass(frozen=True, eq=False)
class Overlay:
    """A kept run in the plot, and the number of its style."""

    run: KeptRun
    style: int


def run_pen(theme: Theme, style: int, width: float = 2) -> QPen:
    """Return how a kept run is drawn."""
    number = style % len(RUN_STYLES)
    return pen(theme, f"run_{number + 1}", width, RUN_STYLES[number])


class Line:
    """A curve that leaves gaps where it has no value; few points get a dot each."""

    def __init__(self, view: "pg.ViewBox", dot_size: int) -> None:
        self._view = view
        self.curve = pg.PlotCurveItem(connect="finite", skipFiniteCheck=False)
        self.dots = pg.ScatterPlotItem(size=dot_size)
        self.dots.setPen(None)
        self._many = False
        for item in (self.curve, self.dots):
            view.addItem(item, ignoreBounds=True)

    def set_pen(self, line_pen: QPen) -> None:
        """Draw in another way."""
        self._pen = line_pen
        self.curve.setPen(_thin(line_pen) if self._many else line_pen)
        self.dots.setBrush(line_pen.color())

    def draw(self, x: Array, heights: Array) -> None:
        """Draw other points; NaN is a gap."""
        finite = np.isfinite(heights)
        points = (x, heights) if finite.any() else ([], [])
        many = len(x) >= _THIN_LINE_FROM
        if many != self._many:
            self._many = many
            self.set_pen(self._pen)
        self.curve.setData(*points, antialias=not many)
        few = finite if len(x) <= _DOTS_UP_TO else np.zeros(len(x), dtype=bool)
        self.dots.setData(x[few], heights[few])

    def set_shown(self, shown: bool) -> None:
        """Show or hide it."""
        self.curve.setVisible(shown)
        self.dots.setVisible(shown)

    def remove(self) -> None:
        """Take it out of the plot."""
        for item in (self.curve, self.dots):
            self._view.removeItem(item)


class BandItem:
    """The room between the smallest and the largest of many values, in a quiet wash."""

    def __init__(self, view: "pg.ViewBox") -> None:
        self.item = QGraphicsPathItem()
        self.item.setPen(QPen(Qt.PenStyle.NoPen))
        view.addItem(self.item, ignoreBounds=True)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        color = theme.color("outline")
        color.setAlphaF(_BAND_OPACITY)
        self.item.setBrush(color)

    def draw(self, x: Array, low: Array, high: Array) -> None:
        """Draw another band; where it has no value it goes on to the next one."""
        known = np.isfinite(low) & np.isfinite(high)
        x, low, high = x[known], low[known], high[known]
        there_and_back = np.concatenate([x, x[::-1]]), np.concatenate([high, low[::-1]])
        self.item.setPath(pg.arrayToQPath(*there_and_back))

    def set_shown(self, shown: bool) -> None:
        """Show or hide it."""
        self.item.setVisible(shown)


def _thin(line_pen: QPen) -> QPen:
    """Return a pen of one pixel without dashes: a curve that fills its room has no room for them."""
    thin = QPen(line_pen.color(), 1)
    thin.setCosmetic(True)
    return thin
