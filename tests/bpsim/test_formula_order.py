"""Where parentheses stand; that what is read is what is meant is proved in `test_formula_text.py`."""

import pytest

from bpsim.formula import Add, BigSum, Cases, Formula, Fraction, Negative, Number, Power, Symbol, Times, Words
from bpsim.formula_order import Between, Binding, Order, Place, is_derivative, signed, starts_with_minus
from bpsim.quantity import Quantity

X, A, TWO, MINUS = Symbol("x"), Symbol("a", "2", "1"), Number(2.0), Number(-2.0)
NAME = Words("a of hidden node 1")
SUM, CHOICE = Add((X, A)), Cases(((X, "if z > 0"),))
LINE = Order(has_power=lambda number: abs(number.value) > 1e6)
STACKED = Order(has_power=lambda _number: False, stacked=True)


@pytest.mark.parametrize(
    ("formula", "place", "needed"),
    [
        (SUM, Place.FIRST_TERM, False),
        (CHOICE, Place.FIRST_TERM, True),
        (Add((X, A), quantity=Quantity("downhill", 1, 0)), Place.FIRST_TERM, True),
        (Times((NAME, X)), Place.TAKEN_AWAY, True),
        (Power(X, TWO), Place.SUMMED_IN_WORDS, False),
        (Times((NAME, X)), Place.LATER_TERM, True),
        (Times((A, X)), Place.LATER_TERM, False),
        (MINUS, Place.LATER_TERM, True),
        (SUM, Place.TAKEN_AWAY, True),
        (BigSum("j", A), Place.TAKEN_AWAY, False),
        (Negative(X), Place.NEGATED, True),
        (MINUS, Place.FIRST_FACTOR, False),
        (MINUS, Place.LATER_FACTOR, True),
        (SUM, Place.SUMMED, True),
        (Times((A, X)), Place.SUMMED, False),
        (Times((NAME, X)), Place.SUMMED_IN_WORDS, True),
        (NAME, Place.SUMMED_IN_WORDS, False),
        (A, Place.BASE, True),
        (X, Place.BASE, False),
        (NAME, Place.BASE, True),
        (Words("bias"), Place.BASE, False),
        (Symbol("new θ"), Place.BASE, True),
        (Power(X, TWO), Place.BASE, True),
        (Number(2e9), Place.BASE, True),
    ],
)
def test_parentheses(formula: Formula, place: Place, needed: bool) -> None:
    assert LINE.needs_parentheses(formula, place) is needed


def test_a_fraction_one_above_the_other_needs_none() -> None:
    for place in (Place.ABOVE, Place.BELOW):
        assert LINE.needs_parentheses(SUM, place)
        assert not STACKED.needs_parentheses(SUM, place)
    assert LINE.needs_parentheses(Fraction(X, A), Place.LATER_FACTOR)
    assert not STACKED.needs_parentheses(Fraction(X, A), Place.LATER_FACTOR)


def test_what_is_written_as_one_letter_needs_none() -> None:
    order = Order(has_power=lambda _number: False, is_whole=lambda formula: formula in (A, SUM))
    assert order.binding(SUM) is Binding.LETTER
    assert not order.needs_parentheses(A, Place.BASE)


@pytest.mark.parametrize(
    ("left", "right", "between"),
    [
        (Symbol("∂"), X, Between.NOTHING),
        (X, A, Between.SPACE),
        (TWO, TWO, Between.DOT),
        (SUM, A, Between.DOT),
        (NAME, NAME, Between.CROSS),
        (Fraction(TWO, X), Power(Add((X, Negative(NAME))), TWO), Between.CROSS),
        (BigSum("j", X, over="the inputs"), X, Between.CROSS),
        (BigSum("j", X), X, Between.DOT),
        (Negative(Fraction(NAME, X)), X, Between.CROSS),
    ],
)
def test_what_stands_between_factors(left: Formula, right: Formula, between: Between) -> None:
    assert LINE.between(left, right) is between


def test_after_a_fraction_letters_need_no_dot_but_numbers_do() -> None:
    assert STACKED.between(Fraction(X, A), SUM) is Between.SPACE
    assert STACKED.between(Fraction(X, A), TWO) is Between.DOT


def test_signs() -> None:
    assert signed(Negative(X)) == (True, X)
    assert signed(Times((MINUS, X))) == (True, Times((TWO, X)))
    assert signed(MINUS) == (True, TWO)
    assert signed(X) == (False, X)
    assert starts_with_minus(Add((Times((MINUS, X)), X)))


def test_derivatives() -> None:
    d = Symbol("∂")
    assert is_derivative(Fraction(Times((d, X)), Times((d, A))))
    assert not is_derivative(Fraction(X, A))
