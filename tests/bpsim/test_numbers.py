"""Numbers as people write them."""

import re
from math import isfinite

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bpsim.numbers import counted, decimal_sign, is_number, parse_number, quoted, whole_text


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0.5", 0.5),
        ("0,5", 0.5),
        (" 12 ", 12.0),
        ("\u00a03,25\u00a0", 3.25),
        ("+5", 5.0),
        ("-5", -5.0),
        ("−0,25", -0.25),
        (".5", 0.5),
        (",5", 0.5),
        ("5.", 5.0),
        ("1e-3", 0.001),
        ("2,5E+2", 250.0),
        ("007", 7.0),
        ("1,234", 1.234),
    ],
)
def test_numbers_are_read_with_either_decimal_sign(text: str, value: float) -> None:
    assert parse_number(text) == value
    assert is_number(text)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "there is no number here"),
        ("  ", "there is no number here"),
        ("abc", "'abc' is not a number"),
        ("–", "'–' is not a number"),
        ("1_000", "'1_000' is not a number"),
        ("١٢", "'١٢' is not a number"),
        ("0x10", "'0x10' is not a number"),
        ("1.2.3", "'1.2.3' is not a number"),
        ("50%", "'50%' is not a number"),
        ("-", "'-' is not a number"),
        (".", "'.' is not a number"),
        ("1e", "'1e' is not a number"),
        ("nan", "'nan' is not a finite number"),
        ("-INF", "'-INF' is not a finite number"),
        ("Infinity", "'Infinity' is not a finite number"),
        ("1.234,5", "'1.234,5' has thousands separators: write the number without them"),
        ("1,234.5", "'1,234.5' has thousands separators: write the number without them"),
        ("−1 234", "'−1 234' has thousands separators: write the number without them"),
        ("1.234.567", "'1.234.567' has thousands separators: write the number without them"),
        ("1e999", "'1e999' is too large: the largest number is about 1.8e308"),
        ("-1e999", "'-1e999' is too large: the largest number is about 1.8e308"),
    ],
)
def test_what_is_no_number_is_said_plainly(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        parse_number(text)
    assert is_number(text) is ("too large" in message)


def test_a_decimal_sign_that_is_asked_for_is_the_only_one() -> None:
    assert parse_number("1,5", decimal=",") == 1.5
    assert parse_number("12", decimal=",") == 12.0
    with pytest.raises(ValueError, match=r"^'1\.5' has a '\.', but the decimal sign is ','$"):
        parse_number("1.5", decimal=",")
    with pytest.raises(ValueError, match=r"^'1,5' has a ',', but the decimal sign is '\.'$"):
        parse_number("1,5", decimal=".")


@pytest.mark.parametrize(
    ("texts", "otherwise", "sign"),
    [
        (["1", "2"], ",", ","),
        (["1.234", "2.345"], ",", ","),
        (["1.234", "2.345"], ".", "."),
        (["0.5", "1"], ",", "."),
        (["1,5", "1"], ".", ","),
        (["1,5", "1.234"], ".", ","),  # the second is a thousand and more, and is reported
        (["0.5", "1,234"], ",", "."),
        (["1,234", "−2,345"], ".", "."),
        (["1,234", "2,345"], ",", ","),
        (["1,5", "2,5", "0.5"], ".", ","),
        (["1,5", "0.5", "2.5"], ",", "."),
        (["yes, 5", "a.b", "0.5"], ",", "."),
        ([], ",", ","),
    ],
)
def test_the_decimal_sign_is_the_one_that_clear_cells_use(
    texts: list[str], otherwise: str, sign: str
) -> None:
    assert decimal_sign(texts, otherwise) == sign


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_every_number_python_writes_is_read_back_bit_for_bit(value: float) -> None:
    written = repr(value)
    for text in (written, written.replace(".", ","), written.replace("-", "−")):
        assert parse_number(text).hex() == value.hex()


@given(st.text(max_size=20))
def test_any_text_is_a_finite_number_or_refused(text: str) -> None:
    if is_number(text):
        assert isfinite(parse_number(text))
    else:
        with pytest.raises(ValueError, match=r"is not a (finite )?number$|thousands|no number here"):
            parse_number(text)


def test_long_texts_are_shortened_in_messages() -> None:
    assert quoted("two\nlines") == "'two lines'"
    assert quoted("x" * 40) == "'" + "x" * 40 + "'"
    assert quoted("/a/long/path", longest=7) == "'/a/lon…'"
    assert quoted("x" * 41) == "'" + "x" * 39 + "…'"


def test_things_are_counted() -> None:
    assert [counted(number, "row") for number in (0, 1, 2)] == ["0 rows", "1 row", "2 rows"]
    assert counted(63050, "row") == "63\u202f050 rows"


def test_counts_have_their_thousands_apart() -> None:
    assert whole_text(999) == "999"
    assert whole_text(1234567.0) == "1\u202f234\u202f567"
