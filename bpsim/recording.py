"""What a simulation remembers of its past, in bounded memory: states to recompute from, and the errors."""

from bisect import bisect_right, insort
from collections import OrderedDict
from dataclasses import dataclass
from typing import Self

import numpy as np

from bpsim.arrays import Array
from bpsim.backprop import Batch, Trace
from bpsim.network import Network
from bpsim.optimizers import NO_MEMORY, OPTIMIZERS, Memory, started
from bpsim.settings import Settings

MEMORY = 12 * 2**20
"""Bytes that the states may take."""
MOST_STATES = 4096
"""How many states may be kept where they are small."""
_CHUNK = 4096


@dataclass(frozen=True, eq=False)
class State:
    """Where an instance starts from: parameters, sums of the batch in progress, the optimizer's memory."""

    network: Network
    batch: Batch | None = None
    memory: Memory = NO_MEMORY

    @classmethod
    def start(cls, network: Network, settings: Settings) -> Self:
        """Return the state in which a training begins."""
        return cls(network, None, started(NO_MEMORY, settings.optimizer, network.weights, network.biases))

    @classmethod
    def after(cls, trace: Trace) -> Self:
        """Return the state after an instance."""
        return cls(trace.updated, None if trace.closes_batch else trace.batch, trace.next_memory)


class Checkpoints:
    """States by number of instances done: every `spacing`-th, and the latest few without gaps.

    When there are too many the spacing doubles, so the memory stays bounded over any number of updates and a
    state is at most `spacing` instances away.

    Parameters
    ----------
    network : Network
        One of those that will be kept; its size decides how many of them the memory holds.
    most : int
        How many they may be at most.
    optimizer : str
        Which optimizer they remember something for.
    """

    def __init__(
        self, network: Network, most: int = MOST_STATES, optimizer: str = "gradient_descent"
    ) -> None:
        arrays = 2 + len(OPTIMIZERS[optimizer].slots)  # the parameters, the sums of a batch, a memory
        bytes_each = 1500 + 8 * arrays * network.n_parameters
        self._most = max(16, min(most, MEMORY // bytes_each))
        self._spacing = 1
        self._kept: dict[int, State] = {}
        self._times: list[int] = []
        self._latest: OrderedDict[int, State] = OrderedDict()

    def put(self, time: int, state: State) -> None:
        """Remember the state after `time` instances."""
        self._latest[time] = state
        self._latest.move_to_end(time)
        if len(self._latest) > self._most // 8:
            self._latest.popitem(last=False)
        if time % self._spacing == 0 and time not in self._kept:
            insort(self._times, time)
            self._kept[time] = state
        if len(self._kept) > self._most:
            self._thin_out()

    def nearest(self, time: int) -> tuple[int, State]:
        """Return the last remembered state at or before `time`, and its time."""
        if time in self._latest:
            return time, self._latest[time]
        kept = self._times[bisect_right(self._times, time) - 1]
        for recent in range(time - 1, kept, -1):
            if recent in self._latest:
                return recent, self._latest[recent]
        return kept, self._kept[kept]

    def until(self, time: int, network: Network, optimizer: str = "gradient_descent") -> "Checkpoints":
        """Return a copy that knows nothing later than `time`; `network` and `optimizer` are what follows."""
        copy = Checkpoints(network, self._most, optimizer)
        copy._spacing = self._spacing
        copy._kept = {t: state for t, state in self._kept.items() if t <= time}
        copy._times = self._times[: bisect_right(self._times, time)]
        copy._latest = OrderedDict((t, state) for t, state in self._latest.items() if t <= time)
        return copy

    def _thin_out(self) -> None:
        self._spacing *= 2
        self._kept = {t: state for t, state in self._kept.items() if t % self._spacing == 0}
        self._times = sorted(self._kept)


class Errors:
    """Errors in the order of training, growing at the end: E_p of every instance, or E of every epoch."""

    def __init__(self) -> None:
        self._chunks: list[Array] = []
        self._joined = np.empty(0)
        self._joined_count = 0
        self.count = 0

    def record(self, time: int, error: float) -> None:
        """Record the error of number `time`, which follows those recorded or is one of them."""
        if time < self.count:
            return
        if self.count % _CHUNK == 0:
            self._chunks.append(np.empty(_CHUNK))
        self._chunks[-1][self.count % _CHUNK] = error
        self.count += 1

    def first(self, count: int) -> Array:
        """Return the first `count` errors, read-only."""
        count = min(count, self.count)
        if count > len(self._joined):
            self._joined = np.concatenate([self._joined[: self._joined_count], np.empty(count + _CHUNK)])
        while self._joined_count < count:  # mostly a few new ones
            chunk, place = divmod(self._joined_count, _CHUNK)
            new = self._chunks[chunk][place : place + count - self._joined_count]
            self._joined[self._joined_count : self._joined_count + len(new)] = new
            self._joined_count += len(new)
        values = self._joined[:count]
        values.setflags(write=False)
        return values

    def until(self, time: int) -> "Errors":
        """Return a copy of the first `time` errors, which shares the memory of what neither can change."""
        copy = Errors()
        full, rest = divmod(time, _CHUNK)
        copy._chunks = [
            *self._chunks[:full],
            *(chunk.copy() for chunk in self._chunks[full : full + (rest > 0)]),
        ]
        copy.count = time
        self._joined, self._joined_count = np.empty(0), 0  # undo keeps many of these
        return copy
