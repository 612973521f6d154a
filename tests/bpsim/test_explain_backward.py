"""How δ flows back and what it changes, by hand; `test_explain_proof.py` proves that it is right."""

from bpsim import load_example
from bpsim.backprop import backpropagate
from bpsim.explain import Explanation, explain
from bpsim.formula_text import to_text
from bpsim.network import Network
from bpsim.quantity import Quantity
from bpsim.settings import Settings


def write(value: float) -> str:
    return {0.4: "0.40", 0.5: "0.50"}.get(value, f"{value:.3f}".replace("-", "−"))


def texts(explanation: Explanation) -> list[str]:
    equations = (explanation.rule, explanation.written_out, explanation.numbers)
    return [to_text(equation, write) for equation in equations]


def test_the_picture_of_the_design() -> None:
    demo = load_example("lecture_demo")
    trace = backpropagate(demo.network, demo.dataset.inputs[0], demo.dataset.targets[0], demo.settings)
    explanation = explain(trace, Quantity("delta", 1, 0))
    assert explanation.title == "δ of hidden node 1"
    assert explanation.subtitle == "layer 2 · the error that reaches this node"
    assert texts(explanation) == [
        "δ²₁ = (Σⱼ δ³ⱼ θ²₁ⱼ) · g′(z²₁)",
        "δ²₁ = (δ³₁ θ²₁₁ + δ³₂ θ²₁₂) · g′(z²₁)",
        "= (−0.146·0.40 + 0.067·0.50) · 0.241",
    ]
    assert f"{explanation.result:.5f}" == "-0.00593"


def test_the_batch_mean() -> None:
    network, settings = Network.dense([1, 1], "linear", seed=1), Settings(batch_size=2)
    network = network.with_parameters([[[1.0]]], [[0.0]])
    first = backpropagate(network, [2], [3], settings, closes_batch=False)
    trace = backpropagate(network, [1], [3], settings, batch=first.batch)
    mean = Quantity("mean_step", 1, 0, 0)
    assert texts(explain(trace, mean, earlier={6: first})) == [
        "mean Δθ¹₁₁ = (Σₚ Δθ¹₁₁,ₚ) / 2",
        "mean Δθ¹₁₁ = (Δθ¹₁₁,ₚ₌₇ + Δθ¹₁₁) / 2",
        "= (1.000 + 1.000) / 2",
    ]
    alone = explain(trace, mean)
    assert texts(alone)[0::2] == ["mean Δθ¹₁₁ = (Σₚ Δθ¹₁₁,ₚ) / 2", "= 2 / 2"]
    assert "not at hand" in alone.notes[0]
    assert texts(explain(trace, Quantity("new_weight", 1, 0, 0)))[1] == "new θ¹₁₁ = θ¹₁₁ + mean Δθ¹₁₁"
    assert texts(explain(first, Quantity("new_weight", 1, 0, 0)))[1] == "new θ¹₁₁ = θ¹₁₁"


def test_what_does_not_change_says_why() -> None:
    network = Network.dense([2, 2, 1], seed=1).with_disconnected(0, 1, 0).with_disconnected(1, 0, 1)
    trace = backpropagate(network, [1, 1], [0], Settings(update_biases=False))

    def note(kind: str, *place: int) -> str:
        return explain(trace, Quantity(kind, *place)).notes[0]

    assert note("step", 1, 1, 0) == "These two nodes are not connected, so there is nothing to change."
    assert note("bias_step", 1, 0) == "Biases are not updated, as the settings say."
    assert note("delta", 1, 1) == "No connection leads on from here, so no error comes back."
    assert (
        "1 connection that could lead here is missing, so it is not in the sum."
        in explain(trace, Quantity("z", 1, 1)).notes
    )


def test_a_step_goes_against_a_delta_that_points_uphill() -> None:
    trace = backpropagate(Network.dense([1, 1]), [1], [0])
    explanation = explain(trace, Quantity("step", 1, 0, 0), "nielsen")
    assert to_text(explanation.rule, write) == "Δw²₁₁ = −η δ²₁ a¹₁"
    assert explanation.notes == (
        "The input layer passes the inputs on: a¹₁ = x₁.",
        "δ points uphill, so the step goes against it: hence the minus.",
    )
