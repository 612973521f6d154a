"""Scaling of columns: asked for, visible, and undone without a trace."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from bpsim.arrays import Array, frozen, same_bits
from bpsim.data_errors import DataError


@dataclass(frozen=True)
class ScalingMethod:
    """One way of scaling columns by two constants: (value − shift) / spread, mostly each by its own.

    Parameters
    ----------
    name, label, result : str
        How files name it, how the screen does, and what the columns have afterwards.
    shift, spread : callable
        The constants of every column, from values of shape (N, F) to shape (F,).
    fixed : (float, float) or None
        Shift and spread where they are the same whatever the values are.
    """

    name: str
    label: str
    result: str
    shift: Callable[[Array], Array]
    spread: Callable[[Array], Array]
    fixed: tuple[float, float] | None = None


def _mean(values: Array) -> Array:
    return np.asarray(values.mean(axis=0))


def _deviation(values: Array) -> Array:
    # The squares of very large or small numbers are no numbers any more: divide by a power of two first.
    differences = values - values.mean(axis=0)
    _, exponents = np.frexp(np.abs(differences).max(axis=0))
    root = np.sqrt(np.mean(np.ldexp(differences, -exponents) ** 2, axis=0))
    return np.asarray(np.ldexp(root, exponents))


def _smallest(values: Array) -> Array:
    return np.asarray(values.min(axis=0))


def _range(values: Array) -> Array:
    return np.asarray(values.max(axis=0) - values.min(axis=0))


SCALINGS: dict[str, ScalingMethod] = {
    method.name: method
    for method in (
        ScalingMethod(
            "standardize",
            "to mean 0, standard deviation 1",
            "mean 0, standard deviation 1",
            _mean,
            _deviation,
        ),
        ScalingMethod("minmax", "to the range 0 to 1", "the range 0 to 1", _smallest, _range),
    )
}
"""Every way of scaling by name. The standard deviation is that of all N values (divided by N, not N − 1)."""


SOFT = ScalingMethod(
    "soft",
    "0.1 and 0.9 in place of 0 and 1",
    "0.1 and 0.9 in place of 0 and 1",
    lambda values: np.full(values.shape[1], -0.125),
    lambda values: np.full(values.shape[1], 1.25),
    fixed=(-0.125, 1.25),
)
"""Targets that a sigmoid can reach: 0 becomes 0.1, 1 becomes 0.9.

Le Cun, Bottou, Orr and Müller, "Efficient BackProp" (1998), section 4.5: targets at the limits of the output
drive the weights to infinity.
"""
_METHODS = {**SCALINGS, SOFT.name: SOFT}


def _method(name: str) -> ScalingMethod:
    if name not in _METHODS:
        raise DataError(f"There is no scaling '{name}'; there are {', '.join(SCALINGS)}.")
    return _METHODS[name]


@dataclass(frozen=True, eq=False)
class Scaling:
    """The constants that scaled some columns, and the values from before.

    scaled = (original − shift) / spread, column by column. A column that is the same everywhere has shift 0
    and spread 1: it stays as it is, unless the constants are fixed.

    Parameters
    ----------
    method : str
        A name in `SCALINGS`, or that of `SOFT`.
    shifts, spreads : array of shape (F,)
        The constants, spreads > 0.
    originals : array of shape (N, F)
        The values before scaling, kept bit for bit.
    """

    method: str
    shifts: Array
    spreads: Array
    originals: Array

    def __post_init__(self) -> None:
        for name in ("shifts", "spreads", "originals"):
            object.__setattr__(self, name, frozen(getattr(self, name)))
        _method(self.method)
        shape = self.originals.shape[1:]
        if self.shifts.shape != shape or self.spreads.shape != shape:
            raise DataError("A scaling needs one shift and one spread for every column of its originals.")
        if not (
            np.isfinite(self.shifts).all() and np.isfinite(self.spreads).all() and (self.spreads > 0).all()
        ):
            raise DataError(
                "The shifts of a scaling are finite numbers, its spreads finite and greater than 0."
            )

    @classmethod
    def of(cls, method: str, originals: Array, names: Sequence[str]) -> "Scaling":
        """Return the scaling of these columns by this method.

        Raises
        ------
        DataError
            If there is no such method, or a column reaches too far for its constants to be numbers.
        """
        how = _method(method)
        varies = (originals.max(axis=0) > originals.min(axis=0)) | (how.fixed is not None)
        with np.errstate(over="ignore", invalid="ignore"):
            shifts = np.where(varies, how.shift(originals), 0.0)
            spreads = np.where(varies, how.spread(originals), 1.0)
        for name, shift, spread in zip(names, shifts, spreads, strict=True):
            if not (np.isfinite(shift) and np.isfinite(spread) and spread > 0):
                raise DataError(f"{name} cannot be scaled: its values are too large or too close together.")
        return cls(method, shifts, spreads, originals)

    def with_columns_added(self, count: int) -> "Scaling":
        """Return the scaling of these columns and of new ones whose originals are 0."""
        shift, spread = _method(self.method).fixed or (0.0, 1.0)
        return replace(
            self,
            shifts=np.append(self.shifts, np.full(count, shift)),
            spreads=np.append(self.spreads, np.full(count, spread)),
            originals=np.hstack([self.originals, np.zeros((len(self.originals), count))]),
        )

    def scaled(self, values: Array) -> Array:
        """Return (value − shift) / spread for values of shape (..., F)."""
        with np.errstate(over="ignore"):
            return (values - self.shifts) / self.spreads

    def unscaled(self, values: Array) -> Array:
        """Return value · spread + shift for values of shape (..., F)."""
        with np.errstate(over="ignore"):
            return values * self.spreads + self.shifts

    def describe(self, names: Sequence[str]) -> str:
        """Return what was done to the columns, such as "x₁, x₂ scaled to mean 0, standard deviation 1"."""
        touched = (self.shifts != 0) | (self.spreads != 1)
        scaled = [name for name, is_touched in zip(names, touched, strict=True) if is_touched]
        kept = [name for name, is_touched in zip(names, touched, strict=True) if not is_touched]
        how = _method(self.method)
        if how.fixed is not None:
            return f"{', '.join(names)}: {how.result}"
        parts = [f"{', '.join(scaled)} scaled to {how.result}"] if scaled else []
        if kept:
            parts.append(f"{', '.join(kept)} left as {'it is' if len(kept) == 1 else 'they are'}")
        return "; ".join(parts)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Scaling):
            return NotImplemented
        return self.method == other.method and same_bits(
            (self.shifts, self.spreads, self.originals), (other.shifts, other.spreads, other.originals)
        )

    __hash__ = None  # type: ignore[assignment]
