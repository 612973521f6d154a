"""Watching over a run: which criterion of `Stopping` ends it, and after which instance."""

import math
from dataclasses import asdict

import numpy as np

from bpsim.arrays import Array
from bpsim.curve import EpochMeans
from bpsim.datasets import Dataset
from bpsim.loops import Chunk
from bpsim.network import Network
from bpsim.settings import Settings
from bpsim.splitting import Split
from bpsim.stopping import Reading, Stopping
from bpsim.together import gradient_length


class Watch:
    """Follows a run and tells when it has to end.

    Everything but the time is looked at after every epoch: it ends a run after the same instance each time.

    Parameters
    ----------
    stopping : Stopping
    dataset : Dataset
    split : Split
    time : int
        Instances trained before the run.
    open_errors : array
        E_p of those of the epoch in progress.
    """

    def __init__(
        self, stopping: Stopping, dataset: Dataset, split: Split, time: int, open_errors: Array
    ) -> None:
        self._stopping, self._size, self._has_test = stopping, len(split.train), bool(split.test)
        self._limits = [(name, limit) for name, limit in asdict(stopping).items() if limit is not None]
        rows = list(split.train)
        self._inputs, self._targets = dataset.inputs[rows], dataset.targets[rows]
        self._first_epoch = self._epoch = time // self._size
        self._means = EpochMeans(self._size, open_errors)
        self._error: float | None = None
        self._gradient: float | None = None
        self._best, self._without = math.inf, 0
        self.ended: Reading | None = None
        """The criterion that was reached."""
        self.end: int | None = None
        """The time after which the run has done its epochs."""
        if stopping.epochs is not None:
            self.end = (self._first_epoch + stopping.epochs) * self._size

    @property
    def looks(self) -> bool:
        """Whether the weights are to be looked at after every epoch."""
        return self._stopping.gradient_below is not None

    def follow(self, chunk: Chunk) -> int:
        """Take in what was trained, and return how many of these instances belong to the run."""
        begun = len(self._means.open)
        means = self._means.add(chunk.errors)
        if len(means) == 0:
            return chunk.done
        ended = self._end_epochs(means, chunk.test_errors if self._has_test else means)
        return chunk.done if ended is None else ended * self._size - begun

    def look(self, network: Network, settings: Settings) -> None:
        """Look at the weights after an epoch that `follow` has taken in."""
        self._gradient = gradient_length(network, self._inputs, self._targets, settings.update_biases)
        self._decide(0.0)

    def look_at_clock(self, seconds: float) -> None:
        """Look at the time that the run has taken."""
        self._decide(seconds)

    def readings(self, seconds: float) -> tuple[Reading, ...]:
        """Return where each criterion that is on stands."""
        present = {
            "epochs": self._epoch - self._first_epoch,
            "error_below": self._error,
            "patience": self._without,
            "gradient_below": self._gradient,
            "seconds": seconds,
        }
        return tuple(Reading(name, present[name], limit) for name, limit in self._limits)

    # -- inside --------------------------------------------------------------------------------------------

    def _end_epochs(self, means: Array, judged: Array) -> int | None:
        """Take in the errors of epochs; return after how many of them the run ends, None if it goes on."""
        number = np.arange(1, len(means) + 1)
        lowest = np.minimum.accumulate(np.concatenate([[self._best], judged]))
        improved = np.maximum.accumulate(np.where(judged < lowest[:-1], number, 0))
        without = np.where(improved > 0, number - improved, self._without + number)
        limits = self._stopping
        reached = self._epoch - self._first_epoch + number >= (limits.epochs or math.inf)
        reached |= means < (limits.error_below or -math.inf)
        reached |= without >= (limits.patience or math.inf)
        ended = int(reached.argmax()) + 1 if reached.any() else None
        last = (ended or len(means)) - 1
        self._epoch += last + 1
        self._error, self._without = float(means[last]), int(without[last])
        self._best = float(lowest[last + 1])
        self._decide(0.0)
        return ended

    def _decide(self, seconds: float) -> None:
        self.ended = next((reading for reading in self.readings(seconds) if reading.reached), None)
