"""CSV files as people have them."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from bpsim.csv_reader import read_csv, table_to_dataset
from bpsim.csv_table import parse_table
from bpsim.data_errors import DataError
from bpsim.datasets import Dataset

Read = Callable[..., Dataset]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Write a file and read it."""

    def write_and_read(text: str | bytes, **options: Any) -> Dataset:
        path = tmp_path / "flowers.csv"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return read_csv(path, **options)

    return write_and_read


def refused(read: Read, text: str | bytes, **options: Any) -> str:
    with pytest.raises(DataError) as caught:
        read(text, **options)
    return str(caught.value)


# -- numbers -------------------------------------------------------------------------------------------------


def test_the_last_column_is_the_target(read: Read) -> None:
    assert read("x1,x2,y\n0,1,1\n1,1,0\n") == Dataset(
        [[0, 1], [1, 1]], [1, 0], ["x1", "x2"], ["y"], name="flowers"
    )


def test_without_names_they_are_x_and_y(read: Read) -> None:
    data = read("0,1,1\n1,1,0\n")
    assert (data.input_names, data.target_names) == (("x₁", "x₂"), ("y₁",))
    assert len(data) == 2


def test_a_german_excel_export(read: Read) -> None:
    text = "Länge;Breite;Ja\r\n1,5;−2,5;0\r\n1e-3;+5;1\r\n;;\r\n"
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "cp1252"):
        data = read(text.replace("−", "-" if encoding == "cp1252" else "−").encode(encoding))
        assert data.inputs.tolist() == [[1.5, -2.5], [0.001, 5.0]]
        assert data.targets.tolist() == [[0.0], [1.0]]
        assert data.input_names == ("Länge", "Breite")


def test_decimal_commas_in_quotes(read: Read) -> None:
    assert read('"1,5","2,25",0\n"3","4",1\n').inputs.tolist() == [[1.5, 2.25], [3.0, 4.0]]


def test_whole_numbers_that_may_be_classes_stay_numbers(read: Read) -> None:
    data = read("1,0\n2,1\n3,2\n")
    assert data.targets.tolist() == [[0.0], [1.0], [2.0]]
    assert data.class_names == ()


def test_nothing_is_scaled(read: Read) -> None:
    data = read("1000,0\n2000,1\n")
    assert data.inputs.tolist() == [[1000.0], [2000.0]]
    assert data.describe_scaling() == ""


# -- classes -------------------------------------------------------------------------------------------------


def test_texts_in_the_target_column_become_one_target_for_each_class(read: Read) -> None:
    data = read("1,2,virginica\n3,4,setosa\n5,6,virginica\n7,8,Versicolor\n")
    assert data.class_names == data.target_names == ("setosa", "Versicolor", "virginica")
    assert data.targets.tolist() == [[0, 0, 1], [1, 0, 0], [0, 0, 1], [0, 1, 0]]


def test_two_classes_are_two_targets(read: Read) -> None:
    data = read('size;ok\n1,5;"ja, gern"\n2;nein\n')
    assert data.class_names == ("ja, gern", "nein")
    assert data.targets.tolist() == [[1, 0], [0, 1]]


def test_numbers_are_classes_if_it_is_said_in_order_of_size(read: Read) -> None:
    data = read("1,10\n2,9\n3,10\n", classes=True)
    assert data.class_names == ("9", "10")
    assert data.targets.tolist() == [[0, 1], [1, 0], [0, 1]]


def test_names_like_none_and_minus_are_classes(read: Read) -> None:
    assert read("1,none\n2,soft\n").class_names == ("none", "soft")
    assert read("1,+\n2,-\n").class_names == ("+", "-")


def test_a_missing_class_is_never_a_class(read: Read) -> None:
    assert refused(read, "1,a\n2,\n3,?\n4,NA\n5,b\n6,inf\n7,7\n") == (
        "flowers.csv cannot be read:\n"
        "line 2, column 2: there is no class here\n"
        "line 3, column 2: '?' stands for a missing value\n"
        "line 4, column 2: 'NA' stands for a missing value\n"
        "line 6, column 2: 'inf' stands for a missing value\n"
        "line 7, column 2: '7' is a number among names of classes\n"
        "Correct this in the file and read it again."
    )


def test_what_cannot_be_classes(read: Read) -> None:
    assert refused(read, "x,species\n1,a\n2,a\n") == (
        "Column 2 (species) has one class only, 'a'; two are needed."
    )
    many = "".join(f"{row},name {row}\n" for row in range(101))
    assert refused(read, many) == (
        "Column 2 has 101 different texts: too many for classes. Choose another target column."
    )
    assert refused(read, "1,a,b\n2,c,d\n", target_columns=[1, 2], classes=True) == (
        "Classes stand in one column: choose it as the only target column."
    )


def test_texts_are_not_classes_if_it_is_said(read: Read) -> None:
    assert "line 1, column 2 (y₁): 'a' is not a number" in refused(read, "1,a\n2,b\n", classes=False)


# -- columns -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("columns", [["a", "c"], [0, 2], [0, "c"], [-3, -1]])
def test_target_columns_are_chosen_by_place_or_name(read: Read, columns: list[int | str]) -> None:
    data = read("a,b,c\n1,2,3\n4,5,6\n", target_columns=columns)
    assert data.input_names == ("b",)
    assert data.target_names == ("a", "c")
    assert data.targets.tolist() == [[1.0, 3.0], [4.0, 6.0]]


def test_targets_stand_in_the_order_in_which_they_are_chosen(read: Read) -> None:
    assert read("a,b,c\n1,2,3\n", target_columns=["c", "a"]).targets.tolist() == [[3.0, 1.0]]
    assert read("a,b,c\n1,2,3\n", target_columns="a").target_names == ("a",)


def test_a_column_can_be_left_out(read: Read) -> None:
    data = read("id,a,b,y\nn1,1,2,3\nn2,4,5,6\n", input_columns=["a", "b"])
    assert data.inputs.tolist() == [[1.0, 2.0], [4.0, 5.0]]
    assert read("id,a,b,y\nn1,1,2,3\n", input_columns=1).input_names == ("a",)


def test_columns_that_are_not_there_or_used_twice_are_refused(read: Read) -> None:
    text = "a,b,c\n1,2,3\n"
    assert refused(read, text, target_columns=3) == (
        "flowers.csv has no column with index 3: they go from 0 to 2."
    )
    assert refused(read, text, target_columns="d") == "flowers.csv has no column 'd': it has a, b, c."
    assert refused(read, "1,2\n", target_columns="y") == "flowers.csv has no column 'y': it has no names."
    assert refused(read, "a,,c\n1,2,3\n", target_columns="") == "flowers.csv has no column '': it has a, c."
    assert refused(read, text, target_columns=[0, "a"]) == "Column 1 (a) is chosen twice."
    assert refused(read, text, input_columns=["c"]) == "Column 3 (c) cannot be both an input and a target."
    assert refused(read, text, target_columns=[0, 1, 2]) == "No column is left for the inputs."
    assert refused(read, text, target_columns=[]) == "No column is left for the targets."
    assert refused(read, "1\n2\n3\n") == (
        "flowers.csv has one column only, but data needs an input and a target. "
        "Columns are separated by tab, ';', ','."
    )


# -- what cannot be read -------------------------------------------------------------------------------------


def test_a_bad_cell_is_named_with_line_column_and_content(read: Read) -> None:
    with pytest.raises(DataError) as caught:
        read("x1,x2,y\n0,1,1\n1,abc,0\n")
    assert str(caught.value) == (
        "flowers.csv cannot be read: line 3, column 2 (x2): 'abc' is not a number.\n"
        "Correct this in the file and read it again."
    )
    [problem] = caught.value.problems
    assert (problem.row, problem.column, problem.name, problem.content) == (3, 2, "x2", "abc")


def test_every_bad_cell_and_row_is_reported_in_the_order_of_the_file(read: Read) -> None:
    text = "a;b;c\nNA;1;2\n;nan;x\n1;2;3;4\n\n1.234,5;inf;3\n0,5;2.5;1_0\n1;2;3\n9;9\n"
    assert refused(read, text, delimiter=";", decimal=",") == (
        "flowers.csv cannot be read:\n"
        "line 2, column 1 (a): 'NA' is not a number\n"
        "line 3, column 1 (a): there is no number here\n"
        "line 3, column 2 (b): 'nan' is not a finite number\n"
        "line 3, column 3 (c): 'x' is not a number\n"
        "line 4: 4 cells instead of 3\n"
        "line 6, column 1 (a): '1.234,5' has thousands separators: write the number without them\n"
        "line 6, column 2 (b): 'inf' is not a finite number\n"
        "line 7, column 2 (b): '2.5' has a '.', but the decimal sign is ','\n"
        "line 7, column 3 (c): '1_0' is not a number\n"
        "line 9: 2 cells instead of 3\n"
        "The decimal sign was taken to be ',': if it is '.', say so."
    )


def test_many_bad_cells_are_counted_and_all_kept(read: Read) -> None:
    with pytest.raises(DataError) as caught:
        read("1,2\n" + "x,3\n" * 500)
    assert len(caught.value.problems) == 500
    assert str(caught.value).split("\n")[21:] == [
        "and 480 more", "Correct this in the file and read it again.",
    ]  # fmt: skip


def test_lines_are_counted_as_an_editor_does(read: Read) -> None:
    text = 'a,"b\nc"\r\n\r\n1,2\r\nbad,3\r\n'
    assert "line 5, column 1 (a): 'bad' is not a number" in refused(read, text)


def test_a_column_of_texts_may_be_left_out(read: Read) -> None:
    assert refused(read, "id,a,b\nn1,1,2\nn2,3,4\n").split("\n")[1:] == [
        "line 2, column 1 (id): 'n1' is not a number",
        "line 3, column 1 (id): 'n2' is not a number",
        "Column 1 (id) has no numbers: leave it out, or make it the target if it holds classes.",
    ]


def test_names_beside_numbers_in_the_first_row_are_asked_for(read: Read) -> None:
    assert refused(read, "x1,x2,0\n1,2,0\n").endswith(
        "If the first row holds the names of the columns, say so."
    )
    assert read("x1,x2,0\n1,2,0\n", header=True).target_names == ("0",)


def test_decimal_commas_between_commas_are_explained(read: Read) -> None:
    assert refused(read, "a,b,c\n1,5,2,5,0\n").split("\n") == [
        "flowers.csv cannot be read: line 2: 5 cells instead of 3.",
        "Where numbers have decimal commas, columns need ';' or a tab between them.",
    ]


@pytest.mark.parametrize(
    ("text", "sign", "other"), [('a,b\n"1,234",0\n', ".", ","), ("a;b\n1.234;0\n", ",", ".")]
)
def test_a_number_that_may_be_a_thousand_is_reported(read: Read, text: str, sign: str, other: str) -> None:
    assert refused(read, text).split("\n") == [
        f"flowers.csv cannot be read: line 2, column 1 (a): '1{other}234' has a '{other}', "
        f"but the decimal sign is '{sign}'.",
        f"The decimal sign was taken to be '{sign}': if it is '{other}', say so.",
    ]
    assert read(text, decimal=other).inputs.tolist() == [[1.234]]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "flowers.csv is empty."),
        (b"a,b\n", "flowers.csv has names in its first row, but no instances below them."),
        (b"PK\x03\x04", "is a spreadsheet. Open it in its program and save it as CSV."),
        (b"\x00\x01\x02", "is not a text file. Save the data as CSV in UTF-8."),
    ],
)
def test_files_that_hold_no_data(read: Read, content: bytes, message: str) -> None:
    assert refused(read, content).endswith(message)


def test_a_path_that_leads_nowhere(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"^There is no file '.*no\.csv'\.$"):
        read_csv(tmp_path / "no.csv")


# -- round trips ---------------------------------------------------------------------------------------------

tables = st.tuples(st.integers(1, 6), st.integers(2, 4)).flatmap(
    lambda shape: arrays(np.float64, shape, elements=st.floats(allow_nan=False, allow_infinity=False))
)


@given(tables, st.sampled_from(["\t", ";", ","]), st.sampled_from([".", ","]), st.booleans(), st.booleans())
def test_numbers_written_in_any_way_come_back_bit_for_bit(
    numbers: np.ndarray, delimiter: str, decimal: str, header: bool, quotes: bool
) -> None:
    quotes = quotes or delimiter == decimal
    cells = [[repr(value).replace(".", decimal) for value in row] for row in numbers.tolist()]
    lines = [delimiter.join(f'"{cell}"' if quotes else cell for cell in row) for row in cells]
    if header:
        lines.insert(0, delimiter.join(f"column {place}" for place in range(numbers.shape[1])))
    data = table_to_dataset(parse_table("\r\n".join(lines), delimiter=delimiter, decimal=decimal))
    assert np.hstack([data.inputs, data.targets]).tobytes() == numbers.tobytes()


labels = st.text(st.characters(codec="utf-8", categories=["L"]), min_size=1, max_size=5).filter(
    lambda text: text.lower() not in {"na", "nan", "inf", "null", "infinity"}
)


@given(st.lists(labels, min_size=2, max_size=20))
def test_classes_come_back_by_name(classes: list[str]) -> None:
    text = "x,class\n" + "".join(f"{row},{name}\n" for row, name in enumerate(classes))
    if len(set(classes)) == 1:
        return
    data = table_to_dataset(parse_table(text, delimiter=","))
    assert set(data.targets.sum(axis=1)) == {1}
    assert [data.class_names[number] for number in data.targets.argmax(axis=1)] == classes


@given(st.text(max_size=60))
def test_any_text_is_data_or_refused_with_a_sentence(text: str) -> None:
    try:
        data = table_to_dataset(parse_table(text))
    except DataError as error:
        message = str(error)
    else:
        message = f"{len(data)} instances"
    assert message
