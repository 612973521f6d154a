"""The dock of the loss plot: tells the plot what the session holds, and the session what was clicked."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from bpsim.moment import Moment
from bpsim.notation import NOTATIONS
from bpsim.updates import UpdateCount
from ui.appearance import Appearance
from ui.kept_runs import KeptRuns
from ui.numbers import NumberFormat
from ui.session import Session
from ui.widgets.refresher import LIVE, Refresher, is_in_sight

if TYPE_CHECKING:
    from ui.plots.loss import LossPlot


class LossView(QWidget):
    """Holds the plot, which is made once the window is painted: its import takes as long as all else."""

    def __init__(self, session: Session, appearance: Appearance, runs: KeptRuns | None = None) -> None:
        super().__init__()
        self._session, self._appearance = session, appearance
        self._runs = runs or KeptRuns(self)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._plot: LossPlot | None = None
        self._made = False
        self._refresher = Refresher(self, self._show, LIVE)

    def _make_plot(self) -> None:
        from ui.plots.loss import LossPlot

        plot = self._plot = LossPlot(self._appearance.theme, self._numbers(), self)
        self._column.addWidget(plot)
        self._show_numbers()
        self._show_runs()
        self._show()
        plot.instance_chosen.connect(self._session.go_to)
        plot.unit_chosen.connect(self._choose_unit)
        plot.save_button.figure_wanted.connect(self._refresher.catch_up)
        self._session.moment_changed.connect(self._on_moment_changed)
        self._session.running_changed.connect(self._on_moment_changed)
        self._session.view_changed.connect(self._show_numbers)
        self._appearance.changed.connect(plot.set_theme)
        self._runs.changed.connect(self._show_runs)

    def _on_moment_changed(self) -> None:
        """Show the new moment: at once, but while a run trains not more often than it is seen.

        What is read is that of the status bar nevertheless.
        """
        if not self._session.running:
            self._show()
            return
        self._refresher.ask()
        series = self._session.series
        if self._plot is not None and series is not None and is_in_sight(self):
            self._plot.tell(series, self._session.moment.instances_done)

    def _show(self) -> None:
        plot, moment, series = self._plot, self._session.moment, self._session.series
        if plot is None:
            return
        if series is None:
            plot.clear(f"Nothing can be trained. {moment.misfit}")
            return
        plot.set_series(series, moment.instances_done if moment.shown or moment.instances_done else None)
        plot.set_note(self._note(moment))
        if plot.unit == "update" and not self._session.running:
            self._choose_unit("update")

    def _choose_unit(self, unit: str) -> None:
        plot, series = self._plot, self._session.series
        if plot is None or series is None:
            return
        project = self._session.project
        sizes = [(0, project.settings.batch_size)]
        sizes += [(change.time, change.settings.batch_size) for change in project.changes]
        plot.set_updates(UpdateCount(series.epoch_size, sizes) if unit == "update" else None)

    def _note(self, moment: Moment) -> str:
        """Say what the plot leaves out: the penalty of weight decay, with its present value."""
        settings, trace = moment.settings, moment.trace
        if not (settings.l1 or settings.l2):
            return ""
        penalty = "" if trace is None else f" = {self._numbers().text(trace.penalty)}"
        return f"{self._letter} without the penalty{penalty}"

    @property
    def _letter(self) -> str:
        return NOTATIONS[self._session.view.notation].error_letter

    def _show_numbers(self) -> None:
        if self._plot is not None:
            self._plot.set_number_format(self._numbers())
            self._plot.set_letter(self._letter)
            self._plot.set_note(self._note(self._session.moment))

    def _show_runs(self) -> None:
        from ui.plots.loss_curves import Overlay

        if self._plot is not None:
            self._plot.set_overlays([Overlay(run, run.style) for run in self._runs.shown])

    def _numbers(self) -> NumberFormat:
        view = self._session.view
        return NumberFormat(view.digits, view.decimal_separator)

    # -- Qt ------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._made:
            self._made = True
            QTimer.singleShot(0, self._make_plot)
