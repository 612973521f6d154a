"""The numbers of a training at any time: kept as far as memory allows, else computed again bit for bit."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Self

import numpy as np

from bpsim.arrays import Array
from bpsim.backprop import Trace, backpropagate
from bpsim.compiling import COMPILER
from bpsim.curve import TrainingRecord
from bpsim.datasets import Dataset
from bpsim.errors import DivergenceError
from bpsim.history import Change, History
from bpsim.loops import Loop, PhaseLoop, test_error
from bpsim.recording import Checkpoints, State
from bpsim.running import Progress, RunStart
from bpsim.settings import Settings

_AT_ONCE = 8192
"""How many instances the compiled loop trains before a state is kept, where it computes again."""
_WORK = 6_000_000
"""Instances × parameters that the compiled loop trains in a few milliseconds."""
_MOST_IN_PORTION, _PHASES_IN_PORTION = 2048, 32
"""Instances that are trained before a walk looks up, with the compiled loop and with the phase functions."""
_FEWEST_APART = 64
"""How many instances lie at least between two states that a run keeps."""


class Past:
    """States and traces of a training by time, which counts the instances trained before."""

    def __init__(self, dataset: Dataset, history: History) -> None:
        start = history.changes[0]
        self.dataset, self.history = dataset, history
        self.record = TrainingRecord(history.epoch_size)
        self._checkpoints = Checkpoints(start.network, start.settings)
        self._checkpoints.put(0, State.start(start.network, start.settings))
        self._trace: tuple[int, Trace] | None = None
        self._loop: tuple[Change, Loop] | None = None

    # -- asking --------------------------------------------------------------------------------------------

    def state_at(self, time: int) -> State:
        """Return the state from which the instance after `time` others starts.

        Raises
        ------
        DivergenceError
            If a number on the way would be too large to compute.
        """
        known, state = self._checkpoints.nearest(time)
        while known < time:
            if self.history.is_compiled(known):
                known, state, _ = self._train_on(known, state, time)
            else:
                state = State.after(self._known_trace(known) or self._compute(known, state))
                known += 1
            state = self.history.state_after(known, state)
            self._checkpoints.put(known, state)
        return state

    def trace_at(self, time: int, updated: bool = True) -> Trace:
        """Return all numbers of the instance after `time` others.

        Without `updated` nobody looks at the parameters after its update yet: then they are, as long as the
        compiled loop that made it is not there, those that the phase functions make of it.

        Raises
        ------
        DivergenceError
            If one of them would be too large to compute.
        """
        trace = self._known_trace(time)
        if trace is None:
            state = self.state_at(time)
            trace = self._compute(time, state)
            if self.history.is_compiled(time):
                if not updated and COMPILER.pending:
                    return trace
                trace = self._as_trained(time, state, trace)
            self._trace = (time, trace)
        return trace

    def train_portion(self, time: int, most: int) -> int:
        """Train a few milliseconds from `time` on, at most up to `most`; return the last instance's time.

        Raises
        ------
        DivergenceError
            If a number would be too large to compute; what was before it is recorded.
        """
        if not self.history.is_compiled(time):
            self.trace_at(time)
            return time
        until = min(most, time + self._portion(time))
        self.state_at(until)
        return until - 1

    def approach(self, time: int) -> Iterator[int]:
        """Compute what `state_at(time)` needs, yielding how many instances are left now and then."""
        known = self._checkpoints.nearest(time)[0]
        while known < time - 1 and (portion := self._portion(known)) < time - known:
            known += portion
            self.state_at(known)
            yield time - known

    # -- going on and branching off ------------------------------------------------------------------------

    def changed(self, change: Change) -> Self:
        """Return a past that takes another course from `change.time` on."""
        new = self._copied(change.time)
        state = replace(self.state_at(change.time), network=change.network)
        new.history = self.history.changed(change)
        new.record = self.record.until(change.time, self._errors_of_open_epoch(change.time))
        new._checkpoints = self._checkpoints.until(change.time - 1, change.network, change.settings)
        new._checkpoints.put(change.time, state)
        return new

    def annotated(self, settings: Settings) -> Self:
        """Return this past with settings that no training depends on."""
        new = self.branched()
        new.history = self.history.annotated(settings)
        return new

    def renamed(self, dataset: Dataset) -> Self:
        """Return this past with data whose values are the same."""
        new = self.branched()
        new.dataset = dataset
        return new

    def branched(self) -> Self:
        """Return a copy that goes its own way from here."""
        count, start = self.record.count, self.history.changes[-1]
        new = self._copied(count)
        new.record = self.record.until(count, self._errors_of_open_epoch(count))
        new._checkpoints = self._checkpoints.until(count, start.network, start.settings)
        return new

    def rest(self) -> None:
        """Take less memory; everything can still be asked for, and is computed again."""
        self._checkpoints.rest()
        self._trace = self._loop = None

    def run_start(self, time: int) -> RunStart:
        """Return where a run from `time` on starts."""
        return RunStart(
            self.dataset, self.history, time, self.state_at(time), self._errors_of_open_epoch(time),
            self.record.count, max(self._checkpoints.spacing, _FEWEST_APART), self._checkpoints.most,
        )  # fmt: skip

    def extend(self, progress: Progress) -> None:
        """Take in what a run did."""
        if progress.compiled_from is not None and self.history.compiled_from is None:
            self.history = self.history.compiled_since(progress.compiled_from)
        self.record.add_from(progress.time - len(progress.errors), progress.errors, progress.test_errors)
        for time, state in progress.states:
            self._checkpoints.put(time, self.history.state_after(time, state))

    # -- inside --------------------------------------------------------------------------------------------

    def _portion(self, time: int) -> int:
        """Return how many instances from `time` on are trained in a few milliseconds."""
        if not self.history.is_compiled(time) or COMPILER.loop(wait=True) is None:
            return _PHASES_IN_PORTION
        return max(1, min(_MOST_IN_PORTION, _WORK // self.history.changes[0].network.n_parameters))

    def _copied(self, time: int) -> Self:
        new = object.__new__(type(self))
        new.__dict__.update(self.__dict__)
        if self._trace is not None and self._trace[0] >= time:
            new._trace = None
        new._loop = None
        return new

    def _known_trace(self, time: int) -> Trace | None:
        return self._trace[1] if self._trace is not None and self._trace[0] == time else None

    def _compute(self, time: int, state: State) -> Trace:
        history = self.history
        row, settings = history.row_at(time), history.settings_at(time)
        try:
            trace = backpropagate(
                state.network, self.dataset.inputs[row], self.dataset.targets[row], settings,
                batch=state.batch, memory=state.memory, closes_batch=history.closes_batch(time),
            )  # fmt: skip
        except DivergenceError as error:
            raise DivergenceError(error.quantity, time // history.epoch_size, row) from None
        if time == self.record.count and not history.is_compiled(time):
            ends_epoch = (time + 1) % history.epoch_size == 0 and history.split.test
            tests = [test_error(trace.updated, self.dataset, history.split)] if ends_epoch else []
            self.record.add(np.array([trace.error]), np.array(tests))
        return trace

    def _as_trained(self, time: int, state: State, trace: Trace) -> Trace:
        """Return a trace whose update leads to the very state that the compiled loop has reached."""
        _, after, _ = self._train_on(time, state, time + 1)
        self._checkpoints.put(time + 1, self.history.state_after(time + 1, after))
        updated = after.network if trace.closes_batch else trace.network
        return replace(trace, updated=updated, next_memory=after.memory, batch=after.batch or trace.batch)

    def _train_on(self, time: int, state: State, until: int) -> tuple[int, State, Array]:
        """Let the compiled loop train up to `until`, the next change or the next state to keep.

        Returns the time and the state that it has reached, and E_p of the instances up to there.
        """
        change = self.history.change_at(time)
        stops = (until, self.history.next_change(time) or until, time - time % _AT_ONCE + _AT_ONCE)
        if self._loop is None or self._loop[0] is not change:
            make = COMPILER.loop(wait=True) or PhaseLoop
            self._loop = (change, make(change.network, self.dataset, change.settings, self.history.split))
        loop = self._loop[1]
        loop.load(time, state, self.history.own_order(time))
        chunk = loop.advance(min(stops) - time)
        self.record.add_from(time, chunk.errors, chunk.test_errors)
        return time + chunk.done, loop.state(), chunk.errors

    def _errors_of_open_epoch(self, time: int) -> Array:
        """Return E_p of the instances of the epoch of `time` that were trained before it."""
        now = time - time % self.history.epoch_size
        known = self.record.between(now, time)
        if known is not None:
            return known
        errors = []
        while now < time:
            if self.history.is_compiled(now):
                now, _, some = self._train_on(now, self.state_at(now), time)
            else:
                some = np.array([self._compute(now, self.state_at(now)).error])
                now += 1
            errors.append(some)
        return np.concatenate(errors)
