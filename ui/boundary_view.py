"""The dock of the decision boundary: tells the plot what the session holds, and the session what is clicked.

Importing it imports pyqtgraph: the window makes it once it is painted (`ui.widgets.later`).
"""

import time
from functools import partial
from math import ceil, log10
from typing import Literal

import numpy as np
from PySide6.QtCore import QRectF, QSize, QSizeF
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from bpsim.arrays import Array
from bpsim.data_errors import DataError
from bpsim.fields import Curve, Field, curve, field, level_line, predict
from bpsim.moment import Moment
from bpsim.notation import NOTATIONS
from bpsim.scoring import Classes, classes
from ui.appearance import Appearance
from ui.boundary_reading import BoundaryReading
from ui.class_names import output_letter, output_name
from ui.field_colors import class_pixels, value_pixels
from ui.plots.boundary import BoundaryPlot, Place
from ui.plots.boundary_legend import BoundaryLegend
from ui.plots.boundary_pace import Pace
from ui.plots.plot_parts import put_on_canvas
from ui.plots.saving import Figure, Table
from ui.plots.scene_figure import paint_scene, scene_size
from ui.pulse import Pulse
from ui.session import Session
from ui.view_state import ViewState
from ui.widgets.fields import ChoiceField
from ui.widgets.panel import number_format
from ui.widgets.plane_fields import PlaneFields
from ui.widgets.save_plot import SavePlotButton
from ui.widgets.score_view import ScoreView
from ui.widgets.target_chooser import TargetChooser

CLASS: Literal["class"] = "class"
"""The choice of the winning class, beside the outputs by number."""

_SIDE_WIDTHS = 156, 224  # of the controls beside the plot, least and most
_BESIDE = 320  # width from which on they stand there, if the dock is wide enough for a plot about as high
_SQUARE, _WIDE = 1.15, 1.5  # widths by height: of a dock with room beside, and of a plot that is wide enough
_USUAL, _SMALLEST = (480, 260), (240, 160)
_UNLIMITED = 2**24 - 1  # Qt's largest width
_APART, _NEARER = 6, 2  # heights between the controls, and where room is scarce
_AROUND = 8  # height above the header, between it and the controls, and below these
_MARGINS, _SIDE_MARGIN = 24, 8  # widths beside the plot and the controls, and left of what is in these
_LEAST_PLOT = 170  # height that the controls below it leave to the plot
_CURVE_POINTS = 400
_LEGEND_GAP = 8
_INSTANCES_SHARE, _INSTANCES_QUICK = 0.1, 0.001  # of the time, and seconds that are too few to count


class BoundaryView(QWidget):
    """Shows what the network makes of two inputs, or of the only one, as training goes on."""

    def __init__(self, session: Session, appearance: Appearance) -> None:
        super().__init__()
        self._session, self._appearance = session, appearance
        self._pace, self._pulse = Pace(), Pulse(session, self)
        self._classes: Classes | None = None
        self._shown: Field | Curve | None = None
        self._instances_due = 0.0
        numbers = number_format(session.view)
        self.plot = BoundaryPlot(appearance.theme, numbers)
        self.choice = ChoiceField(())
        self.plane_fields = PlaneFields(numbers)
        self.legend = BoundaryLegend(appearance.theme, numbers)
        self.score = ScoreView(numbers)
        self.chooser = TargetChooser(numbers)
        self.save_button = SavePlotButton("Decision boundary", self.figure)
        self._build()
        self._take_data(stay=False)

        self.choice.value_chosen.connect(self._on_choice)
        self.plane_fields.plane_chosen.connect(lambda plane: session.set_view(plane=plane))
        self.plot.pointed.connect(self._show_reading)
        self.plot.instance_chosen.connect(session.work_on)
        self.plot.room_chosen.connect(self._add_instance)
        self.plot.chart.bounds_changed.connect(self._ask)
        self._pulse.due.connect(self._refresh)
        self.save_button.figure_wanted.connect(self._pulse.catch_up)
        session.moment_changed.connect(self._on_moment_changed)
        session.view_changed.connect(self._on_view_changed)
        appearance.changed.connect(self._on_theme_changed)

    def _build(self) -> None:
        self.choice.setAccessibleName("What the colours show")
        self.choice.set_tip("What the colours show")
        self.plot.header.addWidget(self.save_button)
        self._side = QWidget()
        for widget in (self, self._side):
            put_on_canvas(widget)
        self._first_row = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._first_row.addWidget(self.choice)
        self._first_row.addWidget(self.score)
        side = QVBoxLayout(self._side)
        side.setContentsMargins(_SIDE_MARGIN, 0, 0, 0)
        side.addLayout(self._first_row)
        for widget in (self.plane_fields, self.chooser, self.legend):
            side.addWidget(widget)
        side.addStretch(1)
        self.plot.body.addWidget(self._side)
        whole = QVBoxLayout(self)
        whole.setSizeConstraint(QVBoxLayout.SizeConstraint.SetNoConstraint)  # the legend gives way
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.plot)

    def _arrange(self) -> None:
        """Place the controls beside the plot, or below it; where room is scarce not all of them are shown."""
        width, height = self.width(), self.height()
        beside = width >= _BESIDE and width > _SQUARE * height
        way = QBoxLayout.Direction
        self.plot.body.setDirection(way.LeftToRight if beside else way.TopToBottom)
        self._first_row.setDirection(way.TopToBottom if beside else way.LeftToRight)
        least, most = _SIDE_WIDTHS
        side = max(least, min(most, width - round(_WIDE * height)))
        self._side.setMinimumWidth(side if beside else 0)
        self._side.setMaximumWidth(side if beside else _UNLIMITED)
        room = height - self.plot.header.sizeHint().height() - _AROUND - (0 if beside else _LEAST_PLOT)
        self.legend.fit_height((side if beside else width - _MARGINS) - _SIDE_MARGIN)
        drawing = self._session.view.mode == "draw"
        ways = (
            (_APART, True, True),
            (_NEARER, True, True),
            (_NEARER, not drawing, True),
            (_NEARER, True, False),
        )
        for apart, score, legend in ways:
            self._set_spacing(apart)
            self.score.give_way(to_others=not score)
            self.legend.setVisible(legend)
            if not self._is_higher_than(room):
                break

    def _set_spacing(self, apart: int) -> None:
        layout = self._side.layout()
        assert layout is not None
        layout.setSpacing(apart)
        self._first_row.setSpacing(apart)

    def _is_higher_than(self, room: int) -> bool:
        """Tell whether the controls need more height than there is."""
        layout = self._side.layout()
        assert layout is not None
        layout.invalidate()
        return layout.sizeHint().height() > room

    # -- what is asked ---------------------------------------------------------------------------------------

    @property
    def reading(self) -> BoundaryReading:
        """The session's moment with what is asked about it."""
        moment, view = self._session.moment, self._session.view
        output = None if self.choice.value == CLASS else int(self.choice.value)
        plane = view.plane.fitted(moment.network.sizes[0])
        return BoundaryReading(
            moment,
            self._classes,
            output,
            plane,
            number_format(view),
            NOTATIONS[view.notation],
            self._appearance.theme,
        )

    def _take_data(self, stay: bool) -> None:
        """Take what changes with data, split and outputs; `stay` keeps what is in sight."""
        moment = self._session.moment
        self._side.setVisible(moment.misfit is None)
        if moment.misfit is not None:
            self._shown = None
            self.plot.clear(f"There is nothing to show. {moment.misfit}")
            return
        self._classes = classes(moment.dataset)
        self._fill_choice()
        self.plot.show_plot()
        self._show_data(stay)

    def _fill_choice(self) -> None:
        """Offer the outputs, and the winning class where targets stand for classes."""
        moment, before = self._session.moment, self.choice.value
        dataset, notation = moment.dataset, NOTATIONS[self._session.view.notation]
        letters = [output_letter(k, moment.network, notation) for k in range(len(dataset.target_names))]
        choices = [(str(k), output_name(dataset, k, letter), "") for k, letter in enumerate(letters)]
        if self._classes is not None:
            choices.append((CLASS, "winning class", "The class that the network says, faint where unclear"))
        self.choice.set_choices(choices)
        several = self._classes is not None and bool(self._classes.names)
        kept = before in [name for name, _text, _meaning in choices] and (before != "0" or not several)
        self.choice.set_value(before if kept else CLASS if several else "0")
        self.choice.setVisible(len(choices) > 1)

    def _show_data(self, stay: bool) -> None:
        """Show axes, points, legend and fields."""
        reading, view = self.reading, self._session.view
        chart, marks = self.plot.chart, reading.marks()
        chart.set_home(reading.home, reading.axis_names, not reading.is_curve, stay)
        chart.show_points(marks)
        self.legend.show_legend(*reading.legend())
        self.plane_fields.setVisible(reading.network.sizes[0] > 2)
        if reading.network.sizes[0] > 2:
            self.plane_fields.show_plane(reading.dataset, reading.plane, reading.held)
        by_height = reading.is_curve and self._classes is None
        self.chooser.setVisible(view.mode == "draw" and not by_height)
        self.chooser.show_data(reading.dataset, self._classes, reading.target, reading.numbers)
        self._show_reading(self.plot.place)
        self._arrange()
        self._instances_due = 0.0
        self._ask()

    # -- refreshing ------------------------------------------------------------------------------------------

    def _ask(self) -> None:
        """Ask for a refresh, which comes once somebody would see it."""
        if not self.plot.is_empty:
            self._pulse.ask()

    def _refresh(self, fine: bool) -> None:
        """Show what the network makes of the plane, and of the instances."""
        if self.plot.is_empty:
            return
        reading, chart = self.reading, self.plot.chart
        if reading.is_curve:
            self._show_curve(reading)
        else:
            self._show_field(reading, fine)
        if fine or time.perf_counter() >= self._instances_due:
            self._show_instances(reading)
        running = self._session.running  # then the present instance is another one each time
        chart.points.show_present(None if running else reading.moment.position.instance)
        if not running:
            self._show_held(reading)
        self._show_reading(self.plot.place)

    def _show_held(self, reading: BoundaryReading) -> None:
        """Show the values of the inputs that are held where the present instance has them."""
        if reading.plane.held == "instance" and reading.network.sizes[0] > 2:
            self.plane_fields.held.show_plane(reading.dataset, reading.plane, reading.held)

    def _show_instances(self, reading: BoundaryReading) -> None:
        """Show which instances are right; many of them less often, so that they take a tenth of the time."""
        began = time.perf_counter()
        predictions = predict(reading.network, reading.dataset.inputs)
        self.plot.chart.show_wrong(reading.wrong(predictions))
        hidden = self.score.isHidden()
        self.score.show_score(reading.score(predictions))
        if self.score.isHidden() != hidden:
            self._arrange()
        took = time.perf_counter() - began
        self._instances_due = began + (took / _INSTANCES_SHARE if took > _INSTANCES_QUICK else 0.0)

    def _show_field(self, reading: BoundaryReading, fine: bool) -> None:
        chart, theme = self.plot.chart, reading.theme
        network, bounds = reading.network, chart.bounds
        resolution = self._pace.resolution(network, chart.pixels, fine)
        began = time.perf_counter()
        shown = field(
            network, reading.plane.axes, reading.held, bounds, resolution,
            CLASS if reading.output is None else reading.output, self._classes,
        )  # fmt: skip
        self._pace.note(network, resolution[0] * resolution[1], time.perf_counter() - began)
        if shown.clarity is not None and self._classes is not None:
            pixels = class_pixels(theme, shown.values, shown.clarity, self._classes)
            pixels[np.isnan(shown.clarity)] = 0
        else:
            pixels = value_pixels(theme, shown.values, reading.scale)
        chart.show_field(pixels, bounds)
        chart.show_remark(reading.field_remark(shown))
        level = 0.5 if reading.output is None else reading.level
        chart.show_line(*(level_line(shown, level) if reading.level is not None and level else _NO_LINE))
        self._shown = shown

    def _show_curve(self, reading: BoundaryReading) -> None:
        chart = self.plot.chart
        shown = curve(reading.network, chart.bounds[0], _CURVE_POINTS)
        predictions = shown.predictions[:, reading.target]
        chart.show_curve(shown.x, predictions)
        chart.show_remark(reading.curve_remark(predictions, chart.bounds[1]))
        chart.show_line(*_NO_LINE)
        self._shown = shown

    def _show_reading(self, place: Place | None) -> None:
        if self.plot.is_empty:
            return
        if place is not None:
            self.plot.set_reading(*self.reading.wordings(place, self.plot.chart.instance_at(*place)))
            return
        adding = " · click in free room to add an instance" if self._session.view.mode == "draw" else ""
        self.plot.set_reading(self.reading.title + adding)

    # -- what changes ----------------------------------------------------------------------------------------

    def _on_moment_changed(self, new: Moment, old: Moment) -> None:
        fits = (new.misfit, new.network.sizes) == (old.misfit, old.network.sizes)
        if new.dataset is not old.dataset or new.split != old.split or not fits:
            self._take_data(stay=self._stays(new, old))
        elif new.network is not old.network or new.position.instance != old.position.instance:
            self._ask()

    def _stays(self, new: Moment, old: Moment) -> bool:
        """Tell whether the axes keep what is in sight: some edit of the data, none of it out of sight."""
        alike = new.dataset.input_names == old.dataset.input_names and new.misfit is None is old.misfit
        if not alike or abs(len(new.dataset) - len(old.dataset)) > 1:
            return False
        (left, right), (below, above) = self.plot.chart.bounds
        x, y = self.reading.places
        return bool(((left <= x) & (x <= right) & (below <= y) & (y <= above)).all())

    def _on_view_changed(self, new: ViewState, old: ViewState) -> None:
        numbers = number_format(new)
        if numbers != number_format(old):
            self.plot.chart.set_number_format(numbers)
            for widget in (self.plane_fields, self.legend, self.score):
                widget.set_number_format(numbers)
        if self.plot.is_empty:
            return
        if new.notation != old.notation:
            self._fill_choice()
        looks = [(view.plane, view.mode, view.notation, number_format(view)) for view in (new, old)]
        if looks[0] != looks[1]:
            self._show_data(stay=new.plane.axes == old.plane.axes)

    def _on_theme_changed(self) -> None:
        self.plot.chart.set_theme(self._appearance.theme)
        self.legend.set_theme(self._appearance.theme)
        if not self.plot.is_empty:
            self._show_data(stay=True)

    def _on_choice(self) -> None:
        self._show_data(stay=not self.reading.is_curve)

    def _add_instance(self, x: float, y: float, second: bool) -> None:
        """Add an instance where free room was clicked, while the network is being drawn."""
        if self._session.view.mode != "draw":
            return
        reading, dataset = self.reading, self._session.moment.dataset
        x, y = self._rounded(x, 0), self._rounded(y, 1)
        inputs = np.array([x]) if reading.is_curve else reading.plane.point(reading.held, x, y)
        by_height = reading.is_curve and self._classes is None
        targets = self.chooser.with_target(y) if by_height else self.chooser.targets(second)
        try:
            self._session.edit(
                "Add instance", dataset=dataset.with_instance_added(len(dataset), inputs, targets)
            )
        except DataError as error:
            self._session.notice(str(error))

    def _rounded(self, value: float, axis: int) -> float:
        """Return a value with no more decimals than a pixel of the plot can tell."""
        low, high = self.plot.chart.bounds[axis]
        return round(value, max(0, ceil(-log10((high - low) / self.plot.chart.pixels[axis]))))

    # -- saving ----------------------------------------------------------------------------------------------

    def figure(self) -> Figure | None:
        """Return what there is to save, None where nothing is shown."""
        shown = self._shown
        if shown is None or self.plot.is_empty:
            return None
        reading, size = self.reading, scene_size(self.plot.chart.widget)
        return Figure(
            "decision_boundary", reading.title, size + QSizeF(0, _LEGEND_GAP + self.legend.height()),
            self._paint, partial(_table, reading, shown), reading.theme,
        )  # fmt: skip

    def _paint(self, painter: QPainter, box: QRectF) -> None:
        """Paint the plot with the legend below it."""
        plot = QRectF(box.topLeft(), scene_size(self.plot.chart.widget))
        paint_scene(self.plot.chart.widget, painter, plot)
        painter.translate(box.left(), plot.bottom() + _LEGEND_GAP)
        self.legend.paint(painter)

    # -- Qt --------------------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        return QSize(*_USUAL)

    def minimumSizeHint(self) -> QSize:
        return QSize(*_SMALLEST)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()


_NO_LINE: tuple[Array, Array] = (np.empty(0), np.empty(0))


def _table(reading: BoundaryReading, shown: Field | Curve) -> Table:
    """Return the numbers that are shown: a row for each cell of the field, or each point of the curve."""
    names = reading.dataset.input_names
    if isinstance(shown, Curve):
        outputs = [reading.letter(k) for k in range(shown.predictions.shape[1])]
        return Table((names[0], *outputs), (shown.x, *shown.predictions.T))
    second, first = np.meshgrid(shown.second, shown.first, indexing="ij")
    header, axes = (*reading.axis_names, reading.shown), (first.ravel(), second.ravel())
    if shown.clarity is None:
        return Table(header, (*axes, shown.values.ravel()))
    named = reading.cell_texts(shown.values, shown.clarity)
    return Table((*header, "clarity"), (*axes, named, shown.clarity.ravel()))
