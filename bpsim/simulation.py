"""The cursor that steps through a training, forwards and backwards.

An instance is computed once, as a `Trace`; stepping only moves how much of it is shown. The training is
determined by its data, its start and the changes made on the way, so whatever memory has let go of is
computed again, bit for bit.
"""

from collections.abc import Iterator
from contextlib import suppress
from typing import Self

from bpsim.backprop import Trace
from bpsim.datasets import Dataset
from bpsim.errors import DivergenceError
from bpsim.fitting import require_fitting
from bpsim.history import Change, History
from bpsim.moment import Moment, Position, Series
from bpsim.network import Network
from bpsim.past import Past
from bpsim.running import Progress, RunStart
from bpsim.settings import Settings
from bpsim.splitting import Split, split
from bpsim.steps import STEP_SIZES, Plan, plan_for


class Simulation:
    """A training that can be stepped through both ways.

    Parameters
    ----------
    network : Network
        The start weights.
    dataset : Dataset
    settings : Settings, optional

    Raises
    ------
    MisfitError
        If network and data do not fit each other.
    """

    def __init__(self, network: Network, dataset: Dataset, settings: Settings | None = None) -> None:
        settings = settings or Settings()
        start = Change(0, network, settings)
        self._begin(dataset, History((start,), split(settings, len(dataset))))

    def _begin(self, dataset: Dataset, history: History) -> None:
        require_fitting(history.changes[0].network, dataset)
        self._past = Past(dataset, history)
        self._done = 0
        self._shown = 0
        self._size = "node"
        self._seen = self._completed = 0

    @classmethod
    def restored(cls, dataset: Dataset, history: History, done: int, shown: int, seen: int = 0) -> Self:
        """Return the simulation with this history, its cursor where it was.

        Of the `seen` instances shown before, those after the cursor are computed when one goes there.
        """
        simulation = object.__new__(cls)
        simulation._begin(dataset, history)
        simulation.go_to(done, shown)
        if seen > simulation._seen:
            simulation._seen = simulation._completed = seen
        return simulation

    # -- reading -------------------------------------------------------------------------------------------

    @property
    def dataset(self) -> Dataset:
        """The instances, those for testing among them."""
        return self._past.dataset

    @property
    def split(self) -> Split:
        """Which of them are trained, and which are for testing."""
        return self._past.history.split

    @property
    def epoch_size(self) -> int:
        """How many instances an epoch trains."""
        return self._past.history.epoch_size

    @property
    def changes(self) -> tuple[Change, ...]:
        """The start, and what was changed on the way, by rising time."""
        return self._past.history.changes

    @property
    def history(self) -> History:
        """Everything that determines the training but its data."""
        return self._past.history

    @property
    def settings(self) -> Settings:
        """The settings at the cursor."""
        return self._past.history.change_at(self._done).settings

    @property
    def network(self) -> Network:
        """The parameters at the cursor: those after the update once it is shown."""
        if self._shown == self._full(self._done):
            return self._past.trace_at(self._done).updated
        return self._past.state_at(self._done).network

    @property
    def rewound_network(self) -> Network:
        """The present network with the start weights of the training."""
        start = self.changes[0].network
        return self.network.with_parameters(start.weights, start.biases)

    @property
    def trace(self) -> Trace:
        """All numbers of the present instance, shown or not.

        Raises
        ------
        DivergenceError
            If a number would be too large to compute.
        """
        return self._past.trace_at(self._done)

    @property
    def position(self) -> Position:
        """Where the cursor stands: epoch, instance, phase, layer, node."""
        epoch, row = self._done // self.epoch_size, self._past.history.row_at(self._done)
        if self._shown == 0:
            return Position(epoch, row, None, None, None)
        return Position(epoch, row, *self._plan(self._done).steps[self._shown - 1])

    @property
    def cursor(self) -> tuple[int, int]:
        """The cursor as (instances done before the present one, smallest steps of it that are shown)."""
        return self._done, self._shown

    @property
    def moment(self) -> Moment:
        """Everything that may be shown at the cursor."""
        plan = self._plan(self._done)
        try:
            trace: Trace | None = self._past.trace_at(self._done, self._shown == self._full(self._done))
        except DivergenceError:
            trace = None
        return Moment(
            self.network, self.dataset, self.settings, self.position, trace, plan, self._shown,
            plan.group(self._shown, self._size), self._done, self.split,
        )  # fmt: skip

    @property
    def series(self) -> Series:
        """The errors of all instances that were shown so far; of test instances once the update is, too."""
        return self._past.record.series(self._seen, self._completed)

    @property
    def trained(self) -> int:
        """How many instances are complete at the cursor."""
        return self._done + (self._shown == self._full(self._done))

    @property
    def seen(self) -> int:
        """How many instances were shown so far, also where the cursor has gone back since."""
        return self._seen

    @property
    def recorded(self) -> int:
        """How many instances were computed so far."""
        return self._past.record.count

    # -- stepping ------------------------------------------------------------------------------------------

    def step(self, size: str = "node") -> bool:
        """Step forwards to the next place where a step of this size is complete; always True.

        Raises
        ------
        DivergenceError
            If a number would be too large; the cursor stays after the last instance that could be computed.
        """
        for _ in self.walk(size):
            pass
        return True

    def walk(self, size: str = "node") -> Iterator[int]:
        """Step forwards as `step` does, yielding the number of instances still to train after each one."""
        later = [end for end in self._plan(self._done).ends(_known(size)) if end > self._shown]
        self._size = size
        target = self._done if later else self._done + 1
        if size == "epoch":
            target += self.epoch_size - 1 - target % self.epoch_size
        elif later:
            self._place(target, later[0])
            return
        yield from self._go(target, self._plan(target).ends(size)[0])

    def back(self, size: str = "node") -> bool:
        """Step back to the last place where a step of this size was complete; False at the very start."""
        self._size = _known(size)
        if (self._done, self._shown) == (0, 0):
            return False
        earlier = [end for end in self._plan(self._done).ends(size) if end < self._shown]
        if earlier:
            self._place(self._done, earlier[-1])
            return True
        n = self.epoch_size
        target = self._done - self._done % n - 1 if size == "epoch" else self._done - 1
        if target < 0:
            self._place(0, 0)
        else:
            self._place(target, self._full(target))
        return True

    def go_to(self, done: int, shown: int | None = None, size: str = "instance") -> None:
        """Put the cursor on the instance after `done` others, `shown` steps of it shown (None: all of them).

        Raises
        ------
        ValueError
            If there is no such place.
        DivergenceError
            As `step`.
        """
        for _ in self.walk_to(done, shown, size):
            pass

    def walk_to(self, done: int, shown: int | None = None, size: str = "instance") -> Iterator[int]:
        """Go as `go_to` does, yielding the number of instances still to train after each one."""
        full = self._full(done)
        shown = full if shown is None else shown
        if done < 0 or not 0 <= shown <= full:
            raise ValueError(f"There is no step {shown} of the instance after {done} others.")
        self._size = _known(size)
        yield from self._go(done, shown)

    def walk_ahead(self, count: int) -> Iterator[int]:
        """Compute the first `count` instances, yielding how many are not there yet every few milliseconds.

        The cursor stays where it is.

        Raises
        ------
        DivergenceError
            As `step`.
        """
        while self.recorded < count:
            self._past.train_portion(self.recorded, count)
            yield count - self.recorded

    # -- changing ------------------------------------------------------------------------------------------

    def edited(
        self, network: Network | None = None, settings: Settings | None = None, dataset: Dataset | None = None
    ) -> "Simulation":
        """Return a simulation that goes on from here with something changed; its future is dropped.

        A change while an instance is in progress holds for this instance; after its update, for the next one.
        A setting that the training does not depend on changes nothing but itself, nor do names in the data.
        Other data or another split start a new training from the start weights, another network that does not
        go on from there starts one from its own.

        Raises
        ------
        MisfitError
            If network and data do not fit each other any more.
        """
        noted = settings if network is None and dataset is None and settings != self.settings else None
        if noted is not None and noted.trains_as(self.settings):
            return self._on(self._past.annotated(noted))
        if network is None and settings is None and dataset is not None and dataset.trains_as(self.dataset):
            return self._on(self._past.renamed(dataset))
        new_network = self.network if network is None else network
        new_settings = self.settings if settings is None else settings
        other_data = dataset is not None and dataset is not self.dataset
        other_split = split(new_settings, len(dataset or self.dataset)) != self.split
        if other_data or other_split or new_network.sizes != self.network.sizes:
            begun = self.rewound_network if network is None else network
            return Simulation(begun, dataset or self.dataset, new_settings)
        require_fitting(new_network, self.dataset)
        time, shown = self._present()
        order = self._order_kept(time, shown, new_settings)
        return self._changed(Change(time, new_network, new_settings, order), shown)

    def visit(self, row: int) -> int:
        """Return when the epoch in progress trains a row of the data set, in instances done before.

        Raises
        ------
        ValueError
            If it is one for testing.
        """
        time, n = self._present()[0], self.epoch_size
        return time - time % n + self._order_ahead(time).index(row)

    def taking_next(self, row: int) -> "Simulation":
        """Return a simulation whose next instance is a row that the epoch in progress has not trained yet.

        The other instances of the epoch keep their order. Nothing of the instance is shown yet.
        """
        time, _ = self._present()
        place, order = time % self.epoch_size, list(self._order_ahead(time))
        order.insert(place, order.pop(order.index(row, place)))
        return self._changed(Change(time, self.network, self.settings, tuple(order)), 0)

    # -- running -------------------------------------------------------------------------------------------

    def branched(self) -> "Simulation":
        """Return a copy that goes its own way from here."""
        return self._on(self._past.branched())

    def rest(self) -> None:
        """Take less memory while nobody looks; everything is computed again when it is asked for."""
        self._past.rest()

    def run_start(self) -> RunStart:
        """Return where a run starts: at the present instance, or after its update at the next one."""
        return self._past.run_start(self._present()[0])

    def extend(self, progress: Progress) -> None:
        """Take in what a run did, and show the last instance that it trained; without any all stays."""
        self._past.extend(progress)
        if len(progress.errors):
            self._size = "instance"
            self._place(progress.time - 1, self._full(progress.time - 1))

    # -- inside --------------------------------------------------------------------------------------------

    def _present(self) -> tuple[int, int]:
        """Return the instance that a change made now holds from, and how much of it is shown."""
        return (self.trained, 0) if self.trained > self._done else (self._done, self._shown)

    def _changed(self, change: Change, shown: int) -> "Simulation":
        """Return a copy whose cursor is at `change.time` and whose future is the changed one."""
        new = self._on(self._past.changed(change))
        new._done, new._shown = change.time, 0
        new._seen, new._completed = min(self._seen, change.time), min(self._completed, change.time)
        with suppress(DivergenceError):  # then nothing is shown, and the next step says why
            new._place(change.time, shown)
        return new

    def _on(self, past: Past) -> "Simulation":
        new = object.__new__(Simulation)
        new.__dict__.update(self.__dict__)
        new._past = past
        return new

    def _go(self, done: int, shown: int) -> Iterator[int]:
        """Go to a place, completing the instances before it one by one and yielding how many are left.

        What has been trained is passed in one jump. On divergence the cursor stays after the last instance
        that could be computed.
        """
        passed = min(done, self.recorded) - 1
        if self._done < passed:
            yield from self._past.approach(passed)
            self._place(passed, self._full(passed))
        while self._done < done:
            next_one = self._done + (self._shown == self._full(self._done))
            if next_one == done:
                break
            try:
                next_one = self._past.train_portion(next_one, done)
            except DivergenceError:
                if self.recorded > next_one:
                    self._place(self.recorded - 1, self._full(self.recorded - 1))
                raise
            self._place(next_one, self._full(next_one))
            yield done - next_one
        yield from self._past.approach(done)
        self._place(done, shown)

    def _place(self, done: int, shown: int) -> None:
        """Move the cursor, after computing what has never been: on divergence it stays where it is."""
        if shown and done >= self.recorded:
            self._past.trace_at(done)
        elif done > self.recorded:
            self._past.state_at(done)
        self._done, self._shown = done, shown
        self._seen = max(self._seen, done + (shown >= self._plan(done).ends("phase")[2]))
        self._completed = max(self._completed, done + (shown == self._full(done)))

    def _plan(self, time: int) -> Plan:
        history = self._past.history
        return plan_for(history.changes[0].network.sizes, history.closes_batch(time))

    def _full(self, time: int) -> int:
        return len(self._plan(time).steps)

    def _order_ahead(self, time: int) -> tuple[int, ...]:
        """Return the order of the epoch of `time`, as it is known at the cursor."""
        epoch = time // self.epoch_size
        if epoch == self._done // self.epoch_size:
            return self._past.history.order_at(self._done)
        return self._past.history.usual_order(self.settings, epoch)

    def _order_kept(self, time: int, shown: int, settings: Settings) -> tuple[int, ...] | None:
        """Return the order of the epoch of `time` where it is not the one that new settings give.

        An epoch that has begun keeps its order, and so does one whose way of ordering is not changed.
        """
        n, old = self.epoch_size, self.settings
        begun = time % n > 0 or shown > 0
        if not begun and (settings.shuffle, settings.seed) != (old.shuffle, old.seed):
            return None
        order = self._order_ahead(time)
        return order if order != self._past.history.usual_order(settings, time // n) else None


def _known(size: str) -> str:
    if size not in STEP_SIZES:
        raise ValueError(f"“{size}” is no step size; choose {', '.join(STEP_SIZES)}.")
    return size
