"""Formulas as `bpsim.explain` builds them, for the tests of their looks."""

from bpsim.formula import (
    Add,
    Apply,
    BigSum,
    Cases,
    Equation,
    Fraction,
    Negative,
    Number,
    Power,
    Symbol,
    Times,
)
from bpsim.quantity import Quantity

DELTA = Quantity("delta", 1, 0)
SLOPE = Quantity("slope", 1, 0)
OUTPUTS = [Quantity("delta", 2, i) for i in range(2)]
WEIGHTS = [Quantity("weight", 2, i, 0) for i in range(2)]
SUM = Quantity("back_sum", 1, 0)


def delta_rule() -> Equation:
    """δ²₁ = (Σ_j δ³_j θ²_1j) · g′(z²₁)."""
    body = Times((Symbol("δ", "3", "j"), Symbol("θ", "2", "1j")))
    slope = Apply("g′", Symbol("z", "2", "1", quantity=Quantity("z", 1, 0)), quantity=SLOPE)
    flowing = BigSum("j", body, lower="j", quantity=SUM)
    return Equation(Symbol("δ", "2", "1", quantity=DELTA), Times((flowing, slope)))


def delta_numbers() -> Equation:
    """= (−0.146 · 0.4 + 0.067 · 0.5) · 0.241."""
    products = (
        Times((Number(-0.146, quantity=OUTPUTS[0]), Number(0.4, quantity=WEIGHTS[0]))),
        Times((Number(0.067, quantity=OUTPUTS[1]), Number(0.5, quantity=WEIGHTS[1]))),
    )
    return Equation(None, Times((Add(products, quantity=SUM), Number(0.241, quantity=SLOPE))))


def long_sum(terms: int, folded: tuple[int, ...] | None = None) -> Equation:
    """= 0.1 · 0.01 + … of so many terms, times 0.3."""
    products = tuple(
        Times(
            (
                Number(0.1 * (k + 1), quantity=Quantity("weight", 1, 0, k)),
                Number(0.01 + 0.03 * k, quantity=Quantity("a", 0, k)),
            )
        )
        for k in range(terms)
    )
    return Equation(None, Times((Add(products, folded), Number(0.3))))


def softmax(outputs: int) -> Equation:
    """a₁ = e^z₁ / (e^z₁ + …)."""
    powers = tuple(
        Power(Symbol("e"), Symbol("z", "3", str(k + 1), quantity=Quantity("z", 2, k))) for k in range(outputs)
    )
    return Equation(
        Symbol("y", "", "1", hat=True, quantity=Quantity("a", 2, 0)), Fraction(powers[0], Add(powers))
    )


def error_rule() -> Equation:
    """E₁ = ½ (y₁ − ŷ₁)²."""
    target = Symbol("y", "", "1", quantity=Quantity("target", 2, 0))
    output = Symbol("y", "", "1", hat=True, quantity=Quantity("a", 2, 0))
    return Equation(
        Symbol("E", "", "1", quantity=Quantity("error_part", 2, 0)),
        Times((Fraction(Number(1.0), Number(2.0)), Power(Add((target, Negative(output))), Number(2.0)))),
    )


def relu(chosen: int) -> Equation:
    """G of z = z if z > 0, 0 otherwise."""
    z = Symbol("z", quantity=Quantity("z", 1, 0))
    return Equation(Apply("g", z), Cases(((z, "if z > 0"), (Number(0.0), "otherwise")), chosen))


ALL = {
    "delta_rule": delta_rule(),
    "delta_numbers": delta_numbers(),
    "64 terms": long_sum(64),
    "64 terms, folded": long_sum(64, (0, 17, 63)),
    "softmax of 3": softmax(3),
    "softmax of 12": softmax(12),
    "error_rule": error_rule(),
    "relu": relu(1),
}
