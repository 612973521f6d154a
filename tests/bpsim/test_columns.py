"""One side of a data set as a value: names, edits, and what scaling keeps."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bpsim.columns import Columns, default_name
from bpsim.data_errors import DataError


def columns(values: object = ((1.0, 10.0), (2.0, 30.0), (4.0, 20.0)), names: object = None) -> Columns:
    return Columns.checked(values, names, "x", None)  # type: ignore[arg-type]


def refused(values: object, names: list[str] | None = None, letter: str = "x") -> str:
    with pytest.raises(DataError) as error:
        Columns.checked(values, names, letter, None)  # type: ignore[arg-type]
    return str(error.value)


def test_columns_without_names_are_numbered_from_1() -> None:
    assert columns().names == ("x₁", "x₂")
    assert [default_name("y", column) for column in (0, 9, 109)] == ["y₁", "y₁₀", "y₁₁₀"]


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ([], "Data needs at least one instance."),
        ([[], []], "Data needs at least one input."),
        ([[1], [1, 2]], "Every instance needs the same number of inputs."),
        ([1, 2], "The inputs need to be a table"),
        ([[1, "2"]], "'2' is not a number"),
        ([[1, None]], "None is not a number"),
        ([[1, np.inf]], "inf is not a finite number"),
        (np.ma.masked_array([[1.0, 2.0]], [[False, True]]), "The inputs have missing values."),
    ],
)
def test_what_is_no_table_of_numbers_is_refused(values: object, message: str) -> None:
    assert message in refused(values)


def test_every_bad_cell_is_named_with_instance_and_column() -> None:
    message = refused([[1, "a"], [np.nan, 2]], ["width", "height"])
    assert "instance 1, height: 'a' is not a number" in message
    assert "instance 2, width: nan is not a finite number" in message


@pytest.mark.parametrize(
    ("names", "message"),
    [
        (["a"], "There are 2 inputs, but 1 name for them."),
        (["a", " "], "The name of input 2 is empty."),
        (["a", "a"], "Two inputs have the name 'a': give each its own."),
    ],
)
def test_each_column_needs_a_name_of_its_own(names: list[str], message: str) -> None:
    assert refused([[1.0, 2.0]], names) == message


def test_targets_may_be_one_number_an_instance() -> None:
    assert Columns.checked([1, 0], None, "y", None).values.tolist() == [[1.0], [0.0]]


def test_a_block_is_written_over_and_adds_rows() -> None:
    written = columns().with_block(2, 1, np.array([[7.0], [8.0]]))
    assert written.values.tolist() == [[1, 10], [2, 30], [4, 7], [0, 8]]
    assert columns().values.tolist() == [[1, 10], [2, 30], [4, 20]]


@pytest.mark.parametrize("at", [0, 1, 3])
def test_a_row_is_added_anywhere(at: int) -> None:
    added = columns().with_row_added(at, [9.0, 9.0])
    assert added.values[at].tolist() == [9, 9]
    assert np.delete(added.values, at, axis=0).tolist() == columns().values.tolist()
    with pytest.raises(DataError, match="An instance needs 2 inputs, not 1"):
        columns().with_row_added(0, [1.0])


def test_columns_are_chosen_and_their_number_changes() -> None:
    turned = columns(names=["a", "b"]).with_columns(np.array([1, 0]))
    assert (turned.names, turned.values[0].tolist()) == (("b", "a"), [10, 1])
    assert columns().sized(1).values.tolist() == [[1], [2], [4]]
    grown = columns(names=["x₃", "x₄"]).sized(4)
    assert grown.names == ("x₃", "x₄", "x₅", "x₆")
    assert grown.values[:, 2:].tolist() == [[0, 0]] * 3


numbers = st.lists(
    st.tuples(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6)),
    min_size=2,
    max_size=6,
    unique_by=(lambda r: r[0], lambda r: r[1]),
)


@given(numbers, st.sampled_from(["minmax", "standardize"]))
def test_scaling_is_taken_back_bit_for_bit_after_any_edit(
    rows: list[tuple[float, float]], method: str
) -> None:
    plain = columns(rows)
    scaled = plain.scaled(method)
    assert scaled.unscaled().same_as(plain)
    assert scaled.scaled(method).same_as(scaled)
    order = np.arange(len(rows))[::-1]
    assert scaled.with_rows(order).unscaled().same_as(plain.with_rows(order))
    assert scaled.with_columns(np.array([1])).unscaled().same_as(plain.with_columns(np.array([1])))
    assert scaled.sized(3).unscaled().same_as(plain.sized(3))


def test_a_changed_cell_of_scaled_columns_gets_an_original_and_no_other_moves() -> None:
    scaled = columns().scaled("minmax")
    changed = scaled.with_block(1, 1, np.array([[0.25]]))
    assert changed.values[1, 1] == 0.25
    assert changed.unscaled().values.tolist() == [[1, 10], [2, 15], [4, 20]]


def test_the_same_columns_are_told_bit_for_bit() -> None:
    assert columns().same_as(columns())
    assert not columns().same_as(columns(names=["a", "b"]))
    assert not columns([[0.0]]).same_as(columns([[-0.0]]))
    assert not columns().scaled("minmax").same_as(columns().scaled("minmax").unscaled())


def test_default_names_count_the_places_and_others_go_with_their_column() -> None:
    counted = columns([[1.0, 2.0, 3.0]])
    assert counted.names == ("x₁", "x₂", "x₃")
    order = np.array([2, 0, 1])
    assert counted.with_columns(order).names == ("x₁", "x₂", "x₃")
    assert counted.with_columns(order).values.tolist() == [[3.0, 1.0, 2.0]]
    named = columns([[1.0, 2.0, 3.0]], ["x₁", "height", "x₁₀"])
    assert named.with_columns(order).names == ("x₁₀", "x₂", "height")
    clashing = columns([[1.0, 2.0]], ["x₁", "x₂₂"]).with_columns(np.array([1, 0]))
    assert clashing.names == ("x₂₂", "x₂")
    taken = columns([[1.0, 2.0, 3.0]], ["x₁", "x₃", "x₂"])
    assert taken.with_columns(order).names == ("x₂", "x₁", "x₃")  # x₂ is another column's name
