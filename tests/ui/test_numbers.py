from math import inf, nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bpsim.numbers import parse_number
from ui.numbers import UNKNOWN, NumberFormat

finite = st.floats(-1e307, 1e307)  # rounding up may lead beyond the largest number
formats = st.builds(NumberFormat, st.integers(1, 15), st.sampled_from([".", ","]))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "–"),
        (0.0, "0"),
        (-0.0, "0"),
        (1.0, "1.000"),
        (0.5, "0.500"),
        (0.59669, "0.597"),
        (-0.14626, "−0.146"),
        (0.06742, "0.067"),
        (-0.00593, "−0.0059"),
        (0.0312, "0.031"),
        (0.00012, "0.00012"),
        (0.000012, "1.2e−5"),
        (-1.234e-7, "−1.2e−7"),
        (9.96e-8, "1.0e−7"),
        (0.0009996, "0.00100"),
        (0.99999, "1.000"),
        (1.2345678, "1.235"),
        (9.99996, "10.00"),
        (12.345678, "12.35"),
        (123.45678, "123.5"),
        (1234.5678, "1235"),
        (123456.78, "123457"),
        (1234567.8, "1.2e6"),
        (1e300, "1.0e300"),
        (inf, "∞"),
        (-inf, "−∞"),
        (nan, "not a number"),
    ],
)
def test_a_computed_number_keeps_about_three_digits(value: float | None, text: str) -> None:
    assert NumberFormat().text(value) == text


@pytest.mark.parametrize(
    ("digits", "text"), [(1, "0.006"), (2, "0.006"), (4, "0.00593"), (5, "0.005927"), (6, "0.0059271")]
)
def test_digits_can_be_chosen(digits: int, text: str) -> None:
    assert NumberFormat(digits).text(0.0059271) == text


def test_the_decimal_sign_can_be_a_comma() -> None:
    comma = NumberFormat(separator=",")
    assert comma.text(0.5) == "0,500"
    assert comma.text(1.2e-7) == "1,2e−7"
    assert comma.signed(0.067) == "+0,067"
    assert comma.given(0.25) == "0,25"
    assert comma.full(0.1) == "0,1"


def test_a_sign_is_written_where_it_is_asked_for() -> None:
    plain = NumberFormat()
    assert plain.signed(0.067) == "+0.067"
    assert plain.signed(-0.146) == "−0.146"
    assert plain.signed(0.0) == "0"
    assert plain.signed(None) == UNKNOWN


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.05, "0.05"),
        (0.1, "0.1"),
        (1.0, "1"),
        (0.0, "0"),
        (-1.0, "−1"),
        (-0.5, "−0.5"),
        (0.123456, "0.123"),
        (1234567.0, "1.2e6"),
        (0.0001, "0.0001"),
        (1e-7, "1e−7"),
        (0.0316, "0.0316"),
        (0.12345, "0.12345"),
        (-0.12345, "−0.12345"),
        (1.5e-7, "1.5e−7"),
        (1000000.0, "1.0e6"),
        (1e20, "1e20"),
        (None, "–"),
    ],
)
def test_a_chosen_number_of_few_digits_is_exact_and_has_no_zeros_at_the_end(
    value: float | None, text: str
) -> None:
    assert NumberFormat().given(value) == text


@pytest.mark.parametrize(
    ("value", "text"), [(0.1, "0.1"), (1.0, "1"), (-2.0, "-2"), (1 / 3, "0.3333333333333333")]
)
def test_the_full_number_has_all_digits(value: float, text: str) -> None:
    assert NumberFormat().full(value) == text


@given(finite, formats)
def test_the_full_number_reads_back_bit_for_bit(value: float, chosen: NumberFormat) -> None:
    assert parse_number(chosen.full(value)).hex() == value.hex()


@given(finite, formats)
def test_the_exact_number_reads_back_but_for_the_sign_of_zero(value: float, chosen: NumberFormat) -> None:
    assert parse_number(chosen.exact(value)) == value
    assert "-" not in chosen.exact(value)


@given(finite, formats)
def test_a_number_that_is_not_zero_never_reads_as_zero(value: float, chosen: NumberFormat) -> None:
    shown = parse_number(chosen.text(value))
    assert (shown == 0) == (value == 0)
    assert shown * value >= 0
    assert parse_number(chosen.given(value)) * value >= 0


@given(st.floats(1e-12, 1e12), st.integers(2, 8))
def test_a_shown_number_is_near_the_true_one(value: float, digits: int) -> None:
    shown = parse_number(NumberFormat(digits).text(value))
    assert shown == pytest.approx(value, rel=0.51 * 10.0 ** (2 - digits))


def test_a_closer_look_has_more_digits() -> None:
    assert NumberFormat(3, ",").finer() == NumberFormat(5, ",")
    assert NumberFormat(15).finer() == NumberFormat(15)
    assert NumberFormat().finer().text(0.276992) == "0.27699"


@pytest.mark.parametrize(("digits", "separator"), [(0, "."), (16, "."), (3, ";"), (3, "")])
def test_a_format_that_cannot_be_is_refused(digits: int, separator: str) -> None:
    with pytest.raises(ValueError, match="must be"):
        NumberFormat(digits, separator)


def test_minus_zero_reads_as_zero() -> None:
    """A step of −0.0 is no step; only an editor has to give it back bit for bit."""
    assert NumberFormat().given(-0.0) == NumberFormat().text(-0.0) == "0"
    assert NumberFormat().full(-0.0) == "-0"


@pytest.mark.parametrize(
    ("share", "text"),
    [(0.75, "75 %"), (69 / 70, "98,6 %"), (1.0, "100 %"), (0.9999, "99,9 %"), (0.0, "0 %"), (None, "–")],
)
def test_shares_are_written_in_percent_and_less_than_all_is_not_all(share: float | None, text: str) -> None:
    assert NumberFormat(3, ",").percent(share) == text
