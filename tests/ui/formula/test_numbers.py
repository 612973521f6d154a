import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.formula.numbers import FormulaNumbers
from ui.numbers import NumberFormat

finite = st.floats(-1e307, 1e307)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.5966912, "0.597"),
        (-0.00592712, "−0.00593"),
        (0.0670123, "0.0670"),
        (1.234567, "1.235"),
        (1.2345678e-7, "1.23e−7"),
        (0.0316, "0.0316"),
        (1e-7, "1e−7"),
    ],
)
def test_every_digit_is_significant(value: float, text: str) -> None:
    assert FormulaNumbers().given(value) == text


@given(finite, st.integers(1, 17), st.sampled_from([".", ","]))
def test_what_is_read_is_what_is_written(value: float, digits: int, separator: str) -> None:
    numbers = FormulaNumbers(digits, separator)
    read = numbers.read(value)
    assert read == pytest.approx(value, rel=0.51 * 10.0 ** (1 - digits))
    assert round(value, numbers.last_place(value)) == pytest.approx(read, rel=1e-15)


@given(finite)
def test_seventeen_digits_are_all(value: float) -> None:
    assert FormulaNumbers(17).read(value) == value


def test_what_the_machine_left_is_not_written() -> None:
    assert FormulaNumbers().given(0.1 + 0.2) == "0.3"
    assert FormulaNumbers(17).given(0.1 + 0.2) == "0.30000000000000004"


def test_what_is_infinite_is_read_so() -> None:
    assert FormulaNumbers().read(-math.inf) == -math.inf


def test_more_digits_keep_the_decimal_sign() -> None:
    numbers = FormulaNumbers.of(NumberFormat(3, ","))
    assert numbers.with_digits(5).given(1 / 3) == "0,33333"
    assert [numbers.last_place(value) for value in (1 / 3, 0.3775, 1234.5678)] == [3, 4, 0]


def test_no_float_has_more_than_seventeen() -> None:
    with pytest.raises(ValueError, match="from 1 to 17"):
        FormulaNumbers(18)
