"""The data value and every edit of it."""

import dataclasses
from collections.abc import Callable
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import ArrayLike

from bpsim.data_errors import DataError
from bpsim.datasets import Dataset
from tests.bpsim.reference import xor

NAN, INF = float("nan"), float("inf")


@pytest.fixture
def data() -> Dataset:
    return Dataset(
        [[0.0, 10.0], [1.0, 20.0], [2.0, 60.0]], [[1.0, 0.0], [0.0, 1.0], [0.0, 1.0]],
        input_names=["width", "height"], target_names=["no", "yes"], name="boxes", one_hot=True,
    )  # fmt: skip


@pytest.fixture
def curve() -> Dataset:
    return Dataset([[0.0], [1.0], [2.0]], [5.0, 6.0, 10.0])


def refused(edit: Callable[[], object]) -> str:
    with pytest.raises(DataError) as caught:
        edit()
    return str(caught.value)


# -- the value -----------------------------------------------------------------------------------------------


def test_columns_without_names_are_called_x1_and_y1() -> None:
    data = Dataset(np.zeros((1, 12)), np.zeros((1, 2)))
    assert data.input_names[:2] == ("x₁", "x₂")
    assert data.input_names[9:] == ("x₁₀", "x₁₁", "x₁₂")
    assert data.target_names == ("y₁", "y₂")
    assert data.name == "data"


def test_values_are_copied_and_read_only() -> None:
    inputs = np.asfortranarray([[0.0, 1.0], [2.0, 3.0]])
    data = Dataset(inputs, [[0], [1]])
    inputs[0, 0] = 99.0
    assert data.inputs.tolist() == [[0.0, 1.0], [2.0, 3.0]]
    assert data.inputs.flags.c_contiguous
    assert data.targets.dtype == np.float64
    with pytest.raises(ValueError, match="read-only"):
        data.inputs[0, 0] = 5.0
    with pytest.raises(dataclasses.FrozenInstanceError):
        data.name = "other"  # type: ignore[misc]


def test_plain_targets_are_one_target_each(curve: Dataset) -> None:
    assert curve.targets.shape == (3, 1)
    assert len(curve) == 3


def test_equality_is_bit_for_bit(data: Dataset) -> None:
    assert data == dataclasses.replace(data)
    assert data != data.with_name("other")
    assert data != data.with_input_names(["a", "b"])
    assert data != dataclasses.replace(data, one_hot=False)
    assert data != data.with_input(0, 0, -0.0)
    assert data != data.with_scaled_inputs("minmax")
    assert data != "boxes"
    with pytest.raises(TypeError):
        hash(data)


def test_classes_have_the_names_of_their_targets(data: Dataset, curve: Dataset) -> None:
    assert data.class_names == ("no", "yes")
    assert curve.class_names == ()


def test_numbers_of_any_kind_are_taken() -> None:
    anything = np.array([[True, np.int8(3), Fraction(1, 2), 10**30]], dtype=np.object_)
    assert Dataset(anything, [1]).inputs.tolist() == [[1.0, 3.0, 0.5, 1e30]]


@pytest.mark.parametrize(
    ("inputs", "targets", "message"),
    [
        ([], [], "Data needs at least one instance."),
        (np.zeros((0, 2)), np.zeros((0, 1)), "Data needs at least one instance."),
        ([[]], [1], "Data needs at least one input."),
        ([[1.0]], [[]], "Data needs at least one target."),
        ([[1.0], [2.0]], [[1.0]], "There are inputs for 2 instances, but targets for 1."),
        ([[1.0, 2.0], [3.0]], [1, 2], "Every instance needs the same number of inputs."),
        (
            [0.05, 0.1], [0.01, 0.99],
            "The inputs need to be a table with one row for each instance, such as [[0, 1], [1, 1]]; "
            "these have 1 dimension.",
        ),
        (
            [[0.0]], np.zeros((1, 1, 1)),
            "The targets need to be a table with one row for each instance, such as [[0, 1], [1, 1]]; "
            "these have 3 dimensions.",
        ),
        ([[1.0, NAN]], [1], "These values cannot be used: instance 1, x₂: nan is not a finite number."),
        ([[1.0, "2"]], [1], "These values cannot be used: instance 1, x₂: '2' is not a number."),
        ([[1.0, None]], [1], "These values cannot be used: instance 1, x₂: None is not a number."),
        ([[1.0]], [[1j]], "These values cannot be used: instance 1, y₁: 1j is not a number."),
        (
            [[1.0, INF], [NAN, 1.0]], [1, 2],
            "These values cannot be used:\n"
            "instance 1, x₂: inf is not a finite number\n"
            "instance 2, x₁: nan is not a finite number",
        ),
        (np.ma.masked_invalid([[1.0, NAN]]), [1], "The inputs have missing values."),
    ],
)  # fmt: skip
def test_what_is_no_data_is_refused(inputs: ArrayLike, targets: ArrayLike, message: str) -> None:
    assert refused(lambda: Dataset(inputs, targets)) == message


def test_an_integer_too_large_is_refused() -> None:
    assert "is not a number" in refused(lambda: Dataset([[10**400]], [1]))


def test_names_are_checked() -> None:
    assert refused(lambda: Dataset([[1, 2]], [1], input_names=["a"])) == (
        "There are 2 inputs, but 1 name for them."
    )
    assert refused(lambda: Dataset([[1, 2]], [1], input_names=["a", " "])) == "The name of input 2 is empty."
    assert refused(lambda: Dataset([[1]], [[1, 2]], target_names=["a", "a"])) == (
        "Two targets have the name 'a': give each its own."
    )
    assert refused(lambda: Dataset([[1]], [1], one_hot=True)) == (
        "Classes need at least two targets, one for each class."
    )


# -- editing values ------------------------------------------------------------------------------------------


def test_one_value_changes_and_the_old_data_does_not(data: Dataset) -> None:
    edited = data.with_input(1, 0, 9.5).with_target(2, 1, 0.25)
    assert edited.inputs.tolist() == [[0.0, 10.0], [9.5, 20.0], [2.0, 60.0]]
    assert edited.targets.tolist() == [[1.0, 0.0], [0.0, 1.0], [0.0, 0.25]]
    assert data.inputs[1, 0] == 1.0
    assert (edited.name, edited.input_names) == ("boxes", ("width", "height"))
    assert edited.with_input(1, 0, 1.0).with_target(2, 1, 1.0) == data


def test_an_edit_out_of_range_or_not_finite_is_refused(data: Dataset) -> None:
    assert refused(lambda: data.with_input(3, 0, 1.0)) == "There is no instance 4: they are numbered 1 to 3."
    assert refused(lambda: data.with_input(0, 2, 1.0)) == "There is no column 3: they are numbered 1 to 2."
    assert (
        refused(lambda: data.with_target(-1, 0, 1.0)) == "There is no instance 0: they are numbered 1 to 3."
    )
    assert refused(lambda: data.with_target(2, 1, INF)) == (
        "These values cannot be used: instance 3, yes: inf is not a finite number."
    )


def test_pasted_cells_go_over_inputs_and_targets(data: Dataset) -> None:
    pasted = data.with_cells_pasted(1, 1, [["7", "0,5"], ["−8", "1e-3"]])
    assert pasted.inputs.tolist() == [[0.0, 10.0], [1.0, 7.0], [2.0, -8.0]]
    assert pasted.targets.tolist() == [[1.0, 0.0], [0.5, 1.0], [0.001, 1.0]]


def test_pasted_cells_on_one_side_leave_the_other(data: Dataset) -> None:
    assert data.with_cells_pasted(0, 0, [["5"]]) == data.with_input(0, 0, 5.0)
    assert data.with_cells_pasted(0, 3, [["5"]]) == data.with_target(0, 1, 5.0)


def test_pasting_below_the_last_row_adds_instances(data: Dataset) -> None:
    pasted = data.with_cells_pasted(3, 1, [["4", "1"], ["5", "0"]])
    assert pasted.inputs[:3].tolist() == data.inputs.tolist()
    assert pasted.inputs[3:].tolist() == [[0.0, 4.0], [0.0, 5.0]]
    assert pasted.targets[3:].tolist() == [[1.0, 0.0], [0.0, 0.0]]


def test_every_bad_pasted_cell_is_reported_and_nothing_changed(data: Dataset) -> None:
    with pytest.raises(DataError) as caught:
        data.with_cells_pasted(0, 1, [["1", "abc"], ["nan"]])
    assert str(caught.value) == (
        "These cells cannot be pasted, so nothing was changed:\n"
        "pasted row 1, column 2 (no): 'abc' is not a number\n"
        "pasted row 2, column 1 (height): 'nan' is not a finite number\n"
        "pasted row 2, column 2 (no): there is no number here"
    )
    assert [(p.row, p.column, p.content) for p in caught.value.problems] == [
        (1, 2, "abc"), (2, 1, "nan"), (2, 2, ""),
    ]  # fmt: skip


def test_pasting_finds_the_decimal_sign_of_the_block(data: Dataset) -> None:
    assert data.with_cells_pasted(0, 0, [["1,234"]], decimal=",").inputs[0, 0] == 1.234
    assert refused(lambda: data.with_cells_pasted(0, 0, [["1,234"]])) == (
        "These cells cannot be pasted, so nothing was changed: "
        "pasted row 1, column 1 (width): '1,234' has a ',', but the decimal sign is '.'."
    )
    assert "the decimal sign is ','" in refused(lambda: data.with_cells_pasted(0, 0, [["0,5", "1.234"]]))


def test_what_has_no_room_is_not_pasted(data: Dataset) -> None:
    assert refused(lambda: data.with_cells_pasted(0, 2, [["1", "2", "3"]])) == (
        "The cells are 3 columns wide, but from no on there is room for 2."
    )
    assert refused(lambda: data.with_cells_pasted(4, 0, [["1"]])) == (
        "There is no instance 5: they are numbered 1 to 4."
    )
    assert refused(lambda: data.with_cells_pasted(0, 4, [["1"]])) == (
        "There is no column 5: they are numbered 1 to 4."
    )
    assert refused(lambda: data.with_cells_pasted(0, 0, [])) == "There is nothing to paste."
    assert refused(lambda: data.with_cells_pasted(0, 0, [[]])) == "There is nothing to paste."


# -- editing instances ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("at", [0, 1, 3])
def test_an_instance_is_added_where_it_is_asked_for(data: Dataset, at: int) -> None:
    added = data.with_instance_added(at, [7.0, 8.0], [0.0, 1.0])
    assert added.inputs[at].tolist() == [7.0, 8.0]
    assert added.targets[at].tolist() == [0.0, 1.0]
    assert added.with_instances_removed([at]) == data


def test_an_instance_that_does_not_fit_is_refused(data: Dataset) -> None:
    assert refused(lambda: data.with_instance_added(0, [1.0], [0.0, 1.0])) == (
        "An instance needs 2 inputs, not 1."
    )
    assert refused(lambda: data.with_instance_added(4, [1.0, 1.0], [0.0, 1.0])) == (
        "There is no instance 5: they are numbered 1 to 4."
    )
    assert refused(lambda: data.with_instance_added(1, [1.0, NAN], [0.0, 1.0])) == (
        "These values cannot be used: instance 2, height: nan is not a finite number."
    )


def test_the_last_instance_cannot_be_removed(data: Dataset) -> None:
    assert data.with_instances_removed([2, 0]).inputs.tolist() == [[1.0, 20.0]]
    assert data.with_instances_removed([]) == data
    assert refused(lambda: data.with_instances_removed([0, 1, 2])) == (
        "Data needs at least one instance: the last one cannot be removed."
    )
    assert refused(lambda: data.with_instances_removed([3])) == (
        "There is no instance 4: they are numbered 1 to 3."
    )


# -- editing columns -----------------------------------------------------------------------------------------


def test_columns_are_renamed(data: Dataset) -> None:
    renamed = data.with_input_names(["a", "b"]).with_target_names(["c", "d"])
    assert renamed.input_names == ("a", "b")
    assert renamed.class_names == ("c", "d")
    assert refused(lambda: data.with_input_names(["a", "a"])) == (
        "Two inputs have the name 'a': give each its own."
    )


def test_inputs_are_added_as_zeros_and_dropped_from_the_end(data: Dataset) -> None:
    larger = data.with_inputs_sized(4)
    assert larger.inputs.tolist() == [[0, 10, 0, 0], [1, 20, 0, 0], [2, 60, 0, 0]]
    assert larger.input_names == ("width", "height", "x₃", "x₄")
    assert larger.with_inputs_sized(2) == data
    assert data.with_inputs_sized(1).input_names == ("width",)
    assert refused(lambda: data.with_inputs_sized(0)) == "Data needs at least one input."


def test_a_new_column_never_takes_a_name_that_is_there(data: Dataset) -> None:
    named = data.with_input_names(["x₃", "x₄"])
    assert named.with_inputs_sized(4).input_names == ("x₃", "x₄", "x₅", "x₆")


def test_targets_are_sized_and_classes_stay_named(data: Dataset, curve: Dataset) -> None:
    larger = data.with_targets_sized(3)
    assert larger.class_names == ("no", "yes", "y₃")
    assert larger.targets[1].tolist() == [0, 1, 0]
    assert data.with_targets_sized(1).class_names == ()
    assert curve.with_targets_sized(2).class_names == ()
    assert refused(lambda: data.with_targets_sized(0)) == "Data needs at least one target."


def test_columns_move_with_their_names(data: Dataset) -> None:
    moved = data.with_inputs_sized(3).with_input_moved(0, 2)
    assert moved.input_names == ("height", "x₂", "width")  # a number follows the place, a name its column
    assert moved.inputs[1].tolist() == [20.0, 0.0, 1.0]
    assert moved.with_input_moved(2, 0) == data.with_inputs_sized(3)
    assert data.with_target_moved(0, 1).class_names == ("yes", "no")
    assert data.with_target_moved(0, 1).targets[0].tolist() == [0, 1]
    assert refused(lambda: data.with_input_moved(0, 2)) == "There is no input 3: they are numbered 1 to 2."
    assert refused(lambda: data.with_target_moved(5, 0)) == "There is no target 6: they are numbered 1 to 2."


# -- scaling -------------------------------------------------------------------------------------------------


def test_scaling_is_visible_and_is_undone_bit_for_bit(data: Dataset) -> None:
    scaled = data.with_scaled_inputs("minmax")
    assert scaled.inputs.tolist() == [[0.0, 0.0], [0.5, 0.2], [1.0, 1.0]]
    assert scaled.describe_scaling() == "width, height scaled to the range 0 to 1"
    assert data.describe_scaling() == ""
    assert scaled.with_unscaled_inputs() == data
    assert data.with_unscaled_inputs() == data


def test_scaling_again_starts_from_the_originals(data: Dataset) -> None:
    twice = data.with_scaled_inputs("minmax").with_scaled_inputs("standardize")
    assert twice == data.with_scaled_inputs("standardize")


def test_targets_are_scaled_too_but_classes_are_not(data: Dataset, curve: Dataset) -> None:
    scaled = curve.with_scaled_targets("minmax")
    assert scaled.targets[:, 0].tolist() == [0.0, 0.2, 1.0]
    assert scaled.with_scaled_inputs("standardize").describe_scaling() == (
        "x₁ scaled to mean 0, standard deviation 1; y₁ scaled to the range 0 to 1"
    )
    assert scaled.with_unscaled_targets() == curve
    assert refused(lambda: data.with_scaled_targets("minmax")) == (
        "The targets stand for classes, 0 or 1: they are not scaled."
    )


def test_an_edit_of_scaled_data_acts_on_what_is_shown(data: Dataset) -> None:
    edited = data.with_scaled_inputs("minmax").with_input(1, 1, 0.5)
    assert edited.inputs[1].tolist() == [0.5, 0.5]
    assert edited.with_unscaled_inputs() == data.with_input(1, 1, 35.0)  # 10 + 0.5 · (60 − 10)


def test_writing_the_value_that_is_there_changes_nothing() -> None:
    scaled = Dataset([[0.1], [0.7], [0.9]], [0, 1, 0]).with_scaled_inputs("standardize")
    for row in range(3):
        assert scaled.with_input(row, 0, scaled.inputs[row, 0]) == scaled


def test_instances_and_columns_of_scaled_data_keep_their_originals(data: Dataset) -> None:
    scaled = data.with_scaled_inputs("minmax")
    cases = [
        (scaled.with_instance_added(1, [0.5, 1.0], [0.0, 1.0]), data.with_instance_added(1, [1, 60], [0, 1])),
        (scaled.with_instances_removed([0]), data.with_instances_removed([0])),
        (scaled.with_input_moved(0, 1), data.with_input_moved(0, 1)),
        (scaled.with_inputs_sized(1), data.with_inputs_sized(1)),
        (scaled.with_inputs_sized(3), data.with_inputs_sized(3)),
        # a row that is shown as 0, 0.2: the 0 that the block does not cover is 0 · 2 + 0
        (scaled.with_cells_pasted(3, 1, [["0.2"]]), data.with_cells_pasted(3, 1, [["20"]])),
    ]
    for edited, expected in cases:
        assert edited.with_unscaled_inputs() == expected


def test_an_edit_whose_original_would_be_too_large_is_refused_without_a_warning() -> None:
    scaled = Dataset([[0.0], [1e300]], [0, 1]).with_scaled_inputs("minmax")
    assert refused(lambda: scaled.with_input(0, 0, 1e10)) == (
        "These values cannot be used: instance 1, x₁: inf is not a finite number."
    )


def test_a_scaling_of_another_shape_is_refused(data: Dataset) -> None:
    scaling = data.with_scaled_inputs("minmax").input_scaling
    assert refused(lambda: Dataset([[1.0]], [1], input_scaling=scaling)) == (
        "The scaling of the inputs does not have their number of rows and columns."
    )


# -- targets of 0.1 and 0.9 -------------------------------------------------------------------------------


def test_soft_targets_are_undone_bit_for_bit(data: Dataset) -> None:
    soft = data.with_soft_targets()
    assert soft.targets.tolist() == [[0.9, 0.1], [0.1, 0.9], [0.1, 0.9]]
    assert (soft.has_soft_targets, data.has_soft_targets) == (True, False)
    assert soft.describe_scaling() == "no, yes: 0.1 and 0.9 in place of 0 and 1"
    assert soft.with_unscaled_targets() == data
    assert soft.with_soft_targets() == soft


def test_soft_targets_still_stand_for_classes(data: Dataset) -> None:
    soft = data.with_soft_targets()
    assert soft.class_names == ("no", "yes")
    turned = soft.with_target(0, 0, 0.1).with_target(0, 1, 0.9)
    assert turned.with_unscaled_targets().targets[0].tolist() == [0, 1]


def test_soft_targets_of_a_class_that_no_instance_has(data: Dataset) -> None:
    one_class = data.with_instances_removed([1, 2]).with_soft_targets()
    assert one_class.targets.tolist() == [[0.9, 0.1]]


def test_what_is_added_to_soft_targets_is_soft(data: Dataset) -> None:
    soft = data.with_soft_targets()
    assert (soft.blank_targets, data.blank_targets) == ((0.1, 0.1), (0.0, 0.0))
    added = soft.with_instance_added(0, [1, 2], [0.9, 0.1])
    assert added.with_unscaled_targets().targets[0].tolist() == [1, 0]
    wider = soft.with_targets_sized(3)
    assert wider.targets[0].tolist() == [0.9, 0.1, 0.1]
    assert wider.with_unscaled_targets() == data.with_targets_sized(3)


def test_only_targets_of_0_and_1_become_soft(data: Dataset, curve: Dataset) -> None:
    message = "Only targets that are all 0 or 1 can become 0.1 and 0.9."
    assert not curve.can_have_soft_targets()
    assert refused(curve.with_soft_targets) == message
    assert refused(data.with_target(0, 0, 0.5).with_soft_targets) == message
    assert xor().with_scaled_targets("standardize").with_soft_targets().targets[:2].tolist() == [[0.1], [0.9]]


finite = st.floats(-1e100, 1e100)


@given(st.data(), st.sampled_from(["standardize", "minmax"]))
def test_any_edits_leave_the_other_originals_untouched(choice: st.DataObject, method: str) -> None:
    shape = (choice.draw(st.integers(2, 5)), choice.draw(st.integers(1, 4)))
    original = Dataset(
        choice.draw(arrays(np.float64, shape, elements=st.integers(-1000, 1000))), np.zeros(shape[0])
    )
    row = choice.draw(st.integers(0, shape[0] - 1))
    column = choice.draw(st.integers(0, shape[1] - 1))
    edited = original.with_scaled_inputs(method).with_input(row, column, choice.draw(finite))
    back = edited.with_unscaled_inputs()
    changed = np.zeros(shape, dtype=np.bool_)
    changed[row, column] = True
    assert back.inputs[~changed].tobytes() == original.inputs[~changed].tobytes()


@given(arrays(np.float64, (4, 3), elements=finite.filter(lambda value: value == 0 or abs(value) > 1e-100)))
def test_scaling_any_data_is_undone_bit_for_bit(inputs: np.ndarray) -> None:
    data = Dataset(inputs, np.zeros(4))
    for method in ("standardize", "minmax"):
        assert data.with_scaled_inputs(method).with_unscaled_inputs() == data
