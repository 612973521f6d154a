"""Curves of millions of points, made small enough to be drawn at once."""

import numpy as np

from bpsim.arrays import Array

MOST_POINTS = 2000


def thinned(values: Array, first: int, last: int, most: int = MOST_POINTS) -> tuple[Array, Array]:
    """Return the curve of `values[first:last]` over its indices, in at most about `most` points.

    Where there are more, each stretch of equal length is replaced by its smallest and its largest value, so
    that no peak is lost. Stretches begin at multiples of their length: a growing curve does not flicker.

    Parameters
    ----------
    values : array of shape (T,)
        NaN where there is nothing to draw.

    Returns
    -------
    x, y : arrays of the same length
        x are indices into `values`.
    """
    first, last = max(0, first), min(len(values), last)
    length = -(-2 * max(0, last - first) // most)
    if length <= 2:
        return np.arange(first, max(first, last), dtype=np.float64), values[first:last]
    starts = np.arange(first // length * length, last, length)
    lowest = np.fmin.reduceat(values[:last], starts)
    highest = np.fmax.reduceat(values[:last], starts)
    middles = np.minimum(starts + length / 2, last - 1)
    return np.repeat(middles, 2), np.column_stack([lowest, highest]).ravel()
