"""How many digits a calculation needs; that they are enough everywhere: test_digits_proof.py."""

import math

import pytest

from bpsim.formula import Add, Formula, Negative, Number, Power, Times
from bpsim.formula_digits import digits_of_lines, digits_that_show, numbers_of, reads_as, tidy
from bpsim.formula_text import to_text
from tests.bpsim.formulas import Digits

N = Number


def written(formula: Formula, result: float, digits: int = 3, of_result: int = 3) -> str:
    numbers = digits_that_show(formula, result, Digits(digits), Digits(of_result))
    return to_text(formula, numbers.given)


@pytest.mark.parametrize(
    ("formula", "result", "text"),
    [
        (Times((N(0.1108), N(0.249123456))), 0.0276028789, "0.1108·0.249"),
        (Times((N(-0.02464913), N(0.24045913))), -0.00592711, "−0.02465·0.2405"),
        (Times((N(0.5), N(0.593269992))), 0.296634996, "0.5·0.5933"),  # 0.5 stays as it was typed
        (Times((N(0.5), N(0.25))), 0.125, "0.5·0.25"),
        (Add((N(-1.072003), N(-6.26e-5))), -1.0720656, "−1.07 − 6.26e−05"),
    ],
)
def test_as_few_digits_as_give_the_result(formula: Formula, result: float, text: str) -> None:
    assert written(formula, result) == text


def test_the_digits_of_the_result_count() -> None:
    formula = Times((N(0.110813131), N(0.249123456)))  # 0.02761; but 0.111 · 0.249 is 0.02764
    assert written(formula, 0.0276061502, of_result=3) == "0.111·0.249"
    assert written(formula, 0.0276061502, of_result=4) == "0.110813·0.249123"
    assert written(formula, 0.0276061502, of_result=6) == "0.11081313·0.24912346"


def test_what_cancels_needs_all_digits() -> None:
    near = 1.0 - 2.0**-50
    numbers = digits_that_show(Add((N(1.0), Negative(N(near)))), 2.0**-50, Digits(3), Digits(3))
    assert numbers.read(near) == near


def test_each_line_gives_the_next_as_it_is_written() -> None:
    """e^(−0.378) would be good for the result, but not for 1.686."""
    inner = Times((N(0.110813131), Add((N(1.0), Negative(N(0.593269992))))))
    lines = digits_of_lines(
        ((inner, 1), (Times((N(0.110813131), N(0.406730008))), 1)), N(0.0450710257), Digits(), Digits()
    )
    assert [to_text(line.equation, line.numbers.given) for line in lines] == [
        "≈ 0.1108 · (1 − 0.5933)",
        "≈ 0.1108·0.4067",
        "≈ 0.0451",
    ]


def test_what_is_not_exactly_the_line_before_is_about() -> None:
    lines = digits_of_lines(((Times((N(0.5), N(1 / 3), N(6.0))), 1),), N(1.0), Digits(), Digits())
    assert [line.equation.about for line in lines] == [True, True]
    lines = digits_of_lines(((Times((N(0.0), N(1 / 3))), 1),), N(0.0), Digits(), Digits())
    assert [line.equation.about for line in lines] == [True, False]
    lines = digits_of_lines(((Power(N(0.1), N(2.0)), 1),), N(0.1**2), Digits(), Digits())
    assert [line.equation.about for line in lines] == [False, False]


def test_what_the_machine_left_is_tidied() -> None:
    assert tidy(0.1 + 0.2) == 0.3
    assert tidy(-0.37749999999999995) == -0.3775
    assert tidy(1 / 3) == 1 / 3
    assert tidy(math.inf) == math.inf


def test_numbers_are_found_in_reading_order() -> None:
    formula = Add((Times((N(1.0), N(2.0))), Negative(N(3.0))))
    assert [number.value for number in numbers_of(formula)] == [1.0, 2.0, 3.0]


def test_halfway_goes_to_the_even_digit_of_the_number_that_the_machine_has() -> None:
    assert reads_as(0.0625, 0.062, 3)
    assert reads_as(0.25 * 0.05 + 0.3 * 0.1 + 0.35, 0.392, 3)  # the machine has a little less than 0.3925
    assert reads_as(0.3925, 0.393, 3)  # and here a little more
    assert reads_as(math.inf, math.inf, 3)
    assert not reads_as(math.inf, 1.0, 3)


def test_numbers_at_the_edge_of_the_range_are_compared() -> None:
    largest = 1.7976931348623157e308
    assert reads_as(largest, largest, -306)
    assert reads_as(-largest, -1.797e308, -307)
    assert not reads_as(largest, -largest, -306)
    assert not reads_as(largest, 1.7e308, -306)
