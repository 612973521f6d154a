"""How many updates a training has made, whose batch size may have changed on the way."""

from bisect import bisect_right
from collections.abc import Sequence

import numpy as np

from bpsim.arrays import Array


class UpdateCount:
    """Counts updates by instances trained: one follows each complete batch and the end of each epoch.

    With the batch size B and n instances an epoch has ⌈n/B⌉ updates. Between two updates the count rises
    evenly, so that every instance has a place of its own.

    Parameters
    ----------
    epoch_size : int
        n, the instances of an epoch.
    batch_sizes : sequence of (int, int)
        From how many instances on, and B; by rising time, the first from 0.
    """

    def __init__(self, epoch_size: int, batch_sizes: Sequence[tuple[int, int]]) -> None:
        self.epoch_size = epoch_size
        self._starts = [time for time, _size in batch_sizes]
        self._sizes = [min(size, epoch_size) for _time, size in batch_sizes]
        self._offsets = [0.0]  # what a piece adds to the count that its batch size would give from 0 on
        for number, time in enumerate(self._starts[1:], start=1):
            made = np.floor(self._of_size(self._sizes[number - 1], time)) + self._offsets[-1]
            self._offsets.append(float(made - np.floor(self._of_size(self._sizes[number], time))))

    @classmethod
    def of_epochs(cls, epoch_size: int) -> "UpdateCount":
        """Return the count of epochs, as if each had one update."""
        return cls(epoch_size, [(0, epoch_size)])

    def after(self, done: Array) -> Array:
        """Return the count after so many instances; whole where an update follows, shape as `done`."""
        count = self._of_size(self._sizes[0], done)
        for start, size, offset in zip(self._starts[1:], self._sizes[1:], self._offsets[1:], strict=True):
            count = np.where(done > start, self._of_size(size, done) + offset, count)
        return count

    def instances(self, count: float) -> float:
        """Return after how many instances the count is reached: the inverse of `after`."""
        reached = [float(self.after(np.array(float(start)))) for start in self._starts]
        piece = max(0, bisect_right(reached, count) - 1)
        size, n = self._sizes[piece], self.epoch_size
        epochs, updates = divmod(count - self._offsets[piece], -(-n // size))
        whole = int(updates)
        begun = whole * size
        return float(epochs * n + begun + (updates - whole) * min(size, n - begun))

    def _of_size(self, size: int, done: Array | int) -> Array:
        """Return the count if the batch size had been `size` from the start."""
        n = self.epoch_size
        epochs, rest = np.divmod(np.asarray(done, dtype=np.float64), n)
        full, begun = np.divmod(rest, size)
        counted: Array = epochs * -(-n // size) + full + begun / np.minimum(size, n - full * size)
        return counted
