"""The drawing of the errors of a training: curves, axes, marker, crosshair."""

from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QObject, QPointF, QRect, Qt, Signal
from PySide6.QtGui import QWheelEvent

from bpsim.arrays import Array
from bpsim.moment import Series
from bpsim.updates import UpdateCount
from ui.numbers import NumberFormat
from ui.plots.loss_axes import LossAxes
from ui.plots.loss_curves import BandItem, Line, Overlay, finite_of, places_on
from ui.plots.pens import TEST_DASHES, pen, run_pen
from ui.plots.plot_widget import plot_widget
from ui.plots.thinning import band, thinned
from ui.plots.ticks import round_ticks
from ui.theme import Theme

NO_SERIES = Series(np.empty(0), np.empty(0), 1)
CURVES = ("instances", "train", "test")

_POINT_PIXELS = 3  # nearer to each other instances are drawn as a band, in columns of this width
_EPOCH_PIXELS = 24  # epochs that are narrower are one column of the band each
_CLOSEST = 4  # instances that are in sight at the closest look
_ROOM_ABOVE = 1.15
_PLACE_PIXELS = 4  # between places on a curve
_TALLEST_RUN = 4.0  # times what runs begin with: one that diverges must not flatten all others


class LossChart(QObject):
    """Draws a series on a pyqtgraph plot; x counts epochs or updates."""

    pointed = Signal(object)
    """The index of the error under the mouse, None where there is none."""
    clicked = Signal(int)
    redrawn = Signal()

    def __init__(self, theme: Theme, number_format: NumberFormat, parent: QObject) -> None:
        super().__init__(parent)
        self.theme = theme
        self.number_format = number_format
        self.series = NO_SERIES
        self.overlays: tuple[Overlay, ...] = ()
        self.cursor: int | None = None
        self.logarithmic = False
        self.updates: UpdateCount | None = None
        self.shown = dict.fromkeys(CURVES, True)
        self._scale = UpdateCount.of_epochs(1)
        self._following = True
        self._mouse: QPointF | None = None  # where it is, in the scene; None: not in the plot
        self._build()
        self._view.sigXRangeChanged.connect(self.redraw)
        self._view.sigResized.connect(self.redraw)
        self._view.sigRangeChangedManually.connect(self._on_moved)
        self.widget.scene().sigMouseMoved.connect(self._on_mouse_moved)
        self.widget.scene().sigMouseClicked.connect(self._on_clicked)
        self.widget.viewport().installEventFilter(self)

    def _build(self) -> None:
        self.widget = plot_widget()
        plot = self.widget.getPlotItem()
        self._view = plot.getViewBox()
        self._axes = LossAxes(plot)
        self._band = BandItem(self._view)
        self._instances = Line(self._view, 4)
        self._runs: list[Line] = []
        self._test = Line(self._view, 6)
        self._train = Line(self._view, 6)
        self._now = self._upright()
        self._now.addMarker("v", position=1.0, size=9)
        self._now_dot = self._dot()
        self._crosshair = self._upright()
        self._crosshair_dot = self._dot()
        self.point_at(None)
        self.set_theme(self.theme)

    def _dot(self) -> "pg.ScatterPlotItem":
        dot = pg.ScatterPlotItem(size=9)
        dot.setZValue(2)
        self._view.addItem(dot, ignoreBounds=True)
        return dot

    def _upright(self) -> "pg.InfiniteLine":
        line = pg.InfiniteLine(angle=90)
        line.setZValue(1)
        self._view.addItem(line, ignoreBounds=True)
        return line

    # -- what is shown ---------------------------------------------------------------------------------------

    def set_series(self, series: Series, cursor: int | None) -> None:
        if not _same(series, self.series) or cursor != self.cursor:
            self.series, self.cursor = series, cursor
            self._follow()

    def set_overlays(self, overlays: Sequence[Overlay]) -> None:
        """Draw other kept runs over the curves."""
        for line in self._runs:
            line.remove()
        self.overlays = tuple(overlays)
        self._runs = [Line(self._view, 5) for _overlay in overlays]
        self._show_runs_in_colour()
        self._follow()

    def set_unit(self, updates: UpdateCount | None, letter: str) -> None:
        """Count updates along x, or epochs (None); `letter` is that of the error."""
        self._axes.set_names(letter, "epoch" if updates is None else "update")
        self.updates, self._following = (
            updates,
            self._following or (updates is None) != (self.updates is None),
        )
        self._follow()

    def set_logarithmic(self, logarithmic: bool) -> None:
        self.logarithmic = logarithmic
        self.redraw()

    def set_number_format(self, number_format: NumberFormat) -> None:
        self.number_format = number_format
        self.redraw()

    def show_curve(self, name: str, shown: bool) -> None:
        """Show or hide one of `CURVES`."""
        self.shown[name] = shown
        self.redraw()

    def show_all(self) -> None:
        """Go back to the whole series after zooming, and follow it as it grows."""
        self._following = True
        self._follow()

    def point_at(self, index: int | None) -> None:
        """Put the crosshair on an error, None takes it away."""
        known = index is not None and index < len(self.series.errors)
        self._crosshair.setVisible(known)
        self._crosshair_dot.setVisible(known)
        if index is not None and known:
            self._crosshair.setValue(self._x_of(index * self.series.error_spacing))
            self._mark(self._crosshair_dot, index)

    def set_theme(self, theme: Theme) -> None:
        self.theme = theme
        color = theme.color
        self.widget.setBackground(color("canvas"))
        self._band.set_theme(theme)
        self._instances.set_pen(pen(theme, "outline", 1))
        self._train.set_pen(pen(theme, "accent", 2))
        self._test.set_pen(pen(theme, "test", 2, TEST_DASHES))
        self._now.setPen(pen(theme, "accent", 2))
        self._now_dot.setPen(pen(theme, "accent", 2))
        self._now_dot.setBrush(color("canvas"))
        self._crosshair.setPen(pen(theme, "text_quiet", 1, (4, 4)))
        self._crosshair_dot.setPen(pen(theme, "text", 1.5))
        self._crosshair_dot.setBrush(color("canvas"))
        self._axes.set_theme(theme)
        self._show_runs_in_colour()
        self.redraw()

    def _show_runs_in_colour(self) -> None:
        for line, overlay in zip(self._runs, self.overlays, strict=True):
            line.set_pen(run_pen(self.theme, overlay.style))

    # -- reading ---------------------------------------------------------------------------------------------

    @property
    def gaps(self) -> int:
        """How many errors the axis cannot show, because they are 0 and it is logarithmic."""
        return int((self.series.errors <= 0).sum()) if self.logarithmic else 0

    @property
    def bounds(self) -> tuple[float, float]:
        """What of the x axis is in sight."""
        low, high = self._view.viewRange()[0]
        return float(low), float(high)

    @property
    def room(self) -> QRect:
        """Where the curves are drawn, in the widget."""
        room: QRect = self.widget.mapFromScene(self._view.sceneBoundingRect()).boundingRect()
        return room

    @property
    def runs_show_test(self) -> bool:
        """Whether kept runs show their test errors: where only those of the training are."""
        return self.shown["test"] and not self.shown["train"]

    def curve_places(self) -> Array:
        """Return places on all curves and on the marker, every few pixels, in the widget; shape (n, 2)."""
        (low, high), (bottom, top) = self._view.viewRange()
        room = self.room
        columns = np.arange(low, high, (high - low) * _PLACE_PIXELS / max(_PLACE_PIXELS, room.width()))
        lines = [self._instances, self._train, self._test, *self._runs]
        places = [
            places_on(columns, x, heights)
            for x, heights in (*(line.points for line in lines), *self._band.points)
        ]
        if self.cursor is not None:
            upright = np.arange(
                bottom, top, (top - bottom) * _PLACE_PIXELS / max(_PLACE_PIXELS, room.height())
            )
            places.append(np.column_stack([np.full(len(upright), self._x_of(self.cursor)), upright]))
        shares = (np.concatenate(places) - (low, top)) / (high - low, bottom - top)
        return np.asarray((room.left(), room.top()) + shares * (room.width(), room.height()))

    def run_error(self, overlay: Overlay, done: int) -> float | None:
        """Return the error of a kept run where this one has trained `done` instances; None if it is over."""
        errors = self._errors_of(overlay)
        place = float(self._scale.after(np.array(float(done)))) / self._epoch_of(overlay)
        index = max(0, round((place - 1) / overlay.run.spacing))
        return float(errors[index]) if index < len(errors) else None

    def _errors_of(self, overlay: Overlay) -> Array:
        return overlay.run.test_errors if self.runs_show_test else overlay.run.epoch_errors

    def _epoch_of(self, overlay: Overlay) -> int:
        """Return how much of x an epoch of a kept run takes."""
        return 1 if self.updates is None else overlay.run.updates_per_epoch

    def _x_of(self, done: int) -> float:
        """Return where the instance stands before which `done` were trained."""
        return float(self._scale.after(np.array(done + 1.0)))

    # -- drawing ---------------------------------------------------------------------------------------------

    def redraw(self) -> None:
        """Draw what of the series is in sight."""
        low, high = self.bounds
        first, last = self._scale.instances(max(0.0, low)), self._scale.instances(max(0.0, high))
        drawn = [
            *self._draw_instances(first, last),
            *self._draw_epochs(self._train, "train", self.series.epoch_errors, first, last),
            *self._draw_epochs(self._test, "test", self.series.test_errors, first, last),
        ]
        self._fit_height(drawn, self._draw_runs(low, high))
        self._draw_now()
        epoch = float(self._scale.after(np.array(float(self.series.epoch_size))))
        self._axes.draw(epoch, self.logarithmic, self.number_format)
        self._point_again()
        self.redrawn.emit()

    def _draw_instances(self, first: float, last: float) -> list[Array]:
        """Draw the errors of the instances in sight: as a line, or as a band where they are many."""
        spacing, pixels = self.series.error_spacing, max(100.0, self._view.width())
        errors = self._drawable(self.series.errors)
        begin, end = max(0, int(first / spacing) - 2), min(len(errors), int(last / spacing) + 3)
        shown, many = self.shown["instances"], (end - begin) * _POINT_PIXELS > pixels
        self._band.set_shown(shown and many)
        self._instances.set_shown(shown and not many)
        if not shown:
            return []
        if not many:
            i = np.arange(begin, max(begin, end), dtype=np.float64)
            self._instances.draw(self._scale.after(i * spacing + 1), self._heights(errors[begin:end]))
            return [errors[begin:end]]
        length = int(np.ceil((end - begin) * _POINT_PIXELS / pixels))
        epoch = self.series.epoch_size / spacing
        if epoch * pixels < _EPOCH_PIXELS * (end - begin):
            length = max(length, round(epoch))
        x, lowest, highest = band(errors, begin, end, length)
        self._band.draw(self._scale.after(x * spacing + 1), self._heights(lowest), self._heights(highest))
        return [lowest, highest]

    def _draw_epochs(self, line: Line, name: str, errors: Array, first: float, last: float) -> list[Array]:
        """Draw the errors of the epochs in sight, each where the epoch ends."""
        line.set_shown(self.shown[name])
        size, spacing = self.series.epoch_size, self.series.epoch_spacing
        begin, end = int(first / size / spacing) - 2, int(last / size / spacing) + 3
        e, means = thinned(self._drawable(errors), begin, end, self._most_points)
        line.draw(self._scale.after((e * spacing + 1) * size), self._heights(means))
        return [means] if self.shown[name] else []

    def _draw_runs(self, low: float, high: float) -> list[Array]:
        drawn = []
        for line, overlay in zip(self._runs, self.overlays, strict=True):
            spacing, epoch = overlay.run.spacing, self._epoch_of(overlay)
            begin, end = int(low / epoch / spacing) - 2, int(high / epoch / spacing) + 3
            e, errors = thinned(self._drawable(self._errors_of(overlay)), begin, end, self._most_points)
            line.draw((e * spacing + 1) * epoch, self._heights(errors))
            drawn.append(errors)
        return drawn

    @property
    def _most_points(self) -> int:
        """Points that a curve may have: two for each column of pixels."""
        return 2 * max(100, int(self._view.width()))

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

    def _mark(self, dot: "pg.ScatterPlotItem", index: int) -> None:
        """Put a dot on the error at an index, if there is one and the axis can show it."""
        heights = self._heights(self.series.errors[index : index + 1])
        heights = heights[np.isfinite(heights)]
        dot.setData([self._x_of(index * self.series.error_spacing)] * len(heights), heights)

    def _fit_height(self, drawn: Sequence[Array], runs: Sequence[Array]) -> None:
        """Choose the y range: from 0 to the largest error in sight, or whole powers of ten around them."""
        own, others = finite_of(drawn), finite_of(runs)
        if self.logarithmic:
            finite = np.concatenate([own, others])
            heights = self._heights(finite) if len(finite) else np.zeros(1)
            low, high = float(np.floor(heights.min())), float(np.ceil(heights.max()))
            self._view.setYRange(low, high if high > low else low + 1, padding=0.02)
            return
        largest, beginning = (
            float(own.max(initial=0.0)),
            max((float(run[0]) for run in runs if len(run)), default=0.0),
        )
        tallest = max(largest, _TALLEST_RUN * beginning)
        largest = max(largest, min(tallest, float(others.max(initial=0.0))))
        self._view.setYRange(0.0, largest * _ROOM_ABOVE or 1.0, padding=0)

    def _draw_now(self) -> None:
        self._now.setVisible(self.cursor is not None)
        self._now_dot.setVisible(self.cursor is not None)
        if self.cursor is not None:
            self._now.setValue(self._x_of(self.cursor))
            index, rest = divmod(self.cursor, self.series.error_spacing)
            self._mark(self._now_dot, index if rest == 0 else len(self.series.errors))

    # -- moving ----------------------------------------------------------------------------------------------

    def _follow(self) -> None:
        """Keep the whole series in sight unless somebody zoomed."""
        self._scale = self.updates or UpdateCount.of_epochs(self.series.epoch_size)
        trained = max(len(self.series.errors) * self.series.error_spacing, (self.cursor or 0) + 1)
        runs = [overlay.run.epochs * self._epoch_of(overlay) for overlay in self.overlays]
        closest = float(self._scale.after(np.array(float(_CLOSEST))))
        end = room_for(max(self._x_of(trained - 1), *runs, closest), closest)
        before = self.bounds
        self._following = self._following or before[1] > end
        self._view.setLimits(xMin=0, xMax=end, minXRange=closest)
        if self._following:
            self._view.setXRange(0, end, padding=0)
        if self.bounds == before:
            self.redraw()

    def _on_moved(self) -> None:
        self._following = False

    def _index_at(self, scene_position: QPointF) -> int | None:
        """Return the index of the error nearest to a place in the plot."""
        count = len(self.series.errors)
        if count == 0 or not self._view.sceneBoundingRect().contains(scene_position):
            return None
        x = max(0.0, float(self._view.mapSceneToView(scene_position).x()))
        return max(0, min(count - 1, round((self._scale.instances(x) - 1) / self.series.error_spacing)))

    def _on_mouse_moved(self, scene_position: QPointF) -> None:
        self._mouse = scene_position
        self._point_again()

    def _point_again(self) -> None:
        """Tell what is under the mouse: when it moves, and when what is drawn below it has changed."""
        if self._mouse is not None:
            self.pointed.emit(self._index_at(self._mouse))

    def forget_mouse(self) -> None:
        """Do not point at what is under the mouse until it moves: it has gone, or keys point."""
        self._mouse = None

    def _on_clicked(self, event: "pg.GraphicsScene.mouseEvents.MouseClickEvent") -> None:
        index = self._index_at(event.scenePos())
        if index is not None and event.button() == Qt.MouseButton.LeftButton:
            self.clicked.emit(index)

    # -- Qt --------------------------------------------------------------------------------------------------

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave:
            self.forget_mouse()
            self.pointed.emit(None)
        elif isinstance(event, QWheelEvent):
            self._mouse = QPointF(self.widget.mapToScene(event.position().toPoint()))
        return False


def room_for(last: float, least: float) -> float:
    """Return where an axis ends that has room for `last` and some more, so that it seldom has to change."""
    last = max(last, least)
    spacing = round_ticks(0, last, 20, 0)[1]
    return spacing * (round(last / spacing, 9) // 1 + 1) + spacing / 4


def _same(one: Series, other: Series) -> bool:
    return one[2:5] == other[2:5] and all(
        np.array_equal(a, b) for a, b in zip((*one[:2], one[5]), (*other[:2], other[5]), strict=True)
    )
