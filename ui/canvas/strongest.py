"""Which weights are drawn: all of a small network, the strongest of a large one. No Qt."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bpsim.arrays import Mask
from bpsim.network import Network

Indices = tuple[NDArray[np.intp], NDArray[np.intp]]
"""Rows i and columns j of weights."""


@dataclass(frozen=True, eq=False)
class Choice:
    """The chosen weights of every layer pair, how many they are, and out of how many."""

    pairs: tuple[Indices, ...]
    drawn: int
    total: int

    @property
    def complete(self) -> bool:
        """Whether every weight is drawn."""
        return self.drawn == self.total


def strongest(network: Network, masks: Sequence[Mask | None], most: int) -> Choice:
    """Return the weights of largest |θ| among those whose mask is True, `most` at the most."""
    places = [_places(mask) for mask in masks]
    total = sum(len(rows) for rows, _ in places)
    if total > most:
        sizes = [np.abs(w[place]) for w, place in zip(network.weights, places, strict=True)]
        chosen = _largest(np.concatenate(sizes), most)
        ends = np.cumsum([len(rows) for rows, _ in places])[:-1]
        keep = np.split(chosen, ends)
        places = [(rows[k], columns[k]) for (rows, columns), k in zip(places, keep, strict=True)]
    return Choice(tuple(places), min(total, most), total)


def _places(mask: Mask | None) -> Indices:
    if mask is None:
        return np.empty(0, dtype=np.intp), np.empty(0, dtype=np.intp)
    rows, columns = np.nonzero(mask)
    return rows, columns


def _largest(values: NDArray[np.float64], count: int) -> Mask:
    chosen = np.zeros(len(values), dtype=np.bool_)
    chosen[np.argpartition(values, len(values) - count)[-count:]] = True
    return chosen
