"""Read-only arrays: what every frozen value of the engine is made of."""

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]


def frozen(values: ArrayLike) -> Array:
    """Return `values` as a read-only float64 copy that nobody else holds."""
    array = np.array(values, dtype=np.float64, order="C")
    array.setflags(write=False)
    return array


def frozen_mask(values: ArrayLike) -> Mask:
    """Return `values` as a read-only copy of truth values."""
    array = np.array(values, dtype=np.bool_, order="C")
    array.setflags(write=False)
    return array


def all_finite(values: Array) -> bool:
    """Tell whether no value is infinite or NaN."""
    # The sum of squares is cheaper to look at; where it is not finite it may only be too large itself.
    return math.isfinite(np.vdot(values, values)) or bool(np.isfinite(values).all())


def same_bits(left: Sequence[NDArray[Any]], right: Sequence[NDArray[Any]]) -> bool:
    """Tell whether two sequences of arrays hold the same shapes and the same bits (so −0.0 ≠ 0.0)."""
    return len(left) == len(right) and all(
        a.shape == b.shape and a.tobytes() == b.tobytes() for a, b in zip(left, right, strict=True)
    )
