"""How the error leads to δ of the outputs, by hand; `test_explain_proof.py` proves that it is right."""

import pytest

from bpsim.backprop import Trace, backpropagate
from bpsim.explain import explain
from bpsim.formula_text import to_text
from bpsim.network import Network
from bpsim.quantity import Quantity

OUTPUT = Quantity("delta", 1, 0)


def trace(output: str, loss: str, target: list[float]) -> Trace:
    return backpropagate(Network.dense([1, 2], output, loss, seed=1), [1], target)


def lines(of: Trace, notation: str = "lecture") -> list[str]:
    return [to_text(line, str) for line in explain(of, OUTPUT, notation).derivation]


def test_with_sigmoid_and_cross_entropy_the_slope_cancels() -> None:
    assert lines(trace("sigmoid", "cross_entropy", [1, 0])) == [
        "δ²₁ = (y₁ / ŷ₁ − (1 − y₁) / (1 − ŷ₁)) · ŷ₁ · (1 − ŷ₁)",
        "= y₁ · (1 − ŷ₁) − (1 − y₁) · ŷ₁",
        "= y₁ − ŷ₁",
    ]


def test_with_softmax_and_cross_entropy_every_output_cancels() -> None:
    assert lines(trace("softmax", "cross_entropy", [1, 0])) == [
        "δ²₁ = (y₁ / ŷ₁) · ŷ₁ − Σₘ (yₘ / ŷₘ) · ŷₘ ŷ₁",
        "= y₁ − ŷ₁ · (Σₘ yₘ)",
        "= y₁ − ŷ₁",
    ]
    assert lines(trace("softmax", "cross_entropy", [1, 1]))[-1] == "= y₁ − ŷ₁ · (Σₘ yₘ)"


def test_with_softmax_and_squared_error_every_output_takes_part() -> None:
    assert lines(trace("softmax", "mse", [1, 0])) == [
        "δ²₁ = Σₘ (yₘ − ŷₘ) · ∂ŷₘ/∂z²₁",
        "= (y₁ − ŷ₁) · ŷ₁ − Σₘ (yₘ − ŷₘ) · ŷₘ ŷ₁",
        "= ŷ₁ · ((y₁ − ŷ₁) − Σₘ ŷₘ · (yₘ − ŷₘ))",
    ]
    in_words = lines(trace("softmax", "mse", [1, 0]), "words")
    assert in_words[0].endswith("× how much its ŷ changes with z of output 1)")
    notes = explain(trace("softmax", "mse", [1, 0]), OUTPUT, "bishop").notes
    assert "the mean of all y − t, each weighted by its y" in notes[1]


def test_the_other_sign() -> None:
    assert lines(trace("sigmoid", "cross_entropy", [1, 0]), "nielsen")[-1] == "= a²₁ − y₁"


@pytest.mark.parametrize(("output", "loss"), [("sigmoid", "mse"), ("step", "mse")])
def test_elsewhere_the_rule_says_all(output: str, loss: str) -> None:
    assert lines(trace(output, loss, [1, 0])) == []


def test_of_hidden_nodes_nothing_cancels() -> None:
    network = Network.dense([1, 1, 1], "sigmoid", "cross_entropy")
    assert explain(backpropagate(network, [1], [1]), OUTPUT).derivation == ()


def test_the_perceptron_rule() -> None:
    explanation = explain(trace("step", "mse", [1, 0]), OUTPUT)
    assert to_text(explanation.rule, str) == "δ²₁ = y₁ − ŷ₁"
    assert explanation.notes == ("The perceptron rule: the error itself, for a step has no g′.",)
