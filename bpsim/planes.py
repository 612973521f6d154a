"""Which plane through the inputs a picture shows: two of them vary, the others are held."""

from dataclasses import dataclass
from typing import Literal, Self

import numpy as np

from bpsim.arrays import Array
from bpsim.datasets import Dataset

Axes = tuple[int, int]
"""The columns of the inputs that vary from left to right and from below to above."""
Range = tuple[float, float]
"""A lowest and a highest value."""

_MARGIN = 0.15
"""How far a picture reaches beyond the data, as a share of their range."""


@dataclass(frozen=True)
class Plane:
    """Two inputs that vary, and what holds the others.

    Parameters
    ----------
    axes : (int, int)
        Columns of the inputs, from 0, different from each other.
    held : "mean", "instance" or tuple of float
        At which values the others are held: the mean of the data, the values of the present instance, or
        given values, one for each input (those of the axes mean nothing).
    """

    axes: Axes = (0, 1)
    held: Literal["mean", "instance"] | tuple[float, ...] = "mean"

    def fitted(self, inputs: int) -> Self:
        """Return this plane where `inputs` inputs have it, else the one of the first two at their means."""
        fits = max(self.axes) < inputs and (isinstance(self.held, str) or len(self.held) == inputs)
        return self if fits else type(self)()

    def values(self, dataset: Dataset, row: int) -> Array:
        """Return a value for every input, shape (F,), while `row` is the present instance."""
        if self.held == "mean":
            return np.asarray(dataset.inputs.mean(axis=0))
        if self.held == "instance":
            return np.asarray(dataset.inputs[row])
        return np.array(self.held)

    def point(self, held: Array, x: float, y: float) -> Array:
        """Return the inputs of a point of the plane, shape (F,)."""
        inputs = held.copy()
        inputs[list(self.axes)] = x, y
        return inputs


def range_of(values: Array) -> Range:
    """Return a range with all values in it and some room around them, 2 wide where they are all the same."""
    low, high = float(values.min()), float(values.max())
    margin = _MARGIN * (high - low) or 1.0
    return low - margin, high + margin
