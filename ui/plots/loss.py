"""The plot of the error: each instance as it was trained, the mean of each epoch, the test instances."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from bpsim.moment import Series
from bpsim.updates import UpdateCount
from ui.fonts import SMALL_SIZE, text_font
from ui.numbers import NumberFormat, whole_text
from ui.plots.loss_chart import NO_SERIES, LossChart
from ui.plots.loss_curves import Overlay
from ui.plots.loss_legend import Entry, LossLegend
from ui.plots.loss_options import UNITS, LossOptions
from ui.plots.loss_reading import epoch_readings, numbers, reading, run_numbers, short_readings
from ui.plots.pens import SWATCH, TEST_DASHES, pen, run_pen, swatch
from ui.plots.plot_parts import fit_button, nothing_label, put_on_canvas
from ui.plots.saving import Figure, Table
from ui.plots.scene_figure import paint_scene, scene_size
from ui.theme import Theme
from ui.widgets.fields import ChoiceField
from ui.widgets.labels import FittingLabel
from ui.widgets.save_plot import SavePlotButton

NOTHING_YET = "No instance has been trained yet: press → to step."
HINT = "Point at a curve to read it; click to go to that instance."
_SWITCHES = (
    (
        "instances",
        "instances",
        "The error of each instance as it was trained; of many, what they lie between",
    ),
    ("train", "train", "The mean error of each epoch, of the instances as they were trained"),
    ("test", "test", "The error of the test instances after each epoch"),
)

_ROOMY = 520  # pixels of width; below, some fields go into a menu
_LOW = 180  # pixels of height; below, the reading stands in the row of the switches
_NARROWEST = 330
_SMALL_SWATCH = QSize(SWATCH.width() // 2, SWATCH.height())


class LossPlot(QWidget):
    """Shows the errors of the training so far; a click asks to go to that instance.

    With the focus in the plot ↑ ↓ move the crosshair by an instance, Page Up and Page Down by an epoch, and
    Enter asks to go there.
    """

    instance_chosen = Signal(int)
    unit_chosen = Signal(str)
    """Whether x counts epochs or updates; whoever knows the batch sizes then tells them."""

    def __init__(self, theme: Theme, number_format: NumberFormat, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._format = theme, number_format
        self._letter = "E"
        self._note = ""
        self._pointed: int | None = None
        self._chart = LossChart(self._theme, self._format, self)
        self._legend = LossLegend(self._theme, self._chart.widget)
        self.switches = {name: _switch(text, tip) for name, text, tip in _SWITCHES}
        self.unit_field = ChoiceField(UNITS)
        self.log_box = QCheckBox("log")
        self._all = fit_button("Show the whole training")
        self.options_button = LossOptions(self.unit_field, self.log_box, self._all)
        self.save_button = SavePlotButton("Error E", self.figure)
        self._readout = FittingLabel()
        self._nothing = nothing_label(NOTHING_YET)
        self._stack = QStackedLayout()
        self._column, self._header = QVBoxLayout(self), QHBoxLayout()
        self._build()
        self.set_theme(self._theme)
        self.set_letter("E")
        self._show_state()
        self._connect()

    def _connect(self) -> None:
        for name, switch in self.switches.items():
            switch.toggled.connect(partial(self._show_curve, name))
        self.unit_field.value_chosen.connect(self.unit_chosen)
        self.log_box.toggled.connect(self._on_logarithmic)
        self._all.clicked.connect(self._chart.show_all)
        self._chart.pointed.connect(self._point_at)
        self._chart.clicked.connect(self._on_clicked)
        self._chart.redrawn.connect(self._place_legend)
        self._chart.widget.viewport().installEventFilter(self._legend)

    def _build(self) -> None:
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        put_on_canvas(self)
        self.unit_field.setProperty("kind", "flat")
        self.unit_field.setAccessibleName("Unit of the x axis")
        self.unit_field.setMinimumWidth(104)
        self.log_box.setToolTip("Logarithmic axis of the error")
        column = self._column
        column.setContentsMargins(16, 2, 8, 4)
        column.setSpacing(2)
        column.setSizeConstraint(QVBoxLayout.SizeConstraint.SetNoConstraint)  # `minimumSizeHint` says it
        column.addLayout(self._header)
        column.addLayout(self._stack, stretch=1)
        self._stack.addWidget(self._nothing)  # not before the layout has a parent: it would open a window
        self._stack.addWidget(self._chart.widget)
        self._fill_header()

    def _fill_header(self) -> None:
        row, buttons = self._header, (self.options_button, self._all, self.save_button)
        row.setSpacing(6)
        for widget in (*self.switches.values(), self.unit_field, self.log_box, self._readout):
            widget.setFont(text_font(SMALL_SIZE))
        for switch in self.switches.values():
            row.addWidget(switch)
        row.addStretch()
        for field in (self.unit_field, self.log_box, *buttons):
            row.addWidget(field)
        self._column.insertWidget(1, self._readout)

    def _fit_header(self) -> None:
        """Put the fields of the axes into a menu where they have no room, the reading beside the switches."""
        roomy, low = self.width() >= _ROOMY, self.height() < _LOW
        for field in (self.unit_field, self.log_box):
            field.setVisible(roomy)
        self.options_button.setVisible(not roomy)
        self._all.setVisible(roomy or not low)
        for switch in self.switches.values():
            switch.setIconSize(SWATCH if roomy else _SMALL_SWATCH)
        self.switches["instances"].setText(_SWITCHES[0][1] if roomy else "each")
        if low and self._header.indexOf(self._readout) < 0:
            self._header.insertWidget(len(self.switches), self._readout, 1)
        elif not low and self._column.indexOf(self._readout) < 0:
            self._column.insertWidget(1, self._readout)

    # -- what is shown ---------------------------------------------------------------------------------------

    @property
    def unit(self) -> str:
        """What x counts, "epoch" or "update"."""
        return self.unit_field.value

    def set_series(self, series: Series, cursor: int | None = None) -> None:
        """Show other errors, and mark the present instance by how many were trained before it."""
        self._nothing.setText(NOTHING_YET)
        self._chart.set_series(series, cursor)
        if self._pointed is not None and self._pointed >= len(series.errors):
            self._pointed = None
        self._show_state()

    def clear(self, why: str = NOTHING_YET) -> None:
        """Say why there are no errors, in place of them."""
        self._nothing.setText(why)
        self._chart.set_series(NO_SERIES, None)
        self._point_at(None)
        self._show_state()

    def set_overlays(self, overlays: Sequence[Overlay]) -> None:
        """Draw kept runs over the curves."""
        self._chart.set_overlays(overlays)
        self._show_state()

    def set_updates(self, updates: UpdateCount | None) -> None:
        """Count updates along x, None: epochs."""
        self.unit_field.set_value("epoch" if updates is None else "update")
        self._chart.set_unit(updates, self._letter)
        self._show_state()

    def set_letter(self, letter: str) -> None:
        """Write another letter for the error."""
        self._letter = letter
        self.setAccessibleName(f"Error {letter} by epoch and update")
        self.set_updates(self._chart.updates)

    def set_note(self, note: str) -> None:
        """Say something about the whole plot, such as what the error does not contain."""
        if note != self._note:
            self._note = note
            self._show_state()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._theme = theme
        self._chart.set_theme(theme)
        self._legend.set_theme(theme)
        for name, line_pen in self._pens().items():
            self.switches[name].setIcon(swatch(line_pen))
        self._show_state()

    def set_number_format(self, number_format: NumberFormat) -> None:
        """Write numbers in another way."""
        self._format = number_format
        self._chart.set_number_format(number_format)
        self._show_state()

    def _show_state(self) -> None:
        """Show the plot if there is something in it, the crosshair, and what can be read at it."""
        series, overlays = self._chart.series, self._chart.overlays
        count = len(series.errors)
        self._stack.setCurrentWidget(self._chart.widget if count or overlays else self._nothing)
        self.switches["test"].setVisible(
            len(series.test_errors) > 0 or any(len(o.run.test_errors) for o in overlays)
        )
        self._chart.point_at(self._pointed)
        wordings = self._wordings(series, self._chart.cursor)
        self._readout.set_wordings(*wordings)
        self._readout.setVisible(bool(count or overlays))
        was_empty = self._legend.is_empty
        self._legend.show_entries(self._entries())
        if was_empty:
            self._place_legend()
        said = " · ".join(filter(None, (wordings[0], self._legend.text)))
        self.setAccessibleDescription((said if count or overlays else self._nothing.text()) or HINT)
        self._chart.widget.setToolTip("" if wordings[0] else HINT)

    def tell(self, series: Series, cursor: int | None) -> None:
        """Read at the present instance already what `set_series` is going to show."""
        if self._pointed is None:
            self._readout.set_wordings(*self._wordings(series, cursor))

    def _wordings(self, series: Series, cursor: int | None) -> list[str]:
        """Return what is read at the crosshair or at the present instance, in fewer and fewer words."""
        index, gaps = self._index_in(series, cursor), self._chart.gaps
        updates, fine = self._chart.updates, self._format.finer()
        missing = [f"{whole_text(gaps)} × {self._letter} = 0 not on a log axis"] if gaps else []
        if index is not None:
            return [
                " · ".join([*reading(series, index, fine, self._letter, updates), *missing]),
                *short_readings(series, index, (fine, self._format), self._letter, updates),
            ]
        done = self._chart.cursor
        if done is None or done >= len(series.errors) * series.error_spacing:
            return [" · ".join(missing)]
        return [" · ".join([text, *missing]) for text in epoch_readings(series, done, self._format, updates)]

    def _entries(self) -> list[Entry]:
        """Return the kept runs with their errors at the crosshair, while one points, and the note."""
        entries = []
        for overlay in self._chart.overlays:
            done = None if self._pointed is None else self._pointed * self._chart.series.error_spacing + 1
            error = None if done is None else self._chart.run_error(overlay, done)
            value = "" if error is None else self._format.text(error)
            entries.append(Entry(run_pen(self._theme, overlay.style), overlay.run.name, value))
        return [*entries, Entry(None, self._note)] if self._note else entries

    @property
    def _index(self) -> int | None:
        """The index of the error that is read."""
        return self._index_in(self._chart.series, self._chart.cursor)

    def _index_in(self, series: Series, cursor: int | None) -> int | None:
        """Return the index that is pointed at, else that of the present instance if its error is known."""
        if self._pointed is not None:
            return self._pointed
        index, rest = divmod(cursor or 0, series.error_spacing)
        return index if cursor is not None and rest == 0 and index < len(series.errors) else None

    def _pens(self) -> dict[str, QPen]:
        """Return how the curves of the training are drawn."""
        return {
            "instances": pen(self._theme, "outline", 1),
            "train": pen(self._theme, "accent", 2),
            "test": pen(self._theme, "test", 2, TEST_DASHES),
        }

    def _place_legend(self) -> None:
        """Put the legend where it covers the curves least."""
        if not self._legend.is_empty:
            self._legend.put(self._chart.room.adjusted(8, 2, -6, -2), self._chart.curve_places())

    # -- saving ----------------------------------------------------------------------------------------------

    def figure(self) -> Figure | None:
        """Return what there is to save, None where the plot is empty."""
        chart = self._chart
        if not len(chart.series.errors) and not chart.overlays:
            return None
        pens = [
            (self.switches[name].text(), line_pen)
            for name, line_pen in self._pens().items()
            if self._is_drawn(name)
        ]
        runs = [(overlay.run.name, run_pen(self._theme, overlay.style)) for overlay in chart.overlays]
        return Figure(
            name="error",
            title=f"Error {self._letter} {self.unit_field.currentText()}",
            size=scene_size(chart.widget),
            paint=partial(paint_scene, chart.widget),
            table=self._table,
            theme=self._theme,
            legend=[*pens, *runs],
            note=self._note,
        )

    def _is_drawn(self, name: str) -> bool:
        return self.switches[name].isChecked() and self.switches[name].isVisibleTo(self)

    def _table(self) -> Table:
        heads, columns = numbers(self._chart.series)
        run_heads, run_columns = run_numbers([overlay.run for overlay in self._chart.overlays])
        return Table((*heads, *run_heads), (*columns, *run_columns))

    # -- what is asked for -----------------------------------------------------------------------------------

    def _point_at(self, index: int | None) -> None:
        if index != self._pointed:
            self._pointed = index
            self._show_state()

    def _on_clicked(self, index: int) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self._choose(index)

    def _choose(self, index: int) -> None:
        self.instance_chosen.emit(index * self._chart.series.error_spacing)

    def _show_curve(self, name: str, shown: bool) -> None:
        self._chart.show_curve(name, shown)
        self._show_state()

    def _on_logarithmic(self, logarithmic: bool) -> None:
        self._chart.set_logarithmic(logarithmic)
        self._show_state()

    def _move_crosshair(self, by: int) -> None:
        self._chart.forget_mouse()
        last = len(self._chart.series.errors) - 1
        here = self._index if self._index is not None else last + 1
        self._point_at(max(0, min(last, here + by)))

    # -- Qt ------------------------------------------------------------------------------------------------

    def minimumSizeHint(self) -> QSize:
        return QSize(_NARROWEST, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_header()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        series = self._chart.series
        epoch = max(1, series.epoch_size // series.error_spacing)
        moves = {
            Qt.Key.Key_Up: 1,
            Qt.Key.Key_Down: -1,
            Qt.Key.Key_PageUp: epoch,
            Qt.Key.Key_PageDown: -epoch,
        }
        key = Qt.Key(event.key())
        if key in moves and len(series.errors):
            self._move_crosshair(moves[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._pointed is not None:
            self._choose(self._pointed)
        else:
            super().keyPressEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._chart.forget_mouse()
        self._point_at(None)


def _switch(text: str, tip: str) -> QCheckBox:
    switch = QCheckBox(text)
    switch.setChecked(True)
    switch.setIconSize(SWATCH)
    switch.setToolTip(tip)
    return switch
