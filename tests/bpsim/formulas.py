"""Formulas that the tests of the ways of writing share."""

from dataclasses import dataclass
from decimal import Decimal

from bpsim.backprop import Trace, backpropagate
from bpsim.examples import load_example
from bpsim.explain import Explanation, explain
from bpsim.formula import Equation, Formula
from bpsim.formula_digits import tidy
from bpsim.network import Network
from bpsim.notation import NOTATIONS
from bpsim.optimizers import OPTIMIZERS
from bpsim.quantity import Quantity, remembered
from bpsim.settings import Settings


def written(value: float) -> str:
    """Return a number with three decimals and the minus of print."""
    return f"{value:.3f}".replace("-", "−")


@dataclass(frozen=True)
class Digits:
    """Numbers with so many significant digits, exact ones of few digits as they are."""

    digits: int = 3

    def given(self, value: float) -> str:
        value = tidy(value) if self.digits < 15 else value
        short = f"{value:.9g}"
        text = short if float(short) == value and len(short) < 8 else f"{value:#.{self.digits}g}"
        return text.rstrip(".").replace("-", "−")

    def read(self, value: float) -> float:
        return float(self.given(value).replace("−", "-"))

    def last_place(self, value: float) -> int:
        power = int(f"{value:e}".partition("e")[2])
        return max(
            self.digits - 1 - power, -int(Decimal(self.given(value).replace("−", "-")).as_tuple().exponent)
        )

    def with_digits(self, digits: int) -> "Digits":
        return Digits(digits)


def trace_of(name: str) -> Trace:
    """Return the trace of the first instance of an example."""
    project = load_example(name)
    data = project.dataset
    return backpropagate(project.network, data.inputs[0], data.targets[0], project.settings)


def demo(kind: str, *place: int, notation: str = "lecture") -> Explanation:
    """Return the explanation of a number of the lecture's demo, of 2, 3 and 2 nodes."""
    return explain(trace_of("lecture_demo"), Quantity(kind, *place), notation)


def softmax(kind: str, *place: int, notation: str = "lecture") -> Explanation:
    """Return the explanation of a number of a network of 2, 2 and 3 nodes with softmax and cross-entropy."""
    return explain(trace_of("softmax"), Quantity(kind, *place), notation)


def with_hidden(name: str, kind: str) -> Explanation:
    """Return the explanation of a number of a hidden node with an activation function; its z is −0.6."""
    network = Network.dense([2, 1, 1], [name, "linear"]).with_parameters([[[0.2, 0.4]], [[0.5]]], [[0], [0]])
    return explain(backpropagate(network, [1.0, -2.0], [1.0]), Quantity(kind, 1, 0))


def batch_mean() -> Explanation:
    """Return the explanation of a mean over three instances, those with the rows 4, 2 and the present one."""
    network = Network.dense([2, 1], "linear").with_parameters([[[0.5, -0.25]]], [[0]])
    settings = Settings(learning_rate=0.5, batch_size=3)
    first = backpropagate(network, [1, 0], [1], settings, closes_batch=False)
    second = backpropagate(network, [0, 1], [0], settings, batch=first.batch, closes_batch=False)
    last = backpropagate(network, [1, 1], [1], settings, batch=second.batch)
    return explain(last, Quantity("mean_step", 1, 0, 0), earlier={4: first, 2: second})


def many_terms() -> Explanation:
    """Return the explanation of δ of a hidden node that leads to 9 outputs."""
    weights = [[[1.0]], [[0.1 * k] for k in range(1, 10)]]
    network = Network.dense([1, 1, 9], "linear").with_parameters(weights, [[0], [0] * 9])
    return explain(backpropagate(network, [1.0], [0.0] * 9), Quantity("delta", 1, 0))


def all_formulas() -> list[Formula]:
    """Return many formulas of explanations, of every kind of quantity in every notation."""
    formulas: list[Formula] = []
    for name in ("lecture_figure", "softmax", "relu_by_hand", "perceptron_and"):
        trace = trace_of(name)
        last = len(trace.network.weights)
        for notation in NOTATIONS:
            for quantity in _some_of_every_kind(last):
                explanation = explain(trace, quantity, notation)
                lines: tuple[Equation, ...] = (explanation.rule, explanation.numbers, explanation.written_out)
                formulas += [*lines, *explanation.derivation]
    return [*formulas, *_formulas_of_updates()]


def _formulas_of_updates() -> list[Formula]:
    """Return formulas of what optimizers and weight decay make of the Δθ, in every notation."""
    project = load_example("lecture_demo")
    x, y = project.dataset.inputs[0], project.dataset.targets[0]
    formulas: list[Formula] = []
    for optimizer in OPTIMIZERS:
        trace = backpropagate(project.network, x, y, Settings(optimizer=optimizer, l1=0.1, l2=0.1))
        for notation in NOTATIONS:
            for kind in (*remembered(trace), "new_weight", "decay_step"):
                explanation = explain(trace, Quantity(kind, 1, 0, 1), notation)
                formulas += [explanation.rule, explanation.numbers, explanation.written_out]
            penalty = explain(trace, Quantity("penalty"), notation)
            formulas += [penalty.rule, penalty.numbers, penalty.written_out]
    return formulas


def _some_of_every_kind(last: int) -> list[Quantity]:
    of_outputs = ("target", "error_part", "downhill")
    of_nodes = (
        "z", "a", "slope", "back_sum", "delta", "bias", "bias_step", "mean_bias_step", "new_bias",
    )  # fmt: skip
    of_weights = ("weight", "step", "mean_step", "new_weight")
    return [
        Quantity("error"),
        Quantity("learning_rate"),
        Quantity("input", 0, 1),
        *(Quantity(kind, last, 0) for kind in of_outputs),
        *(Quantity(kind, layer, 0) for kind in of_nodes for layer in (1, last)),
        *(Quantity(kind, layer, 0, 1) for kind in of_weights for layer in (1, last)),
    ]
