"""Texts into cells."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bpsim.cells import detect_delimiter, parse_cells, split_cells, used
from bpsim.data_errors import DataError


def rows(text: str, delimiter: str = ",") -> list[tuple[int, tuple[str, ...]]]:
    return [(line, cells) for line, cells in split_cells(text, delimiter)]


def test_cells_lose_the_space_around_them_and_keep_their_line() -> None:
    assert rows(" 1 , 2\n\n3,4") == [(1, ("1", "2")), (2, ()), (3, ("3", "4"))]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_line_end_is_one(end: str) -> None:
    assert rows(f"1,2{end}3,4{end}") == [(1, ("1", "2")), (2, ("3", "4"))]


def test_a_quoted_cell_may_hold_the_delimiter_a_quote_and_a_line_end() -> None:
    text = 'a,"b, c"\n"say ""hi""", "two\nlines"\nlast,1\n'
    assert rows(text) == [(1, ("a", "b, c")), (2, ('say "hi"', "two\nlines")), (4, ("last", "1"))]


@pytest.mark.parametrize(("text", "line"), [('1,2\n"3,4\n5,6\n', 2), ('1,2\n3,"a"b\n', 2), ('1,2\n\n\n"', 4)])
def test_quotes_that_do_not_match_are_refused(text: str, line: int) -> None:
    with pytest.raises(DataError) as caught:
        rows(text)
    assert str(caught.value) == (
        f"The text cannot be read: line {line}: a quotation mark is not closed, or is closed inside a cell."
    )


def test_a_cell_too_long_to_be_one_is_refused() -> None:
    with pytest.raises(DataError, match="line 1: a quotation mark is not closed"):
        rows('"' + "1,2\n" * 100_000)


def test_a_quote_inside_a_cell_is_a_character() -> None:
    assert rows('5" pipe,1') == [(1, ('5" pipe', "1"))]


def test_empty_cells_at_the_end_are_not_used() -> None:
    assert [used(cells) for cells in ((), ("",), ("", "1"), ("1", "", ""))] == [0, 0, 2, 1]


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [
        ("1,2,3\n4,5,6\n", ","),
        ("1;2;3\n4;5;6\n", ";"),
        ("1\t2\t3\n", "\t"),
        ("1,5;2,5;0\n2,5;3,5;1\n", ";"),  # both would do: decimal commas between ";"
        ("1,5\t2,5\n", "\t"),
        ("x;y\n1,5;2,5\n0,5;3\n", ";"),
        ("a,b\n1,\"x;y\"\n2,\"z;w\"\n", ","),
        ("1,2,3\t\n4,5,6\t\n", ","),
        ("1,2\n3\n4,5\n6;7\n", ","),
        ("one column\n1\n2\n", ","),
        ("", ","),
        ("\n\n", ","),
        ('"', ","),
    ],
)  # fmt: skip
def test_the_delimiter_makes_rows_of_equal_length(text: str, delimiter: str) -> None:
    assert detect_delimiter(text) == delimiter


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("0,5\t1\r\n−2\t3\r\n", [["0,5", "1"], ["−2", "3"]]),
        ("0,5", [["0,5"]]),
        ("1;2\n3;4", [["1", "2"], ["3", "4"]]),
        ("1,5\n2,5\n", [["1,5"], ["2,5"]]),
        ("a;b\tc", [["a;b", "c"]]),
        ("\t1\n2\t", [["", "1"], ["2", ""]]),
        ("1\n\n2\n\n\n", [["1"], [], ["2"]]),
        ('"two\nlines"\t1', [["two\nlines", "1"]]),
        ("", []),
        ("\r\n", []),
    ],
)
def test_pasted_cells(text: str, cells: list[list[str]]) -> None:
    assert parse_cells(text) == cells


def test_pasted_text_with_open_quotes_is_refused() -> None:
    with pytest.raises(DataError, match=r"^The pasted text cannot be read: line 1: a quotation mark"):
        parse_cells('"1\t2')


plain = st.text(
    st.characters(codec="utf-8", exclude_categories=["C", "Z"], exclude_characters='";,'), min_size=1
)


@given(st.integers(1, 4).flatmap(lambda n: st.lists(st.lists(plain, min_size=n, max_size=n), min_size=1)))
def test_cells_joined_by_tabs_come_back(cells: list[list[str]]) -> None:
    assert parse_cells("\n".join("\t".join(row) for row in cells)) == cells
