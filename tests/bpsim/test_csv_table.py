"""How a file is written is found out, and shown."""

from pathlib import Path

import pytest

from bpsim.csv_table import CsvFormat, CsvTable, parse_table, read_table
from bpsim.data_errors import DataError


def test_a_table_is_texts_with_names_and_lines() -> None:
    table = parse_table("x1; x2 ;y\n\n1,5;2;a\n;;\n3;4;b\n", name="a.csv")
    assert table == CsvTable(
        "a.csv",
        CsvFormat(header=True, delimiter=";", decimal=",", encoding="text"),
        ("x1", "x2", "y"),
        (("1,5", "2", "a"), ("3", "4", "b")),
        (3, 5),
    )
    assert table.column(1) == ["2", "4"]


def test_the_format_is_said_in_words(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("x;y\n1,5;2\n", encoding="utf-8-sig")
    assert read_table(path).format.describe() == (
        "UTF-8 with byte order mark, columns separated by ';', decimal comma, names in the first row"
    )
    assert parse_table("1\t2\n").format.describe() == (
        "text, columns separated by tab, decimal point, no names"
    )
    assert parse_table("1|2\n", delimiter="|").format.describe() == (
        "text, columns separated by '|', decimal point, no names"
    )


@pytest.mark.parametrize(
    ("first", "header"),
    [
        ("x1,x2,y", True),
        (",x2,y", True),
        ("length (cm),2nd,y", True),
        ("1,2,setosa", False),
        ("1,2,3", False),
        ("x1,2,y", False),  # a bad cell is reported, never taken for a name
        ("NA,abc,setosa", False),
        ("?,abc,setosa", False),
        ("nan,abc,y", False),
        ("50%,abc,y", False),
        ("2024-01-31,abc,y", False),
        ('"1.234,5",abc,y', False),
    ],
)
def test_the_first_row_holds_names_if_nothing_in_it_looks_like_a_value(first: str, header: bool) -> None:
    assert parse_table(f"{first}\n1,2,3\n4,5,6\n").format.header is header


def test_header_or_none_can_be_said() -> None:
    assert parse_table("2019,2020\n1,2\n", header=True).column_names == ("2019", "2020")
    assert parse_table("a,b\n1,2\n", header=False).rows == (("a", "b"), ("1", "2"))


def test_names_that_occur_twice_are_numbered_and_empty_ones_stay() -> None:
    table = parse_table('a,a,a (2),a,,"two\nlines",\n1,2,3,4,5,6,7\n')
    assert table.column_names == ("a", "a (2)", "a (2) (2)", "a (3)", "", "two lines", "")


@pytest.mark.parametrize(
    ("text", "delimiter", "rows"),
    [
        ("sep=;\r\n1,5;2\r\n", ";", (("1,5", "2"),)),
        ("SEP=,\n1,2\n", ",", (("1", "2"),)),
        ("sep=\t\n1\t2\n", "\t", (("1", "2"),)),
        ("sep=|\n1|2\n", "|", (("1", "2"),)),
    ],
)
def test_the_line_with_which_excel_names_the_separator(
    text: str, delimiter: str, rows: tuple[tuple[str, ...], ...]
) -> None:
    table = parse_table(text)
    assert table.format.delimiter == delimiter
    assert table.rows == rows
    assert table.lines == (2,)


@pytest.mark.parametrize(
    ("text", "decimal"),
    [
        ("1,5;2;0\n", ","),
        ("1.5;2;0\n", "."),
        ("1;2;0\n", ","),
        ("1,2,0\n", "."),
        ("1.234,2,0\n", "."),
        ("1.234;2;0\n", ","),  # reported: 1.234, or a thousand and more?
        ("1.234;0.5;0\n", "."),
        ('"1,5","2",0\n', ","),
        ('"1,234",2,0\n', "."),  # reported as well
        ("1,234;2;0\n", ","),
        ("1,234\t2\t0\n", "."),
        ("1,5;1.234;0\n", ","),
    ],
)
def test_the_decimal_sign(text: str, decimal: str) -> None:
    assert parse_table(text).format.decimal == decimal


def test_a_decimal_sign_can_be_said() -> None:
    assert parse_table("1,234\t2\n", decimal=",").format.decimal == ","


@pytest.mark.parametrize(
    "text",
    ["1;2;3;\n4;5;6;\n", "a;b;c;\n1;2;3;\n4;5;6;\n", "a;b;c\n1;2;3;\n4;5;6;\n", "a;b;c;;\n1;2;3\n4;5;6\n"],
)
def test_empty_columns_at_the_end_are_left_out(text: str) -> None:
    table = parse_table(text, delimiter=";")
    assert table.rows == (("1", "2", "3"), ("4", "5", "6"))
    assert table.problems == ()


def test_an_empty_cell_at_the_end_stays() -> None:
    assert parse_table("1,2,3\n4,5,\n").rows[1] == ("4", "5", "")


def test_rows_of_another_length_are_problems() -> None:
    table = parse_table("a,b,c\n1,2,3\n4,5\n6,7,8,9\n\n7\n1,2,3,\n", delimiter=",")
    assert table.rows == (("1", "2", "3"), ("1", "2", "3"))
    assert [str(problem) for problem in table.problems] == [
        "line 3: 2 cells instead of 3",
        "line 4: 4 cells instead of 3",
        "line 6: 1 cell instead of 3",
    ]
    assert table.problems[1].content == "6,7,8,9"


def test_without_names_most_rows_say_how_many_columns_there_are() -> None:
    table = parse_table("1,2\n1,2,3\n4,5,6\n", delimiter=",")
    assert [str(problem) for problem in table.problems] == ["line 1: 2 cells instead of 3"]


@pytest.mark.parametrize(
    ("cells", "classes"),
    [
        (["a", "b"], True),
        (["1", "2"], False),
        (["1", "?", "nan"], False),
        (["a", "a", "5"], True),
        (["5", "6", "a"], False),
        (["", ""], False),
    ],
)
def test_a_column_of_texts_holds_classes(cells: list[str], classes: bool) -> None:
    text = "\n".join(f"1,{cell}" for cell in cells)
    assert parse_table(text, header=False, delimiter=",").holds_classes(-1) is classes


@pytest.mark.parametrize("text", ["", "\n\n", " \n", ",,\n,,\n", "sep=;\n"])
def test_nothing_is_not_a_table(text: str) -> None:
    with pytest.raises(DataError, match=r"^a\.csv is empty\.$"):
        parse_table(text, name="a.csv")


def test_names_alone_are_not_a_table() -> None:
    with pytest.raises(
        DataError, match=r"^a\.csv has names in its first row, but no instances below them\.$"
    ):
        parse_table("x,y\n\n", name="a.csv")


def test_quotes_that_do_not_match_are_named_with_file_and_line() -> None:
    with pytest.raises(DataError, match=r"^a\.csv cannot be read: line 3: a quotation mark is not closed"):
        parse_table('sep=,\n1,2\n3,"4\n', name="a.csv")
