"""The one owner of what the learner works on: project and cursor, kept runs, selection, file, undo."""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoStack

from bpsim.backprop import Trace
from bpsim.batch_traces import batch_traces
from bpsim.compiling import COMPILER
from bpsim.datasets import Dataset
from bpsim.errors import DivergenceError
from bpsim.examples import EXAMPLES, load_example
from bpsim.kept_run import divergence
from bpsim.moment import Moment, Series
from bpsim.network import Network
from bpsim.notation import NOTATIONS
from bpsim.numbers import counted
from bpsim.project import Project
from bpsim.quantity import Quantity
from bpsim.running import Progress, RunStart
from bpsim.settings import Settings
from bpsim.simulation import Simulation
from bpsim.steps import Plan
from ui.answers import answer_to_test
from ui.commands import EditCommand, UndoStack
from ui.kept_runs import KeptRuns
from ui.numbers import NumberFormat
from ui.run_words import run_text
from ui.threads import prepare
from ui.view_state import Notice, Selection, ViewState
from ui.work import Work, beginning

AGAIN = "Help, About this project, says this again."
SLICE_SECONDS = 0.010
"""How long a long step may compute before the window is drawn again."""


class Session(QObject):
    """Holds the work; nobody else assigns it.

    Signals come after the fact. `moment_changed(new, old)` follows every edit, undo, opened file and step: a
    view compares the parts by identity and redraws what differs. While a run is training it follows the run;
    `interrupted` is the one signal before the fact: who trains has to end the run before it returns.
    """

    moment_changed = Signal(object, object)
    selection_changed = Signal(object, object)
    focus_changed = Signal(object, object)
    lit_changed = Signal(object, object)
    view_changed = Signal(object, object)
    path_changed = Signal(object)
    clean_changed = Signal(bool)
    noticed = Signal(object)
    opened = Signal()
    settings_edited = Signal(bool)
    """Nothing but settings was edited; whether that has ended a run."""
    running_changed = Signal(bool)
    interrupted = Signal()
    run_ended = Signal(object)

    def __init__(self, project: Project | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        project = project or load_example(EXAMPLES[0].name)
        self._work = Work.opened(project)
        self._moment = self._work.moment
        self._selection = Selection()
        self._focus: Quantity | None = None
        self._lit: frozenset[Quantity] = frozenset()
        self._view = ViewState()
        self._path: str | None = None
        self._running = False
        self._before_run: Work | None = None
        self._last_progress: Progress | None = None
        self._left_at: tuple[int, int] | None = None
        self._undo_stack = UndoStack(self)
        self._undo_stack.setUndoLimit(200)
        self._runs = KeptRuns(self)
        self._runs.replace(project.runs)
        self._saved_runs, self._clean = self._runs.all, True
        self._undo_stack.cleanChanged.connect(self._tell_clean)
        self._runs.changed.connect(self._tell_clean)

    # -- reading -------------------------------------------------------------------------------------------

    @property
    def moment(self) -> Moment:
        """Everything that may be shown now."""
        return self._moment

    @property
    def series(self) -> Series | None:
        """The errors of the training so far, None where network and data do not fit."""
        return self._work.series

    @property
    def recorded(self) -> int:
        """How many instances were trained so far, also where the learner has gone back since."""
        return 0 if self._work.simulation is None else self._work.simulation.seen

    def batch_traces(self) -> dict[int, Trace]:
        """Return the traces of the earlier instances of the batch in progress, by row."""
        if self._work.simulation is None or self._moment.trace is None:
            return {}
        return batch_traces(self._work.simulation)

    @property
    def project(self) -> Project:
        """What a file keeps of the work."""
        project = self._work.project
        if self._left_at is not None:
            project = replace(project, cursor=self._left_at)
        return replace(project, runs=self._runs.all) if self._runs.all else project

    @property
    def runs(self) -> KeptRuns:
        """The runs that are kept to be compared; no edit and no undo touches them."""
        return self._runs

    @property
    def divergence(self) -> str:
        """Why the training cannot go on from here, "" where it can."""
        return "" if self._work.simulation is None else divergence(self._work.simulation)

    @property
    def clean(self) -> bool:
        """Whether neither the work nor the kept runs have changed since they were opened or saved."""
        return self._undo_stack.isClean() and self._runs.all == self._saved_runs

    @property
    def running(self) -> bool:
        """Whether a run is training; `moment` then follows it."""
        return self._running

    @property
    def selection(self) -> Selection:
        """What is selected."""
        return self._selection

    @property
    def focus(self) -> Quantity | None:
        """The number that was asked about; None: that of the present step."""
        return self._focus

    @property
    def lit(self) -> frozenset[Quantity]:
        """The numbers that are pointed at, in the drawing or in a formula."""
        return self._lit

    @property
    def view(self) -> ViewState:
        """How the window shows the work."""
        return self._view

    @property
    def path(self) -> str | None:
        """The file of the work, None before it is saved."""
        return self._path

    @property
    def undo_stack(self) -> QUndoStack:
        """The edits that can be undone and redone."""
        return self._undo_stack

    # -- editing -------------------------------------------------------------------------------------------

    def edit(
        self,
        text: str,
        *,
        network: Network | None = None,
        dataset: Dataset | None = None,
        settings: Settings | None = None,
        merge: str | None = None,
        restart: bool = False,
    ) -> None:
        """Put changed parts in place of the present ones, as one undo step.

        Parameters
        ----------
        text : str
            What the undo menu calls it: a verb and a noun, such as "Add node".
        merge : str, optional
            Consecutive edits with the same key become one undo step.
        restart : bool
            Whether this starts a new training instead of going on from here.
        """
        running = self._running
        self._interrupt()
        self._edit(text, network, dataset, settings, merge, restart)
        if network is None and dataset is None and not restart:
            self.settings_edited.emit(running)

    def _edit(
        self,
        text: str,
        network: Network | None,
        dataset: Dataset | None,
        settings: Settings | None,
        merge: str | None,
        restart: bool,
    ) -> None:
        now = self._moment
        if restart:
            self._push(self._work.restarted(network, dataset, settings), text, merge)
            return
        same = (network is None or network == now.network) and (dataset is None or dataset == now.dataset)
        if same and (settings is None or settings == now.settings):
            return
        before = self.series
        self._push(self._work.edited(network, dataset, settings), text, merge)
        other = settings is not None and not settings.trains_as(now.settings)
        begun = "the start weights" if network is None else "these weights"
        self._say_changed(before, other and self._moment.instances_done > 0, begun)

    def work_on(self, row: int) -> None:
        """Make an instance of the data set the present one.

        One that the epoch in progress has trained already is gone back to; another one is taken next.
        """
        self._interrupt()
        simulation = self._work.simulation
        if simulation is None or (row == self._moment.position.instance and not self._moment.finished):
            return
        if row in self._moment.split.test:
            numbers = NumberFormat(self._view.digits, self._view.decimal_separator)
            now, notation = self._moment, NOTATIONS[self._view.notation]
            self.notice(answer_to_test(now.network, now.dataset, row, numbers, notation))
            return
        visit = simulation.visit(row)
        if visit < simulation.cursor[0] + self._moment.finished:
            self.go_to(visit, 0)
        else:
            before = self.series
            self._push(self._work.holding(simulation.taking_next(row)), f"Work on instance {row + 1}", None)
            self._say_changed(before, False)

    def open(self, project: Project, path: str | None = None, left_at: tuple[int, int] | None = None) -> None:
        """Put a project in place of the present one; undo does not lead back.

        `left_at` is where a training was left that will be computed again: it is what a file keeps of its
        place until something moves.
        """
        self._interrupt()
        work = Work.opened(project)
        self._undo_stack.clear()
        self.select(Selection())
        self._put(work)
        self._left_at = left_at
        self._runs.replace(project.runs)
        self.saved_as(path)
        self.tell_notes()
        self.opened.emit()

    def put(self, project: Project, text: str) -> None:
        """Put a project in place of the present one, at its start, as one undo step."""
        self._interrupt()
        self._push(Work.opened(replace(project, cursor=(0, 0))), text, None)

    def describe(self, title: str, notes: str) -> None:
        """Say what the project is about, as one undo step; the training goes on from where it is."""
        self._interrupt()
        if (title, notes) != (self._work.title, self._work.notes):
            self._push(replace(self._work, title=title, notes=notes), "Edit notes", None)

    def tell_notes(self) -> None:
        """Say what the project is about, if it has notes."""
        if self._work.notes:
            self.notice(f"{beginning(self._work.notes)}\n\n{AGAIN}")

    def saved_as(self, path: str | None) -> None:
        """Note the file that holds the work as it is now."""
        self._saved_runs = self._runs.all
        self._undo_stack.setClean()
        self._tell_clean()
        if path != self._path:
            self._path = path
            self.path_changed.emit(path)

    # -- stepping ------------------------------------------------------------------------------------------

    def step(self, size: str | None = None) -> None:
        """Step forwards by the chosen step size, or by another one."""
        for _ in self.walk(size):
            pass

    def walk(self, size: str | None = None) -> Iterator[None]:
        """Step forwards as `step` does, in slices that leave the window time to draw; each is announced."""
        self._interrupt()
        if self._work.simulation is None:
            self.notice("")  # which leaves what does not fit, with its cures
            return
        yield from self._compiler(self._work.simulation)
        yield from self._in_slices(self._work.simulation.walk(size or self._view.step_size))

    def walk_to(self, done: int, shown: int | None = None) -> Iterator[None]:
        """Go to a place as `go_to` does, in such slices."""
        self._interrupt()
        if self._work.simulation is not None:
            yield from self._compiler(self._work.simulation)
            yield from self._in_slices(self._work.simulation.walk_to(done, shown, self._view.step_size))

    def walk_ahead(self, count: int) -> Iterator[int]:
        """Compute the first `count` instances in slices, yielding how many are there; the cursor stays."""
        work = self._work
        if work.simulation is None:
            return
        for _ in self._compiler(work.simulation):
            yield 0
        began = time.perf_counter()
        try:
            for left in work.simulation.walk_ahead(count):
                if time.perf_counter() - began > SLICE_SECONDS:
                    yield count - left
                    if self._work is not work:
                        return  # something was changed meanwhile
                    began = time.perf_counter()
        except DivergenceError as error:
            self._say_diverged(error)

    def back(self, size: str | None = None) -> None:
        """Step back by the chosen step size, or by another one."""
        self._interrupt()
        if self._work.simulation is not None:
            self._work.simulation.back(size or self._view.step_size)
            self._announce()

    def go_to(self, done: int, shown: int | None = None) -> None:
        """Put the cursor on the instance after `done` others, `shown` steps of it shown (None: all)."""
        for _ in self.walk_to(done, shown):
            pass

    def go_to_phase(self, phase: str) -> None:
        """Show the present instance up to the end of a phase."""
        self.go_to(self._moment.instances_done, _phase_end(self._moment.plan, phase))

    # -- running -------------------------------------------------------------------------------------------

    def begin_run(self, resumed: bool = False) -> RunStart | None:
        """Begin a run, and return where it starts; None where nothing can be trained.

        A notice goes, but stays where the run is `resumed`: it tells of the edit that ended the run before.

        Until `end_run` the work is a branch that follows the run.
        """
        simulation = self._work.simulation
        if simulation is None:
            self.notice("")  # which leaves what does not fit, with its cures
            return None
        if not resumed:
            self.notice("")
        start = simulation.run_start()
        self._before_run, self._work = self._work, self._work.holding(simulation.branched())
        self._running = True
        self.running_changed.emit(True)
        return start

    def follow(self, portions: Sequence[Progress]) -> None:
        """Take in what a run did."""
        assert self._work.simulation is not None
        for progress in portions:
            self._work.simulation.extend(progress)
        self._last_progress = portions[-1]
        self._announce()

    def end_run(self) -> None:
        """End the run, which becomes one undo step; `run_ended` hands on its last portion."""
        before, run, last = self._before_run, self._work, self._last_progress
        self._before_run = self._last_progress = None
        assert before is not None
        assert before.simulation is not None
        assert run.simulation is not None
        self._running = False
        self._work = before
        if run.simulation.cursor != before.simulation.cursor:
            self._push(run, run_text(before.simulation, run.simulation), None)
        self.running_changed.emit(False)
        if last is not None and last.divergence is not None:
            self._say_diverged(last.divergence)
        self.run_ended.emit(last)

    def undo(self) -> None:
        """Undo the last edit or run; a run under way ends first."""
        self._interrupt()
        self._undo_stack.undo()

    def redo(self) -> None:
        """Redo what was undone last."""
        self._interrupt()
        self._undo_stack.redo()

    # -- showing -------------------------------------------------------------------------------------------

    def select(self, selection: Selection) -> None:
        """Select other nodes and connections."""
        old, self._selection = self._selection, selection
        if selection != old:
            self.selection_changed.emit(selection, old)

    def set_focus(self, quantity: Quantity | None) -> None:
        """Ask about a number; None follows the steps again."""
        old, self._focus = self._focus, quantity
        if quantity != old:
            self.focus_changed.emit(quantity, old)

    def set_lit(self, quantities: frozenset[Quantity]) -> None:
        """Point at numbers, wherever they are shown."""
        old, self._lit = self._lit, quantities
        if quantities != old:
            self.lit_changed.emit(quantities, old)

    def set_view(self, **changes: Any) -> None:
        """Change how the work is shown; names as in `ViewState`."""
        old, self._view = self._view, replace(self._view, **changes)
        if self._view != old:
            self.view_changed.emit(self._view, old)

    def notice(self, text: str, *cures: tuple[str, Callable[[], None]]) -> None:
        """Say a plain sentence to the learner, with cures to click; an empty text takes it away."""
        self.noticed.emit(Notice(text, cures))

    # -- inside --------------------------------------------------------------------------------------------

    def _tell_clean(self) -> None:
        before, self._clean = self._clean, self.clean
        if self._clean != before:
            self.clean_changed.emit(self._clean)

    def _interrupt(self) -> None:
        if self._running:
            self.interrupted.emit()

    def _compiler(self, simulation: Simulation) -> Iterator[None]:
        """Wait, in slices, for the loop that has trained what is to be computed again."""
        if simulation.history.compiled_from is None:
            return
        prepare()  # the compiler has a thread of its own
        while COMPILER.pending:
            time.sleep(SLICE_SECONDS)
            yield

    def _in_slices(self, walk: Iterator[int]) -> Iterator[None]:
        began = time.perf_counter()
        try:
            for _ in walk:
                if time.perf_counter() - began > SLICE_SECONDS:
                    self._announce()
                    announced = self._moment
                    yield
                    if self._moment is not announced:
                        return  # something else has moved the cursor or changed the work meanwhile
                    began = time.perf_counter()
        except DivergenceError as error:
            self._announce()
            self._say_diverged(error)
        else:
            self._announce()

    def _push(self, new: Work, text: str, merge: str | None) -> None:
        old = self._work
        self._undo_stack.push(EditCommand(self._put, old, new, text, merge))
        if old.simulation is not None and old.simulation is not new.simulation:
            old.simulation.rest()  # undo keeps it

    def _put(self, work: Work) -> None:
        self._work = work
        self._announce()

    def _announce(self) -> None:
        old, self._moment = self._moment, self._work.moment
        self._left_at = None
        if not self._running:
            self.notice("")
        if self._focus is not None and self._moment.network.sizes != old.network.sizes:
            self.set_focus(None)  # it may name another number now, or none
        self.select(self._selection.after(self._moment.network, old.network))
        self.moment_changed.emit(self._moment, old)

    def _say_diverged(self, error: DivergenceError) -> None:
        smaller = float(f"{self._moment.settings.learning_rate / 10:.12g}")  # 0.07, not 0.06999999999999999
        simulation = self._work.simulation
        updates = 0 if simulation is None else simulation.history.updates_before(simulation.trained)
        text = f"After {counted(updates, 'update')}: {error}"
        rate = NumberFormat(separator=self._view.decimal_separator).exact(smaller)
        again = (f"Start again with η = {rate}", lambda: self._start_again(smaller))

        def step_back() -> None:
            self.back("instance")
            self.notice(text, again)  # the learner has yet to choose it

        self.notice(text, ("Step back", step_back), again)

    def _start_again(self, learning_rate: float) -> None:
        """Start a new training from the start weights: those of now have grown beyond repair."""
        settings = self._moment.settings.with_(learning_rate=learning_rate)
        self.edit("Start again", network=self.project.network, settings=settings, restart=True)

    def _start_over(self) -> None:
        settings = self._moment.settings
        self.edit("Start again", network=self.project.network, settings=settings, restart=True)

    def _say_changed(
        self, before: Series | None, other_settings: bool, begun: str = "the start weights"
    ) -> None:
        """Say what an edit has taken of the training, and offer a new start where settings have changed."""
        text = self._dropped(before, begun)
        if other_settings:
            text = text or "This holds from here on: what was trained before stays as it was."
            self.notice(text, ("Start again with these settings", self._start_over))
        elif text:
            self.notice(text)

    def _dropped(self, before: Series | None, begun: str) -> str:
        """Return what an edit has taken away of the training, "" for nothing."""
        now = self.series
        if before is None or now is None or len(now.errors) >= len(before.errors):
            return ""
        if self._moment.instances_done == 0:
            return f"A new training starts from {begun}. Undo brings the earlier one back."
        return "What was trained after this step is dropped. Undo brings it back."


def _phase_end(plan: Plan, phase: str) -> int:
    return max(
        (number for step, number in plan.numbers.items() if step.phase == phase), default=len(plan.steps)
    )
