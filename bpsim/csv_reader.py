"""Data from CSV files as people have them: what cannot be read is named, cell by cell, and never guessed."""

import os
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np

from bpsim.arrays import Array
from bpsim.cells import DELIMITERS
from bpsim.columns import default_name
from bpsim.csv_table import CsvTable, is_missing, read_table
from bpsim.data_errors import DataError, Problem
from bpsim.datasets import Dataset
from bpsim.numbers import is_number, parse_number, quoted

MOST_CLASSES = 100
"""A column with more different texts than this holds no classes."""

Column = int | str
"""A column by its place, as Python counts (0 the first, −1 the last), or by its name."""

Chosen = Column | Sequence[Column] | None


def read_csv(
    path: str | os.PathLike[str],
    *,
    header: bool | None = None,
    delimiter: str | None = None,
    decimal: str | None = None,
    target_columns: Chosen = None,
    input_columns: Chosen = None,
    classes: bool | None = None,
) -> Dataset:
    """Read data from a CSV file. Nothing is scaled, and no cell is guessed.

    Parameters
    ----------
    path : path
        The file.
    header, delimiter, decimal
        How it is written; see `bpsim.csv_table.read_table`, which finds out what is None.
    target_columns : column or sequence of columns, optional
        The targets; the last column if not given.
    input_columns : column or sequence of columns, optional
        The inputs; all other columns if not given.
    classes : bool, optional
        Whether the target column holds classes: it becomes one target for each class, 1 for its instances
        and 0 for all others, in the order of the alphabet (or of size, where the classes are numbers). If
        not given, a single target column that holds texts does.

    Raises
    ------
    DataError
        If the file or a cell of it cannot be read; every such cell is among its `problems`.
    """
    table = read_table(path, header=header, delimiter=delimiter, decimal=decimal)
    return table_to_dataset(table, target_columns, input_columns, classes)


def table_to_dataset(
    table: CsvTable, target_columns: Chosen = None, input_columns: Chosen = None, classes: bool | None = None
) -> Dataset:
    """Return a table of texts as data; see `read_csv`."""
    inputs, targets = _sides(table, target_columns, input_columns)
    if classes and len(targets) > 1:
        raise DataError("Classes stand in one column: choose it as the only target column.")
    problems = list(table.problems)
    input_names = _names(table, inputs, "x")
    x = _numbers(table, inputs, input_names, problems)
    one_hot = classes or (classes is None and len(targets) == 1 and table.holds_classes(targets[0]))
    if one_hot:
        target_names = _class_names(table, targets[0], bool(classes), problems)
        y = _one_hot(table.column(targets[0]), target_names)
    else:
        target_names = _names(table, targets, "y")
        y = _numbers(table, targets, target_names, problems)
    if problems:
        problems.sort(key=lambda problem: (problem.row, problem.column or 0))
        raise DataError(f"{table.name} cannot be read", problems, _advice(table, inputs, problems))
    return Dataset(x, y, input_names, target_names, Path(table.name).stem, one_hot=one_hot)


# -- which columns -------------------------------------------------------------------------------------------


def _sides(table: CsvTable, target_columns: Chosen, input_columns: Chosen) -> tuple[list[int], list[int]]:
    """Return the places of the input columns and of the target columns."""
    count = len(table.column_names)
    if count == 1:
        raise DataError(
            f"{table.name} has one column only, but data needs an input and a target. "
            f"Columns are separated by {', '.join(DELIMITERS.values())}."
        )
    targets = _places(table, -1 if target_columns is None else target_columns)
    rest = [place for place in range(count) if place not in targets]
    inputs = rest if input_columns is None else _places(table, input_columns)
    if not inputs or not targets:
        raise DataError(f"No column is left for the {'targets' if inputs else 'inputs'}.")
    for place in inputs:
        if place in targets:
            raise DataError(f"{_title(table, place)} cannot be both an input and a target.")
    return inputs, targets


def _places(table: CsvTable, columns: Column | Sequence[Column]) -> list[int]:
    places = [_place(table, column) for column in ([columns] if isinstance(columns, int | str) else columns)]
    for place in places:
        if places.count(place) > 1:
            raise DataError(f"{_title(table, place)} is chosen twice.")
    return places


def _place(table: CsvTable, column: Column) -> int:
    count = len(table.column_names)
    if isinstance(column, str):
        if not column or column not in table.column_names:
            there = ", ".join(filter(None, table.column_names)) or "no names"
            raise DataError(f"{table.name} has no column {quoted(column)}: it has {there}.")
        return table.column_names.index(column)
    if not -count <= column < count:
        raise DataError(f"{table.name} has no column with index {column}: they go from 0 to {count - 1}.")
    return column % count


def _title(table: CsvTable, place: int) -> str:
    name = table.column_names[place]
    return f"Column {place + 1} ({name})" if name else f"Column {place + 1}"


def _names(table: CsvTable, places: Sequence[int], letter: str) -> list[str]:
    return [table.column_names[place] or default_name(letter, j) for j, place in enumerate(places)]


# -- cells into numbers --------------------------------------------------------------------------------------


def _numbers(table: CsvTable, places: Sequence[int], names: Sequence[str], problems: list[Problem]) -> Array:
    """Return columns as numbers; a cell that is none is added to `problems`."""
    numbers = np.zeros((len(table.rows), len(places)))
    for j, (place, name) in enumerate(zip(places, names, strict=True)):
        for i, text in enumerate(table.column(place)):
            try:
                numbers[i, j] = parse_number(text, table.format.decimal)
            except ValueError as error:
                problems.append(Problem(table.lines[i], place + 1, name, text, str(error)))
    return numbers


def _class_names(table: CsvTable, place: int, numbers_too: bool, problems: list[Problem]) -> list[str]:
    """Return the classes in a column, in order; a cell that is none is added to `problems`."""
    classes = set()
    for line, text in zip(table.lines, table.column(place), strict=True):
        reason = _why_no_class(text, numbers_too)
        if reason:
            problems.append(Problem(line, place + 1, table.column_names[place], text, reason))
        else:
            classes.add(text)
    if len(classes) > MOST_CLASSES:
        raise DataError(
            f"{_title(table, place)} has {len(classes)} different texts: too many for classes. "
            "Choose another target column."
        )
    if len(classes) < 2 and not problems:
        raise DataError(f"{_title(table, place)} has one class only, {quoted(min(classes))}; two are needed.")
    return _in_order(classes)


def _why_no_class(text: str, numbers_too: bool) -> str:
    if not text:
        return "there is no class here"
    if is_missing(text):
        return f"{quoted(text)} stands for a missing value"
    if is_number(text) and not numbers_too:
        return f"{quoted(text)} is a number among names of classes"
    return ""


def _in_order(classes: Iterable[str]) -> list[str]:
    """Return classes in the order of the alphabet, or of size where all of them are numbers."""
    alphabet = sorted(classes, key=lambda text: (text.casefold(), text))
    return sorted(alphabet, key=parse_number) if all(map(is_number, alphabet)) else alphabet


def _one_hot(cells: Sequence[str], classes: Sequence[str]) -> Array:
    """Return 1 for each cell in the column of its class and 0 elsewhere, shape (cells, classes)."""
    return np.array([[float(cell == name) for name in classes] for cell in cells])


def _advice(table: CsvTable, inputs: Sequence[int], problems: Sequence[Problem]) -> str:
    """Return what to do about the problems."""
    advice = [
        f"{_title(table, place)} has no numbers: leave it out, or make it the target if it holds classes."
        for place in inputs
        if table.rows and not any(map(is_number, table.column(place)))
    ]
    first = "".join(problem.content for problem in problems if problem.row in table.lines[:1])
    if not table.format.header and any(map(str.isalpha, first)):
        advice.append("If the first row holds the names of the columns, say so.")
    other = "," if table.format.decimal == "." else "."
    if any(other in problem.content and is_number(problem.content) for problem in problems):
        advice.append(
            f"The decimal sign was taken to be '{table.format.decimal}': if it is '{other}', say so."
        )
    if table.problems and table.format.delimiter == ",":
        advice.append("Where numbers have decimal commas, columns need ';' or a tab between them.")
    return "\n".join(advice) or "Correct this in the file and read it again."
