"""A CSV file as a table of texts: what separates its columns, whether they have names, which decimal sign."""

import os
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bpsim.cells import DELIMITERS, Record, detect_delimiter, split_cells, used
from bpsim.data_errors import DataError, Problem
from bpsim.numbers import decimal_sign, is_number, quoted
from bpsim.text_files import read_text

MISSING = frozenset(
    ["", "?", ".", "na", "n/a", "#n/a", "#nv", "null", "nan", "inf", "+inf", "-inf", "infinity", "-infinity"]
)
"""What stands for a missing or impossible value, in small letters: never a name."""

_SEPARATOR_LINE = re.compile(r"sep=([^\w\s\"]|\t)[ \t;,]*(?:\r\n|\r|\n|$)", re.IGNORECASE)
_DIGIT, _LETTER = re.compile(r"\d"), re.compile(r"[^\W\d_]")


@dataclass(frozen=True)
class CsvFormat:
    """How a file was read.

    Parameters
    ----------
    header : bool
        Whether the first row holds the names of the columns.
    delimiter, decimal : str
        What separates columns, and the decimal sign.
    encoding : str
        Name of the encoding, for people.
    """

    header: bool
    delimiter: str
    decimal: str
    encoding: str

    def describe(self) -> str:
        """Return it in words: "UTF-8, columns separated by ';', decimal comma, names in the first row"."""
        separated = DELIMITERS.get(self.delimiter, quoted(self.delimiter))
        decimal = "decimal comma" if self.decimal == "," else "decimal point"
        names = "names in the first row" if self.header else "no names"
        return f"{self.encoding}, columns separated by {separated}, {decimal}, {names}"


@dataclass(frozen=True)
class CsvTable:
    """The cells of a file as texts, before anybody says which columns are what.

    Parameters
    ----------
    name : str
        What the file is called.
    format : CsvFormat
        How it was read.
    column_names : tuple of str
        Different from each other; "" for a column without a name.
    rows : tuple of tuples of str
        The instances, all equally long. Blank rows are left out.
    lines : tuple of int
        The line of the file on which each of them begins.
    problems : tuple of Problem
        The rows that are too long or too short, which are not among `rows`.
    """

    name: str
    format: CsvFormat
    column_names: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    lines: tuple[int, ...]
    problems: tuple[Problem, ...] = ()

    def column(self, place: int) -> list[str]:
        """Return the cells of one column."""
        return [row[place] for row in self.rows]

    def holds_classes(self, place: int) -> bool:
        """Tell whether a column holds texts, and not numbers: fewer than half of its cells are numbers."""
        texts = [text for text in self.column(place) if not is_missing(text)]
        return 2 * sum(map(is_number, texts)) < len(texts)


def is_missing(text: str) -> bool:
    """Tell whether a cell stands for a missing or impossible value."""
    return text.lower() in MISSING


def read_table(
    path: str | os.PathLike[str],
    *,
    header: bool | None = None,
    delimiter: str | None = None,
    decimal: str | None = None,
) -> CsvTable:
    """Read a CSV file as texts; what is None is found out.

    Parameters
    ----------
    path : path
        The file.
    header : bool or None
        Whether the first row holds names. Found out: it does if none of its cells looks like a value.
    delimiter : str or None
        What separates columns. Found out: tab, ";" or ",", see `detect_delimiter`; a line ``sep=;`` counts.
    decimal : {".", ","} or None
        The decimal sign. Found out: see `decimal_sign`; "," where no cell tells and ";" separates columns.

    Raises
    ------
    DataError
        If there is no such file, it is no text, or there are no instances in it.
    """
    text, encoding = read_text(path)
    return parse_table(
        text, name=Path(path).name, header=header, delimiter=delimiter, decimal=decimal, encoding=encoding
    )


def parse_table(
    text: str,
    *,
    name: str = "The text",
    header: bool | None = None,
    delimiter: str | None = None,
    decimal: str | None = None,
    encoding: str = "text",
) -> CsvTable:
    """Return the text of a CSV file as a table; see `read_table`."""
    first_line = 1
    if separator := _SEPARATOR_LINE.match(text):
        text, first_line = text[separator.end() :], 2
        delimiter = delimiter or separator[1]
    delimiter = delimiter or detect_delimiter(text)
    records = [record for record in split_cells(text, delimiter, name, first_line) if any(record.cells)]
    if not records:
        raise DataError(f"{name} is empty.")
    if header is None:
        header = not any(map(_looks_like_a_value, records[0].cells))
    width = _width(records, header)
    body = records[1:] if header else records
    if not body:
        raise DataError(f"{name} has names in its first row, but no instances below them.")
    rows = [record for record in body if _has_width(record, width)]
    if decimal is None:
        cells = (cell for record in rows for cell in record.cells)
        decimal = decimal_sign(cells, "," if delimiter == ";" else ".")
    return CsvTable(
        name,
        CsvFormat(header, delimiter, decimal, encoding),
        _unique(records[0].cells[:width]) if header else ("",) * width,
        tuple(record.cells[:width] for record in rows),
        tuple(record.line for record in rows),
        tuple(_uneven(record, width, delimiter) for record in body if not _has_width(record, width)),
    )


def _looks_like_a_value(cell: str) -> bool:
    """Tell whether a cell is a number, something like one (a date, 50%), or stands for a missing one."""
    if not cell:
        return False
    digits_only = _DIGIT.search(cell) is not None and _LETTER.search(cell) is None
    return digits_only or is_number(cell) or is_missing(cell)


def _width(records: Sequence[Record], header: bool) -> int:
    """Return the number of columns: that of the names or of most rows, without empty ones at the end."""
    sizes = Counter(len(record.cells) for record in records[: 1 if header else None])
    [(size, _)] = sizes.most_common(1)
    return max(used(record.cells) for record in records if used(record.cells) <= size)


def _unique(names: Iterable[str]) -> tuple[str, ...]:
    """Return names with a number added to those that were there before: "a", "a (2)"."""
    taken: list[str] = []
    for name in names:
        plain = " ".join(name.split())
        candidate, number = plain, 1
        while candidate and candidate in taken:
            number += 1
            candidate = f"{plain} ({number})"
        taken.append(candidate)
    return tuple(taken)


def _has_width(record: Record, width: int) -> bool:
    return used(record.cells) <= width <= len(record.cells)


def _uneven(record: Record, width: int, delimiter: str) -> Problem:
    count = max(used(record.cells), min(len(record.cells), width))
    reason = f"{count} {'cell' if count == 1 else 'cells'} instead of {width}"
    return Problem(record.line, None, "", delimiter.join(record.cells), reason)
