"""The activation functions, their derivatives and the errors as formulas, with letters or with numbers put in.

Each function takes the formulas of what it depends on, so that one piece of code writes the rule (symbols) and the
rule with numbers put in.
"""

from collections.abc import Sequence

from bpsim.activations import LEAK
from bpsim.formula import Add, Apply, Cases, Formula, Fraction, Negative, Number, Power, Symbol, Times

ONE, ZERO = Number(1.0), Number(0.0)
HALF = Fraction(ONE, Number(2.0))
_E = Symbol("e")
_LOSES_DIGITS = 1e-4
"""How near to its limits an activation may come before 1 − a is written another way."""


def minus(left: Formula, right: Formula) -> Add:
    """Return left − right."""
    return Add((left, Negative(right)))


def exp(exponent: Formula) -> Power:
    """Return e to an exponent."""
    return Power(_E, exponent)


def activation(name: str, z: Formula, positive: bool, others: Sequence[Formula] = ()) -> Formula:
    """Return g(z).

    Parameters
    ----------
    name : str
        A key of `ACTIVATIONS`.
    z : Formula
        What g is applied to.
    positive : bool
        Whether z > 0 (z ≥ 0 for step): which branch holds.
    others : sequence of Formula
        For softmax the z of every output.
    """
    below = 0 if positive else 1
    match name:
        case "sigmoid":
            return Fraction(ONE, Add((ONE, exp(Negative(z)))))
        case "tanh":
            return Apply("tanh", z)
        case "relu":
            return Cases(((z, "z > 0"), (ZERO, "otherwise")), below)
        case "leaky_relu":
            return Cases(((z, "z > 0"), (Times((Number(LEAK), z)), "otherwise")), below)
        case "elu":
            return Cases(((z, "z > 0"), (Add((exp(z), Number(-1.0))), "otherwise")), below)
        case "softplus":
            return Apply("ln", Add((ONE, exp(z))))
        case "softmax":
            return Fraction(exp(z), Add(tuple(exp(other) for other in others)))
        case "step":
            return Cases(((ONE, "z ≥ 0"), (ZERO, "otherwise")), below)
        case _:
            return z


def derivative(name: str, z: Formula, a: Formula, z_value: float, a_value: float) -> Formula:
    """Return g′(z) by g(z) where that keeps its digits, else by z.

    `z_value` and `a_value` decide which branch and which form is written.
    """
    below = 0 if z_value > 0 else 1
    match name:
        case "sigmoid" if _LOSES_DIGITS < a_value < 1 - _LOSES_DIGITS:
            return Times((a, minus(ONE, a)))
        case "sigmoid":
            return _bell(z, z_value)
        case "softmax":
            return Times((a, minus(ONE, a)))
        case "tanh" if abs(a_value) < 1 - _LOSES_DIGITS:
            return minus(ONE, Power(a, Number(2.0)))
        case "tanh":
            twice = Times((Number(2.0), z))
            return Times((Number(4.0), _bell(twice, z_value)))
        case "relu":
            return Cases(((ONE, "z > 0"), (ZERO, "otherwise")), below)
        case "leaky_relu":
            return Cases(((ONE, "z > 0"), (Number(LEAK), "otherwise")), below)
        case "elu":
            return Cases(((ONE, "z > 0"), (exp(z), "otherwise")), below)
        case "softplus":
            return activation("sigmoid", z, z_value > 0)
        case _:
            return ONE


def error_part(loss: str, output: str, y: Formula, a: Formula, y_value: float, a_value: float) -> Formula:
    """Return E_k of an output: ½ (y − ŷ)², or the cross-entropy without the terms that are 0."""
    if loss == "mse":
        return Times((HALF, Power(minus(y, a), Number(2.0))))
    if output == "softmax":
        return Negative(Times((y, Apply("ln", a))))
    rising, falling = Apply("ln", a), Apply("ln", minus(ONE, a))
    if y_value == 1:
        return Negative(rising)
    if y_value == 0:
        return Negative(falling)
    return Negative(Add((Times((y, rising)), Times((minus(ONE, y), falling)))))


def error_by_z(y: Formula, z: Formula, y_value: float) -> Formula:
    """Return the cross-entropy of a sigmoid output by z, which keeps its digits where ŷ has become 0 or 1."""
    rising, falling = Apply("ln", Add((ONE, exp(Negative(z))))), Apply("ln", Add((ONE, exp(z))))
    if y_value == 1:
        return rising
    if y_value == 0:
        return falling
    return Add((Times((y, rising)), Times((minus(ONE, y), falling))))


def saturated(a_value: float) -> bool:
    """Tell whether an activation between 0 and 1 is so near to its limits that 1 − a loses digits."""
    return not _LOSES_DIGITS < a_value < 1 - _LOSES_DIGITS


def _bell(z: Formula, z_value: float) -> Formula:
    """Return e^(−|z|) / (1 + e^(−|z|))², the derivative of the sigmoid without a difference of near numbers."""
    small = exp(Negative(z)) if z_value >= 0 else exp(z)
    return Fraction(small, Power(Add((ONE, small)), Number(2.0)))
