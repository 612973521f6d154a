"""The axes of the plot of the error, and the quiet lines behind the curves."""

from collections.abc import Sequence
from functools import partial

import numpy as np
import pyqtgraph as pg

from bpsim.arrays import Array
from ui.fonts import SMALL_SIZE, text_font
from ui.numbers import NumberFormat, whole_text
from ui.plots.axis_name import TEXT_GAP, AxisName
from ui.plots.pens import pen
from ui.plots.ticks import Labelled, decade_ticks, labelled_ticks, tick_text
from ui.theme import Theme

_LEVEL_PIXELS = 26  # E has a number every so many pixels, if there is a round one
_FIGURE_PIXELS = 7
_GAP_PIXELS = 24
_EPOCH_PIXELS = 24  # the ends of epochs have a line each if they are so far apart


class LossAxes:
    """E on the left, epochs or updates below.

    The numbers are chosen and written here, in the program's number format, not by pyqtgraph.
    """

    def __init__(self, plot: "pg.PlotItem") -> None:
        self._view = plot.getViewBox()
        self._axes = {side: plot.getAxis(side) for side in ("left", "bottom")}
        self._grid = pg.PlotCurveItem(connect="pairs")
        self._view.addItem(self._grid, ignoreBounds=True)
        self._letter = "E"
        self._drawn: object = None
        for axis in self._axes.values():
            axis.show()
            axis.enableAutoSIPrefix(False)
            axis.setStyle(tickFont=text_font(SMALL_SIZE), tickLength=0, tickTextOffset=TEXT_GAP)
        self._axes["bottom"].setStyle(hideOverlappingLabels=False)  # the 0 in the corner
        self._name = AxisName(self._axes["bottom"])

    def set_names(self, letter: str, name: str) -> None:
        """Write another letter for the error, and another unit of x."""
        self._letter = letter
        self._axes["left"].setLabel(letter)
        self._name.set_name(name)
        self._drawn = None

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        quiet = theme.color("text_quiet")
        self._axes["left"].setLabel(self._letter, **{"color": quiet.name(), "font-size": f"{SMALL_SIZE}px"})
        self._name.setBrush(quiet)
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
        pixels = self._view.width()
        counts = self._name.fit(
            (low, high),
            pixels,
            self._room(high),
            partial(_count_text, number_format=number_format),
            1 if high - low > 2 else 0,
        )
        levels = self._levels(bottom, top, logarithmic, number_format)
        self._axes["bottom"].setTicks([counts])
        self._axes["left"].setTicks([levels])
        ends = _epoch_ends(low, high, epochs, pixels)
        self._grid.setData(*_grid_lines([level for level, _ in levels], (low, high), ends, (bottom, top)))

    def _levels(self, bottom: float, top: float, logarithmic: bool, number_format: NumberFormat) -> Labelled:
        """Return where E has a number, and which."""
        most = max(3, int(self._view.height() / _LEVEL_PIXELS))
        if logarithmic:
            return [(y, tick_text(10**y, number_format)) for y in decade_ticks(bottom, top, most)]
        return labelled_ticks(
            bottom, top, most, lambda ticks: [(tick, tick_text(tick, number_format)) for tick in ticks]
        )

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
    return whole_text(count) if count == round(count) else tick_text(count, number_format)


def _grid_lines(
    levels: Sequence[float], x_range: Sequence[float], ends: Sequence[float], y_range: Sequence[float]
) -> tuple[Array, Array]:
    """Return the horizontal lines at the levels and the vertical ones at the ends, as pairs of points."""
    x = [*x_range] * len(levels) + [end for end in ends for _ in (0, 1)]
    y = [level for level in levels for _ in (0, 1)] + [*y_range] * len(ends)
    return np.array(x, dtype=np.float64), np.array(y, dtype=np.float64)
