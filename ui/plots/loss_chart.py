"""The drawing of the errors of a training: curves, axes, marker, crosshair."""

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QObject, QPointF, Qt, Signal

from bpsim.arrays import Array
from bpsim.moment import Series
from ui.numbers import NumberFormat
from ui.plots.loss_axes import LossAxes, pen
from ui.plots.plot_widget import plot_widget
from ui.plots.thinning import thinned
from ui.plots.ticks import round_ticks
from ui.theme import Theme

NO_SERIES = Series(np.empty(0), np.empty(0), 1)

_DOTS_UP_TO = 60  # points that are so few get a dot each: a single one would not be seen otherwise
_THIN_LINE_FROM = 500  # points from which on a bold curve would hide itself
_CLOSEST = 4  # instances that are in sight at the closest look
_ROOM_ABOVE = 1.15


class LossChart(QObject):
    """Draws a series on a pyqtgraph plot; x is the number of instances trained, from 1."""

    pointed = Signal(object)
    """The index of the instance under the mouse, None where there is none."""
    clicked = Signal(int)

    def __init__(self, theme: Theme, number_format: NumberFormat, parent: QObject) -> None:
        super().__init__(parent)
        self.theme = theme
        self.number_format = number_format
        self.series = NO_SERIES
        self.cursor: int | None = None
        self.logarithmic = False
        self._following = True
        self._build()
        self._view.sigXRangeChanged.connect(self.redraw)
        self._view.sigResized.connect(self.redraw)
        self._view.sigRangeChangedManually.connect(self._on_moved)
        self.widget.scene().sigMouseMoved.connect(self._on_mouse_moved)
        self.widget.scene().sigMouseClicked.connect(self._on_clicked)

    def _build(self) -> None:
        self.widget = plot_widget()
        plot = self.widget.getPlotItem()
        self._view = plot.getViewBox()
        self._axes = LossAxes(plot)
        self._instances = self._curve(connect="finite")
        self._instance_dots = self._dots(4)
        self._epochs = self._curve(connect="finite")
        self._epoch_dots = self._dots(6)
        self._now = self._line()
        self._now.addMarker("v", position=1.0, size=9)
        self._now_dot = self._dots(9)
        self._crosshair = self._line()
        self._crosshair_dot = self._dots(9)
        self.point_at(None)
        self.set_theme(self.theme)

    def _curve(self, connect: str) -> "pg.PlotCurveItem":
        curve = pg.PlotCurveItem(connect=connect, skipFiniteCheck=False)
        self._view.addItem(curve, ignoreBounds=True)
        return curve

    def _dots(self, size: int) -> "pg.ScatterPlotItem":
        dots = pg.ScatterPlotItem(size=size)
        self._view.addItem(dots, ignoreBounds=True)
        return dots

    def _line(self) -> "pg.InfiniteLine":
        line = pg.InfiniteLine(angle=90)
        self._view.addItem(line, ignoreBounds=True)
        return line

    # -- what is shown ---------------------------------------------------------------------------------------

    def set_series(self, series: Series) -> None:
        if not _same(series, self.series):
            self.series = series
            self._follow()

    def set_cursor(self, cursor: int | None) -> None:
        if cursor != self.cursor:
            self.cursor = cursor
            self._follow()

    def set_logarithmic(self, logarithmic: bool) -> None:
        self.logarithmic = logarithmic
        self.redraw()

    def set_number_format(self, number_format: NumberFormat) -> None:
        self.number_format = number_format
        self.redraw()

    def show_instances(self, shown: bool) -> None:
        self._instances.setVisible(shown)
        self._instance_dots.setVisible(shown)
        self.redraw()

    def show_epochs(self, shown: bool) -> None:
        self._epochs.setVisible(shown)
        self._epoch_dots.setVisible(shown)
        self.redraw()

    def show_all(self) -> None:
        """Go back to the whole series after zooming, and follow it as it grows."""
        self._following = True
        self._follow()

    def point_at(self, t: int | None) -> None:
        """Put the crosshair on an instance, None takes it away."""
        known = t is not None and t < len(self.series.errors)
        self._crosshair.setVisible(known)
        self._crosshair_dot.setVisible(known)
        if t is not None and known:
            self._crosshair.setValue(t + 1)
            self._mark(self._crosshair_dot, t)

    def set_theme(self, theme: Theme) -> None:
        self.theme = theme
        color = theme.color
        self.widget.setBackground(color("canvas"))
        self._instances.setPen(pen(theme, "outline", 1))
        self._instance_dots.setPen(None)
        self._instance_dots.setBrush(color("outline"))
        self._epoch_dots.setPen(None)
        self._epoch_dots.setBrush(color("accent"))
        self._now.setPen(pen(theme, "accent", 2))
        self._now_dot.setPen(pen(theme, "accent", 2))
        self._now_dot.setBrush(color("canvas"))
        self._crosshair.setPen(pen(theme, "text_quiet", 1, Qt.PenStyle.DashLine))
        self._crosshair_dot.setPen(pen(theme, "text", 1.5))
        self._crosshair_dot.setBrush(color("canvas"))
        self._axes.set_theme(theme)
        self.redraw()

    # -- drawing ---------------------------------------------------------------------------------------------

    @property
    def gaps(self) -> int:
        """How many errors the axis cannot show, because they are 0 and it is logarithmic."""
        return int((self.series.errors <= 0).sum()) if self.logarithmic else 0

    @property
    def bounds(self) -> tuple[float, float]:
        """What of the x axis is in sight."""
        low, high = self._view.viewRange()[0]
        return float(low), float(high)

    def redraw(self) -> None:
        """Draw what of the series is in sight."""
        low, high = self.bounds
        size = self.series.epoch_size
        x, errors = thinned(self._drawable(self.series.errors), int(low) - 2, int(high) + 2)
        e, means = thinned(
            self._drawable(self.series.epoch_errors), int(low) // size - 2, int(high) // size + 2
        )
        self._draw(self._instances, self._instance_dots, x + 1, errors)
        self._draw(self._epochs, self._epoch_dots, (e + 1) * size, means)
        self._epochs.setPen(pen(self.theme, "accent", 2 if len(means) < _THIN_LINE_FROM else 1))
        shown = [y for y, item in ((errors, self._instances), (means, self._epochs)) if item.isVisible()]
        self._fit_height(np.concatenate(shown) if shown else errors)
        self._draw_now()
        self._axes.draw(self.series.epoch_size, self.logarithmic, self.number_format)

    def _drawable(self, errors: Array) -> Array:
        """Return the errors without those that a logarithmic axis cannot show: NaN leaves a gap."""
        if self.logarithmic and errors.min(initial=np.inf) <= 0:
            return np.where(errors > 0, errors, np.nan)
        return errors

    def _heights(self, errors: Array) -> Array:
        """Return where errors stand on the y axis."""
        if not self.logarithmic:
            return errors
        return np.log10(errors, out=np.full(len(errors), np.nan), where=errors > 0)

    def _draw(self, curve: "pg.PlotCurveItem", dots: "pg.ScatterPlotItem", x: Array, errors: Array) -> None:
        heights = self._heights(errors)
        finite = np.isfinite(heights)
        points = (x, heights) if finite.any() else ([], [])
        curve.setData(*points, antialias=len(x) < _THIN_LINE_FROM)
        few = finite if len(x) <= _DOTS_UP_TO else np.zeros(len(x), dtype=bool)
        dots.setData(x[few], heights[few])

    def _mark(self, dot: "pg.ScatterPlotItem", t: int) -> None:
        """Put a dot on the error at index `t`, if there is one and the axis can show it."""
        heights = self._heights(self.series.errors[t : t + 1])
        heights = heights[np.isfinite(heights)]
        dot.setData([t + 1.0] * len(heights), heights)

    def _fit_height(self, errors: Array) -> None:
        """Choose the y range: from 0 to the largest error in sight, or whole powers of ten around them."""
        finite = errors[np.isfinite(errors)]
        if self.logarithmic:
            heights = self._heights(finite) if len(finite) else np.zeros(1)
            low, high = float(np.floor(heights.min())), float(np.ceil(heights.max()))
            self._view.setYRange(low, high if high > low else low + 1, padding=0.02)
        else:
            largest = float(finite.max(initial=0.0))
            self._view.setYRange(0.0, largest * _ROOM_ABOVE or 1.0, padding=0)

    def _draw_now(self) -> None:
        self._now.setVisible(self.cursor is not None)
        self._now_dot.setVisible(self.cursor is not None)
        if self.cursor is not None:
            self._now.setValue(self.cursor + 1)
            self._mark(self._now_dot, self.cursor)

    # -- moving ----------------------------------------------------------------------------------------------

    def _follow(self) -> None:
        """Keep the whole series in sight unless somebody zoomed."""
        end = room_for(max(len(self.series.errors), (self.cursor or 0) + 1))
        before = self.bounds
        self._following = self._following or before[1] > end
        self._view.setLimits(xMin=0, xMax=end, minXRange=_CLOSEST)
        if self._following:
            self._view.setXRange(0, end, padding=0)
        if self.bounds == before:
            self.redraw()

    def _on_moved(self) -> None:
        self._following = False

    def _index_at(self, scene_position: QPointF) -> int | None:
        """Return the index of the instance nearest to a place in the plot."""
        count = len(self.series.errors)
        if count == 0 or not self._view.sceneBoundingRect().contains(scene_position):
            return None
        x = self._view.mapSceneToView(scene_position).x()
        return max(0, min(count, round(float(x))) - 1)

    def _on_mouse_moved(self, scene_position: QPointF) -> None:
        self.pointed.emit(self._index_at(scene_position))

    def _on_clicked(self, event: "pg.GraphicsScene.mouseEvents.MouseClickEvent") -> None:
        t = self._index_at(event.scenePos())
        if t is not None and event.button() == Qt.MouseButton.LeftButton:
            self.clicked.emit(t)


def room_for(last: int) -> float:
    """Return where an axis ends that has room for `last` and some more, so that it seldom has to change."""
    least = max(last, _CLOSEST)
    spacing = round_ticks(0, least, 20, 1)[1]
    return spacing * (least // spacing + 1) + spacing / 4


def _same(one: Series, other: Series) -> bool:
    return one.epoch_size == other.epoch_size and np.array_equal(one.errors, other.errors)
