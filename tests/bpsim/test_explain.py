import math

import pytest

from bpsim.backprop import backpropagate
from bpsim.examples import load_example
from bpsim.explain import Explanation, explain, worked
from bpsim.formula_text import to_text
from bpsim.network import Network
from bpsim.quantity import Quantity
from bpsim.settings import Settings
from tests.bpsim.formulas import Digits, batch_mean, demo, softmax, trace_of, with_hidden, written

# What is written, evaluated, is the number in the trace: test_explain_proof.py.


def small(
    hidden: str = "sigmoid",
    output: str = "linear",
    loss: str = "mse",
    settings: Settings | None = None,
    cut: tuple[int, int, int] | None = None,
) -> tuple[Network, Settings]:
    """Return a network of 2, 2 and 2 nodes, with one connection cut if that is asked for."""
    network = Network.dense([2, 2, 2], [hidden, output], loss, seed=1)
    return network.with_disconnected(*cut) if cut else network, settings or Settings()


def of(setting: tuple[Network, Settings], kind: str, *place: int, closes_batch: bool = True) -> Explanation:
    network, settings = setting
    trace = backpropagate(network, [1.0, -1.0], [1.0, 0.0], settings, closes_batch=closes_batch)
    return explain(trace, Quantity(kind, *place))


# -- the picture of the design -------------------------------------------------------------------------------


def test_delta_of_a_hidden_node_as_in_the_design() -> None:
    explanation = demo("delta", 1, 0)
    assert explanation.title == "δ of hidden node 1"
    assert explanation.subtitle == "layer 2 · the error that reaches this node"
    assert to_text(explanation.rule, written) == "δ²₁ = (Σⱼ δ³ⱼ θ²₁ⱼ) · g′(z²₁)"
    assert to_text(explanation.numbers, "{:.3f}".format) == "= (−0.146·0.400 + 0.067·0.500) · 0.241"
    assert written(explanation.result) == "−0.006"
    assert explanation.notes == ()


def test_what_it_is_made_of_leads_on() -> None:
    assert demo("delta", 1, 0).terms == (
        Quantity("back_sum", 1, 0),
        Quantity("delta", 2, 0),
        Quantity("weight", 2, 0, 0),
        Quantity("delta", 2, 1),
        Quantity("weight", 2, 1, 0),
        Quantity("slope", 1, 0),
    )


# -- titles and subtitles ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("explanation", "title", "subtitle"),
    [
        (demo("input", 0, 1), "input 2", "layer 1 · what the network is given"),
        (demo("z", 1, 2), "z of hidden node 3", "layer 2 · the weighted sum of what comes in"),
        (demo("a", 1, 2), "a of hidden node 3", "layer 2 · what this node passes on"),
        (demo("a", 2, 0), "ŷ of output 1", "layer 3 · what the network answers"),
        (demo("a", 2, 0, notation="nielsen"), "a of output 1", "layer 3 · what the network answers"),
        (demo("a", 1, 0, notation="bishop"), "z of hidden node 1", "layer 1 · what this node passes on"),
        (
            demo("z", 1, 0, notation="bishop"),
            "a of hidden node 1",
            "layer 1 · the weighted sum of what comes in",
        ),
        (demo("target", 2, 0, notation="bishop"), "t of output 1", "layer 2 · what this output should be"),
        (demo("error"), "E", "how far the outputs are from their targets"),
        (demo("error", notation="nielsen"), "C", "how far the outputs are from their targets"),
        (
            demo("downhill", 2, 1),
            "−∂E/∂ŷ of output 2",
            "layer 3 · how the error changes with this output",
        ),
        (
            demo("delta", 2, 1, notation="pytorch"),
            "dL/dz of output 2",
            "layer 2 · the error that reaches this node",
        ),
        (
            demo("step", 1, 0, 1),
            "Δθ of the weight from input 2 to hidden node 1",
            "from layer 1 to layer 2 · how this instance changes the weight",
        ),
        (
            demo("bias_step", 1, 0, notation="nielsen"),
            "Δb of hidden node 1",
            "to layer 2 · how this instance changes the bias",
        ),
        (demo("new_bias", 1, 0), "new bias of hidden node 1", "from layer 1 to layer 2 · after the update"),
        (
            demo("weight", 2, 0, 1),
            "weight from hidden node 2 to output 1",
            "from layer 2 to layer 3 · before the update",
        ),
        (
            demo("weight", 2, 0, 1, notation="bishop"),
            "weight from hidden node 2 to output 1",
            "from layer 1 to layer 2 · before the update",
        ),
        (demo("learning_rate"), "η", "how far each step goes"),
    ],
)
def test_title_and_subtitle(explanation: Explanation, title: str, subtitle: str) -> None:
    assert explanation.title == title
    assert explanation.subtitle == subtitle


def test_number_of_another_instance_says_so() -> None:
    step = batch_mean().terms[0]
    assert step == Quantity("step", 1, 0, 0, instance=4)


# -- signs ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("notation", ["nielsen", "bishop", "pytorch"])
@pytest.mark.parametrize("kind", ["delta", "back_sum"])
def test_the_number_turns_its_sign_with_the_notation(notation: str, kind: str) -> None:
    lecture, other = demo(kind, 1, 0), demo(kind, 1, 0, notation=notation)
    assert other.result == -lecture.result
    assert other.notes == ("The lecture's δ is −∂E/∂z, so there this number has the other sign.",)


@pytest.mark.parametrize(("notation", "letter"), [("nielsen", "δ"), ("bishop", "δ"), ("pytorch", "dL/dz")])
def test_the_step_keeps_its_sign_by_a_minus(notation: str, letter: str) -> None:
    lecture, other = demo("step", 1, 0, 1), demo("step", 1, 0, 1, notation=notation)
    assert other.result == lecture.result
    assert to_text(other.rule, written).partition(" = ")[2].startswith("−")
    assert other.notes[-1] == f"{letter} points uphill, so the step goes against it: hence the minus."


def test_no_minus_before_zero() -> None:
    network = Network.dense([1, 1], "linear").with_parameters([[[1.0]]], [[0.0]])
    trace = backpropagate(network, [1.0], [1.0])
    explanation = explain(trace, Quantity("delta", 1, 0), "nielsen")
    assert math.copysign(1.0, explanation.result) == 1.0
    step = explain(trace, Quantity("bias_step", 1, 0), "nielsen")
    assert to_text(step.numbers, written) == "= −0.500·0.000"


# -- notes ---------------------------------------------------------------------------------------------------

NO_UPDATE = small(settings=Settings(update_biases=False))


@pytest.mark.parametrize(
    ("explanation", "note"),
    [
        (of(small(cut=(0, 0, 1)), "z", 1, 0), "is missing, so it is not in the sum"),
        (of(small(cut=(1, 0, 1)), "delta", 1, 1), "is missing, so it is not in the sum"),
        (of(small(cut=(0, 0, 1)), "step", 1, 0, 1), "These two nodes are not connected"),
        (of(small(cut=(0, 0, 1)), "mean_step", 1, 0, 1), "These two nodes are not connected"),
        (of(NO_UPDATE, "bias_step", 1, 0), "Biases are not updated"),
        (of(NO_UPDATE, "mean_bias_step", 1, 0), "Biases are not updated"),
        (of(small(), "new_bias", 1, 0, closes_batch=False), "no update follows"),
        (of(small(), "mean_step", 1, 0, 1), "The batch has one instance only."),
        (of(small("tanh"), "a", 1, 0), "g is tanh."),
        (of(small(output="softmax"), "slope", 2, 0), "Softmax joins all outputs"),
        (of(small(output="softmax"), "delta", 2, 0), "Softmax joins all outputs"),
        (softmax("delta", 2, 0), "With cross-entropy g′ cancels"),
        (of(small(output="sigmoid", loss="cross_entropy"), "delta", 2, 1), "With cross-entropy g′ cancels"),
        (explain(trace_of("perceptron_and"), Quantity("slope", 1, 0)), "A step has no g′"),
        (explain(trace_of("perceptron_and"), Quantity("delta", 1, 0)), "The perceptron rule"),
        (demo("error"), "the mean over its instances"),
    ],
)
def test_note(explanation: Explanation, note: str) -> None:
    notes = " ".join(explanation.notes)
    assert note in notes
    assert all(
        text[0].isupper() or text[0].isdigit() or text[:2] in ("g ", "a ", "ŷ ") for text in explanation.notes
    )
    assert all(text.endswith(".") for text in explanation.notes)


def test_perceptron_rule_has_no_slope() -> None:
    explanation = explain(trace_of("perceptron_and"), Quantity("delta", 1, 0))
    assert to_text(explanation.rule, written).endswith(" = y₁ − ŷ₁")


# -- what cancels --------------------------------------------------------------------------------------------


def test_what_cancels_between_softmax_and_cross_entropy() -> None:
    lines = [to_text(line, written) for line in softmax("delta", 2, 0).derivation]
    assert lines[0] == "δ³₁ = (y₁ / ŷ₁) · ŷ₁ − Σₘ (yₘ / ŷₘ) · ŷₘ ŷ₁"
    assert lines[-1] == "= y₁ − ŷ₁"


def test_what_cancels_between_sigmoid_and_cross_entropy() -> None:
    explanation = of(small(output="sigmoid", loss="cross_entropy"), "delta", 2, 0)
    assert [to_text(line, written) for line in explanation.derivation] == [
        "δ³₁ = (y₁ / ŷ₁ − (1 − y₁) / (1 − ŷ₁)) · ŷ₁ · (1 − ŷ₁)",
        "= y₁ · (1 − ŷ₁) − (1 − y₁) · ŷ₁",
        "= y₁ − ŷ₁",
    ]
    assert demo("delta", 2, 0).derivation == ()


# -- means over a batch --------------------------------------------------------------------------------------


def test_batch_mean_by_its_instances_or_by_its_sum() -> None:
    assert to_text(batch_mean().numbers, written) == "= (0.250 + 0.000 + 0.375) / 3"
    assert batch_mean().notes == ("The last term is that of the present instance.",)
    network = Network.dense([2, 1], "linear").with_parameters([[[0.5, -0.25]]], [[0]])
    settings = Settings(learning_rate=0.5, batch_size=2)
    first = backpropagate(network, [1, 0], [1], settings, closes_batch=False)
    last = backpropagate(network, [1, 1], [1], settings, batch=first.batch)
    by_sum = explain(last, Quantity("mean_step", 1, 0, 0))
    assert to_text(by_sum.numbers, written) == "= 0.625 / 2"
    assert "its earlier instances are not at hand" in by_sum.notes[0]


# -- ≈, and how many digits ----------------------------------------------------------------------------------


def calculation(explanation: Explanation, digits: int = 3, every_step: bool = True) -> list[str]:
    lines = worked(explanation, Digits(digits), every_step)
    return [to_text(line.equation, line.numbers.given) for line in lines]


def test_numbers_have_the_digits_that_give_the_result() -> None:
    """0.680 · 0.320 would be 0.218."""
    assert calculation(demo("slope", 2, 1)) == ["≈ 0.6803 · (1 − 0.6803)", "≈ 0.6803·0.3197", "≈ 0.217"]


@pytest.mark.parametrize(("digits", "result"), [(3, "≈ 0.1499"), (6, "≈ 0.149852")])
def test_a_changed_weight_has_the_digits_that_show_the_change(digits: int, result: str) -> None:
    assert calculation(demo("new_weight", 1, 0, 0), digits)[-1] == result


def test_what_is_exact_is_equal() -> None:
    z = explain(trace_of("mazur"), Quantity("z", 1, 0))
    assert calculation(z) == ["= 0.15·0.05 + 0.2·0.1 + 0.35", "= 0.0275 + 0.35", "= 0.3775"]
    assert calculation(batch_mean())[-1] == "≈ 0.208"


def test_the_same_number_is_not_written_twice() -> None:
    project = load_example("mazur")
    one_output = Network.dense([2, 1], seed=1)
    trace = backpropagate(one_output, project.dataset.inputs[0], [1.0])
    assert len(calculation(explain(trace, Quantity("error")))) == 1


@pytest.mark.parametrize(("z", "y", "result"), [(-800.0, 1.0, math.inf), (800.0, 0.0, -math.inf)])
def test_a_number_that_is_too_large_is_no_about(z: float, y: float, result: float) -> None:
    network = Network.dense([1, 1], "sigmoid", "cross_entropy").with_parameters([[[z]]], [[0.0]])
    explanation = explain(backpropagate(network, [1.0], [y]), Quantity("downhill", 1, 0))
    assert explanation.result == result
    assert not worked(explanation, Digits())[-1].equation.about


# -- the choice that holds -----------------------------------------------------------------------------------


@pytest.mark.parametrize("hidden", ["relu", "leaky_relu", "elu"])
def test_the_branch_that_holds_is_chosen(hidden: str) -> None:
    explanation = with_hidden(hidden, "a")
    assert explanation.numbers.right.chosen == 1  # type: ignore[attr-defined]


# -- worked out sum by sum -----------------------------------------------------------------------------------


def test_inner_sums_are_worked_out_one_after_the_other() -> None:
    network = Network.dense([1, 2], "softmax", seed=1)
    explanation = explain(backpropagate(network, [1], [1, 0]), Quantity("delta", 1, 0))
    assert [to_text(line, written) for line in explanation.steps] == [
        "= 0.077 · (0.923 − (0.077·0.923 + 0.923·(−0.923)))",
        "= 0.077 · (0.923 − (−0.781))",
        "= 0.077·1.704",
    ]
    assert demo("step", 1, 0, 1).steps == ()
    assert demo("new_weight", 1, 0, 1).steps == ()


def test_all_lines_of_a_calculation() -> None:
    assert calculation(demo("delta", 2, 0)) == [
        "≈ (0.01 − 0.687) · 0.215",
        "≈ −0.677·0.215",
        "≈ −0.146",
    ]
    assert calculation(demo("target", 2, 0)) == ["= 0.01"]


def test_only_the_last_line_before_the_result() -> None:
    network = Network.dense([1, 2], "softmax", seed=1)
    explanation = explain(backpropagate(network, [1], [1, 0]), Quantity("delta", 1, 0))
    assert len(calculation(explanation)) == 5
    assert len(calculation(explanation, every_step=False)) == 3


def test_the_two_letters_of_an_input_and_of_an_output() -> None:
    assert demo("input", 0, 1).notes == ("The input layer passes the inputs on: a¹₂ = x₂.",)
    assert "The input layer passes the inputs on: a¹₁ = x₁." in demo("z", 1, 0).notes
    assert demo("input", 0, 1, notation="bishop").notes == ()
    assert any("ŷ₁ = a³₁" in note for note in demo("a", 2, 0).notes)
    assert not any("a³₁" in note for note in demo("a", 2, 0, notation="words").notes)
