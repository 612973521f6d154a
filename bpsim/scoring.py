"""How many instances are put into the right class.

Targets stand for classes in two ways. *One-hot*: one target a class, high for the class of the instance and
low for all others; the network says the class whose ŷ_k is largest. *A single target* with two values, such
as 0 and 1: the network says the high class where ŷ is at least the middle of both.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bpsim.arrays import Array, Mask
from bpsim.datasets import Dataset
from bpsim.evaluation import evaluate
from bpsim.network import Network

Classified = NDArray[np.intp]
"""Classes by number from 0, or counts of instances."""


@dataclass(frozen=True)
class Classes:
    """What the targets of a data set mean as classes.

    Parameters
    ----------
    low, high : float
        The target of an output whose class it is not, and whose class it is.
    names : tuple of str
        The classes of one-hot targets in the order of the outputs; empty for a single target, whose classes
        are its low value (0) and its high value (1).
    """

    low: float = 0.0
    high: float = 1.0
    names: tuple[str, ...] = ()

    @property
    def count(self) -> int:
        """How many classes there are."""
        return len(self.names) or 2

    @property
    def threshold(self) -> float:
        """The middle of a single target: from there on ŷ says the high class."""
        return (self.low + self.high) / 2

    def of(self, values: Array) -> Classified:
        """Return the class of targets or predictions, shape (…, K) → (…); of equal ŷ_k the first."""
        if values.shape[-1] == 1:
            return np.asarray(values[..., 0] >= self.threshold, dtype=np.intp)
        return np.asarray(values.argmax(axis=-1), dtype=np.intp)

    def clarity(self, predictions: Array) -> Array:
        """Return how clear the class of predictions is, shape (…, K) → (…), from 0 (a tie) to 1.

        One-hot: the largest ŷ_k less the second largest, over high − low. Single target: the distance of ŷ
        from the threshold, over half of high − low. More than 1 counts as 1.
        """
        span = self.high - self.low
        if predictions.shape[-1] == 1:
            margin = 2 * np.abs(predictions[..., 0] - self.threshold)
        else:
            second, first = np.moveaxis(np.partition(predictions, -2, axis=-1)[..., -2:], -1, 0)
            margin = first - second
        return np.minimum(margin / span, 1.0)

    def targets(self, number: int) -> tuple[float, ...]:
        """Return the targets of an instance of a class."""
        if not self.names:
            return (self.high if number else self.low,)
        return tuple(self.high if k == number else self.low for k in range(len(self.names)))


def classes(dataset: Dataset) -> Classes | None:
    """Return what the targets mean as classes, None where they are plain numbers.

    They are classes where they have two values t < h that lie around ½ in [0, 1] (0 and 1, 0.1 and 0.9) or
    around 0 in [−1, 1] (−1 and 1), and, of several targets, exactly one of each instance is the high one.
    A single target that is 0, 1 or −1 throughout is the beginning of two classes.
    """
    pair = _pair(np.unique(dataset.targets).tolist())
    if pair is None:
        return None
    low, high = pair
    if dataset.targets.shape[1] == 1:
        return Classes(low, high)
    one_each = ((dataset.targets == high).sum(axis=1) == 1).all()
    return Classes(low, high, dataset.target_names) if one_each else None


def _pair(values: Sequence[float]) -> tuple[float, float] | None:
    if len(values) == 1 and abs(values[0]) in (0.0, 1.0):
        return (-1.0, 1.0) if values[0] < 0 else (0.0, 1.0)
    if len(values) != 2:
        return None
    low, high = values
    around_half = 0 <= low and abs(low + high - 1) < 1e-12
    around_zero = -1 <= low < 0 and low == -high
    return (low, high) if around_half or around_zero else None


def confusion(network: Network, dataset: Dataset, rows: Sequence[int] | None = None) -> Classified | None:
    """Return how many instances of each true class are put into each class.

    Parameters
    ----------
    network : Network
    dataset : Dataset
    rows : sequence of int, optional
        The instances that are counted; all of them if not given.

    Returns
    -------
    array of int, (classes, classes), or None
        Row: the true class; column: the class that the network says. None where targets are plain numbers.
    """
    meaning = classes(dataset)
    if meaning is None:
        return None
    chosen = slice(None) if rows is None else list(rows)
    targets = dataset.targets[chosen]
    predictions = evaluate(network, dataset.inputs[chosen], targets).predictions
    return counts(meaning, targets, predictions)


def accuracy(network: Network, dataset: Dataset, rows: Sequence[int] | None = None) -> float | None:
    """Return the share of instances that are put into their class; None where there are none, or no classes.

    Arguments as in `confusion`.
    """
    table = confusion(network, dataset, rows)
    return None if table is None else share_right(table)


def correct(meaning: Classes, targets: Array, predictions: Array) -> Mask:
    """Tell of each instance whether it is put into its class, shapes (N, K) → (N,)."""
    return np.asarray(meaning.of(targets) == meaning.of(predictions))


def counts(meaning: Classes, targets: Array, predictions: Array) -> Classified:
    """Return the table of `confusion` for targets and predictions, shape (N, K) each."""
    table = np.zeros((meaning.count, meaning.count), dtype=np.intp)
    np.add.at(table, (meaning.of(targets), meaning.of(predictions)), 1)
    return table


def share_right(table: Classified) -> float | None:
    """Return the share of the instances of a table of `confusion` on its diagonal; None if it has none."""
    total = int(table.sum())
    return int(np.trace(table)) / total if total else None
