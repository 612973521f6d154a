"""The axes of the plot of the error, and the quiet lines behind the curves."""

from collections.abc import Callable, Sequence

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QPen

from bpsim.arrays import Array
from ui.fonts import SMALL_SIZE, text_font
from ui.numbers import NumberFormat
from ui.plots.ticks import decade_ticks, round_ticks
from ui.theme import Theme

_LOWEST_HEIGHT = 190  # of the plot; below, the axis of the epochs gives way
_LEVEL_PIXELS = 26  # E has a number every so many pixels, if there is a round one
_FIGURE_PIXELS = 7
_GAP_PIXELS = {"bottom": 24, "top": 48}
_THIN_SPACE = "\u202f"  # 200 000


class LossAxes:
    """E on the left, the number of instances trained below, the end of each epoch above.

    The numbers are chosen and written here, in the program's number format, not by pyqtgraph.
    """

    def __init__(self, plot: "pg.PlotItem") -> None:
        self._view = plot.getViewBox()
        self._axes = {side: plot.getAxis(side) for side in ("left", "bottom", "top")}
        self._grid = pg.PlotCurveItem(connect="pairs")
        self._view.addItem(self._grid, ignoreBounds=True)
        self._drawn: object = None
        for axis in self._axes.values():
            axis.show()
            axis.enableAutoSIPrefix(False)
            axis.setStyle(tickFont=text_font(SMALL_SIZE), tickLength=0, tickTextOffset=6)

    def set_theme(self, theme: Theme) -> None:
        quiet = theme.color("text_quiet")
        label = {"color": quiet.name(), "font-size": f"{SMALL_SIZE}px"}
        self._axes["left"].setLabel("E", **label)
        self._axes["bottom"].setLabel("instances trained", **label)
        self._grid.setPen(pen(theme, "line", 1))
        for axis in self._axes.values():
            axis.setPen(pen(theme, "line", 1))
            axis.setTextPen(quiet)

    def draw(self, epoch_size: int, logarithmic: bool, number_format: NumberFormat) -> None:
        """Write the numbers that fit the range in sight; E stands there as its logarithm if `logarithmic`."""
        (low, high), (bottom, top) = self._view.viewRange()
        key = (low, high, bottom, top, epoch_size, logarithmic, number_format, self._view.rect())
        if key == self._drawn:
            return
        self._drawn = key
        counts = round_ticks(low, high, self._room("bottom", high), 1)
        epochs = round_ticks(low / epoch_size, high / epoch_size, self._room("top", high / epoch_size), 1)
        ends = [epoch * epoch_size for epoch in epochs if epoch > 0]
        most_levels = max(2, int(self._view.height() / _LEVEL_PIXELS))
        levels = (decade_ticks if logarithmic else round_ticks)(bottom, top, most_levels)
        self._label("bottom", counts, _count_text)
        self._label("top", ends, lambda x: f"{'epoch ' if x == ends[0] else ''}{_count_text(x / epoch_size)}")
        self._label("left", levels, lambda y: _level_text(10**y if logarithmic else y, number_format))
        self._grid.setData(*_grid_lines(levels, (low, high), ends, (bottom, top)))
        self._show_epochs()

    def _show_epochs(self) -> None:
        """Let the axis of the epochs give way in a low plot; `setVisible` would keep its room."""
        top = self._axes["top"]
        if self._view.parentItem().size().height() < _LOWEST_HEIGHT:
            top.hide()
        else:
            top.show()

    def _label(self, side: str, ticks: Sequence[float], text: Callable[[float], str]) -> None:
        self._axes[side].setTicks([[(tick, text(tick)) for tick in ticks]])

    def _room(self, side: str, largest: float) -> int:
        """Return how many counts up to the largest have room on an axis."""
        pixels = _FIGURE_PIXELS * len(_count_text(largest)) + _GAP_PIXELS[side]
        return max(2, int(self._view.width() / pixels))


def pen(theme: Theme, role: str, width: float, style: Qt.PenStyle = Qt.PenStyle.SolidLine) -> QPen:
    """Return a pen in a colour of the theme, as wide at every zoom."""
    result = QPen(theme.color(role), width, style)
    result.setCosmetic(True)
    return result


def _count_text(count: float) -> str:
    return f"{count:,.0f}".replace(",", _THIN_SPACE)


def _level_text(level: float, number_format: NumberFormat) -> str:
    return number_format.given(float(f"{level:.6g}"))


def _grid_lines(
    levels: Sequence[float], x_range: Sequence[float], ends: Sequence[float], y_range: Sequence[float]
) -> tuple[Array, Array]:
    """Return the horizontal lines at the levels and the vertical ones at the ends, as pairs of points."""
    x = [*x_range] * len(levels) + [end for end in ends for _ in (0, 1)]
    y = [level for level in levels for _ in (0, 1)] + [*y_range] * len(ends)
    return np.array(x, dtype=np.float64), np.array(y, dtype=np.float64)
