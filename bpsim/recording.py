"""What a simulation remembers of its past: states to start recomputing from, and the errors, in bounded memory."""

from bisect import bisect_right, insort
from collections import OrderedDict
from dataclasses import dataclass

import numpy as np

from bpsim.arrays import Array
from bpsim.backprop import Batch
from bpsim.network import Network

MEMORY = 24 * 2**20
"""Bytes that the states may take."""


@dataclass(frozen=True, eq=False)
class State:
    """Where an instance starts from: the parameters, and the sums of the batch in progress."""

    network: Network
    batch: Batch | None


class Checkpoints:
    """States by number of instances done: every `spacing`-th, and the latest few without gaps.

    When there are too many the spacing doubles, so the memory stays bounded over any number of updates and a
    state is at most `spacing` instances away.
    """

    def __init__(self, network: Network) -> None:
        bytes_each = 1500 + 8 * 2 * network.n_parameters
        self._most = max(16, min(8192, MEMORY // bytes_each))
        self._spacing = 1
        self._kept: dict[int, State] = {}
        self._times: list[int] = []
        self._latest: OrderedDict[int, State] = OrderedDict()

    def put(self, time: int, state: State) -> None:
        """Remember the state after `time` instances."""
        self._latest[time] = state
        self._latest.move_to_end(time)
        if len(self._latest) > self._most // 4:
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
        recent = max((t for t in self._latest if t <= time), default=-1)
        return (recent, self._latest[recent]) if recent > kept else (kept, self._kept[kept])

    def until(self, time: int, network: Network) -> "Checkpoints":
        """Return a copy that knows nothing later than `time`; `network` is the one that follows."""
        copy = Checkpoints(network)
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
    """E_p of every instance in the order of training, growing at the end."""

    def __init__(self, values: Array | None = None) -> None:
        self._values = np.zeros(64) if values is None else values.copy()  # else later errors would overwrite them
        self._count = 0 if values is None else len(values)

    def record(self, time: int, error: float) -> None:
        """Record the error of instance number `time`, which follows those recorded or is one of them."""
        if time < self._count:
            return
        if self._count == len(self._values):
            self._values = np.concatenate([self._values, np.zeros(max(64, self._count))])
        self._values[self._count] = error
        self._count += 1

    def first(self, count: int) -> Array:
        """Return the first `count` errors, read-only."""
        values = self._values[: min(count, self._count)]
        values.setflags(write=False)
        return values
