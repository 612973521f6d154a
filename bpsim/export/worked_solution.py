"""The worked solution of one instance: every number of every phase with its rule.

One list of explanations is written in several ways (`documents.py`, and as PDF by the window), each from the
same formula trees, so the documents cannot differ in what they say.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import numpy as np

from bpsim.activations import ACTIVATIONS
from bpsim.backprop import Trace
from bpsim.explain import Explanation, explain, is_one_number, worked
from bpsim.export.tables import Table, tables
from bpsim.formula import Equation
from bpsim.formula_digits import Line, Numbers
from bpsim.losses import LOSSES
from bpsim.naming import listed
from bpsim.narration import phase_explanation
from bpsim.network import Network
from bpsim.notation import NOTATIONS, Notation
from bpsim.optimizers import OPTIMIZERS
from bpsim.quantity import REMEMBERED, Earlier, Quantity

MOST_NODES = 48
"""Nodes up to which a solution is written: a longer one nobody reads; its numbers go to a table."""

DERIVED = "How the rule comes about:"

ROUNDING = (
    "“≈” stands before rounded numbers: to the nearest, and half-way to the even digit. "
    "Where it takes more digits to get a result as it is written, they are there."
)

Write = Callable[[float], str]


class TooLargeError(ValueError):
    """A network has too many nodes for a worked solution."""


@dataclass(frozen=True)
class Section:
    """One phase: its name, what it does, and where each of its numbers came from.

    A note stands at the first explanation that has it only.
    """

    title: str
    text: str
    explanations: tuple[Explanation, ...]


@dataclass(frozen=True)
class Solution:
    """A worked solution, to be written down.

    Parameters
    ----------
    title : str
    setting : str
        What network it is, and how it is trained, in a sentence.
    sections : tuple of Section
        One a phase.
    tables : tuple of Table
        All numbers at a glance.
    numbers : Numbers
        How a number is written; a formula may need more digits.
    """

    title: str
    setting: str
    sections: tuple[Section, ...]
    tables: tuple[Table, ...]
    numbers: Numbers

    @property
    def write(self) -> Write:
        """How a number is written that stands alone."""
        return self.numbers.given


def work_out(
    trace: Trace,
    numbers: Numbers,
    notation: str = "lecture",
    title: str = "Worked solution",
    earlier: Earlier | None = None,
) -> Solution:
    """Return the worked solution of an instance; `earlier` are the earlier instances of its batch.

    Raises
    ------
    TooLargeError
        If the network has more than `MOST_NODES` nodes.
    """
    nodes = sum(trace.network.sizes)
    if nodes > MOST_NODES:
        raise TooLargeError(
            f"A worked solution is written for up to {MOST_NODES} nodes; this network has {nodes}. "
            "Its numbers can be written as a CSV table."
        )
    way, said = NOTATIONS[notation], set[str]()
    sections = tuple(
        Section(
            phase.capitalize(),
            phase_explanation(phase, way),
            tuple(_saying_once(explain(trace, quantity, way, earlier), said) for quantity in asked),
        )
        for phase, asked in _by_phase(trace)
    )
    return Solution(title, _setting(trace, way, numbers.given), sections, tables(trace, way), numbers)


def lines_of(explanation: Explanation, solution: Solution) -> tuple[Line, ...]:
    """Return the rule and every line of a calculation, each in its digits."""
    rule = Line(explanation.rule, solution.numbers)
    if is_one_number(explanation.rule.right):
        return (rule,)
    return (rule, *worked(explanation, solution.numbers))


def derived(explanation: Explanation) -> tuple[Equation, ...]:
    """Return how a rule comes about; for all outputs alike, so at the first one only."""
    return explanation.derivation if explanation.quantity.node == 0 else ()


def _saying_once(explanation: Explanation, said: set[str]) -> Explanation:
    """Return an explanation with those of its notes only that were not said before."""
    new = tuple(note for note in explanation.notes if note not in said)
    said.update(new)
    return replace(explanation, notes=new)


def _setting(trace: Trace, notation: Notation, write: Write) -> str:
    network, settings = trace.network, trace.settings
    sizes = listed([str(size) for size in network.sizes])
    functions = ", ".join(ACTIVATIONS[name].label for name in network.activations)
    rate = f"{notation.letters['learning_rate']} = {write(settings.learning_rate)}"
    return (
        f"A network of {sizes} nodes ({functions}); error: {LOSSES[network.loss].label}; "
        f"{OPTIMIZERS[settings.optimizer].label}, {rate}. {ROUNDING}"
    )


def _by_phase(trace: Trace) -> Iterator[tuple[str, list[Quantity]]]:
    network, last = trace.network, len(trace.network.weights)
    hidden_and_output = [(l, i) for l in range(1, last + 1) for i in range(network.sizes[l])]
    backwards = [(l, i) for l in range(last, 0, -1) for i in range(network.sizes[l])]
    outputs = range(network.sizes[-1])
    yield (
        "receive",
        [
            *(Quantity("input", 0, j) for j in range(network.sizes[0])),
            *(Quantity("target", last, k) for k in outputs),
        ],
    )
    yield "forward", [Quantity(kind, *node) for node in hidden_and_output for kind in ("z", "a")]
    penalty = [Quantity("penalty")] if trace.settings.decays else []
    yield "error", [*(Quantity("error_part", last, k) for k in outputs), Quantity("error"), *penalty]
    yield "backward", [Quantity(kind, *node) for node in backwards for kind in ("slope", "delta")]
    yield "gradient", list(_parameters(network, backwards, "step", "bias_step"))
    if trace.closes_batch:
        every = [*_before_the_new_parameters(trace), ("new_weight", "new_bias")]
        yield "update", [q for kinds in every for q in _parameters(network, hidden_and_output, *kinds)]


def _before_the_new_parameters(trace: Trace) -> Iterator[tuple[str, str | None]]:
    """Yield what an update computes for each weight and bias on the way: mean, decay, what is remembered."""
    if trace.batch.count > 1:
        yield "mean_step", "mean_bias_step"
    if trace.settings.decays:
        yield "decay_step", None
    for letter in OPTIMIZERS[trace.settings.optimizer].letters:
        yield REMEMBERED[letter], REMEMBERED[letter]


def _parameters(
    network: Network, nodes: list[tuple[int, int]], weight: str, bias: str | None
) -> Iterator[Quantity]:
    for layer, node in nodes:
        for source in np.flatnonzero(network.masks[layer - 1][node]):
            yield Quantity(weight, layer, node, int(source))
        if bias is not None:
            yield Quantity(bias, layer, node)
