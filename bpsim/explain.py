"""Why a number is what it is: its rule, the rule with the numbers of this step, and the result.

Nothing is computed here. A formula is built once by a function of `explain_forward.py`, `explain_error.py`,
`explain_backward.py` or `explain_update.py` and written by a `Pen` as the rule, with every symbol, and with
the trace's numbers put in; evaluated, the last of them gives the number in the trace.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

from bpsim import explain_backward as backward
from bpsim import explain_error as errors
from bpsim import explain_forward as forward
from bpsim import explain_update as update
from bpsim.backprop import Trace
from bpsim.explain_given import given
from bpsim.explain_pen import Pen, Style
from bpsim.explain_words import sign_note, subtitle_of, title_of
from bpsim.formula import Add, Equation, Formula, Number, condensed, quantities
from bpsim.formula_digits import MOST_DIGITS, Line, Numbers, digits_of_lines
from bpsim.notation import NOTATIONS, Notation
from bpsim.quantity import Earlier, Quantity

Build = Callable[[Pen, Quantity], Formula]

_BUILD: dict[str, Build] = {
    "input": given,
    "target": given,
    "weight": given,
    "bias": given,
    "learning_rate": given,
    "z": forward.pre_activation,
    "a": forward.activation,
    "slope": forward.slope,
    "error_part": errors.error_part,
    "error": errors.error,
    "downhill": errors.downhill,
    "back_sum": backward.back_sum,
    "delta": backward.delta,
    "step": backward.step,
    "bias_step": backward.bias_step,
    "mean_step": backward.mean_step,
    "mean_bias_step": backward.mean_step,
    "new_weight": update.new,
    "new_bias": update.new,
    "momentum": given,
    "l1": given,
    "l2": given,
    "penalty": update.penalty,
    "decay_step": update.decay_step,
    "old_velocity": given,
    "velocity": update.velocity,
    "old_average": given,
    "average": update.average,
    "old_square": given,
    "square": update.square,
}
"""How the right side of each kind of quantity is built."""


@dataclass(frozen=True)
class Explanation:
    """Why a number is what it is.

    Parameters
    ----------
    quantity : Quantity
        Which number it is.
    notation : Notation
        How it is written.
    title, subtitle : str
        "δ of hidden node 1", and "layer 2 · the error that reaches this node".
    rule : Equation
        The symbol of the quantity, and its rule in symbols, sums with Σ.
    numbers : Equation
        The right side with the numbers of this step put in; it goes on from the line above.
    result : float
        The number itself, with the notation's sign.
    notes : tuple of str
        What is to be said besides, in sentences.
    """

    quantity: Quantity
    notation: Notation
    title: str
    subtitle: str
    rule: Equation
    numbers: Equation
    result: float
    notes: tuple[str, ...]
    pen: Callable[[Style], Pen] = field(repr=False, compare=False)
    """Returns a pen that writes as this explanation is written."""

    @cached_property
    def terms(self) -> tuple[Quantity, ...]:
        """What the number is made of, in reading order."""
        return tuple(term for term in quantities(self.numbers.right) if term != self.quantity)

    @cached_property
    def written_out(self) -> Equation:
        """The rule without Σ: every term of `numbers` as its symbol."""
        pen = self.pen("symbols")
        return Equation(pen.quantity(self.quantity), _BUILD[self.quantity.kind](pen, self.quantity))

    @cached_property
    def steps(self) -> tuple[Equation, ...]:
        """The line with numbers worked out sum by sum, from the innermost ones; empty where it has none."""
        lines, before, right = [], self.numbers.right, condensed(self.numbers.right)
        while right != before and not isinstance(right, Number):
            lines.append(Equation(None, right))
            before, right = right, condensed(right)
        return tuple(lines)

    @cached_property
    def derivation(self) -> tuple[Equation, ...]:
        """How the rule comes about, line by line, where that is not plain from it; empty elsewhere."""
        if self.quantity.kind != "delta":
            return ()
        return errors.derivation(self.pen("symbols"), self.quantity)


def explain(
    trace: Trace, quantity: Quantity, notation: Notation | str = "lecture", earlier: Earlier | None = None
) -> Explanation:
    """Return why a number of a trace is what it is.

    Parameters
    ----------
    trace : Trace
        The trace of the present instance.
    quantity : Quantity
        The number to explain. One with an `instance` is a number of that earlier instance.
    notation : Notation or str
        How to write it, or the name of that in `NOTATIONS`.
    earlier : mapping of rows to traces, optional
        The earlier instances of the same batch, in their order. Without them the mean over a batch is
        explained by its sum, for a trace has only the sums over the batch.

    Raises
    ------
    LookupError
        If the trace has no such number.
    """
    notation = NOTATIONS[notation] if isinstance(notation, str) else notation
    earlier = earlier or {}
    own = trace if quantity.instance is None else earlier[quantity.instance]

    def pen(style: Style) -> Pen:
        return Pen(style, own, notation, earlier, quantity.instance)

    build, symbols, numbers = _BUILD[quantity.kind], pen("rule"), pen("numbers")
    value = numbers.value(quantity)
    rule = Equation(symbols.quantity(quantity), build(symbols, quantity))
    right = build(numbers, quantity)
    sign = sign_note(quantity, notation)
    return Explanation(
        quantity,
        notation,
        title_of(quantity, trace.network, notation),
        subtitle_of(quantity, trace.network, notation),
        rule,
        Equation(None, right),
        value,
        (*dict.fromkeys(numbers.notes), *([sign] if sign else [])),
        pen,
    )


def worked(explanation: Explanation, numbers: Numbers, every_step: bool = True) -> tuple[Line, ...]:
    """Return the lines of a calculation: the numbers put in, inner sums worked out, the result.

    Each has the digits that give the next line and the result as they are written, and ≈ where it is not
    exact. A line that would only say the result is left out.

    Parameters
    ----------
    explanation : Explanation
    numbers : Numbers
        How numbers are written, with the fewest digits that are wanted.
    every_step : bool
        Whether sums within sums get lines of their own, or only the last line before the result is written.
    """
    every = [explanation.numbers.right, *(step.right for step in explanation.steps)]
    places = [n for n in range(len(every)) if every_step or n in (0, len(every) - 1)]
    lines = [
        (every[place], following - place)
        for place, following in zip(places, [*places[1:], places[-1]], strict=True)
        if not is_one_number(every[place])
    ]
    result = Number(explanation.result, quantity=explanation.quantity)
    return digits_of_lines(tuple(lines), result, numbers, result_numbers(explanation, numbers))


def result_numbers(explanation: Explanation, numbers: Numbers) -> Numbers:
    """Return how the result is written: a changed weight or bias with so many digits that it has changed."""
    before = _BEFORE.get(explanation.quantity.kind)
    if before is None:
        return numbers
    old = explanation.pen("numbers").value(explanation.quantity._replace(kind=before))
    if old == explanation.result:
        return numbers
    every = map(numbers.with_digits, range(numbers.digits, MOST_DIGITS + 1))
    return next((n for n in every if n.read(old) != n.read(explanation.result)), numbers)


def is_one_number(formula: Formula) -> bool:
    """Tell whether a formula says no more than a number does."""
    while isinstance(formula, Add) and len(formula.terms) == 1:
        formula = formula.terms[0]
    return isinstance(formula, Number)


_BEFORE = {"new_weight": "weight", "new_bias": "bias"}
