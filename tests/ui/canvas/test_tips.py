"""Tool tips: plain words, and only what is known."""

from tests.ui.canvas.hands import Hand, lecture_session
from tests.ui.canvas.test_picture import picture_of
from ui.canvas import tips
from ui.canvas.picture import Target

WEIGHT = Target("edge", 1, edge=(1, 0, 2))


def test_a_node_says_more_and_more(qapp: object) -> None:
    session = lecture_session()
    output = Target("node", 2, 0)
    assert tips.describe(picture_of(session), output) == "Output 1\nbias θ₀ = 0.6"
    session.go_to_phase("error")
    assert tips.describe(picture_of(session), output).split("\n")[1:] == [
        "z = 0.83022747", "a = 0.69640303", "bias θ₀ = 0.6", "ŷ₁ = 0.696", "y₁ = 0.01", "E₁ = 0.236",
    ]  # fmt: skip
    session.go_to_phase("backward")
    assert "δ = −0.14512334" in tips.describe(picture_of(session), output)


def test_a_weight_says_its_step_and_what_it_was(qapp: object) -> None:
    session = lecture_session()
    assert tips.describe(picture_of(session), WEIGHT) == "Weight from hidden node 3 to output 1\nθ = −0.6"
    session.go_to_phase("gradient")
    assert tips.describe(picture_of(session), WEIGHT).endswith("θ = −0.6\nstep Δθ = −0.03333949")
    session.go_to_phase("update")
    assert tips.describe(picture_of(session), WEIGHT).split("\n")[1:] == [
        "before the update θ = −0.6", "θ = −0.63333949", "step Δθ = −0.03333949",
    ]  # fmt: skip


def test_an_input_says_which_column_of_the_data_it_is(qapp: object) -> None:
    session = lecture_session("draw")
    assert tips.describe(picture_of(session), Target("node", 0, 0)) == "Input 1\nx₁ = a¹₁ = 0.05"
    named = session.moment.dataset.with_input_names(["petal length", "petal width"])
    session.edit("Rename", dataset=named)
    assert "column “petal length” of the data" in tips.describe(picture_of(session), Target("node", 0, 0))


def test_free_room_says_nothing(drawing: Hand) -> None:
    assert tips.describe(drawing.surface.picture, Target("slot", 1, 0)) == ""
    assert tips.describe(drawing.surface.picture, Target("head", 1)) == "Choose the activation of this layer"


def test_a_long_text_is_wrapped_line_by_line() -> None:
    why = "Twin of hidden node 2: both have the same weights, so they get the same steps and stay the same."
    text = f"Hidden node 1\nz = 0.5\n\n{why}"
    lines = tips.wrapped(text).split("\n")
    assert lines[:3] == ["Hidden node 1", "z = 0.5", ""]
    assert len(lines) > 4
    assert all(len(line) <= tips.LINE for line in lines)
    assert " ".join(lines[3:]) == why
