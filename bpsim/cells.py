"""Text into cells: records of separated values, whatever separates them."""

import csv
import io
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from bpsim.data_errors import DataError, Problem

DELIMITERS = {"\t": "tab", ";": "';'", ",": "','"}
"""What separates columns, with how a sentence names it; where several would do, the first."""

_SAMPLE = 100


class Record(NamedTuple):
    """One row of cells, and the line of the text on which it begins (from 1)."""

    line: int
    cells: tuple[str, ...]


def split_cells(text: str, delimiter: str, name: str = "The text", first_line: int = 1) -> Iterator[Record]:
    """Yield the rows of a text, blank ones too; cells lose the space around them.

    Parameters
    ----------
    text, delimiter : str
        What to split, and where.
    name : str
        What to call the text in a message.
    first_line : int
        Number of its first line.

    Raises
    ------
    DataError
        If a quotation mark is not closed.
    """
    reader = csv.reader(
        io.StringIO(text, newline=""), delimiter=delimiter, strict=True, skipinitialspace=True
    )
    line = first_line
    try:
        for row in reader:
            yield Record(line, tuple(cell.strip() for cell in row))
            line = first_line + reader.line_num
    except csv.Error:
        reason = "a quotation mark is not closed, or is closed inside a cell"
        raise DataError(f"{name} cannot be read", [Problem(line, None, "", "", reason)]) from None


def used(cells: tuple[str, ...]) -> int:
    """Return the number of cells without the empty ones at the end."""
    return next((place for place in range(len(cells), 0, -1) if cells[place - 1]), 0)


def detect_delimiter(text: str) -> str:
    """Return what separates the columns: what gives most of the first 100 rows the same number of them."""
    shares = {delimiter: _share_of_equal_rows(text, delimiter) for delimiter in DELIMITERS}
    best = max(shares, key=lambda delimiter: shares[delimiter])
    return best if shares[best] > 0 else ","


def _share_of_equal_rows(text: str, delimiter: str) -> float:
    try:
        widths = Counter(used(record.cells) for record in islice(split_cells(text, delimiter), _SAMPLE))
    except DataError:
        return 0.0
    del widths[0]
    [(width, count)] = widths.most_common(1) or [(0, 0)]
    return count / widths.total() if width > 1 else 0.0


def parse_cells(text: str) -> list[list[str]]:
    """Return pasted text as rows of cells.

    Spreadsheets put a tab between cells, so a "," in a cell is a decimal comma. Text without a tab is split
    at ";", and without one of these every line is a single cell. Blank lines at the end are left out.

    Raises
    ------
    DataError
        If a quotation mark is not closed.
    """
    delimiter = ";" if ";" in text and "\t" not in text else "\t"
    rows = [list(record.cells) for record in split_cells(text, delimiter, "The pasted text")]
    while rows and not any(rows[-1]):
        rows.pop()
    return rows
