"""The plot of a sweep: every run, and bold the median of those that differ only in their start weights."""

from collections.abc import Sequence
from functools import partial

import numpy as np
from PySide6.QtGui import QColor, QPen
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from bpsim.arrays import Array
from bpsim.sweep import Row, median_curve
from ui.fonts import SMALL_SIZE, text_font
from ui.numbers import NumberFormat
from ui.plots.loss_axes import LossAxes
from ui.plots.loss_curves import Line
from ui.plots.loss_reading import epochs_of, run_numbers
from ui.plots.pens import run_pen
from ui.plots.plot_parts import fit_button, nothing_label
from ui.plots.plot_widget import plot_widget
from ui.plots.saving import Figure, Table
from ui.plots.scene_figure import paint_scene, scene_size
from ui.plots.thinning import thinned
from ui.theme import Theme
from ui.widgets.labels import ElidedLabel
from ui.widgets.save_plot import SavePlotButton

MEDIAN_WIDTH = 3
NOTHING_YET = "Press Train: the error of each run is then drawn here."
HINT = "thin: each run · bold: median of the runs with other start weights"

_OPACITY = 0.45  # of single runs
_TALLEST = 4.0  # times the error at the beginning of most runs
_MOST_DECADES = 3  # that errors span on a linear axis, and above their beginning on a logarithmic one
_ROOM_ABOVE = 1.1
_CLOSEST = 4  # epochs that are in sight at the closest look


class SweepPlot(QWidget):
    """Draws the rows of a sweep, each in its style."""

    def __init__(self, theme: Theme, number_format: NumberFormat, letter: str) -> None:
        super().__init__()
        self.setProperty("role", "canvas")
        self._theme, self._format, self._letter = theme, number_format, letter
        self._rows: tuple[Row, ...] = ()
        self._names: tuple[str, ...] = ()
        self._pairs: list[tuple[Line, Line]] = []
        self._medians: list[tuple[Array, Array]] = []
        self._chosen = False  # whether the axis was
        self.widget = plot_widget()
        self.nothing = nothing_label(NOTHING_YET)
        self._stack = QStackedLayout()
        self.log_box = QCheckBox("log")
        self.all_button = fit_button("Show all epochs")
        self.save_button = SavePlotButton("Compared runs", self.figure)
        self._view = self.widget.getPlotItem().getViewBox()
        self._view.disableAutoRange()
        self._axes = LossAxes(self.widget.getPlotItem())
        self._build()
        self._axes.set_names(letter, "epoch")
        self.set_theme(theme)
        self.log_box.clicked.connect(self._choose_axis)
        self.all_button.clicked.connect(self.show_all)
        self._view.sigXRangeChanged.connect(self.redraw)
        self._view.sigResized.connect(self.redraw)

    def _build(self) -> None:
        self.setAccessibleName("The errors of all runs by epoch")
        self.log_box.setToolTip("Logarithmic axis of the error")
        hint = ElidedLabel()
        hint.setText(HINT)
        row = QHBoxLayout()
        row.addWidget(hint, 1)
        for widget in (self.log_box, self.all_button, self.save_button):
            widget.setFont(text_font(SMALL_SIZE))
            row.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(row)
        column.addLayout(self._stack, 1)
        for shown in (self.nothing, self.widget):
            self._stack.addWidget(shown)

    def show_rows(self, rows: Sequence[Row], names: Sequence[str]) -> None:
        """Draw other rows; the style of a row is its number."""
        self._rows, self._names = tuple(rows), tuple(names)
        self._stack.setCurrentWidget(self.widget if rows else self.nothing)
        if not self._chosen:
            self.log_box.setChecked(_spans_decades(rows))
        self._medians = [median_curve(row.runs) for row in rows]
        for _number in range(len(self._pairs), len(rows)):
            self._pairs.append((Line(self._view, 4, quick=True), Line(self._view, 6)))
        for number, (runs, median) in enumerate(self._pairs):
            runs.set_shown(number < len(rows))
            median.set_shown(number < len(rows))
            median.raise_()
        self._paint()
        self.show_all()

    def _choose_axis(self) -> None:
        self._chosen = True
        self.redraw()

    def clear(self, why: str = NOTHING_YET) -> None:
        """Draw nothing, and say why."""
        self.nothing.setText(why)
        self.show_rows([], [])

    def show_all(self) -> None:
        """Show all epochs."""
        last = max((run.epochs for row in self._rows for run in row.runs), default=1)
        end = last * 1.02 + 1
        self._view.setLimits(xMin=0, xMax=end, minXRange=min(_CLOSEST, end))
        self._view.setXRange(0, end, padding=0)
        self.redraw()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._theme = theme
        self.widget.setBackground(theme.color("canvas"))
        self._axes.set_theme(theme)
        self._paint()
        self.redraw()

    def _paint(self) -> None:
        for style, (runs, median) in enumerate(self._pairs):
            runs.set_pen(_faint(run_pen(self._theme, style, 1)))
            median.set_pen(run_pen(self._theme, style, MEDIAN_WIDTH))

    def redraw(self) -> None:
        """Draw what is in sight."""
        logarithmic = self.log_box.isChecked()
        drawn = []
        for row, medians, (runs, median) in zip(self._rows, self._medians, self._pairs, strict=False):
            curves = [self._in_sight(epochs_of(run), run.epoch_errors, logarithmic) for run in row.runs]
            runs.draw(*_joined(curves))
            x, heights = self._in_sight(*medians, logarithmic)
            median.draw(x, heights)
            drawn += [heights, *(y for _x, y in curves)]
        self._fit_height(drawn, logarithmic)
        self._axes.draw(1, logarithmic, self._format)

    def _in_sight(self, epochs: Array, errors: Array, logarithmic: bool) -> tuple[Array, Array]:
        """Return the points of a curve that are to be drawn."""
        first, last = np.searchsorted(epochs, self._view.viewRange()[0])
        most = 2 * max(100, int(self._view.width()))
        index, heights = thinned(_heights(errors, logarithmic), int(first) - 1, int(last) + 1, most)
        return (
            (np.interp(index, np.arange(len(epochs)), epochs), heights) if len(epochs) else (index, heights)
        )

    def _fit_height(self, drawn: Sequence[Array], logarithmic: bool) -> None:
        values = np.concatenate([*drawn, np.empty(0)])
        values = values[np.isfinite(values)]
        first = self._usual_first()
        if logarithmic:
            low, high = (np.floor(values.min()), np.ceil(values.max())) if len(values) else (0.0, 1.0)
            high = max(min(high, np.ceil(np.log10(first)) + _MOST_DECADES), low + 1)
            self._view.setYRange(float(low), float(high), padding=0.02)
            return
        largest = min(float(values.max(initial=0.0)), _TALLEST * first)
        self._view.setYRange(0.0, largest * _ROOM_ABOVE or 1.0, padding=0)

    def _usual_first(self) -> float:
        """Return the error with which most runs begin: one that blows up does not count."""
        runs = [run for row in self._rows for run in row.runs]
        firsts = [float(run.epoch_errors[0]) for run in runs if len(run.epoch_errors)]
        usual = [first for first in firsts if 0 < first < np.inf]
        return float(np.median(usual)) if usual else 1.0

    # -- saving ----------------------------------------------------------------------------------------------

    def figure(self) -> Figure | None:
        """Return what there is to save, None while there is nothing."""
        if not self._rows:
            return None
        return Figure(
            name="runs",
            title=f"Error {self._letter} by epoch",
            size=scene_size(self.widget),
            paint=partial(paint_scene, self.widget),
            table=self._table,
            theme=self._theme,
            legend=[
                (name, run_pen(self._theme, style, MEDIAN_WIDTH)) for style, name in enumerate(self._names)
            ],
            note=HINT,
        )

    def _table(self) -> Table:
        return Table(*run_numbers([run for row in self._rows for run in row.runs]))


def _joined(curves: Sequence[tuple[Array, Array]]) -> tuple[Array, Array]:
    """Return several curves as one with gaps between them."""
    gap = np.array([np.nan])
    x = np.concatenate([part for curve in curves for part in (curve[0], gap)])
    y = np.concatenate([part for curve in curves for part in (curve[1], gap)])
    return x, y


def _spans_decades(rows: Sequence[Row]) -> bool:
    """Tell whether errors are so far apart that a linear axis shows only the largest ones."""
    errors = np.concatenate([*(run.epoch_errors for row in rows for run in row.runs), np.empty(0)])
    errors = errors[np.isfinite(errors) & (errors > 0)]
    return len(errors) > 0 and bool(errors.max() > 10.0**_MOST_DECADES * errors.min())


def _faint(line_pen: QPen) -> QPen:
    color = QColor(line_pen.color())
    color.setAlphaF(_OPACITY)
    line_pen.setColor(color)
    return line_pen


def _heights(errors: Array, logarithmic: bool) -> Array:
    if not logarithmic:
        return errors
    return np.log10(errors, out=np.full(len(errors), np.nan), where=errors > 0)
