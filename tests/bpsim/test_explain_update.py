"""What the update makes of the Δθ, by hand; `test_explain_proof.py` proves that it is right."""

import pytest

from bpsim.backprop import backpropagate
from bpsim.explain import Explanation, explain
from bpsim.formula_latex import to_latex
from bpsim.formula_mathml import to_mathml
from bpsim.formula_spoken import to_spoken
from bpsim.formula_text import to_text
from bpsim.network import Network
from bpsim.quantity import Quantity
from bpsim.settings import Settings
from tests.bpsim.formulas import written

START = Network.dense([1, 1], "linear").with_parameters(
    [
        [[1.0]],
    ],
    [[0.0]],
)
THETA, BIAS = (1, 0, 0), (1, 0)


def second_update(kind: str, *place: int, notation: str = "lecture", **chosen: object) -> Explanation:
    """Explain the second update of ŷ = θ x + θ₀ with x = 1, y = 0, η = 0.25, from θ = 1 and θ₀ = 0."""
    settings = Settings(0.25, **chosen)  # type: ignore[arg-type]
    first = backpropagate(START, [1.0], [0.0], settings)
    second = backpropagate(first.updated, [1.0], [0.0], settings, memory=first.next_memory)
    return explain(second, Quantity(kind, *place), notation)


def texts(explanation: Explanation) -> list[str]:
    return [to_text(line, written) for line in (explanation.rule, explanation.numbers)]


@pytest.mark.parametrize(
    ("optimizer", "rule", "numbers"),
    [
        ("gradient_descent", "new θ¹₁₁ = θ¹₁₁ + Δθ¹₁₁", "= 0.750 − 0.125"),
        ("momentum", "new θ¹₁₁ = θ¹₁₁ + v¹₁₁", "= 0.750 − 0.250"),
        ("nesterov", "new θ¹₁₁ = θ¹₁₁ + μ v¹₁₁ + Δθ¹₁₁", "= 0.625 + 0.500·(−0.188) − 0.062"),
        ("rmsprop", "new θ¹₁₁ = θ¹₁₁ + Δθ¹₁₁ / (√(s¹₁₁) + ε)", "= 0.209 + 0.145 / (√(0.124) + 0.000)"),
        (
            "adam",
            "new θ¹₁₁ = θ¹₁₁ + η · ((m¹₁₁ / (1 − β₁ᵏ)) / (√(s¹₁₁ / (1 − β₂ᵏ)) + ε))",
            "= 0.750 + 0.250 · (((−0.140) / (1 − 0.900²)) / (√(0.001 / (1 − 0.999²)) + 0.000))",
        ),
    ],
)
def test_the_new_weight_by_every_optimizer(optimizer: str, rule: str, numbers: str) -> None:
    found = texts(second_update("new_weight", *THETA, optimizer=optimizer, momentum=0.5))
    assert found == [rule, numbers]


@pytest.mark.parametrize(
    ("optimizer", "kind", "rule", "numbers"),
    [
        ("momentum", "velocity", "v¹₁₁ = μ old v¹₁₁ + Δθ¹₁₁", "= 0.500·(−0.250) − 0.125"),
        (
            "adam",
            "average",
            "m¹₁₁ = β₁ old m¹₁₁ + (1 − β₁) · (Δθ¹₁₁ / η)",
            "= 0.900·(−0.100) + (1 − 0.900) · ((−0.125) / 0.250)",
        ),
        (
            "adam",
            "square",
            "s¹₁₁ = β₂ old s¹₁₁ + (1 − β₂) · (Δθ¹₁₁ / η)²",
            "= 0.999·0.001 + (1 − 0.999) · ((−0.125) / 0.250)²",
        ),
        (
            "rmsprop",
            "square",
            "s¹₁₁ = ρ old s¹₁₁ + (1 − ρ) · (Δθ¹₁₁ / η)²",
            "= 0.900·0.100 + (1 − 0.900) · (0.145 / 0.250)²",
        ),
    ],
)
def test_what_is_remembered(optimizer: str, kind: str, rule: str, numbers: str) -> None:
    found = texts(second_update(kind, *THETA, optimizer=optimizer, momentum=0.5))
    assert found == [rule, numbers]


def test_a_bias_has_a_memory_of_its_own_and_no_decay() -> None:
    explanation = second_update("velocity", *BIAS, optimizer="momentum", l2=0.5)
    assert explanation.title == "v of the bias of output 1"
    assert explanation.subtitle == "from layer 1 to layer 2 · the steps so far, older ones counting less"
    assert texts(explanation)[0] == "v¹₀₁ = μ old v¹₀₁ + Δθ¹₀₁"
    assert explanation.terms[0] == Quantity("momentum")


def test_before_the_first_update() -> None:
    trace = backpropagate(START, [1.0], [0.0], Settings(optimizer="momentum"))
    explanation = explain(trace, Quantity("old_velocity", *THETA))
    assert texts(explanation) == ["old v¹₁₁ = as the update before left it", "= 0.000"]
    assert explanation.notes == ("There has been no update yet, so it is 0.",)


# -- decay -----------------------------------------------


def test_decay_stands_beside_the_step() -> None:
    assert texts(second_update("new_weight", *THETA, l2=0.5))[0] == "new θ¹₁₁ = θ¹₁₁ + Δθ¹₁₁ + decay θ¹₁₁"
    assert texts(second_update("new_bias", *BIAS, l2=0.5))[0] == "new θ¹₀₁ = θ¹₀₁ + Δθ¹₀₁"
    nesterov = second_update("new_weight", *THETA, optimizer="nesterov", l1=0.5)
    assert texts(nesterov)[0] == "new θ¹₁₁ = θ¹₁₁ + μ v¹₁₁ + Δθ¹₁₁ + decay θ¹₁₁"


@pytest.mark.parametrize(
    ("chosen", "rule", "numbers"),
    [
        ({"l2": 0.5}, "decay θ¹₁₁ = −η λ₂ θ¹₁₁", "= −0.250·0.500·0.625"),
        ({"l1": 0.5}, "decay θ¹₁₁ = −η λ₁ · sign(θ¹₁₁)", "= −0.250·0.500 · sign(0.625)"),
        (
            {"l1": 0.25, "l2": 0.5},
            "decay θ¹₁₁ = −η · (λ₂ θ¹₁₁ + λ₁ · sign(θ¹₁₁))",
            "= −0.250 · (0.500·0.562 + 0.250 · sign(0.562))",
        ),
    ],
)
def test_decay_by_hand(chosen: dict[str, float], rule: str, numbers: str) -> None:
    assert texts(second_update("decay_step", *THETA, **chosen)) == [rule, numbers]


def test_the_penalty_is_no_part_of_the_error() -> None:
    explanation = second_update("penalty", l1=0.25, l2=0.5)
    assert texts(explanation) == [
        "penalty = λ₁ · (Σ |θ|) + ½ · λ₂ · (Σ θ²)",
        "= 0.250 · |0.562| + ½ · 0.500 · 0.562²",
    ]
    assert explanation.result == 0.25 * 0.5625 + 0.5 * 0.5 * 0.5625**2
    assert explanation.notes[0].startswith("What large weights cost. It stands beside E and is no part of it")
    assert "The penalty of weight decay is no part of it" in second_update("error", l2=0.5).notes[-1]
    assert second_update("penalty").result == 0


# -- what is said besides -----------------------------------------------


@pytest.mark.parametrize("optimizer", ["momentum", "adam"])
def test_what_stays_says_why(optimizer: str) -> None:
    network = Network.dense([2, 1], seed=1).with_disconnected(0, 0, 1)
    trace = backpropagate(network, [1, 1], [0], Settings(optimizer=optimizer, update_biases=False))
    missing, frozen = (
        explain(trace, q) for q in (Quantity("new_weight", 1, 0, 1), Quantity("new_bias", 1, 0))
    )
    assert missing.notes == ("These two nodes are not connected, so there is nothing to change.",)
    assert frozen.notes == ("Biases are not updated, as the settings say.",)
    assert frozen.terms == (Quantity("bias", 1, 0),)


def test_the_mean_of_a_batch_goes_into_the_memory() -> None:
    settings = Settings(optimizer="momentum", batch_size=2)
    first = backpropagate(START, [1.0], [0.0], settings, closes_batch=False)
    trace = backpropagate(START, [2.0], [0.0], settings, batch=first.batch)
    assert texts(explain(trace, Quantity("velocity", *THETA)))[0] == "v¹₁₁ = μ old v¹₁₁ + mean Δθ¹₁₁"


def test_a_scheduled_rate_says_so() -> None:
    settings = Settings(0.5, schedule="step", schedule_epochs=10)
    trace = backpropagate(START, [1.0], [0.0], settings.at_epoch(10))
    explanation = explain(trace, Quantity("learning_rate"))
    assert explanation.result == 0.25
    assert explanation.notes == ("It changes from epoch to epoch: halved every k epochs (k = 10).",)


# -- in every way of writing -----------------------------------------------


@pytest.mark.parametrize(
    ("notation", "rule"),
    [
        ("lecture_rule", "new θ¹₁₁ = θ¹₁₁ + Δθ¹₁₁ / (√(s¹₁₁) + ε)"),
        ("nielsen", "new w²₁₁ = w²₁₁ + Δw²₁₁ / (√(s²₁₁) + ε)"),
        ("bishop", "new w⁽¹⁾₁₁ = w⁽¹⁾₁₁ + Δw⁽¹⁾₁₁ / (√(s⁽¹⁾₁₁) + ε)"),
        ("pytorch", "new W¹₁₁ = W¹₁₁ + ΔW¹₁₁ / (√(s¹₁₁) + ε)"),
        (
            "words",
            "new weight from input 1 to output 1 = weight from input 1 to output 1 + step Δθ of the weight "
            "from input 1 to output 1 / (√(mean square s of the weight from input 1 to output 1) + ε)",
        ),
    ],
)
def test_notations(notation: str, rule: str) -> None:
    explanation = second_update("new_weight", *THETA, notation=notation, optimizer="rmsprop")
    assert texts(explanation)[0] == rule


def test_latex() -> None:
    square = second_update("new_weight", *THETA, optimizer="rmsprop").rule
    assert to_latex(square, written) == (
        r"\text{new }\theta^{1}_{11} = \theta^{1}_{11} + \frac{\Delta \theta^{1}_{11}}"
        r"{\sqrt{s^{1}_{11}} + \varepsilon}"
    )
    penalty = second_update("penalty", l1=0.5).rule
    assert (
        to_latex(penalty, written)
        == r"\mathit{penalty} = \lambda_{1} \cdot \left(\sum \left|\theta\right|\right)"
    )


def test_mathml() -> None:
    square = to_mathml(second_update("new_weight", *THETA, optimizer="rmsprop").rule, written)
    assert "<msqrt><msubsup><mi>s</mi><mn>11</mn><mn>1</mn></msubsup></msqrt>" in square
    penalty = to_mathml(second_update("penalty", l1=0.5).rule, written)
    assert "<mrow><mo>|</mo><mi>θ</mi><mo>|</mo></mrow>" in penalty


def test_spoken() -> None:
    square = to_spoken(second_update("new_bias", *BIAS, optimizer="rmsprop").rule, written)
    assert "over open bracket the square root of s of the bias of output 1 plus epsilon" in square
    penalty = to_spoken(second_update("penalty", l1=0.5).rule, written)
    assert penalty == "penalty equals lambda 1 times the sum of the absolute value of theta"
    decay = to_spoken(second_update("decay_step", *THETA, l1=0.5).rule, written)
    assert "times the sign of weight from input 1 to output 1" in decay
    assert to_spoken(second_update("velocity", *THETA, optimizer="momentum").rule, written).startswith(
        "v of the weight from input 1 to output 1 equals mu times old v of the weight"
    )
