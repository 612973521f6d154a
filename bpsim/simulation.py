"""The cursor that steps through a training, forwards and backwards.

An instance is computed once, as a `Trace`; stepping only moves how much of it is shown. The training is
determined by its data, its start and the changes made on the way, so whatever memory has let go of is
computed again, bit for bit.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import lru_cache

from bpsim.backprop import Trace, backpropagate
from bpsim.datasets import Dataset
from bpsim.errors import DivergenceError, MisfitError
from bpsim.fitting import misfit
from bpsim.moment import Moment, Position, Series
from bpsim.network import Network
from bpsim.orders import epoch_order
from bpsim.recording import Checkpoints, Errors, State
from bpsim.settings import Settings
from bpsim.splitting import Split, split
from bpsim.steps import STEP_SIZES, Plan, plan_for


@dataclass(frozen=True)
class Change:
    """What holds from one instance of the training on.

    Parameters
    ----------
    time : int
        How many instances were trained before.
    network, settings
        The parameters at that time, and the settings from then on.
    order : tuple of int or None
        The training rows of the data set in the order of the epoch that `time` lies in, where it is not the
        one that the settings give.
    """

    time: int
    network: Network
    settings: Settings
    order: tuple[int, ...] | None = None


@lru_cache(maxsize=8)
def _usual_order(settings: Settings, epoch: int, instances: int) -> tuple[int, ...]:
    """Return the order of an epoch that settings give for a data set of so many instances."""
    return epoch_order(settings, epoch, split(settings, instances).train)


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
        problem = misfit(network, dataset)
        if problem:
            raise MisfitError(problem)
        settings = settings or Settings()
        self._dataset = dataset
        self._split = split(settings, len(dataset))
        self._changes: tuple[Change, ...] = (Change(0, network, settings),)
        self._checkpoints = Checkpoints(network, optimizer=settings.optimizer)
        self._checkpoints.put(0, State.start(network, settings))
        self._errors = Errors()
        self._epoch_errors = Errors()
        self._done = 0
        self._shown = 0
        self._size = "node"
        self._seen = 0
        self._traces: dict[int, Trace] = {}

    @classmethod
    def restored(cls, dataset: Dataset, changes: tuple[Change, ...], done: int, shown: int) -> "Simulation":
        """Return the simulation with these changes on the way, its cursor where it was."""
        first = changes[0]
        simulation = cls(first.network, dataset, first.settings)
        simulation._changes = changes
        simulation.go_to(done, shown)
        return simulation

    # -- reading -------------------------------------------------------------------------------------------

    @property
    def dataset(self) -> Dataset:
        """The instances, those for testing among them."""
        return self._dataset

    @property
    def split(self) -> Split:
        """Which of them are trained, and which are for testing."""
        return self._split

    @property
    def epoch_size(self) -> int:
        """How many instances an epoch trains."""
        return len(self._split.train)

    @property
    def changes(self) -> tuple[Change, ...]:
        """The start, and what was changed on the way, by rising time."""
        return self._changes

    @property
    def settings(self) -> Settings:
        """The settings at the cursor."""
        return self._change_at(self._done).settings

    @property
    def network(self) -> Network:
        """The parameters at the cursor: those after the update once it is shown."""
        if self._shown == self._full(self._done):
            return self._trace_at(self._done).updated
        return self._state_at(self._done).network

    @property
    def trace(self) -> Trace:
        """All numbers of the present instance, shown or not.

        Raises
        ------
        DivergenceError
            If a number would be too large to compute.
        """
        return self._trace_at(self._done)

    @property
    def position(self) -> Position:
        """Where the cursor stands: epoch, instance, phase, layer, node."""
        epoch, row = self._done // self.epoch_size, self._row(self._done)
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
            trace: Trace | None = self.trace
        except DivergenceError:
            trace = None
        return Moment(
            self.network, self._dataset, self.settings, self.position, trace, plan, self._shown,
            plan.group(self._shown, self._size), self._done, self._split,
        )  # fmt: skip

    @property
    def series(self) -> Series:
        """The errors of all instances that were shown so far."""
        n = self.epoch_size
        return Series(self._errors.first(self._seen), self._epoch_errors.first(self._seen // n), n)

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

    # -- changing ------------------------------------------------------------------------------------------

    def edited(
        self, network: Network | None = None, settings: Settings | None = None, dataset: Dataset | None = None
    ) -> "Simulation":
        """Return a simulation that goes on from here with something changed; its future is dropped.

        A change while an instance is in progress holds for this instance; after its update, for the next one.
        Other data, another split or other layer sizes start a new training from the present weights.

        Raises
        ------
        MisfitError
            If network and data do not fit each other any more.
        """
        new_network = self.network if network is None else network
        new_settings = self.settings if settings is None else settings
        other_data = dataset is not None and dataset is not self._dataset
        other_split = split(new_settings, len(self._dataset)) != self._split
        if other_data or other_split or new_network.sizes != self.network.sizes:
            return Simulation(new_network, dataset or self._dataset, new_settings)
        problem = misfit(new_network, self._dataset)
        if problem:
            raise MisfitError(problem)
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

    # -- inside --------------------------------------------------------------------------------------------

    def _present(self) -> tuple[int, int]:
        """Return the instance that a change made now holds from, and how much of it is shown."""
        if self._shown == self._full(self._done):
            return self._done + 1, 0
        return self._done, self._shown

    def _changed(self, change: Change, shown: int) -> "Simulation":
        """Return a copy whose cursor is at `change.time` and whose future is the changed one."""
        time = change.time
        new = object.__new__(Simulation)
        new.__dict__.update(self.__dict__)
        new._changes = (*(c for c in self._changes if c.time < time), change)
        new._checkpoints = self._checkpoints.until(time - 1, change.network, change.settings.optimizer)
        new._checkpoints.put(time, replace(self._state_at(time), network=change.network))
        new._errors = self._errors.until(time)
        new._epoch_errors = self._epoch_errors.until(time // self.epoch_size)
        new._traces = {}
        new._done, new._shown, new._seen = time, 0, min(self._seen, time)
        with suppress(DivergenceError):  # then nothing is shown, and the next step says why
            new._place(time, shown)
        return new

    def _go(self, done: int, shown: int) -> Iterator[int]:
        """Go to a place, completing the instances before it one by one and yielding how many are left.

        On divergence the cursor stays after the last instance that could be computed.
        """
        while self._done < done:
            next_one = self._done + (self._shown == self._full(self._done))
            if next_one == done:
                break
            self._place(next_one, self._full(next_one))
            yield done - next_one
        self._place(done, shown)

    def _place(self, done: int, shown: int) -> None:
        """Move the cursor, after computing what has never been: on divergence it stays where it is."""
        if shown and done >= self._errors.count:
            self._trace_at(done)
        elif done > self._errors.count:
            self._state_at(done)
        self._done, self._shown = done, shown
        self._seen = max(self._seen, done + (shown >= self._plan(done).ends("phase")[2]))

    def _plan(self, time: int) -> Plan:
        return plan_for(self._changes[0].network.sizes, self._closes_batch(time))

    def _full(self, time: int) -> int:
        return len(self._plan(time).steps)

    def _change_at(self, time: int) -> Change:
        return self._changes[bisect_right(self._changes, time, key=lambda change: change.time) - 1]

    def _order(self, time: int) -> tuple[int, ...]:
        change, n = self._change_at(time), self.epoch_size
        if change.order is not None and change.time // n == time // n:
            return change.order
        return _usual_order(change.settings, time // n, len(self._dataset))

    def _order_ahead(self, time: int) -> tuple[int, ...]:
        """Return the order of the epoch of `time`, as it is known at the cursor."""
        n = self.epoch_size
        if time // n == self._done // n:
            return self._order(self._done)
        return _usual_order(self.settings, time // n, len(self._dataset))

    def _order_kept(self, time: int, shown: int, settings: Settings) -> tuple[int, ...] | None:
        """Return the order of the epoch of `time` where it is not the one that new settings give.

        An epoch that has begun keeps its order, and so does one whose way of ordering is not changed.
        """
        n, old = self.epoch_size, self.settings
        begun = time % n > 0 or shown > 0
        if not begun and (settings.shuffle, settings.seed) != (old.shuffle, old.seed):
            return None
        order = self._order_ahead(time)
        return order if order != _usual_order(settings, time // n, len(self._dataset)) else None

    def _row(self, time: int) -> int:
        return self._order(time)[time % self.epoch_size]

    def _closes_batch(self, time: int) -> bool:
        n = self.epoch_size
        return self._change_at(time).settings.closes_batch(time % n + 1, n)

    def _state_at(self, time: int) -> State:
        known, state = self._checkpoints.nearest(time)
        while known < time:
            trace = self._compute(known, state)
            known += 1
            state = State.after(trace)
            place = bisect_left(self._changes, known, key=lambda change: change.time)
            if place < len(self._changes) and self._changes[place].time == known:
                state = replace(state, network=self._changes[place].network)
            self._checkpoints.put(known, state)
        return state

    def _trace_at(self, time: int) -> Trace:
        if time not in self._traces:
            trace = self._compute(time, self._state_at(time))
            self._traces = {time: trace}
        return self._traces[time]

    def _compute(self, time: int, state: State) -> Trace:
        if time in self._traces:
            return self._traces[time]
        row = self._row(time)
        try:
            trace = backpropagate(
                state.network, self._dataset.inputs[row], self._dataset.targets[row],
                self._change_at(time).settings.at_epoch(time // self.epoch_size), batch=state.batch,
                memory=state.memory, closes_batch=self._closes_batch(time),
            )  # fmt: skip
        except DivergenceError as error:
            raise DivergenceError(error.quantity, time // self.epoch_size, row) from None
        self._record(time, trace.error)
        return trace

    def _record(self, time: int, error: float) -> None:
        self._errors.record(time, error)
        epoch, place = divmod(time + 1, self.epoch_size)
        if place == 0 and epoch > self._epoch_errors.count:
            of_epoch = self._errors.first(time + 1)[-self.epoch_size :]
            self._epoch_errors.record(epoch - 1, float(of_epoch.mean()))


def _known(size: str) -> str:
    if size not in STEP_SIZES:
        raise ValueError(f"“{size}” is no step size; choose {', '.join(STEP_SIZES)}.")
    return size
