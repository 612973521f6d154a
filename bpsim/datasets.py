"""The data a network learns from: a frozen value, and the edits that return a new one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Self

import numpy as np
from numpy.typing import ArrayLike

from bpsim.arrays import Array, frozen, same_bits
from bpsim.columns import Columns, Index
from bpsim.data_errors import DataError, Problem
from bpsim.numbers import decimal_sign, parse_number
from bpsim.scaling import SOFT, Scaling

Row = Sequence[float] | Array
"""The inputs or the targets of one instance."""


@dataclass(frozen=True, eq=False, init=False)
class Dataset:
    """N instances, each with the values of F inputs and of K targets. Rows and columns count from 0.

    Nothing is scaled unless it is asked for (`with_scaled_inputs`), and that is undone bit for bit. Edits of
    scaled columns take the values as they are shown, so scaled; see `bpsim.columns.Columns`.

    Parameters
    ----------
    inputs : array of shape (N, F)
        x of every instance. Copied, and read-only from then on.
    targets : array of shape (N, K)
        y of every instance; N plain numbers are taken as one target each.
    input_names, target_names : sequence of str, optional
        Different from each other on each side; x₁, x₂, … and y₁, y₂, … if not given.
    name : str
        What the data is called.
    one_hot : bool
        Whether the targets stand for classes: the class of an instance has target 1 and all others 0.
    input_scaling, target_scaling : Scaling, optional
        How the values were scaled, with the originals.

    Raises
    ------
    DataError
        If there is no instance, a value is no finite number (every such cell is named), or names do not fit.
    """

    inputs: Array
    targets: Array
    input_names: tuple[str, ...]
    target_names: tuple[str, ...]
    name: str
    one_hot: bool
    input_scaling: Scaling | None
    target_scaling: Scaling | None

    def __init__(
        self,
        inputs: ArrayLike,
        targets: ArrayLike,
        input_names: Sequence[str] | None = None,
        target_names: Sequence[str] | None = None,
        name: str = "data",
        one_hot: bool = False,
        input_scaling: Scaling | None = None,
        target_scaling: Scaling | None = None,
    ) -> None:
        x = Columns.checked(inputs, input_names, "x", input_scaling)
        y = Columns.checked(targets, target_names, "y", target_scaling)
        if len(x.values) != len(y.values):
            raise DataError(
                f"There are inputs for {len(x.values)} instances, but targets for {len(y.values)}."
            )
        if one_hot and len(y.names) == 1:
            raise DataError("Classes need at least two targets, one for each class.")
        fields = {
            "inputs": frozen(x.values),
            "targets": frozen(y.values),
            "input_names": x.names,
            "target_names": y.names,
            "name": name,
            "one_hot": one_hot,
            "input_scaling": input_scaling,
            "target_scaling": target_scaling,
        }
        for field, value in fields.items():
            object.__setattr__(self, field, value)

    # -- reading ---------------------------------------------------------------------------------------------

    def __len__(self) -> int:
        return len(self.inputs)

    def __eq__(self, other: object) -> bool:
        """Tell whether both are the same data, names and scaling included, bit for bit."""
        if not isinstance(other, Dataset):
            return NotImplemented
        return (
            self.name == other.name
            and self.one_hot == other.one_hot
            and self.input_columns.same_as(other.input_columns)
            and self.target_columns.same_as(other.target_columns)
        )

    __hash__ = None  # type: ignore[assignment]

    def trains_as(self, other: "Dataset") -> bool:
        """Tell whether both have the same values bit for bit, whatever they are called."""
        return same_bits([self.inputs, self.targets], [other.inputs, other.targets])

    @property
    def input_columns(self) -> Columns:
        """The inputs with their names and scaling."""
        return Columns(self.inputs, self.input_names, "x", self.input_scaling)

    @property
    def target_columns(self) -> Columns:
        """The targets with their names and scaling."""
        return Columns(self.targets, self.target_names, "y", self.target_scaling)

    @property
    def class_names(self) -> tuple[str, ...]:
        """The names of the classes, which are those of the targets; empty where the targets are numbers."""
        return self.target_names if self.one_hot else ()

    @property
    def has_soft_targets(self) -> bool:
        """Whether the targets are 0.1 and 0.9 in place of 0 and 1."""
        return self.target_scaling is not None and self.target_scaling.method == SOFT.name

    @property
    def blank_targets(self) -> tuple[float, ...]:
        """Targets to begin a new instance with: 0, or what stands for it."""
        blank = 0.1 if self.has_soft_targets else 0.0
        return (blank,) * len(self.target_names)

    def can_have_soft_targets(self) -> bool:
        """Tell whether every target is 0 or 1, before any scaling."""
        return bool(np.isin(self.target_columns.unscaled().values, (0.0, 1.0)).all())

    def describe_scaling(self) -> str:
        """Return what was scaled, such as "x₁, x₂ scaled to mean 0, standard deviation 1", or ""."""
        sides = ((self.input_scaling, self.input_names), (self.target_scaling, self.target_names))
        return "; ".join(scaling.describe(names) for scaling, names in sides if scaling is not None)

    # -- editing values --------------------------------------------------------------------------------------

    def with_input(self, row: int, column: int, value: float) -> Self:
        """Return this data with one input of one instance changed."""
        self._check_cell(row, column, self.input_names)
        return self._with(x=self.input_columns.with_block(row, column, np.array([[value]], dtype=np.float64)))

    def with_target(self, row: int, column: int, value: float) -> Self:
        """Return this data with one target of one instance changed."""
        self._check_cell(row, column, self.target_names)
        return self._with(
            y=self.target_columns.with_block(row, column, np.array([[value]], dtype=np.float64))
        )

    def with_cells_pasted(
        self, row: int, column: int, block: Sequence[Sequence[str]], decimal: str = "."
    ) -> Self:
        """Return this data with a block of texts written over it, from one cell on to the right and down.

        Parameters
        ----------
        row : int
            Where the block begins; N is the row after the last. Instances are added as needed, and what the
            block does not cover of them is 0.
        column : int
            The inputs from 0 on, then the targets.
        block : rows of texts
            From `bpsim.cells.parse_cells`.
        decimal : {".", ","}
            How ``1,234`` is meant where no other cell tells.

        Raises
        ------
        DataError
            If the block reaches over the last column, or a cell is no number: every such cell is named.
        """
        names = self.input_names + self.target_names
        width = max(map(len, block), default=0)
        if width == 0:
            raise DataError("There is nothing to paste.")
        _check_place(row, len(self) + 1, "instance")
        _check_place(column, len(names), "column")
        if column + width > len(names):
            room = len(names) - column
            raise DataError(
                f"The cells are {width} columns wide, but from {names[column]} on there is room for {room}."
            )
        numbers = _read_block(block, names[column : column + width], decimal)
        inputs = len(self.input_names)
        split = min(max(inputs - column, 0), width)
        return self._with(
            x=self.input_columns.with_block(row, min(column, inputs), numbers[:, :split]),
            y=self.target_columns.with_block(row, max(column - inputs, 0), numbers[:, split:]),
        )

    # -- editing instances -----------------------------------------------------------------------------------

    def with_instance_added(self, at: int, inputs: Row, targets: Row) -> Self:
        """Return this data with a new instance in row `at` (0 … N)."""
        _check_place(at, len(self) + 1, "instance")
        return self._with(
            x=self.input_columns.with_row_added(at, inputs), y=self.target_columns.with_row_added(at, targets)
        )

    def with_instances_removed(self, rows: Iterable[int]) -> Self:
        """Return this data without some instances.

        Raises
        ------
        DataError
            If none would be left.
        """
        keep = np.ones(len(self), dtype=np.bool_)
        for row in rows:
            _check_place(row, len(self), "instance")
            keep[row] = False
        if not keep.any():
            raise DataError("Data needs at least one instance: the last one cannot be removed.")
        order = np.flatnonzero(keep)
        return self._with(x=self.input_columns.with_rows(order), y=self.target_columns.with_rows(order))

    # -- editing columns -------------------------------------------------------------------------------------

    def with_name(self, name: str) -> Self:
        """Return this data under another name."""
        return replace(self, name=name)

    def with_input_names(self, names: Sequence[str]) -> Self:
        """Return this data with other names for the inputs."""
        return replace(self, input_names=tuple(names))

    def with_target_names(self, names: Sequence[str]) -> Self:
        """Return this data with other names for the targets, and so for the classes if there are."""
        return replace(self, target_names=tuple(names))

    def with_inputs_sized(self, count: int) -> Self:
        """Return this data with `count` inputs: the last ones dropped, or new ones added that are 0."""
        return self._with(x=self.input_columns.sized(count))

    def with_targets_sized(self, count: int) -> Self:
        """Return this data with `count` targets: the last ones dropped, or new ones added that are 0.

        A single target stands for no classes.
        """
        return self._with(y=self.target_columns.sized(count), one_hot=self.one_hot and count > 1)

    def with_input_moved(self, old: int, new: int) -> Self:
        """Return this data with the input in column `old` moved to column `new`, name and all."""
        return self._with(x=self.input_columns.with_columns(_moved(old, new, len(self.input_names), "input")))

    def with_target_moved(self, old: int, new: int) -> Self:
        """Return this data with the target in column `old` moved to column `new`, name and all."""
        return self._with(
            y=self.target_columns.with_columns(_moved(old, new, len(self.target_names), "target"))
        )

    # -- scaling ---------------------------------------------------------------------------------------------

    def with_scaled_inputs(self, method: str) -> Self:
        """Return this data with every input scaled by a method of `SCALINGS`, each by constants of its own.

        Data that is scaled already is scaled anew from its originals, never twice. The constants are those of
        the moment: later edits do not move them.
        """
        return self._with(x=self.input_columns.scaled(method))

    def with_unscaled_inputs(self) -> Self:
        """Return this data with the inputs from before they were scaled, bit for bit."""
        return self._with(x=self.input_columns.unscaled())

    def with_scaled_targets(self, method: str) -> Self:
        """Return this data with every target scaled, as `with_scaled_inputs`; classes are not scaled."""
        if self.one_hot:
            raise DataError("The targets stand for classes, 0 or 1: they are not scaled.")
        return self._with(y=self.target_columns.scaled(method))

    def with_soft_targets(self) -> Self:
        """Return this data with targets of 0.1 and 0.9 in place of 0 and 1; they still stand for classes.

        Raises
        ------
        DataError
            If a target is neither 0 nor 1.
        """
        if not self.can_have_soft_targets():
            raise DataError("Only targets that are all 0 or 1 can become 0.1 and 0.9.")
        return self._with(y=self.target_columns.scaled(SOFT.name))

    def with_unscaled_targets(self) -> Self:
        """Return this data with the targets from before they were scaled, bit for bit."""
        return self._with(y=self.target_columns.unscaled())

    # -- inside ----------------------------------------------------------------------------------------------

    def _with(self, x: Columns | None = None, y: Columns | None = None, one_hot: bool | None = None) -> Self:
        x = self.input_columns if x is None else x
        y = self.target_columns if y is None else y
        return replace(
            self,
            inputs=x.values, input_names=x.names, input_scaling=x.scaling,
            targets=y.values, target_names=y.names, target_scaling=y.scaling,
            one_hot=self.one_hot if one_hot is None else one_hot,
        )  # fmt: skip

    def _check_cell(self, row: int, column: int, names: Sequence[str]) -> None:
        _check_place(row, len(self), "instance")
        _check_place(column, len(names), "column")


def _check_place(place: int, count: int, noun: str) -> None:
    if not 0 <= place < count:
        raise DataError(f"There is no {noun} {place + 1}: they are numbered 1 to {count}.")


def _moved(old: int, new: int, count: int, noun: str) -> Index:
    """Return the order of `count` things after the one at place `old` has moved to place `new`."""
    _check_place(old, count, noun)
    _check_place(new, count, noun)
    return np.insert(np.delete(np.arange(count), old), new, old)


def _read_block(block: Sequence[Sequence[str]], names: Sequence[str], decimal: str) -> Array:
    """Return pasted texts as numbers, shape (rows, columns); every cell that is no number is reported."""
    decimal = decimal_sign([text for row in block for text in row], decimal)
    numbers, problems = np.zeros((len(block), len(names))), []
    for i, row in enumerate(block):
        for j, name in enumerate(names):
            text = row[j] if j < len(row) else ""
            try:
                numbers[i, j] = parse_number(text, decimal)
            except ValueError as error:
                problems.append(Problem(i + 1, j + 1, name, text, str(error), "pasted row"))
    if problems:
        raise DataError("These cells cannot be pasted, so nothing was changed", problems)
    return numbers
