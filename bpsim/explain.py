"""Where a number came from: the rule, the rule with the numbers of this step put in, and the result.

`explain` computes nothing. It looks numbers up in a `Trace` and writes down the formula that the trace's own
arithmetic follows; the tests evaluate what is written and get the number in the trace.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from bpsim.activations import ACTIVATIONS
from bpsim.backprop import Trace
from bpsim.formula import (
    Add,
    BigSum,
    Equation,
    Formula,
    Fraction,
    Negative,
    Number,
    Times,
    Words,
    evaluate,
    folding,
    quantities,
)  # fmt: skip
from bpsim.function_formulas import (
    ZERO,
    activation,
    derivative,
    error_by_z,
    error_part,
    minus,
    saturated,
)  # fmt: skip
from bpsim.losses import LOSSES
from bpsim.notation import NOTATIONS, Notation
from bpsim.quantity import Quantity, value_of


@dataclass(frozen=True)
class Explanation:
    """Where one number came from.

    Parameters
    ----------
    quantity : Quantity
    title, subtitle : str
        In words: "δ of hidden node 1", "layer 2 · the error that reaches this node".
    rule, numbers : Equation
        The rule in symbols, and the same with numbers put in.
    result : float
        The number, with the sign that the notation gives it.
    notes : tuple of str
        What a learner should know about it, in sentences.
    """

    quantity: Quantity
    title: str
    subtitle: str
    rule: Equation
    numbers: Equation
    result: float
    notes: tuple[str, ...] = ()

    @property
    def terms(self) -> tuple[Quantity, ...]:
        """The numbers that this one is made of, in reading order."""
        return tuple(term for term in quantities(self.numbers.right) if term != self.quantity)


@dataclass(frozen=True)
class _Sides:
    """The right sides of rule and numbers, what the number means in a few words, and notes."""

    rule: Formula
    numbers: Formula
    meaning: str
    notes: tuple[str, ...] = ()


def explain(trace: Trace, quantity: Quantity, notation: str = "lecture") -> Explanation:
    """Return where a number of a trace came from.

    Parameters
    ----------
    trace : Trace
    quantity : Quantity
        Any kind in `bpsim.quantity.KINDS`.
    notation : str
        A name in `NOTATIONS`.
    """
    writer = _Writer(trace, NOTATIONS[notation])
    sides = _RULES[quantity.kind](writer, quantity)
    left = writer.left(quantity)
    result = writer.sign(quantity) * value_of(trace, quantity)
    notes = sides.notes
    if writer.sign(quantity) < 0:
        notes = (*notes, f"{writer.notation.label}: the sign is the other one than the lecture's.")
    return Explanation(
        quantity, _title(writer, quantity), _subtitle(quantity, sides.meaning),
        Equation(left, sides.rule), Equation(left, sides.numbers), result, notes,
    )  # fmt: skip


def shown(explanation: Explanation, rounded: Callable[[float], float]) -> Equation:
    """Return the equation with numbers, with ≈ unless its rounded numbers give the rounded result.

    Parameters
    ----------
    rounded : callable
        Returns the number that is read when a number is written as it will be shown.
    """
    as_shown = evaluate(_map_numbers(explanation.numbers.right, rounded))
    exact = rounded(as_shown) == rounded(explanation.result)
    return replace(explanation.numbers, about=not exact)


class _Writer:
    """Writes numbers of one trace as symbols and as numbers, in one notation."""

    def __init__(self, trace: Trace, notation: Notation) -> None:
        self.trace, self.notation, self.network = trace, notation, trace.network
        self.last = len(trace.network.weights)

    def symbol(self, quantity: Quantity) -> Formula:
        return self.notation.symbol(quantity, self.network)

    def sign(self, quantity: Quantity) -> int:
        return self.notation.sign_of(quantity)

    def number(self, quantity: Quantity) -> Number:
        return Number(self.sign(quantity) * value_of(self.trace, quantity), quantity=quantity)

    def value(self, kind: str, layer: int, node: int) -> float:
        return value_of(self.trace, Quantity(kind, layer, node))

    def below(self, layer: int, node: int) -> Quantity:
        """Return the number that a node of a layer sends to the next one: x or a."""
        return Quantity("input" if layer == 0 else "a", layer, node)

    def left(self, quantity: Quantity) -> Formula:
        if quantity.kind in ("back_sum", "downhill"):
            return Words("its part of δ")
        return self.symbol(quantity)

    def function_of(self, layer: int) -> str:
        return self.network.activations[layer - 1]

    def sources(self, layer: int, node: int) -> list[int]:
        return [int(j) for j in np.flatnonzero(self.network.masks[layer - 1][node])]

    def targets(self, layer: int, node: int) -> list[int]:
        return [int(i) for i in np.flatnonzero(self.network.masks[layer][:, node])]

    def sum_of(self, terms: list[Formula]) -> Formula:
        if not terms:
            return ZERO
        return Add(tuple(terms), folding(tuple(evaluate(term) for term in terms)))


# -- the rules ---------------------------------------------------------------------------------------------


def _given(writer: _Writer, quantity: Quantity) -> _Sides:
    where = "the data set" if quantity.kind in ("input", "target") else "the settings"
    return _Sides(Words(f"as {where} says"), writer.number(quantity), "given, not computed")


def _parameter(writer: _Writer, quantity: Quantity) -> _Sides:
    words = Words("as it was after the last update")
    meaning = "a parameter: only the update changes it"
    return _Sides(words, writer.number(quantity), meaning)


def _z(writer: _Writer, quantity: Quantity) -> _Sides:
    layer, node = _place(quantity)
    sources = writer.sources(layer, node)
    weights = [Quantity("weight", layer, node, j) for j in sources]
    bias = Quantity("bias", layer, node)
    terms: list[Formula] = [
        Times((writer.number(weight), writer.number(writer.below(layer - 1, j))))
        for weight, j in zip(weights, sources, strict=True)
    ]
    numbers = writer.sum_of([*terms, writer.number(bias)])
    if writer.notation.words:
        general: Formula = Words("Σ weight · value")
    else:
        general = BigSum(
            "j",
            Times(
                (
                    writer.notation.weight_symbol("weight", layer, str(node + 1), "j"),
                    writer.notation.node_symbol("a", layer - 1, "j"),
                )
            ),
            lower="j",
        )
    rule = Add((general, writer.symbol(bias)))
    return _Sides(rule, numbers, "the weighted sum of what comes in", _missing(writer, layer, node))


def _missing(writer: _Writer, layer: int, node: int) -> tuple[str, ...]:
    absent = int((~writer.network.masks[layer - 1][node]).sum())
    if not absent:
        return ()
    is_or_are = "connection is" if absent == 1 else "connections are"
    return (
        f"{absent} {is_or_are} missing and take no part."
        if absent > 1
        else "1 connection is missing and takes no part.",
    )


def _a(writer: _Writer, quantity: Quantity) -> _Sides:
    layer, node = _place(quantity)
    if layer == 0:
        return _given(writer, Quantity("input", 0, node))
    name = writer.function_of(layer)
    z = Quantity("z", layer, node)
    zs = [Quantity("z", layer, k) for k in range(writer.network.sizes[layer])]
    positive = value_of(writer.trace, z) >= 0 if name == "step" else value_of(writer.trace, z) > 0
    rule = activation(name, writer.symbol(z), positive, [writer.symbol(other) for other in zs])
    numbers = activation(name, writer.number(z), positive, [writer.number(other) for other in zs])
    label = ACTIVATIONS[name].label
    meaning = (
        f"the prediction, by {label}" if layer == writer.last else f"what this node passes on, by {label}"
    )
    return _Sides(rule, numbers, meaning)


def _slope(writer: _Writer, quantity: Quantity) -> _Sides:
    layer, node = _place(quantity)
    name = writer.function_of(layer)
    z, a = Quantity("z", layer, node), Quantity("a", layer, node)
    values = writer.value("z", layer, node), writer.value("a", layer, node)
    rule = derivative(name, writer.symbol(z), writer.symbol(a), *values)
    numbers = derivative(name, writer.number(z), writer.number(a), *values)
    notes: tuple[str, ...] = ()
    if name == "step":
        notes = ("The step function has no useful derivative; the perceptron rule leaves it out.",)
    elif name == "softmax":
        notes = ("An output of softmax depends on the z of all outputs; this is its own share.",)
    elif abs(value_of(writer.trace, quantity)) < 0.01:
        notes = ("The slope is nearly 0: the node is saturated, and little error passes through it.",)
    return _Sides(rule, numbers, f"the slope of {ACTIVATIONS[name].label} at z", notes)


def _error_part(writer: _Writer, quantity: Quantity) -> _Sides:
    k = quantity.node or 0
    y, a, z = Quantity("target", writer.last, k), Quantity("a", writer.last, k), Quantity("z", writer.last, k)
    loss, output = writer.network.loss, writer.function_of(writer.last)
    values = value_of(writer.trace, y), value_of(writer.trace, a)
    meaning = f"the error of output {k + 1}, {LOSSES[loss].label}"
    if loss == "cross_entropy" and output == "sigmoid" and saturated(values[1]):
        rule = error_by_z(writer.symbol(y), writer.symbol(z), values[0])
        numbers = error_by_z(writer.number(y), writer.number(z), values[0])
        note = "Written with z, because ŷ is so near to 0 or 1 that ln ŷ or ln(1 − ŷ) would lose its digits."
        return _Sides(rule, numbers, meaning, (note,))
    rule = error_part(loss, output, writer.symbol(y), writer.symbol(a), *values)
    numbers = error_part(loss, output, writer.number(y), writer.number(a), *values)
    if output == "softmax" and loss == "cross_entropy" and values[0] == 0:
        numbers = ZERO
        return _Sides(rule, numbers, meaning, ("y is 0 here, so this output adds nothing to E.",))
    return _Sides(rule, numbers, meaning)


def _error(writer: _Writer, quantity: Quantity) -> _Sides:
    parts = [Quantity("error_part", writer.last, k) for k in range(writer.network.sizes[-1])]
    rule: Formula = BigSum("k", writer.notation.node_symbol("error_part", writer.last, "k"), lower="k")
    if writer.notation.words:
        rule = Words("sum of the errors of all outputs")
    return _Sides(rule, writer.sum_of([writer.number(part) for part in parts]), "the error of this instance")


def _downhill(writer: _Writer, quantity: Quantity) -> _Sides:
    layer, node = _place(quantity)
    if layer < writer.last:
        return _back_sum(writer, quantity)
    y, a = Quantity("target", layer, node), Quantity("a", layer, node)
    if writer.network.loss == "mse":
        rule, numbers = (
            _difference(writer, writer.symbol(y), writer.symbol(a)),
            _difference(writer, writer.number(y), writer.number(a)),
        )
        return _Sides(rule, numbers, "how E falls as ŷ grows")
    note = "Cross-entropy divides by ŷ (1 − ŷ) here, and g′ multiplies by it: in δ both cancel."
    return _Sides(
        Words("−∂E/∂ŷ of the cross-entropy"), writer.number(quantity), "how E falls as ŷ grows", (note,)
    )


def _difference(writer: _Writer, y: Formula, a: Formula) -> Formula:
    """Return y − ŷ, or ŷ − y in a notation whose δ is ∂E/∂z."""
    return minus(y, a) if writer.notation.delta_sign > 0 else minus(a, y)


def _back_sum(writer: _Writer, quantity: Quantity) -> _Sides:
    layer, node = _place(quantity)
    if layer == writer.last:
        return _downhill(writer, quantity)
    rule, numbers = _errors_from_the_right(writer, layer, node)
    return _Sides(rule, numbers, "the errors that flow back into this node, each through its weight")


def _errors_from_the_right(writer: _Writer, layer: int, node: int) -> tuple[Formula, Formula]:
    terms: list[Formula] = [
        Times(
            (
                writer.number(Quantity("delta", layer + 1, i)),
                writer.number(Quantity("weight", layer + 1, i, node)),
            )
        )
        for i in writer.targets(layer, node)
    ]
    if writer.notation.words:
        return Words("Σ error term · weight"), writer.sum_of(terms)
    body = Times(
        (
            writer.notation.node_symbol("delta", layer + 1, "j"),
            writer.notation.weight_symbol("weight", layer + 1, "j", str(node + 1)),
        )
    )
    return BigSum("j", body, lower="j"), writer.sum_of(terms)


def _delta(writer: _Writer, quantity: Quantity) -> _Sides:
    layer, node = _place(quantity)
    if layer == writer.last:
        return _output_delta(writer, node)
    slope = Quantity("slope", layer, node)
    rule, numbers = _errors_from_the_right(writer, layer, node)
    absent = len(writer.network.biases[layer]) - len(writer.targets(layer, node))
    notes = (f"{absent} of the next layer's nodes are not connected to it.",) if absent else ()
    return _Sides(
        Times((rule, writer.symbol(slope))), Times((numbers, writer.number(slope))),
        "the error that reaches this node", notes,
    )  # fmt: skip


def _output_delta(writer: _Writer, k: int) -> _Sides:
    y, a = Quantity("target", writer.last, k), Quantity("a", writer.last, k)
    slope = Quantity("slope", writer.last, k)
    loss, output = writer.network.loss, writer.function_of(writer.last)
    meaning = "the error term of an output"
    if output == "softmax" and loss == "mse":
        return _softmax_squared(writer, k)
    rule = _difference(writer, writer.symbol(y), writer.symbol(a))
    numbers = _difference(writer, writer.number(y), writer.number(a))
    if loss == "cross_entropy":
        if output == "softmax" and abs(writer.trace.target.sum() - 1) > 1e-12:
            total = Number(float(writer.trace.target.sum()))
            share = Times((writer.number(a), total))
            numbers = _difference(writer, writer.number(y), share)
        note = "The factor g′(z) cancels: −∂E/∂ŷ has ŷ (1 − ŷ) in its denominator, and g′(z) is ŷ (1 − ŷ)."
        if output == "softmax":
            note = "The factors cancel: what ln takes out of the softmax, its derivatives put in again."
        return _Sides(rule, numbers, meaning, (note,))
    if output == "step":
        return _Sides(rule, numbers, meaning, ("The perceptron rule: there is no g′(z).",))
    return _Sides(Times((rule, writer.symbol(slope))), Times((numbers, writer.number(slope))), meaning)


def _softmax_squared(writer: _Writer, k: int) -> _Sides:
    """δ_k = ŷ_k ((y_k − ŷ_k) − Σ_m ŷ_m (y_m − ŷ_m))."""

    def sides(write: Callable[[Quantity], Formula]) -> Formula:
        def part(m: int) -> tuple[Formula, Formula]:
            a = write(Quantity("a", writer.last, m))
            return a, _difference(writer, write(Quantity("target", writer.last, m)), a)

        own, difference = part(k)
        every = tuple(Times(part(m)) for m in range(writer.network.sizes[-1]))
        return Times((own, minus(difference, Add(every))))

    note = "Every output of softmax depends on every z, so the errors of all outputs take part."
    return _Sides(sides(writer.symbol), sides(writer.number), "the error term of an output", (note,))


def _step(writer: _Writer, quantity: Quantity) -> _Sides:
    layer, node = _place(quantity)
    factors = [Quantity("learning_rate"), Quantity("delta", layer, node)]
    if quantity.source is not None:
        factors.append(writer.below(layer - 1, quantity.source))
    rule: Formula = Times(tuple(writer.symbol(factor) for factor in factors))
    numbers: Formula = Times(tuple(writer.number(factor) for factor in factors))
    if writer.notation.delta_sign < 0:
        rule, numbers = Negative(rule), Negative(numbers)
    if quantity.source is None and not writer.trace.settings.update_biases:
        return _Sides(rule, ZERO, "how much the bias changes", ("Biases are not updated: see Training.",))
    meaning = "how much the weight changes" if quantity.source is not None else "how much the bias changes"
    notes = ("This is the share of one instance: the update takes the mean over the batch.",)
    return _Sides(rule, numbers, meaning, notes if _in_batch(writer) else ())


def _in_batch(writer: _Writer) -> bool:
    return writer.trace.batch.count > 1 or not writer.trace.closes_batch


def _mean_step(writer: _Writer, quantity: Quantity) -> _Sides:
    one = Quantity(quantity.kind.removeprefix("mean_"), *quantity[1:])
    if not _in_batch(writer) or writer.trace.mean_weight_steps is None:
        return _step(writer, one)
    count = writer.trace.batch.count
    layer, node = _place(quantity)
    sums = writer.trace.batch.bias_steps if quantity.source is None else writer.trace.batch.weight_steps
    total = sums[layer - 1][node] if quantity.source is None else sums[layer - 1][node, quantity.source]
    mean = value_of(writer.trace, quantity)
    numbers: Formula = Fraction(Number(float(total)), Number(float(count))) if mean or not total else ZERO
    rule = Fraction(BigSum("p", writer.symbol(one), lower="p"), Number(float(count)))
    return _Sides(rule, numbers, f"the mean over the {count} instances of the batch")


def _new(writer: _Writer, quantity: Quantity) -> _Sides:
    what = quantity.kind.removeprefix("new_")
    old = Quantity(what, *quantity[1:])
    if not writer.trace.closes_batch:
        note = "The update follows the last instance of the batch."
        return _Sides(writer.symbol(old), writer.number(old), "not changed by this instance", (note,))
    mean = "mean_" if _in_batch(writer) else ""
    step = Quantity(f"{mean}{'bias_' if what == 'bias' else ''}step", *quantity[1:])
    rule = Add((writer.symbol(old), writer.symbol(step)))
    numbers = Add((writer.number(old), writer.number(step)))
    return _Sides(rule, numbers, "the parameter after the update")


_RULES: dict[str, Callable[[_Writer, Quantity], _Sides]] = {
    "input": _given,
    "target": _given,
    "learning_rate": _given,
    "weight": _parameter,
    "bias": _parameter,
    "z": _z,
    "a": _a,
    "slope": _slope,
    "error_part": _error_part,
    "error": _error,
    "downhill": _downhill,
    "back_sum": _back_sum,
    "delta": _delta,
    "step": _step,
    "bias_step": _step,
    "mean_step": _mean_step,
    "mean_bias_step": _mean_step,
    "new_weight": _new,
    "new_bias": _new,
}


# -- words -------------------------------------------------------------------------------------------------


def _place(quantity: Quantity) -> tuple[int, int]:
    assert quantity.layer is not None
    assert quantity.node is not None
    return quantity.layer, quantity.node


def _title(writer: _Writer, quantity: Quantity) -> str:
    kind, layer, node, source, _ = quantity
    letters = writer.notation
    if kind == "learning_rate":
        return "Learning rate η"
    if kind == "error":
        return f"Error {letters.error} of this instance"
    assert layer is not None
    assert node is not None
    name = writer.network.node_name(layer, node)
    if source is not None:
        way = f"from {writer.network.node_name(layer - 1, source)} to {name}"
        return {"weight": f"{letters.weight} ", "new_weight": f"New {letters.weight} "}.get(
            kind, f"Δ{letters.weight} "
        ) + way
    what = {
        "input": "Value", "target": f"Target {letters.target}", "z": letters.z, "a": letters.a,
        "slope": f"Slope {letters.function}′", "error_part": f"Error {letters.error}", "downhill": "Error signal",
        "back_sum": "Σ", "delta": letters.delta, "bias": "Bias", "new_bias": "New bias",
    }.get(kind, "Step of the bias")  # fmt: skip
    return f"{what} of {name}"


def _subtitle(quantity: Quantity, meaning: str) -> str:
    return meaning if quantity.layer is None else f"layer {quantity.layer + 1} · {meaning}"


def _map_numbers(formula: Formula, change: Callable[[float], float]) -> Formula:
    """Return a formula with every number changed."""
    if isinstance(formula, Number):
        return replace(formula, value=change(formula.value))
    changed = {}
    for name, part in vars(formula).items():
        if isinstance(part, Formula):
            changed[name] = _map_numbers(part, change)
        elif isinstance(part, tuple) and not isinstance(part, Quantity):
            changed[name] = tuple(_mapped(inner, change) for inner in part)
    return replace(formula, **changed) if changed else formula


def _mapped(inner: object, change: Callable[[float], float]) -> object:
    if isinstance(inner, Formula):
        return _map_numbers(inner, change)
    if isinstance(inner, tuple):
        return tuple(_mapped(part, change) for part in inner)
    return inner
