"""One side of a data set, the inputs or the targets: named columns of numbers, and how they were scaled."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

from bpsim.arrays import Array, same_bits
from bpsim.data_errors import DataError, Problem
from bpsim.numbers import counted
from bpsim.scaling import Scaling

_SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
Index = NDArray[np.intp]


def default_name(letter: str, column: int) -> str:
    """Return the name of a column that was given none: x₁, x₂, … x₁₀ (columns count from 0)."""
    return letter + str(column + 1).translate(_SUBSCRIPTS)


@dataclass(frozen=True, eq=False)
class Columns:
    """Named columns of numbers.

    An edit of scaled columns acts on the values that are shown, the scaled ones: the original of a changed
    or new cell is then value · spread + shift, and every other original stays bit for bit what it was.

    Parameters
    ----------
    values : array of shape (N, F)
    names : tuple of F str
    letter : {"x", "y"}
        What new columns are called after.
    scaling : Scaling or None
    """

    values: Array
    names: tuple[str, ...]
    letter: str
    scaling: Scaling | None = None

    @classmethod
    def checked(
        cls, values: ArrayLike, names: Sequence[str] | None, letter: str, scaling: Scaling | None
    ) -> Self:
        """Return columns made of what a caller wrote.

        Raises
        ------
        DataError
            If the values are no table of finite numbers, or names or scaling do not go with them.
        """
        array = _table(values, letter)
        count = array.shape[1]
        if names is None:
            names = [default_name(letter, column) for column in range(count)]
        _check_names(names, count, letter)
        if scaling is not None and scaling.originals.shape != array.shape:
            raise DataError(
                f"The scaling of the {_WORDS[letter]}s does not have their number of rows and columns."
            )
        columns = cls(_numbers(array, names), tuple(names), letter, scaling)
        if scaling is not None:
            _numbers(scaling.originals, names)
        return columns

    # -- instances -------------------------------------------------------------------------------------------

    def with_block(self, row: int, column: int, numbers: Array) -> Self:
        """Return these columns with a block of numbers written over them, rows of zeros added as needed."""
        rows, width = numbers.shape
        zeros = np.zeros((max(0, row + rows - len(self.values)), len(self.names)))
        before = np.vstack([self.values, zeros])
        values = before.copy()
        values[row : row + rows, column : column + width] = numbers
        if self.scaling is None:
            return replace(self, values=values)
        originals = np.vstack([self.scaling.originals, self.scaling.unscaled(zeros)])
        changed = values != before
        originals[changed] = self.scaling.unscaled(values)[changed]
        return replace(self, values=values, scaling=replace(self.scaling, originals=originals))

    def with_row_added(self, at: int, row: Sequence[float] | Array) -> Self:
        """Return these columns with a new row at `at`."""
        if len(row) != len(self.names):
            raise DataError(
                f"An instance needs {counted(len(self.names), _WORDS[self.letter])}, not {len(row)}."
            )
        grown = self.with_block(len(self.values), 0, np.array([row], dtype=np.float64))
        order = np.insert(np.arange(len(self.values)), at, len(self.values))
        return grown.with_rows(order)

    def with_rows(self, order: Index) -> Self:
        """Return these columns with the rows `order` of this one, in that order."""
        scaling = self.scaling and replace(self.scaling, originals=self.scaling.originals[order])
        return replace(self, values=self.values[order], scaling=scaling)

    # -- columns ---------------------------------------------------------------------------------------------

    def with_columns(self, order: Index) -> Self:
        """Return the columns `order` of this one, in that order.

        A name that only counts, as x2 does in the second place, counts anew: the drawing names its nodes by
        their places, too.
        """
        kept = tuple(self.names[column] for column in order)
        counted_anew = tuple(
            default_name(self.letter, place) if name == default_name(self.letter, column) else name
            for place, (column, name) in enumerate(zip(order.tolist(), kept, strict=True))
        )
        names = counted_anew if len(set(counted_anew)) == len(kept) else kept
        scaling = self.scaling and replace(
            self.scaling,
            shifts=self.scaling.shifts[order],
            spreads=self.scaling.spreads[order],
            originals=self.scaling.originals[:, order],
        )
        return replace(self, values=self.values[:, order], names=names, scaling=scaling)

    def sized(self, count: int) -> Self:
        """Return the first `count` columns, or these with columns of zeros added until there are `count`."""
        if count < 1:
            raise DataError(f"Data needs at least one {_WORDS[self.letter]}.")
        missing = count - len(self.names)
        if missing <= 0:
            return self.with_columns(np.arange(count))
        names = self.names + tuple(self._free_names(missing))
        new = np.zeros((len(self.values), missing))
        if self.scaling is None:
            return replace(self, values=np.hstack([self.values, new]), names=names)
        scaling = self.scaling.with_columns_added(missing)
        new = scaling.scaled(scaling.originals)[:, -missing:]
        return replace(self, values=np.hstack([self.values, new]), names=names, scaling=scaling)

    def _free_names(self, count: int) -> list[str]:
        """Return default names that no column has, from the one of the first new column on."""
        first = len(self.names)
        candidates = (default_name(self.letter, column) for column in range(first, 2 * first + count))
        return [name for name in candidates if name not in self.names][:count]

    # -- scaling ---------------------------------------------------------------------------------------------

    def unscaled(self) -> Self:
        """Return these columns with the values from before they were scaled, bit for bit."""
        return self if self.scaling is None else replace(self, values=self.scaling.originals, scaling=None)

    def scaled(self, method: str) -> Self:
        """Return these columns scaled by a method of `SCALINGS`, from their originals."""
        originals = self.unscaled().values
        scaling = Scaling.of(method, originals, self.names)
        return replace(self, values=scaling.scaled(originals), scaling=scaling)

    def same_as(self, other: "Columns") -> bool:
        """Tell whether both are the same columns, bit for bit."""
        return (
            self.names == other.names
            and same_bits([self.values], [other.values])
            and self.scaling == other.scaling
        )


_WORDS = {"x": "input", "y": "target"}


def _table(values: ArrayLike, letter: str) -> NDArray[np.generic]:
    """Return `values` as an array of two dimensions with at least one row and one column."""
    word = _WORDS[letter]
    if isinstance(values, np.ndarray) and np.any(getattr(values, "mask", False)):  # np.ma loads slowly
        raise DataError(f"The {word}s have missing values.")
    try:
        array = np.asarray(values)
        if array.dtype.kind in "US":  # numbers beside texts have become texts: take them as they were
            array = np.asarray(values, dtype=np.object_)
    except ValueError:
        raise DataError(f"Every instance needs the same number of {word}s.") from None
    if array.ndim > 0 and len(array) == 0:
        raise DataError("Data needs at least one instance.")
    if array.ndim == 1 and letter == "y":
        array = array[:, np.newaxis]
    if array.ndim != 2:
        raise DataError(
            f"The {word}s need to be a table with one row for each instance, such as [[0, 1], [1, 1]]; "
            f"these have {counted(array.ndim, 'dimension')}."
        )
    if array.shape[1] == 0:
        raise DataError(f"Data needs at least one {word}.")
    return array


def _numbers(array: NDArray[np.generic], names: Sequence[str]) -> Array:
    """Return a table as float64; every cell that is no finite number is reported."""
    if array.dtype.kind not in "biuf":
        _report(array, [[_as_float(cell) for cell in row] for row in array.tolist()], names)
    with np.errstate(over="ignore"):
        numbers = array.astype(np.float64)
    _report(array, numbers, names)
    return numbers


def _as_float(cell: object) -> float:
    """Return a cell of a table of anything as a float, not a number where it is text, None or the like."""
    try:
        return np.nan if isinstance(cell, str | bytes) else float(cell)  # type: ignore[arg-type]
    except (TypeError, ValueError, OverflowError):
        return np.nan


def _report(array: NDArray[np.generic], numbers: ArrayLike, names: Sequence[str]) -> None:
    bad = np.argwhere(~np.isfinite(numbers))
    problems = []
    for row, column in bad.tolist():
        cell = array[row, column]
        kind = "a finite number" if isinstance(cell, float | np.floating) else "a number"
        content = repr(cell) if isinstance(cell, str) else str(cell)
        problems.append(
            Problem(row + 1, None, names[column], content, f"{content} is not {kind}", "instance")
        )
    if problems:
        raise DataError("These values cannot be used", problems)


def _check_names(names: Sequence[str], count: int, letter: str) -> None:
    word = _WORDS[letter]
    if len(names) != count:
        raise DataError(f"There are {counted(count, word)}, but {counted(len(names), 'name')} for them.")
    for place, name in enumerate(names):
        if not name.strip():
            raise DataError(f"The name of {word} {place + 1} is empty.")
        if name in names[:place]:
            raise DataError(f"Two {word}s have the name '{name}': give each its own.")
