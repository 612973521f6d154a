"""The axes of the plot of the error, and the quiet lines behind the curves."""

from collections.abc import Callable, Sequence

import numpy as np
import pyqtgraph as pg

from bpsim.arrays import Array
from ui.fonts import SMALL_SIZE, text_font
from ui.numbers import NumberFormat, whole_text
from ui.plots.pens import pen as pen
from ui.plots.ticks import decade_ticks, round_ticks
from ui.theme import Theme

_LEVEL_PIXELS = 26  # E has a number every so many pixels, if there is a round one
_FIGURE_PIXELS = 7
_GAP_PIXELS = 24
_EPOCH_PIXELS = 24  # the ends of epochs have a line each if they are so far apart
_LOWEST_HEIGHT = 150  # of the plot; below, the name of the x axis gives way


class LossAxes:
    """E on the left, epochs or updates below.

    The numbers are chosen and written here, in the program's number format, not by pyqtgraph.
    """

    def __init__(self, plot: "pg.PlotItem") -> None:
        self._view = plot.getViewBox()
        self._axes = {side: plot.getAxis(side) for side in ("left", "bottom")}
        self._grid = pg.PlotCurveItem(connect="pairs")
        self._view.addItem(self._grid, ignoreBounds=True)
        self._letter, self._name = "E", "epoch"
        self._drawn: object = None
        for axis in self._axes.values():
            axis.show()
            axis.enableAutoSIPrefix(False)
            axis.setStyle(tickFont=text_font(SMALL_SIZE), tickLength=0, tickTextOffset=6)
        self._axes["bottom"].setStyle(hideOverlappingLabels=False)  # the 0 in the corner

    def set_names(self, letter: str, name: str) -> None:
        """Write another letter for the error, and another unit of x."""
        self._letter, self._name = letter, name
        self._axes["left"].setLabel(letter)
        self._axes["bottom"].setLabel(name)
        self._drawn = None

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        quiet = theme.color("text_quiet")
        label = {"color": quiet.name(), "font-size": f"{SMALL_SIZE}px"}
        self._axes["left"].setLabel(self._letter, **label)
        self._axes["bottom"].setLabel(self._name, **label)
        self._grid.setPen(pen(theme, "line", 1))
        for axis in self._axes.values():
            axis.setPen(pen(theme, "line", 1))
            axis.setTextPen(quiet)

    def draw(self, epochs: float, logarithmic: bool, number_format: NumberFormat) -> None:
        """Write the numbers that fit the range in sight.

        Parameters
        ----------
        epochs : float
            How much of x an epoch takes.
        logarithmic : bool
            Whether E stands there as its logarithm.
        """
        (low, high), (bottom, top) = self._view.viewRange()
        key = (low, high, bottom, top, epochs, logarithmic, number_format, self._view.rect())
        if key == self._drawn:
            return
        self._drawn = key
        counts = round_ticks(low, high, self._room(high), 1 if high - low > 2 else 0)
        most_levels = max(3, int(self._view.height() / _LEVEL_PIXELS))
        levels = (decade_ticks if logarithmic else round_ticks)(bottom, top, most_levels)
        self._label("bottom", counts, lambda x: _count_text(x, number_format))
        self._label("left", levels, lambda y: _level_text(10**y if logarithmic else y, number_format))
        ends = _epoch_ends(low, high, epochs, self._view.width())
        self._grid.setData(*_grid_lines(levels, (low, high), ends, (bottom, top)))
        self._axes["bottom"].showLabel(self._view.parentItem().size().height() >= _LOWEST_HEIGHT)

    def _label(self, side: str, ticks: Sequence[float], text: Callable[[float], str]) -> None:
        self._axes[side].setTicks([[(tick, text(tick)) for tick in ticks]])

    def _room(self, largest: float) -> int:
        """Return how many counts up to the largest have room on the axis."""
        pixels = _FIGURE_PIXELS * len(f"{largest:,.0f}") + _GAP_PIXELS
        return max(2, int(self._view.width() / pixels))


def _epoch_ends(low: float, high: float, epochs: float, pixels: float) -> list[float]:
    """Return where epochs end, nothing where these are too near to each other."""
    if (high - low) * _EPOCH_PIXELS > epochs * pixels:
        return []
    return [end * epochs for end in range(max(1, int(low / epochs)), int(high / epochs) + 1)]


def _count_text(count: float, number_format: NumberFormat) -> str:
    if count != round(count):
        return _level_text(count, number_format)
    return whole_text(count)


def _level_text(level: float, number_format: NumberFormat) -> str:
    return number_format.given(float(f"{level:.6g}"))


def _grid_lines(
    levels: Sequence[float], x_range: Sequence[float], ends: Sequence[float], y_range: Sequence[float]
) -> tuple[Array, Array]:
    """Return the horizontal lines at the levels and the vertical ones at the ends, as pairs of points."""
    x = [*x_range] * len(levels) + [end for end in ends for _ in (0, 1)]
    y = [level for level in levels for _ in (0, 1)] + [*y_range] * len(ends)
    return np.array(x, dtype=np.float64), np.array(y, dtype=np.float64)
