import math

import numpy as np
import pytest

from bpsim import formula as f
from bpsim.formula import condensed, evaluate, folding, map_numbers, parts, quantities
from bpsim.quantity import Quantity

E = f.Symbol("e")
ONE, TWO, THREE = f.Number(1.0), f.Number(2.0), f.Number(3.0)
Z, A = Quantity("z", 1, 0), Quantity("a", 1, 0)


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        (f.Number(2.5), 2.5),
        (f.Add((ONE, TWO, f.Negative(THREE))), 0.0),
        (f.Times((TWO, THREE)), 6.0),
        (f.Fraction(ONE, TWO), 0.5),
        (f.Power(THREE, TWO), 9.0),
        (f.Power(E, f.Number(0.0)), 1.0),
        (f.Apply("ln", f.Power(E, TWO)), 2.0),
        (f.Apply("tanh", ONE), math.tanh(1.0)),
        (f.Cases(((ONE, "if z > 0"), (TWO, "if z ≤ 0")), 1), 2.0),
        (f.Equation(f.Symbol("z"), THREE), 3.0),
    ],
)
def test_a_formula_with_numbers_has_a_value(formula: f.Formula, value: float) -> None:
    assert evaluate(formula) == pytest.approx(value, rel=1e-15)


def test_small_numbers_keep_their_digits() -> None:
    small = f.Power(E, f.Number(-40.0))
    assert evaluate(f.Apply("ln", f.Add((ONE, small)))) == pytest.approx(math.exp(-40), rel=1e-15)
    assert evaluate(f.Add((f.Power(E, f.Number(1e-12)), f.Number(-1.0)))) == math.expm1(1e-12)


def test_numbers_that_are_too_large_are_infinite() -> None:
    assert evaluate(f.Power(E, f.Number(1000.0))) == math.inf
    assert evaluate(f.Fraction(ONE, f.Number(0.0))) == math.inf


@pytest.mark.parametrize(
    "formula", [f.Symbol("z"), f.Words("z"), f.BigSum("j", f.Symbol("z")), f.Apply("g", ONE)]
)
def test_only_numbers_have_a_value(formula: f.Formula) -> None:
    with pytest.raises(ValueError, match="no number put in"):
        evaluate(formula)


def test_quantities_in_reading_order_and_once() -> None:
    z, a = f.Number(1.0, quantity=Z), f.Symbol("a", quantity=A)
    formula = f.Equation(
        a, f.Fraction(f.Add((z, ONE), quantity=Quantity("error")), f.Cases(((z, ""), (a, ""))))
    )
    assert quantities(formula) == (A, Quantity("error"), Z)
    assert list(parts(formula)) == [a, formula.right]


def test_changing_every_number() -> None:
    formula = f.Cases(((f.Add((ONE, f.Symbol("z"))), "if"), (f.Number(2.0, quantity=Z), "else")))
    changed = map_numbers(formula, lambda number: f.Number(number.value + 1, quantity=number.quantity))
    assert changed == f.Cases(((f.Add((TWO, f.Symbol("z"))), "if"), (f.Number(3.0, quantity=Z), "else")))


def test_long_sums_show_the_first_the_largest_and_the_last() -> None:
    values = np.zeros(128)
    values[40] = -3.0
    assert folding(values) == (0, 40, 127)
    assert folding([5.0, *[0.0] * 6]) == (0, 6)
    assert folding([1.0, 2.0, 3.0, 4.0, 5.0, 6.0]) is None


def test_inner_sums_are_worked_out() -> None:
    of_z = f.Add((f.Times((TWO, THREE)), ONE), quantity=Z)
    assert condensed(f.Times((of_z, TWO))) == f.Times((f.Number(7.0, quantity=Z), TWO))
    assert condensed(of_z) == of_z
    nested = f.Times((TWO, f.Add((f.Add((ONE, TWO)), f.Negative(f.Add((TWO, THREE)))))))
    assert condensed(nested) == f.Times((TWO, f.Add((THREE, f.Negative(f.Number(5.0))))))


def test_what_would_lose_digits_or_be_infinite_is_not_worked_out() -> None:
    for formula in (f.Apply("ln", f.Add((ONE, TWO))), f.Times((f.Add((f.Number(math.inf), ONE)), TWO))):
        assert condensed(f.Negative(formula)) == f.Negative(formula)
