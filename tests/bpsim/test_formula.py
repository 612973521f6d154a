import math

import numpy as np
import pytest

from bpsim.formula import (
    Add,
    Apply,
    BigSum,
    Cases,
    Equation,
    Formula,
    Fraction,
    Negative,
    Number,
    Power,
    Symbol,
    Times,
    Words,
    condensed,
    evaluate,
    folding,
    map_numbers,
    parts,
    quantities,
)
from bpsim.quantity import Quantity

E = Symbol("e")
ONE, TWO, THREE = Number(1.0), Number(2.0), Number(3.0)
Z, A = Quantity("z", 1, 0), Quantity("a", 1, 0)


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        (Number(2.5), 2.5),
        (Add((ONE, TWO, Negative(THREE))), 0.0),
        (Times((TWO, THREE)), 6.0),
        (Fraction(ONE, TWO), 0.5),
        (Power(THREE, TWO), 9.0),
        (Power(E, Number(0.0)), 1.0),
        (Apply("ln", Power(E, TWO)), 2.0),
        (Apply("tanh", ONE), math.tanh(1.0)),
        (Cases(((ONE, "if z > 0"), (TWO, "if z ≤ 0")), 1), 2.0),
        (Equation(Symbol("z"), THREE), 3.0),
    ],
)
def test_a_formula_with_numbers_has_a_value(formula: Formula, value: float) -> None:
    assert evaluate(formula) == pytest.approx(value, rel=1e-15)


def test_small_numbers_keep_their_digits() -> None:
    small = Power(E, Number(-40.0))
    assert evaluate(Apply("ln", Add((ONE, small)))) == pytest.approx(math.exp(-40), rel=1e-15)
    assert evaluate(Add((Power(E, Number(1e-12)), Number(-1.0)))) == math.expm1(1e-12)


def test_numbers_that_are_too_large_are_infinite() -> None:
    assert evaluate(Power(E, Number(1000.0))) == math.inf
    assert evaluate(Fraction(ONE, Number(0.0))) == math.inf


@pytest.mark.parametrize("formula", [Symbol("z"), Words("z"), BigSum("j", Symbol("z")), Apply("g", ONE)])
def test_only_numbers_have_a_value(formula: Formula) -> None:
    with pytest.raises(ValueError, match="no number put in"):
        evaluate(formula)


def test_quantities_in_reading_order_and_once() -> None:
    z, a = Number(1.0, quantity=Z), Symbol("a", quantity=A)
    formula = Equation(a, Fraction(Add((z, ONE), quantity=Quantity("error")), Cases(((z, ""), (a, "")))))
    assert quantities(formula) == (A, Quantity("error"), Z)
    assert list(parts(formula)) == [a, formula.right]


def test_changing_every_number() -> None:
    formula = Cases(((Add((ONE, Symbol("z"))), "if"), (Number(2.0, quantity=Z), "else")))
    changed = map_numbers(formula, lambda number: Number(number.value + 1, quantity=number.quantity))
    assert changed == Cases(((Add((TWO, Symbol("z"))), "if"), (Number(3.0, quantity=Z), "else")))


def test_long_sums_show_the_first_the_largest_and_the_last() -> None:
    values = np.zeros(128)
    values[40] = -3.0
    assert folding(values) == (0, 40, 127)
    assert folding([5.0, *[0.0] * 6]) == (0, 6)
    assert folding([1.0, 2.0, 3.0, 4.0, 5.0, 6.0]) is None


def test_inner_sums_are_worked_out() -> None:
    of_z = Add((Times((TWO, THREE)), ONE), quantity=Z)
    assert condensed(Times((of_z, TWO))) == Times((Number(7.0, quantity=Z), TWO))
    assert condensed(of_z) == of_z
    nested = Times((TWO, Add((Add((ONE, TWO)), Negative(Add((TWO, THREE)))))))
    assert condensed(nested) == Times((TWO, Add((THREE, Negative(Number(5.0))))))


def test_what_would_lose_digits_or_be_infinite_is_not_worked_out() -> None:
    for formula in (Apply("ln", Add((ONE, TWO))), Times((Add((Number(math.inf), ONE)), TWO))):
        assert condensed(Negative(formula)) == Negative(formula)
