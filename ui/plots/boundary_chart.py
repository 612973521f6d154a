"""The drawing of what a network makes of a plane through its inputs, or of its only input."""

from functools import partial
from math import ceil

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QWheelEvent

from bpsim.arrays import Array, Mask
from bpsim.planes import Range
from ui.field_colors import Pixels
from ui.fonts import SMALL_SIZE, text_font
from ui.numbers import NumberFormat
from ui.plots.axis_name import TEXT_GAP, AxisName
from ui.plots.boundary_marks import MarkLayer, Marks
from ui.plots.pens import pen
from ui.plots.plot_remark import PlotRemark
from ui.plots.plot_widget import plot_widget
from ui.plots.ticks import Labelled, labelled_ticks, tick_text
from ui.theme import Theme

Bounds = tuple[Range, Range]

_ALIKE = 4.0  # how many times longer one axis may be than the other while both keep one scale
_TICK_PIXELS = 34, 30  # of the lower axis, of the left one
_NAME_WIDTH = 16  # of the name of the left axis
_FAR = 50.0  # heights of the plot; farther away a curve is drawn there
_OVER_POINTS = 9.5  # of a curve, which many points would hide; the axes are at 10
_REACH = 9.0  # pixels around the middle of a point within which it is meant
_BUTTONS = (Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton)


class BoundaryChart(QObject):
    """Draws a field or a curve, points, and a crosshair on a pyqtgraph plot."""

    pointed = Signal(object)
    """The place under the mouse as (x, y), None where it leaves."""
    clicked = Signal(float, float, bool)
    """A place, and whether the right button or Shift was pressed."""
    bounds_changed = Signal()
    """What is in sight, or its size on the screen."""

    def __init__(self, theme: Theme, number_format: NumberFormat, parent: QObject) -> None:
        super().__init__(parent)
        self.theme, self.number_format = theme, number_format
        self._home: Bounds = ((0.0, 1.0), (0.0, 1.0))
        self._names, self._alike, self._at_home = ("", ""), True, True
        self._mouse: QPointF | None = None  # where it is, in the scene; None: not in the plot
        self._build()
        self._view.sigRangeChanged.connect(self._on_range_changed)
        self._view.sigResized.connect(self._on_resized)
        self._view.sigRangeChangedManually.connect(self._on_moved)
        self.widget.scene().sigMouseMoved.connect(self._on_mouse_moved)
        self.widget.scene().sigMouseClicked.connect(self._on_clicked)
        self.widget.viewport().installEventFilter(self)

    def _build(self) -> None:
        self.widget = plot_widget()
        self.widget.setMinimumSize(120, 90)
        plot = self.widget.getPlotItem()
        self._view = plot.getViewBox()
        self._view.setMouseEnabled(x=True, y=True)
        self._axes = {side: plot.getAxis(side) for side in ("left", "bottom")}
        for axis in self._axes.values():
            axis.enableAutoSIPrefix(False)
            axis.setStyle(tickFont=text_font(SMALL_SIZE), tickLength=-4, tickTextOffset=TEXT_GAP)
            axis.setZValue(10)
        self._name = AxisName(self._axes["bottom"])
        self._image = pg.ImageItem(axisOrder="row-major")
        self._curve = pg.PlotCurveItem(antialias=True)
        self._line = pg.PlotCurveItem(antialias=True, connect="pairs")
        self._crosshair = [pg.InfiniteLine(angle=angle) for angle in (90, 0)]
        for height, item in enumerate((self._image, self._line, *self._crosshair)):
            item.setZValue(height)
            self._view.addItem(item, ignoreBounds=True)
        self.points = MarkLayer(self._view)
        self._view.addItem(self._curve, ignoreBounds=True)
        self._curve.setZValue(_OVER_POINTS)
        self._remark = PlotRemark(self._view)
        self._remark.setZValue(_OVER_POINTS)
        self.show_crosshair(None)
        self.set_theme(self.theme)

    # -- what is shown ---------------------------------------------------------------------------------------

    @property
    def bounds(self) -> Bounds:
        """What of both axes is in sight."""
        (left, right), (below, above) = self._view.viewRange()
        return (float(left), float(right)), (float(below), float(above))

    @property
    def pixels(self) -> tuple[int, int]:
        """Width and height of the drawing on the screen."""
        return max(1, int(self._view.width())), max(1, int(self._view.height()))

    def set_home(self, home: Bounds, names: tuple[str, str], alike: bool, stay: bool = False) -> None:
        """Take other axes; with `stay` what is in sight remains until `show_home`.

        Axes that are `alike`, so two inputs, keep one scale where their ranges are of about the same size.
        """
        self._names, self._alike = names, alike
        self._show_names()
        if home != self._home:
            self._home = home
            if not stay:
                self.show_home()
            else:
                self._at_home = False
        self._write_ticks()

    def show_home(self) -> None:
        """Show all of the data."""
        self._at_home = True
        width, height = (high - low for low, high in self._home)
        self._view.setAspectLocked(lock=self._alike and 1 / _ALIKE <= width / height <= _ALIKE, ratio=1)
        self._view.setRange(xRange=self._home[0], yRange=self._home[1], padding=0)

    def show_field(self, pixels: Pixels, bounds: Bounds) -> None:
        """Show the colours of a field that covers a part of the plane."""
        (left, right), (below, above) = bounds
        self._image.setImage(pixels, autoLevels=False)
        self._image.setRect(QRectF(left, below, right - left, above - below))
        self._image.show()
        self._curve.hide()

    def show_line(self, x: Array, y: Array) -> None:
        """Show a line made of pieces: each two points are the ends of one."""
        self._line.setData(x, y)

    def show_curve(self, x: Array, y: Array) -> None:
        """Show a curve in place of a field."""
        finite = bool(np.isfinite(y).any())
        below, above = self.bounds[1]
        reach = _FAR * (above - below)
        near = np.clip(y, below - reach, above + reach)
        near[~np.isfinite(y)] = np.nan
        self._curve.setData(x if finite else [], near if finite else [], connect="finite")
        self._curve.show()
        self._image.hide()

    @property
    def remark(self) -> str:
        """What is said in the middle of the plot."""
        return self._remark.toPlainText()

    def show_remark(self, text: str) -> None:
        """Say something in the middle of the plot; "" takes it away."""
        if text != self.remark:
            self._remark.setPlainText(text)
            self._remark.fit(*self.pixels)

    def show_points(self, marks: Marks) -> None:
        self.points.show(marks, self.theme)

    def show_wrong(self, wrong: Mask) -> None:
        self.points.show_wrong(wrong)

    def show_crosshair(self, place: tuple[float, float] | None) -> None:
        """Put the crosshair on a place, None takes it away."""
        for line in self._crosshair:
            line.setVisible(place is not None)
        if place is not None:
            for line, value in zip(self._crosshair, place, strict=True):
                line.setValue(value)

    def instance_at(self, x: float, y: float) -> int | None:
        """Return the instance whose point is at a place."""
        (left, right), (below, above) = self.bounds
        width, height = self.pixels
        return self.points.marks.nearest(x, y, ((right - left) / width, (above - below) / height), _REACH)

    def set_number_format(self, number_format: NumberFormat) -> None:
        self.number_format = number_format
        self._write_ticks()

    def set_theme(self, theme: Theme) -> None:
        """Take other colours; field and points are to be shown anew."""
        self.theme = theme
        self.widget.setBackground(theme.color("canvas"))
        self._curve.setPen(pen(theme, "accent", 2.5))
        self._line.setPen(pen(theme, "text", 1.5))
        self._remark.set_theme(theme)
        for line in self._crosshair:
            line.setPen(pen(theme, "text", 1, Qt.PenStyle.DashLine))
        for axis in self._axes.values():
            axis.setPen(pen(theme, "outline", 1))
            axis.setTextPen(theme.color("text_quiet"))
        self._show_names()

    # -- drawing ---------------------------------------------------------------------------------------------

    def _show_names(self) -> None:
        """Write the names of the axes in the colour of the theme."""
        quiet = self.theme.color("text_quiet")
        self._axes["left"].setLabel(self._names[1], **{"color": quiet.name(), "font-size": f"{SMALL_SIZE}px"})
        self._name.set_name(self._names[0])
        self._name.setBrush(quiet)
        self._write_ticks()

    def _write_ticks(self) -> None:
        """Write numbers at the axes; at the lower one up to its name, at the left one beside it."""
        metrics = QFontMetricsF(text_font(SMALL_SIZE))
        write = partial(tick_text, number_format=self.number_format)
        across, upright = self.bounds
        most_across, most_upright = (
            max(2, n // apart) for n, apart in zip(self.pixels, _TICK_PIXELS, strict=True)
        )

        def at_left(ticks: list[float]) -> Labelled:
            return [(tick, write(tick)) for tick in ticks]

        written = labelled_ticks(*upright, most_upright, at_left)
        widest = max((metrics.horizontalAdvance(text) for _tick, text in written), default=0.0)
        self._axes["left"].setWidth(ceil(widest) + TEXT_GAP + _NAME_WIDTH)
        self._axes["left"].setTicks([written])
        self._axes["bottom"].setTicks([self._name.fit(across, self.pixels[0], most_across, write)])

    def _on_range_changed(self) -> None:
        self._write_ticks()
        self.bounds_changed.emit()
        self._point_again()

    def _on_resized(self) -> None:
        """Show all of the data in the room that there is now, unless somebody has moved or zoomed."""
        self.points.fit(self.pixels)
        self._remark.fit(*self.pixels)
        if self._at_home:
            self.show_home()
        self._on_range_changed()

    def _on_moved(self) -> None:
        self._at_home = False

    # -- mouse -----------------------------------------------------------------------------------------------

    def _place(self, scene_position: QPointF) -> tuple[float, float] | None:
        if not self._view.sceneBoundingRect().contains(scene_position):
            return None
        place = self._view.mapSceneToView(scene_position)
        return float(place.x()), float(place.y())

    def _on_mouse_moved(self, scene_position: QPointF) -> None:
        self._mouse = scene_position
        self._point_again()

    def _point_again(self) -> None:
        """Tell what is under the mouse: when it moves, and when the range has changed below it."""
        if self._mouse is not None:
            self.pointed.emit(self._place(self._mouse))

    def forget_mouse(self) -> None:
        """Do not point at what is under the mouse until it moves: it has gone, or keys point."""
        self._mouse = None

    def _on_clicked(self, event: "pg.GraphicsScene.mouseEvents.MouseClickEvent") -> None:
        place = self._place(event.scenePos())
        if place is None or event.button() not in _BUTTONS:
            return
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        self.clicked.emit(*place, shift or event.button() == Qt.MouseButton.RightButton)

    # -- Qt --------------------------------------------------------------------------------------------------

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave:
            self.forget_mouse()
        elif isinstance(event, QWheelEvent):
            self._mouse = QPointF(self.widget.mapToScene(event.position().toPoint()))
        return False
