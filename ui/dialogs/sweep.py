"""The dialog that trains the same network in several ways and compares them."""

import csv
import io
import time
from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QMessageBox,
    QProgressBar,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from bpsim.compiling import COMPILER
from bpsim.files import atomic_write, reason
from bpsim.fitting import misfit
from bpsim.notation import NOTATIONS
from bpsim.numbers import counted, whole_text
from bpsim.sweep import Sweep, as_now, summary
from ui.appearance import Appearance
from ui.kept_runs import KeptRuns
from ui.opening_runs import open_run
from ui.plots.sweep import SweepPlot
from ui.session import Session
from ui.sweeper import Sweeper, cores
from ui.theme import Theme
from ui.widgets.labels import ElidedLabel, quiet_label
from ui.widgets.panel import number_format
from ui.widgets.sweep_form import SweepForm
from ui.widgets.sweep_table import SweepModel, SweepTable

MOST_DRAWN = 6
"""So many of the best runs are drawn over the present one at first."""

FIRST_SIZE, LEAST_SIZE = QSize(1120, 664), QSize(960, 664)
"""In which all columns of a table have room: whatever is varied; two things."""

_FRAME = QSize(64, 64)
_REST = 10  # times as long as a drawing of what is finished takes, until the next one
_LEAST_REST = 0.5  # seconds
_FORM_WIDTH = 272
_UNITS = ((90, 1, "second"), (5400, 60, "minute"))


def open_sweep(session: Session, appearance: Appearance, runs: KeptRuns, window: QWidget) -> None:
    """Open the dialog beside the window, or say why nothing can be trained."""
    problem = misfit(session.moment.network, session.moment.dataset)
    if problem:
        session.notice(f"Nothing can be trained. {problem}")
        return
    SweepDialog(session, appearance, runs, window).show()


class SweepDialog(QDialog):
    """Says what is varied and what it costs, trains in the background, and shows one plot and one table.

    The window stays usable meanwhile; closing either of them ends the training. The runs go to `runs`.
    """

    def __init__(
        self, session: Session, appearance: Appearance, runs: KeptRuns, window: QWidget | None = None
    ) -> None:
        super().__init__(window)
        self.setObjectName("sweep_dialog")
        self.setWindowTitle("Compare runs")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._session, self._runs, self._appearance = session, runs, appearance
        view = session.view
        notation, form = NOTATIONS[view.notation], number_format(view)
        self._format = form
        self._names: tuple[str, ...] = ()
        self._opened = ""  # the run that was put in place last
        self._size = 0  # how many runs were asked for
        self._began = self._next_drawing = 0.0
        self._shown_runs = -1
        self.form = SweepForm(
            as_now(session.project, session.moment), form, notation.letters["learning_rate"]
        )
        self.cost_label = quiet_label()
        self.sweeper = Sweeper(self)
        self.plot = SweepPlot(appearance.theme, form, notation.error_letter)
        self.model = SweepModel(appearance.theme, form, notation.error_letter)
        self.table = SweepTable(self.model)
        self.state_label = ElidedLabel()
        self.progress = QProgressBar()
        self.start_button = QPushButton("&Train")
        self.stop_button = QPushButton("St&op")
        self.open_button = QPushButton("Open best &run")
        self.save_button = QPushButton("Save ta&ble…")
        self.close_button = QPushButton("&Close")
        self._build()
        self._connect()
        if window is not None:
            window.installEventFilter(self)
        self._show_cost()
        self._show_state()

    # -- building --------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self.start_button.setProperty("kind", "primary")
        self.start_button.setDefault(True)
        self.progress.setRange(0, 1000)
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName("Share of the runs that is trained")
        self.open_button.setToolTip("Put the run with the smallest error of the selected row in place")
        left = QWidget()
        left.setFixedWidth(_FORM_WIDTH)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 8, 0)
        column.addWidget(self.form, 1)
        column.addWidget(self.cost_label)
        results = QSplitter(Qt.Orientation.Vertical)
        results.addWidget(self.plot)
        results.addWidget(self.table)
        results.setSizes([340, 230])
        body = QHBoxLayout()
        body.addWidget(left)
        body.addWidget(results, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 16, 16, 16)
        whole.setSpacing(12)
        whole.addLayout(body, 1)
        whole.addLayout(self._bottom())
        room = self.screen().availableGeometry().size() - _FRAME
        self.resize(FIRST_SIZE.boundedTo(room).expandedTo(LEAST_SIZE))

    def _bottom(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.start_button)
        row.addWidget(self.stop_button)
        row.addWidget(self.progress)
        row.addWidget(self.state_label, 1)
        for button in (self.open_button, self.save_button, self.close_button):
            button.setAutoDefault(False)
            row.addWidget(button)
        return row

    def _connect(self) -> None:
        self.form.changed.connect(self._show_cost)
        self.start_button.clicked.connect(lambda _checked=False: self.train())
        self.stop_button.clicked.connect(lambda _checked=False: self.sweeper.stop())
        self.open_button.clicked.connect(lambda _checked=False: self.open_best())
        self.save_button.clicked.connect(lambda _checked=False: self.save_table())
        self.close_button.clicked.connect(lambda _checked=False: self.close())
        self.table.enter_pressed.connect(lambda _index: self.open_best())
        self.table.doubleClicked.connect(lambda _index: self.open_best())
        self.table.selectionModel().selectionChanged.connect(lambda _new, _old: self._show_buttons())
        self.sweeper.progressed.connect(self._on_progressed)
        self.sweeper.ended.connect(self._on_ended)
        self._appearance.changed.connect(self._set_theme)

    # -- what is asked for -----------------------------------------------------------------------------------

    def train(self) -> None:
        """Train what the form says, from the work as it is now."""
        self._take_work()
        sweep = self.form.sweep if self.form.take() else None
        if sweep is None or self.sweeper.is_active:
            return
        self._names = tuple(name for name in sweep.configurations()[0].values)
        self._began, self._next_drawing, self._shown_runs = time.monotonic(), 0.0, -1
        self._opened, self._size = "", sweep.size
        if not self.model.rows:
            self.plot.clear("The first run is not finished yet.")
        self.sweeper.start(sweep.configurations(), sweep.epochs)
        self._show_state()

    def open_best(self) -> None:
        """Put the best run of the selected row in place of the present work."""
        rows = self.table.selected_rows()
        if len(rows) == 1:
            best = self.model.rows[rows[0]].best
            open_run(self._session, best)
            self._opened = best.name
            self._show_state()

    def save_table(self) -> None:
        """Ask for a file and write the table to it."""
        path, _ = QFileDialog.getSaveFileName(self, "Save the table", "runs.csv", "CSV (*.csv)")
        if path:
            try:
                write_table(path if Path(path).suffix else f"{path}.csv", self.model)
            except OSError as error:
                QMessageBox.warning(self, "bpsim", f"The table could not be written: {reason(error)}.")

    # -- showing ---------------------------------------------------------------------------------------------

    def _take_work(self) -> None:
        """Take what the runs begin from: it may have been edited in the window meanwhile."""
        if not self.sweeper.is_active:
            self.form.set_project(as_now(self._session.project, self._session.moment))

    def _show_cost(self) -> None:
        """Say how many runs it is, and about how long they take."""
        sweep = self.form.sweep
        self.cost_label.setText("" if sweep is None else cost_text(sweep))
        self._show_buttons()

    def _on_progressed(self) -> None:
        began = time.monotonic()
        if began > self._next_drawing:
            self._draw()
            now = time.monotonic()
            self._next_drawing = now + max(_LEAST_REST, _REST * (now - began))
        self._show_state()

    def _on_ended(self) -> None:
        self._draw()
        if not self.model.rows:
            self.plot.clear()
        self._keep()
        self._show_state()

    def _draw(self) -> None:
        """Show the runs that are finished."""
        finished = self.sweeper.finished
        if len(finished) == self._shown_runs:
            return
        self._shown_runs = len(finished)
        rows, selected = summary(finished), self.table.selected_rows()
        self.model.show(self._names, rows)
        self.plot.show_rows(rows, [self.model.title(row) for row in rows])
        for row in selected:
            self.table.selectRow(row)

    def _keep(self) -> None:
        """Hand the runs on; the best one of each row is drawn over the present run, if they are few."""
        rows = self.model.rows
        best = [row.best for row in rows if row.mean is not None]
        drawn = sorted(best, key=lambda run: run.outcome.error or 0.0)[:MOST_DRAWN]
        self._runs.keep(*drawn)
        self._runs.keep(*(run for row in rows for run in row.runs if run not in drawn), shown=False)

    def _show_state(self) -> None:
        active, share = self.sweeper.is_active, self.sweeper.share
        self.progress.setVisible(active)
        self.progress.setValue(round(1000 * share))
        self.state_label.setText(self._state(active, share))
        self._show_buttons()

    def _state(self, active: bool, share: float) -> str:
        done = len(self.sweeper.finished)
        if self._opened and not active:
            return f"“{self._opened}” is open at its start in the window behind"
        if not active:
            return self._end_text(done)
        if share == 0:
            return "Getting ready…"
        spent = time.monotonic() - self._began
        left = f" · {duration(spent * (1 - share) / share)} left" if spent > 1 else ""
        return f"{whole_text(done)} of {counted(self._size, 'run')} finished{left}"

    def _end_text(self, done: int) -> str:
        if done == self._size:
            return f"{counted(done, 'run')} · they are in the panel “Runs”, too" if done else ""
        of = f"of {counted(self._size, 'run')}"
        if done == 0:
            return f"Stopped: none {of} is done"
        are = "is done; it is" if done == 1 else "are done; they are"
        return f"Stopped: {whole_text(done)} {of} {are} in the panel “Runs”, too"

    def _show_buttons(self) -> None:
        active = self.sweeper.is_active
        self.form.setEnabled(not active)
        self.start_button.setEnabled(not active and not self.form.problem)
        self.stop_button.setEnabled(active)
        self.open_button.setEnabled(len(self.table.selected_rows()) == 1)
        self.save_button.setEnabled(bool(self.model.rows))

    def _set_theme(self, theme: Theme) -> None:
        self.plot.set_theme(theme)
        self.model.set_theme(theme)

    # -- Qt ------------------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Hide and not event.spontaneous():
            self.close()  # the window is closed
        return super().eventFilter(watched, event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and self.isActiveWindow():
            self._take_work()

    def done(self, result: int) -> None:
        self.sweeper.stop()
        super().done(result)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.start_button.setFocus()


def cost_text(sweep: Sweep) -> str:
    """Return in words how many runs a sweep has, and about how long it takes on this machine."""
    count = cores()
    seconds = sweep.seconds(min(count, sweep.size), COMPILER.failure is None)
    instances = whole_text(sweep.instances)
    on = f" on {count} cores" if count > 1 else ""
    return f"{counted(sweep.size, 'run')}, {instances} instances in all: {duration(seconds)}{on}."


def duration(seconds: float) -> str:
    """Return a rough length of time in words."""
    if seconds < 1:
        return "less than a second"
    size, unit = next(((size, unit) for limit, size, unit in _UNITS if seconds < limit), (3600, "hour"))
    number = round(seconds / size)
    return f"about {number} {unit}{'' if number == 1 else 's'}"


def write_table(path: str, model: SweepModel) -> None:
    """Write the table of a sweep as CSV with all digits.

    Raises
    ------
    OSError
        If the file cannot be written; an old one is then as it was.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(model.heads)
    writer.writerows(_cells(row) for row in model.exact())
    atomic_write(path, text.getvalue().encode())


def _cells(row: Iterable[object]) -> list[str]:
    return ["" if cell is None else repr(cell) if isinstance(cell, float) else str(cell) for cell in row]
