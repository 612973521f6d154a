import numpy as np
import pytest

from bpsim.backprop import forward
from bpsim.datasets import Dataset
from bpsim.fields import Field
from bpsim.network import Network
from bpsim.notation import NOTATIONS
from bpsim.planes import Plane
from bpsim.project import Project
from bpsim.scoring import classes
from bpsim.settings import Settings
from tests.helpers import xor_project
from ui.boundary_reading import BoundaryReading
from ui.field_colors import class_colors, value_color
from ui.numbers import NumberFormat
from ui.plots.boundary_marks import FORMS
from ui.session import Session
from ui.theme import load_theme

LIGHT = load_theme("light")


def reading(project: Project, output: int | None = 0, plane: Plane = Plane()) -> BoundaryReading:  # noqa: B008
    moment = Session(project).moment
    return BoundaryReading(
        moment, classes(moment.dataset), output, plane, NumberFormat(), NOTATIONS["lecture"], LIGHT
    )


def three_classes(count: int = 3, **settings: object) -> Project:
    rng = np.random.default_rng(1)
    data = Dataset(
        rng.normal(size=(2 * count, 4)), np.tile(np.eye(count), (2, 1)), ["a", "b", "c", "d"], one_hot=True
    )
    return Project(Network.dense([4, 3, count], ["tanh", "softmax"], seed=1), data, Settings(**settings))


def numbers() -> Project:
    data = Dataset([[0.0, 1.0], [1.0, 0.5], [0.3, 0.2]], [0.2, 3.0, 1.6], target_names=["price"])
    return Project(Network.dense([2, 3, 1], ["tanh", "linear"], seed=0), data)


def test_the_title_says_what_is_shown_over_what() -> None:
    assert reading(xor_project()).title == "ŷ₁ over x₁, x₂"
    assert reading(xor_project(), None).title == "winning class over x₁, x₂"
    assert reading(numbers()).title == "ŷ₁ price over x₁, x₂"


def test_the_title_says_where_two_other_inputs_are_held_and_how_many_more_there_are() -> None:
    held = Plane((3, 0), (0.0, 1.5, -2.0, 0.0))
    assert reading(three_classes(), None, held).title == "winning class over d, a · b = 1.500, c = −2.000"
    data = Dataset(np.zeros((2, 5)), [0.0, 1.0])
    many = Project(Network.dense([5, 1]), data)
    assert reading(many).title == "ŷ₁ over x₁, x₂ · 3 inputs held"


def test_a_single_target_has_a_threshold_several_have_none() -> None:
    assert reading(xor_project()).level == 0.5
    assert reading(three_classes()).level is None
    assert reading(numbers()).level is None


def test_points_have_the_colour_of_their_class_where_classes_are_shown() -> None:
    shown = reading(three_classes(), None)
    assert shown.classes is not None
    assert shown.marks().colors == class_colors(LIGHT, shown.classes) * 2
    assert list(shown.marks().forms) == list(FORMS[:3]) * 2


def test_points_have_the_colour_of_their_target_where_an_output_is_shown() -> None:
    shown = reading(three_classes(), 1)
    high, low = value_color(LIGHT, 1.0, (0.0, 1.0)), value_color(LIGHT, 0.0, (0.0, 1.0))
    assert shown.marks().colors == [low, high, low] * 2
    prices = reading(numbers())
    assert prices.marks().colors[2] == value_color(LIGHT, 1.6, (0.2, 3.0)) == LIGHT.delta_color(0, 1)
    assert list(prices.marks().forms) == [FORMS[0]] * 3


def test_the_legend_explains_what_there_is() -> None:
    scale, entries = reading(xor_project()).legend()
    assert scale == ("ŷ₁", (0.0, 1.0))
    assert [entry.text for entry in entries] == ["y₁ = 0", "y₁ = 1", "wrong"]
    scale, entries = reading(three_classes(test_share=0.5), None).legend()
    assert scale is None
    assert [entry.text for entry in entries] == ["y₁", "y₂", "y₃", "train", "test", "wrong"]
    assert reading(numbers()).legend() == (("ŷ₁", (0.2, 3.0)), [])
    _scale, entries = reading(three_classes(8), None).legend()
    assert [entry.text for entry in entries] == ["wrong"]  # too many to be named


def test_a_place_is_read_with_all_its_numbers() -> None:
    held = Plane((3, 0), (0.0, 1.5, -2.0, 0.0))
    shown = reading(three_classes(), 2, held)
    value = forward(shown.network, [0.75, 1.5, -2.0, 0.25])[2]
    assert shown.at((0.25, 0.75), None) == f"d = 0.25000 · a = 0.75000 · ŷ₃ = {value:.5f}"


def test_an_instance_is_read_with_its_own_inputs_and_what_it_should_be() -> None:
    shown = reading(three_classes(), None, Plane(held=(0.0, 0.0, 99.0, 99.0)))
    inputs = shown.dataset.inputs[4]
    prediction = forward(shown.network, inputs)
    winner = int(prediction.argmax())
    assert shown.at((0.0, 0.0), 4) == (
        f"instance 5 · a = {inputs[0]:.5f} · b = {inputs[1]:.5f} · "
        f"y{'₁₂₃'[winner]} (ŷ{'₁₂₃'[winner]} = {prediction[winner]:.5f}) · should be y₂"
    ).replace("-", "−")


def test_there_are_shorter_wordings() -> None:
    shown = reading(three_classes(), 2, Plane((3, 0)))
    value = forward(shown.network, shown.plane.point(shown.held, 0.25, 0.75))[2]
    fine, coarse, short = shown.wordings((0.25, 0.75), None)
    assert fine == shown.at((0.25, 0.75), None)
    assert coarse == f"d = 0.250 · a = 0.750 · ŷ₃ = {value:.3f}"
    assert short == f"(0.250; 0.750) · ŷ₃ = {value:.3f}"
    *_, short, shortest = shown.wordings((0.0, 0.0), 4)
    assert short.startswith("no. 5 · (")
    assert shortest.startswith("no. 5 · ŷ₃ = ")


def test_a_test_instance_is_said_to_be_one() -> None:
    shown = reading(three_classes(test_share=0.3), 0)
    row = shown.moment.split.test[0]
    assert shown.at((0.0, 0.0), row).startswith(f"instance {row + 1} (test) · ")


@pytest.mark.parametrize("make", [xor_project, three_classes])
def test_score_and_crosses_agree(make: object) -> None:
    assert callable(make)
    shown = reading(make(test_share=0.5))
    predictions = forward(shown.network, shown.dataset.inputs)
    score, wrong = shown.score(predictions), shown.wrong(predictions)
    assert score is not None
    assert score.test is not None
    for table, rows in zip((score.train, score.test), shown.moment.split, strict=True):
        assert table.sum() == len(rows)
        assert table.sum() - np.trace(table) == wrong[list(rows)].sum()


def test_numbers_are_neither_right_nor_wrong() -> None:
    shown = reading(numbers())
    predictions = forward(shown.network, shown.dataset.inputs)
    assert shown.score(predictions) is None
    assert not shown.wrong(predictions).any()


def test_the_classes_of_cells_have_the_names_of_the_window() -> None:
    cells, clarity = np.array([[0.0, 2.0], [1.0, 0.0]]), np.array([[1.0, 0.2], [0.0, np.nan]])
    assert reading(three_classes(), None).cell_texts(cells, clarity) == ["y₁", "y₃", "y₂", ""]
    assert reading(xor_project(), None).cell_texts(np.ones(1), np.ones(1)) == ["y₁ = 1"]


def test_numbers_that_cannot_be_drawn_are_told() -> None:
    shown = reading(numbers())
    sight = (0.0, 3.0)
    assert shown.curve_remark(np.array([0.5, 1.0, np.nan]), sight) == ""
    assert shown.curve_remark(np.full(4, np.nan), sight).endswith(
        "no longer finite: there is no curve to draw."
    )
    assert (
        shown.curve_remark(np.array([4.0, 5.0]), sight)
        == "The network's ŷ₁ is out of sight: from 4.000 to 5.000."
    )
    steep = np.linspace(-1e9, 2e9, 200)
    assert shown.curve_remark(steep, sight) == "The network's ŷ₁ is too large to draw: from −1.0e9 to 2.0e9."
    x, nothing = np.arange(2.0), np.full((2, 2), np.nan)
    assert shown.field_remark(Field(x, x, np.ones((2, 2)), None, ())) == ""
    assert "no longer finite" in shown.field_remark(Field(x, x, nothing, None, ()))
    assert "no longer finite" in shown.field_remark(Field(x, x, np.zeros((2, 2)), nothing, ()))
    assert "too large" in shown.field_remark(Field(x, x, np.array([[1.0, np.nan], [1.0, 1.0]]), None, ()))
