"""How the numbers of the forward pass come about: z, a = g(z), and g′(z)."""

from collections.abc import Callable

import numpy as np

from bpsim.activations import ACTIVATIONS, LEAK
from bpsim.explain_pen import ONE, TWO, ZERO, Pen, less, place
from bpsim.formula import Add, Apply, Cases, Formula, Fraction, Negative, Number, Power, Symbol, Times
from bpsim.formula_text import to_text
from bpsim.quantity import Quantity

NEAR = 1e-3
"""How near to its limit an a may come before its distance from it has lost digits."""
LARGE = 500.0
"""From here on e^z is not computed."""


def pre_activation(pen: Pen, q: Quantity) -> Formula:
    """Return z_i = Σ_j θ_ij a_j + θ_0i, over the connections that are present."""
    layer, node = place(q)
    mask, before, index = pen.network.masks[layer - 1][node], layer - 1, pen.notation.before
    sources = np.flatnonzero(mask)
    if pen.notation.bias_index:
        pen.note("The bias is the weight of a constant 1.")
    if layer == 1 and len(sources):
        pen.note_input(int(sources[0]))
    if len(sources) < len(mask):
        pen.note(missing(len(mask) - len(sources), "lead here"))
    if not len(sources):
        return Add((pen.of("bias", layer, node),))

    def product(weight: Formula, a: Formula) -> Formula:
        return Times((a, weight) if pen.notation.input_first else (weight, a))

    def term(source: int) -> Formula:
        return product(pen.of("weight", layer, node, source), pen.activation(before, source))

    total = pen.sum(
        index,
        lambda: product(
            pen.any("weight", layer, str(node + 1), index), pen.any("a" if before else "input", before, index)
        ),
        map(term, sources.tolist()),
        (pen.network.weights[before][node] * pen.trace.activations[before])[sources],
        pen.nodes_of(before),
    )
    return Add((total, pen.of("bias", layer, node)))


def activation(pen: Pen, q: Quantity) -> Formula:
    """Return a = g(z)."""
    layer, node = place(q)
    if layer == 0:
        return pen.activation(layer, node)
    name = pen.network.activations[layer - 1]
    pen.note(f"{pen.notation.letters['g']} is {_article(name)}.")
    if layer == pen.last:
        _note_output(pen, q)
    if name == "softmax":
        return _softmax(pen, layer, node)
    return _FUNCTIONS[name](pen, Quantity("z", layer, node))


def _note_output(pen: Pen, q: Quantity) -> None:
    """Say which a an output is, where its letter does not."""
    notation = pen.notation
    if notation.outputs_in_chain and not notation.words:
        written = notation.text(q, pen.network), to_text(notation.in_chain(q, pen.network), str)
        pen.note("The answer of the network is the activation of its last layer: {} = {}.".format(*written))


def slope(pen: Pen, q: Quantity) -> Formula:
    """Return g′(z)."""
    layer, node = place(q)
    name = pen.network.activations[layer - 1]
    if name == "softmax":
        hat, z = pen.letter("output"), pen.letter("z")
        pen.note(f"Softmax joins all outputs: this is only how {hat} changes with its own {z}.")
    return _SLOPES[name](pen, Quantity("z", layer, node))


def missing(count: int, where: str) -> str:
    """Return a note on connections that are not there; `where` is what they could do."""
    if count == 1:
        return f"1 connection that could {where} is missing, so it is not in the sum."
    return f"{count} connections that could {where} are missing, so they are not in the sum."


def one_plus_e(exponent: Formula) -> Add:
    """Return 1 + e^exponent."""
    return Add((ONE, e_to(exponent)))


def e_to(exponent: Formula) -> Power:
    """Return e^exponent."""
    return Power(Symbol("e"), exponent)


def log_one_plus_e(pen: Pen, z: Quantity, sign: int = 1) -> Formula:
    """Return ln(1 + e^z), or ln(1 + e^(−z)) for the sign −1; without e^z where that is too large a number."""

    def exponent(direction: int) -> Formula:
        return pen.quantity(z) if direction > 0 else Negative(pen.quantity(z))

    if sign * pen.value(z) > LARGE:
        return Add((exponent(sign), Apply("ln", one_plus_e(exponent(-sign)))))
    return Apply("ln", one_plus_e(exponent(sign)))


# -- g -------------------------------------------------------------------------------------------------------


def _sigmoid(pen: Pen, z: Quantity) -> Formula:
    return Fraction(ONE, one_plus_e(Negative(pen.quantity(z))))


def _tanh(pen: Pen, z: Quantity) -> Formula:
    return Apply("tanh", pen.quantity(z))


def _relu(pen: Pen, z: Quantity) -> Formula:
    return _by_sign(pen, z, pen.quantity(z), ZERO)


def _leaky_relu(pen: Pen, z: Quantity) -> Formula:
    return _by_sign(pen, z, pen.quantity(z), Times((Number(LEAK), pen.quantity(z))))


def _elu(pen: Pen, z: Quantity) -> Formula:
    return _by_sign(pen, z, pen.quantity(z), Add((e_to(pen.quantity(z)), Number(-1.0))))


def _linear(pen: Pen, z: Quantity) -> Formula:
    return pen.quantity(z)


def _step(pen: Pen, z: Quantity) -> Formula:
    chosen = 0 if pen.value(z) >= 0 else 1
    return Cases(((ONE, f"if {_letter(pen)} ≥ 0"), (ZERO, f"if {_letter(pen)} < 0")), chosen)


def _softmax(pen: Pen, layer: int, node: int) -> Formula:
    z, index = pen.trace.pre_activations[layer], pen.notation.after
    assert z is not None
    largest = int(np.argmax(z))
    shifted = bool(np.abs(z).max() > LARGE)
    if shifted:
        pen.note(
            f"The largest {pen.letter('z')} is taken off every exponent, "
            "for the powers would be too large to compute."
        )

    def power(output: int) -> Formula:
        exponent = pen.of("z", layer, output)
        return e_to(less(exponent, pen.of("z", layer, largest)) if shifted else exponent)

    def general() -> Formula:
        exponent = pen.any("z", layer, index)
        return e_to(less(exponent, pen.of("z", layer, largest)) if shifted else exponent)

    above = power(node)
    sizes, over = np.exp(z - z[largest]), pen.nodes_of(layer)
    return Fraction(above, pen.sum(index, general, map(power, range(len(z))), sizes, over))


def _by_sign(pen: Pen, z: Quantity, above: Formula, below: Formula) -> Formula:
    chosen = 0 if pen.value(z) > 0 else 1
    return Cases(((above, f"if {_letter(pen)} > 0"), (below, f"if {_letter(pen)} ≤ 0")), chosen)


Function = Callable[[Pen, Quantity], Formula]

_FUNCTIONS: dict[str, Function] = {
    "sigmoid": _sigmoid,
    "tanh": _tanh,
    "relu": _relu,
    "leaky_relu": _leaky_relu,
    "elu": _elu,
    "softplus": log_one_plus_e,
    "linear": _linear,
    "step": _step,
}

# -- g′ ------------------------------------------------------------------------------------------------------


def _own_a(pen: Pen, z: Quantity) -> Formula:
    return pen.quantity(z._replace(kind="a"))


def _a_times_rest(pen: Pen, z: Quantity) -> Formula:
    """Return a (1 − a)."""
    return Times((_own_a(pen, z), less(ONE, _own_a(pen, z))))


def _sigmoid_slope(pen: Pen, z: Quantity) -> Formula:
    """Return a (1 − a); where a is too near 1 for that, the same from z."""
    if 1.0 - pen.value(z._replace(kind="a")) > NEAR:
        return _a_times_rest(pen, z)
    _note_lost_digits(pen, "1", "1 − {0}", "{0} (1 − {0})")
    rising = one_plus_e(pen.quantity(z))
    return Fraction(ONE, Times((rising, one_plus_e(Negative(pen.quantity(z))))))


def _tanh_slope(pen: Pen, z: Quantity) -> Formula:
    """Return 1 − a²; where a is too near ±1 for that, the same from z."""
    if 1.0 - abs(pen.value(z._replace(kind="a"))) > NEAR:
        return less(ONE, Power(_own_a(pen, z), TWO))
    _note_lost_digits(pen, "±1", "1 − {0}²", "1 − {0}²")
    both = Add((e_to(pen.quantity(z)), e_to(Negative(pen.quantity(z)))))
    return Fraction(Number(4.0), Power(both, TWO))


def _elu_slope(pen: Pen, z: Quantity) -> Formula:
    return _by_sign(pen, z, ONE, e_to(pen.quantity(z)))


def _relu_slope(pen: Pen, z: Quantity) -> Formula:
    return _by_sign(pen, z, ONE, ZERO)


def _leaky_relu_slope(pen: Pen, z: Quantity) -> Formula:
    return _by_sign(pen, z, ONE, Number(LEAK))


def _linear_slope(_pen: Pen, _z: Quantity) -> Formula:
    return ONE


def _step_slope(pen: Pen, _z: Quantity) -> Formula:
    pen.note(f"A step has no {pen.slope_letter}. The perceptron rule leaves it out, as if it were 1.")
    return ONE


_SLOPES: dict[str, Function] = {
    "sigmoid": _sigmoid_slope,
    "tanh": _tanh_slope,
    "relu": _relu_slope,
    "leaky_relu": _leaky_relu_slope,
    "elu": _elu_slope,
    "softplus": _sigmoid,
    "linear": _linear_slope,
    "softmax": _a_times_rest,
    "step": _step_slope,
}


def _note_lost_digits(pen: Pen, limit: str, lost: str, rule: str) -> None:
    a, slope = pen.letter("a"), pen.slope_letter
    pen.note(
        f"{a} is so near {limit} that {lost.format(a)} has lost digits: "
        f"{slope} = {rule.format(a)} is written with {pen.letter('z')}."
    )


def _letter(pen: Pen) -> str:
    """Return what conditions call z."""
    return pen.notation.letters["z"]


def _article(name: str) -> str:
    """Return an activation in a sentence: "the sigmoid", "softmax"."""
    article = "" if name in ("softmax", "tanh", "relu", "leaky_relu", "elu", "softplus") else "the "
    label = "identity" if name == "linear" else ACTIVATIONS[name].label
    return f"{article}{label}"
