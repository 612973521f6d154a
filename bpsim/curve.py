"""Errors of a training in bounded memory: by instance, by epoch, and of the test instances."""

import numpy as np

from bpsim.arrays import Array
from bpsim.moment import Series

MOST = 2**20
"""How many numbers a curve keeps; of a longer one every second, fourth, … is kept."""
_PIECE = 4096
_NONE = np.empty(0)


class Curve:
    """Numbers that grow at the end. Of `count` numbers those with an index divisible by `spacing` are kept.

    Copies share the memory of what they have in common.
    """

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._pieces: list[Array] = []
        self._stored = 0
        self._joined, self._joined_count = _NONE, 0
        self.spacing = 1
        self.count = 0

    def append(self, values: Array) -> None:
        """Add numbers at the end."""
        first = -self.count % self.spacing
        self.count += len(values)
        self._store(values[first :: self.spacing])
        while self._stored > self._most:
            thinned = self._all()[::2]
            self._pieces, self._stored = [], 0
            self._joined, self._joined_count = _NONE, 0
            self.spacing *= 2
            self._store(thinned)

    def first(self, count: int) -> Array:
        """Return what is kept of the first `count` numbers, read-only."""
        values = self._all()[: -(-min(count, self.count) // self.spacing)]
        values.setflags(write=False)
        return values

    def until(self, count: int) -> "Curve":
        """Return a copy of the first `count` numbers."""
        copy = Curve(self._most)
        copy.spacing, copy.count = self.spacing, min(count, self.count)
        copy._stored = -(-copy.count // copy.spacing)
        full, rest = divmod(copy._stored, _PIECE)
        copy._pieces = [
            *self._pieces[:full],
            *(piece.copy() for piece in self._pieces[full : full + (rest > 0)]),
        ]
        self._joined, self._joined_count = _NONE, 0  # undo keeps many of these
        return copy

    def _store(self, values: Array) -> None:
        while len(values):
            place = self._stored % _PIECE
            if place == 0:
                self._pieces.append(np.empty(_PIECE))
            part = values[: _PIECE - place]
            self._pieces[-1][place : place + len(part)] = part
            self._stored += len(part)
            values = values[len(part) :]

    def _all(self) -> Array:
        """Return what is kept as one array, whose beginning was mostly joined before."""
        if len(self._joined) < self._stored:
            room = np.empty(self._stored + max(_PIECE, self._stored // 2))
            room[: self._joined_count] = self._joined[: self._joined_count]
            self._joined = room
        while self._joined_count < self._stored:
            number, place = divmod(self._joined_count, _PIECE)
            new = self._pieces[number][place : place + self._stored - self._joined_count]
            self._joined[self._joined_count : self._joined_count + len(new)] = new
            self._joined_count += len(new)
        return self._joined[: self._stored]


class EpochMeans:
    """Means of E_p over whole epochs, of errors that come in portions of any length.

    Parameters
    ----------
    epoch_size : int
        Training instances of an epoch.
    open_errors : array
        E_p of those of the epoch in progress.
    """

    def __init__(self, epoch_size: int, open_errors: Array = _NONE) -> None:
        self._size = epoch_size
        self.open = open_errors
        """E_p of the epoch in progress."""

    def add(self, errors: Array) -> Array:
        """Take in the E_p of what follows, and return the means of the epochs that end there."""
        errors = np.concatenate([self.open, errors])
        whole = len(errors) // self._size * self._size
        self.open = errors[whole:]
        return np.asarray(errors[:whole].reshape(-1, self._size).mean(axis=1))


class TrainingRecord:
    """The errors of a training: E_p of every instance, their mean over every epoch, E of the test instances.

    Parameters
    ----------
    epoch_size : int
        Training instances of an epoch.
    """

    def __init__(self, epoch_size: int) -> None:
        self._epoch_size = epoch_size
        self._instances, self._epochs, self._tests = Curve(), Curve(), Curve()
        self._means = EpochMeans(epoch_size)

    @property
    def count(self) -> int:
        """How many instances are recorded."""
        return self._instances.count

    def add(self, errors: Array, test_errors: Array) -> None:
        """Record the E_p of what follows, and E of the test instances after each epoch that it ends."""
        self._instances.append(errors)
        self._epochs.append(self._means.add(errors))
        self._tests.append(test_errors)

    def add_from(self, time: int, errors: Array, test_errors: Array) -> None:
        """Record as `add` does what follows after `time` instances, but for what is recorded already."""
        known = self.count - time
        if known < len(errors):
            epochs = self.count // self._epoch_size - time // self._epoch_size
            self.add(errors[known:], test_errors[epochs:])

    def series(self, instances: int, updated: int) -> Series:
        """Return the errors of the first `instances` instances, and of the epochs that they complete.

        The test instances have theirs after an epoch's last update: that is one of the first `updated`.
        """
        epochs, tested = instances // self._epoch_size, updated // self._epoch_size
        return Series(
            self._instances.first(instances), self._epochs.first(epochs), self._epoch_size,
            self._instances.spacing, self._epochs.spacing, self._tests.first(tested),
        )  # fmt: skip

    def between(self, begin: int, end: int) -> Array | None:
        """Return E_p of the instances `begin` … `end` − 1; None where not all of them are kept."""
        if self._instances.spacing == 1:
            return self._instances.first(end)[begin:]
        of_open_epoch = self._means.open
        begun = self.count - len(of_open_epoch)
        return of_open_epoch[begin - begun : end - begun] if begin >= begun else None

    def until(self, time: int, of_open_epoch: Array) -> "TrainingRecord":
        """Return a copy of the first `time` instances; `of_open_epoch` are E_p of the epoch in progress."""
        copy = TrainingRecord(self._epoch_size)
        epochs = time // self._epoch_size
        copy._instances = self._instances.until(time)
        copy._epochs, copy._tests = self._epochs.until(epochs), self._tests.until(epochs)
        copy._means = EpochMeans(self._epoch_size, of_open_epoch)
        return copy
