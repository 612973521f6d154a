"""Why a number is what it is: its rule, the rule with the numbers of this step, and the result.

Nothing is computed here. A formula is built once by a function of `explain_forward.py`, `explain_error.py`,
`explain_backward.py` or `explain_update.py` and written by a `Pen` as the rule, with every symbol, and with
the trace's numbers put in; evaluated, the last of them gives the number in the trace.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cached_property
from math import isfinite

from bpsim import explain_backward as backward
from bpsim import explain_error as errors
from bpsim import explain_forward as forward
from bpsim import explain_update as update
from bpsim.backprop import Trace
from bpsim.explain_given import given
from bpsim.explain_pen import Pen, Style
from bpsim.explain_words import sign_note, subtitle_of, title_of
from bpsim.formula import Equation, Formula, Number, condensed, evaluate, map_numbers, quantities
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


def shown(explanation: Explanation, rounded: Callable[[float], float]) -> Equation:
    """Return the line with numbers, with ≈ unless the numbers as shown give the result as shown.

    Parameters
    ----------
    explanation : Explanation
    rounded : callable
        Returns the number that is read when a number is written as it will be shown; only finite ones are.
    """
    return _with_sign(explanation.numbers, explanation.result, rounded)


def worked(explanation: Explanation, rounded: Callable[[float], float]) -> tuple[Equation, ...]:
    """Return all lines of a calculation: the rule, the numbers put in, inner sums worked out, the result.

    Each has ≈ unless the numbers as shown give the result as shown; `rounded` is that of `shown`.
    """
    lines = [
        _with_sign(line, explanation.result, rounded)
        for line in (explanation.numbers, *explanation.steps)
        if not isinstance(line.right, Number)  # which is the result
    ]
    about = lines[-1].about if lines else False
    result = Equation(None, Number(explanation.result, quantity=explanation.quantity), about=about)
    return (explanation.rule, *lines, result)


def _with_sign(line: Equation, result: float, rounded: Callable[[float], float]) -> Equation:
    as_shown = evaluate(map_numbers(line, lambda number: replace(number, value=rounded(number.value))))
    exact = as_shown == result or (
        isfinite(as_shown) and isfinite(result) and rounded(as_shown) == rounded(result)
    )
    return replace(line, about=not exact)
