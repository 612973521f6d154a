"""The states that a simulation remembers of its past to compute from, in bounded memory."""

from bisect import bisect_right, insort
from collections import OrderedDict
from dataclasses import dataclass
from typing import Self

from bpsim.backprop import Batch, Trace
from bpsim.network import Network
from bpsim.optimizers import NO_MEMORY, OPTIMIZERS, Memory, started
from bpsim.settings import Settings

MEMORY = 40 * 2**20
"""Bytes that the states may take."""
RESTING_MEMORY = 4 * 2**20
"""Bytes that the states of a training may take that undo has put aside."""
MOST_STATES = 4096
"""How many states may be kept where they are small."""


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
    settings : Settings, optional
        Whether they hold sums of a batch and an optimizer's memory.
    most : int
        How many they may be at most.
    """

    def __init__(self, network: Network, settings: Settings | None = None, most: int = MOST_STATES) -> None:
        settings = settings or Settings()
        arrays = 1 + (settings.batch_size > 1) + len(OPTIMIZERS[settings.optimizer].slots)
        self._bytes_each = 1500 + 8 * arrays * network.n_parameters
        self.most = max(16, min(most, MEMORY // self._bytes_each))
        """How many are kept at most."""
        self.spacing = 1
        """How many instances lie between two of those that are kept for good."""
        self._kept: dict[int, State] = {}
        self._times: list[int] = []
        self._latest: OrderedDict[int, State] = OrderedDict()

    def put(self, time: int, state: State) -> None:
        """Remember the state after `time` instances."""
        self._latest[time] = state
        self._latest.move_to_end(time)
        if len(self._latest) > self.most // 8:
            self._latest.popitem(last=False)
        if time % self.spacing == 0 and time not in self._kept:
            insort(self._times, time)
            self._kept[time] = state
        if len(self._kept) > self.most:
            self._thin_out(self.most)

    def nearest(self, time: int) -> tuple[int, State]:
        """Return the last remembered state at or before `time`, and its time."""
        for near in (time, time - 1):  # as it mostly is when one steps
            if near in self._latest:
                return near, self._latest[near]
        kept = self._times[bisect_right(self._times, time) - 1]
        recent = max((t for t in self._latest if t < time), default=kept)
        return (recent, self._latest[recent]) if recent > kept else (kept, self._kept[kept])

    def until(self, time: int, network: Network, settings: Settings | None = None) -> "Checkpoints":
        """Return a copy that knows nothing later than `time`; `network` and `settings` are what follows."""
        copy = Checkpoints(network, settings, self.most)
        copy.spacing = self.spacing
        copy._kept = {t: state for t, state in self._kept.items() if t <= time}
        copy._times = self._times[: bisect_right(self._times, time)]
        copy._latest = OrderedDict((t, state) for t, state in self._latest.items() if t <= time)
        return copy

    def rest(self) -> None:
        """Let go of what can be computed again at some cost: nobody is about to ask for it."""
        self._latest.clear()
        self._thin_out(max(16, RESTING_MEMORY // self._bytes_each))

    def _thin_out(self, most: int) -> None:
        while len(self._kept) > most:
            self.spacing *= 2
            self._kept = {t: state for t, state in self._kept.items() if t % self.spacing == 0}
        self._times = sorted(self._kept)
