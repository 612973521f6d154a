"""Curves of millions of points, made small enough to be drawn at once."""

from typing import NamedTuple

import numpy as np

from bpsim.arrays import Array

MOST_POINTS = 2000


class Band(NamedTuple):
    """The smallest and the largest value of each stretch of a curve.

    `x` is the middle of the stretch, as an index into the values; all have the shape (stretches,). NaN where
    a stretch has nothing to draw.
    """

    x: Array
    lowest: Array
    highest: Array


def band(values: Array, first: int, last: int, length: int) -> Band:
    """Return what `values[first:last]` lie between, in stretches of `length`.

    Stretches begin at multiples of their length, so that a growing curve does not flicker; the first one may
    begin before `first`.

    Parameters
    ----------
    values : array of shape (T,)
        NaN where there is nothing to draw.
    """
    first, last = max(0, first), min(len(values), last)
    starts = np.arange(first // length * length, max(first, last), length)
    if first >= last:
        return Band(*(np.empty(0) for _ in Band._fields))
    return Band(
        np.minimum(starts + length / 2, last - 1),
        np.fmin.reduceat(values[:last], starts),
        np.fmax.reduceat(values[:last], starts),
    )


def thinned(values: Array, first: int, last: int, most: int = MOST_POINTS) -> tuple[Array, Array]:
    """Return the curve of `values[first:last]` over its indices, in at most about `most` points.

    Where there are more, each stretch of equal length is replaced by its smallest and its largest value, so
    that no peak is lost.

    Returns
    -------
    x, y : arrays of the same length
        x are indices into `values`.
    """
    first, last = max(0, first), min(len(values), last)
    length = -(-2 * max(0, last - first) // most)
    if length <= 2:
        return np.arange(first, max(first, last), dtype=np.float64), values[first:last]
    x, lowest, highest = band(values, first, last, length)
    return np.repeat(x, 2), np.column_stack([lowest, highest]).ravel()
