"""A run: training on and on until it is stopped or a criterion ends it, in portions that a window can show.

A run is a generator that a thread, a timer or a test pulls. It knows nothing of the window: it is handed
where it starts, and hands out what happened since the last portion, all of it frozen values.
"""

import math
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from bpsim.arrays import Array
from bpsim.datasets import Dataset
from bpsim.errors import DivergenceError
from bpsim.history import History
from bpsim.loops import Chunk, Loop, MakeLoop, PhaseLoop
from bpsim.recording import State
from bpsim.settings import Settings
from bpsim.stopping import Reading, Stopping
from bpsim.watching import Watch

FRAME_SECONDS = 1 / 30
"""How often a portion is handed out."""
CHUNK_SECONDS = 0.004
"""How long a loop may work before the run looks up."""
_LONGEST_REST = 0.005

Clock = Callable[[], float]
Compiled = Callable[[bool], MakeLoop | None]
"""Gives what makes the compiled loop, None while there is none; with True it waits for the compiler."""


Pace = Callable[[float], float]
"""How many epochs are due after so many seconds."""


def steady(epochs: float) -> Pace:
    """Return the pace of so many epochs a second."""
    return lambda seconds: epochs * seconds


def rising(seconds: float) -> float:
    """Return a pace at which the beginning can be watched: 70 epochs, and 4.5 times as many every second."""
    return 20.0 * math.expm1(1.5 * min(seconds, 40.0))


@dataclass(frozen=True, eq=False)
class RunStart:
    """Where a run starts.

    Parameters
    ----------
    dataset : Dataset
    history : History
        What holds when: split, settings, changes on the way, and which loop trains.
    time : int
        Instances trained before.
    state : State
        The state after them.
    open_errors : array
        E_p of the instances of the epoch in progress that are trained already.
    recorded : int
        How many instances were trained before the learner went back to `time`; up to there the run repeats
        them bit for bit.
    spacing, most_states : int
        How many instances lie between two states that are kept; after so many states it doubles.
    """

    dataset: Dataset
    history: History
    time: int
    state: State
    open_errors: Array
    recorded: int
    spacing: int
    most_states: int


class Progress(NamedTuple):
    """What a run did since the portion before.

    Parameters
    ----------
    time : int
        Instances trained in all.
    errors, test_errors : array
        E_p of the new instances; E over the test instances after each epoch that they completed.
    states : tuple of (int, State)
        States on the way, by instances trained, among them those before and after the last instance.
    compiled_from : int or None
        From which time on the compiled loop trains.
    readings : tuple of Reading
        The criteria as they stand.
    rate : float
        Instances a second.
    ended : Reading or None
        The criterion that ended the run.
    divergence : DivergenceError or None
        What could not be computed, which ended the run.
    """

    time: int
    errors: Array
    test_errors: Array
    states: tuple[tuple[int, State], ...]
    compiled_from: int | None
    readings: tuple[Reading, ...]
    rate: float
    ended: Reading | None
    divergence: DivergenceError | None


def run(
    start: RunStart,
    stopping: Stopping,
    compiled: Compiled,
    pace: Callable[[], Pace | None] = lambda: None,
    clock: Clock = time.perf_counter,
) -> Iterator[Progress]:
    """Train from `start` until a criterion ends the run, handing out what happened about 30 times a second.

    Until there is a compiled loop the six phase functions train.

    Parameters
    ----------
    start : RunStart
    stopping : Stopping
    compiled : callable
    pace : callable
        Returns the pace of now, which may change on the way; None: as fast as the machine can.
    clock : callable
        Seconds; tests bring their own.
    """
    runner = _Runner(start, stopping, compiled, pace, clock)
    while not runner.ended:
        runner.work(FRAME_SECONDS)
        yield runner.take()


class _Runner:
    """The inside of a run: the loop at work, and what is to be handed out next."""

    def __init__(
        self,
        start: RunStart,
        stopping: Stopping,
        compiled: Compiled,
        pace: Callable[[], Pace | None],
        clock: Clock,
    ) -> None:
        self._start, self._compiled, self._pace, self._clock = start, compiled, pace, clock
        self._history, self._time = start.history, start.time
        self._reached: State | None = None
        self._loop = self._loop_from(start.state)
        self._watch = Watch(stopping, start.dataset, start.history.split, start.time, start.open_errors)
        self._spacing, self._kept = start.spacing, 0
        self._began = clock()
        self._speed = 1000.0  # instances a second, as the last chunk measured
        self._rate_since = (start.time, self._began)
        self._paced: tuple[Pace | None, int, float] = (None, start.time, self._began)
        self._divergence: DivergenceError | None = None
        self._chunks: list[Chunk] = []
        self._states: list[tuple[int, State]] = []

    @property
    def ended(self) -> bool:
        return self._divergence is not None or self._watch.ended is not None

    def work(self, seconds: float) -> None:
        """Train for about so long."""
        began = self._clock()
        until = began + seconds
        while not self.ended and (now := self._clock()) < until:
            self._take_compiled()
            count = self._allowed()
            if count > 0:
                self._train(count)
            else:
                time.sleep(min(_LONGEST_REST, until - now))
        if not self.ended:
            self._train_last()
        if not self.ended:
            self._watch.look_at_clock(self._clock() - self._began)

    def take(self) -> Progress:
        """Hand out what was done since the last time."""
        errors = [chunk.errors for chunk in self._chunks]
        tests = [chunk.test_errors for chunk in self._chunks]
        states, self._chunks, self._states = tuple(self._states), [], []
        return Progress(
            self._time, _joined(errors), _joined(tests), states, self._history.compiled_from,
            self._watch.readings(self._clock() - self._began), self._rate(), self._watch.ended,
            self._divergence,
        )  # fmt: skip

    # -- inside --------------------------------------------------------------------------------------------

    @property
    def _settings(self) -> Settings:
        return self._history.settings_at(self._time)

    def _loop_from(self, state: State) -> Loop:
        """Return the loop that trains from here, at `state`."""
        history, time_now = self._history, self._time
        make: MakeLoop = PhaseLoop
        if history.is_compiled(time_now):
            make = self._compiled(True) or PhaseLoop
        settings = history.change_at(time_now).settings
        loop = make(state.network, self._start.dataset, settings, history.split)
        loop.load(time_now, state, history.own_order(time_now))
        self._reached = None
        return loop

    def _state(self) -> State:
        """Return the state at the present time, which the loop puts together once."""
        if self._reached is None:
            self._reached = self._loop.state()
        return self._reached

    def _take_compiled(self) -> None:
        """Go on with the compiled loop as soon as there is one, on ground that nothing has trained yet."""
        if self._history.compiled_from is not None or self._time < self._start.recorded:
            return
        if self._compiled(False) is not None:
            self._history = self._history.compiled_since(self._time)
            self._loop = self._loop_from(self._state())

    def _allowed(self) -> int:
        """Return how many instances may be trained before the run looks up."""
        stops = [
            self._time + max(1, round(self._speed * CHUNK_SECONDS)),
            self._time - self._time % self._spacing + self._spacing,
        ]
        if self._watch.looks:
            stops.append(self._time - self._time % self._history.epoch_size + self._history.epoch_size)
        stops.extend(stop for stop in (self._watch.end, self._next_turn()) if stop is not None)
        due = self._due()
        return min(stops if due is None else [*stops, due]) - self._time

    def _due(self) -> int | None:
        """Return up to where the pace lets the run go; each pace counts from when it was chosen."""
        pace, now = self._pace(), self._clock()
        if pace is not self._paced[0]:
            self._paced = (pace, self._time, now)
        _, begun, then = self._paced
        return None if pace is None else begun + int(pace(now - then) * self._history.epoch_size)

    def _next_turn(self) -> int | None:
        """Return when another loop has to go on."""
        turns = [self._history.next_change(self._time), self._history.compiled_from]
        if self._history.compiled_from is None:
            turns.append(self._start.recorded)
        return min((turn for turn in turns if turn is not None and turn > self._time), default=None)

    def _train(self, count: int) -> None:
        began, before = self._clock(), self._state()
        try:
            chunk = self._loop.advance(count)
        except DivergenceError as error:
            self._divergence = error
            return
        self._reached = None
        done = self._watch.follow(chunk)
        if self._watch.looks and (self._time + chunk.done) % self._history.epoch_size == 0:
            self._watch.look(self._state().network, self._settings)
        if done < chunk.done or self._watch.ended is not None:
            chunk = self._again(before, chunk, done)
        self._chunks.append(chunk)
        self._speed = chunk.done / max(self._clock() - began, 1e-7)
        while self._spacing < self._speed * FRAME_SECONDS / 2:
            self._spacing *= 2  # what a frame can compute again needs no more states in between
        self._time += chunk.done
        if self._time in (self._history.change_at(self._time).time, self._history.compiled_from):
            self._loop = self._loop_from(self._history.state_after(self._time, self._state()))
        if self._time % self._spacing == 0 or self._watch.ended is not None:
            self._keep()
            self._widen()

    def _train_last(self) -> None:
        """Train one more instance, and keep the states before and after it: it is the one that is shown."""
        if self._allowed() > 0:
            self._keep()
            self._train(1)
            self._keep()

    def _again(self, before: State, chunk: Chunk, done: int) -> Chunk:
        """Go back to where the run ends, keeping the state before the last instance; return what remains."""
        size = self._history.epoch_size
        self._loop.load(self._time, before, self._history.own_order(self._time))
        if done > 1:
            self._loop.advance(done - 1)
        self._states.append((self._time + done - 1, self._loop.state()))
        self._loop.advance(1)
        self._reached = None
        epochs = (self._time + done) // size - self._time // size
        return Chunk(done, chunk.errors[:done], chunk.test_errors[:epochs])

    def _keep(self) -> None:
        self._states.append((self._time, self._state()))

    def _widen(self) -> None:
        """Keep fewer states the longer the run goes on, as `Checkpoints` does."""
        self._kept += 1
        if self._kept == self._start.most_states:
            self._spacing, self._kept = 2 * self._spacing, self._kept // 2

    def _rate(self) -> float:
        (time_before, then), now = self._rate_since, self._clock()
        self._rate_since = (self._time, now)
        return (self._time - time_before) / max(now - then, 1e-6)


def _joined(arrays: list[Array]) -> Array:
    return np.concatenate(arrays) if arrays else np.empty(0)
