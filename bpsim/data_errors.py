"""What is wrong with data, cell by cell, in plain sentences."""

from collections.abc import Sequence
from dataclasses import dataclass

_LISTED = 20


@dataclass(frozen=True)
class Problem:
    """One place that cannot be read.

    Parameters
    ----------
    row : int
        Counted from 1, as the file or the table counts.
    column : int or None
        Counted from 1; None where the row as a whole is wrong.
    name : str
        Name of the column, "" where it has none.
    content : str
        What stands there, in full.
    reason : str
        What is wrong with it, for example ``'abc' is not a number``.
    rows : str
        What is counted: "line" of a file, "pasted row", "instance" of the data.
    """

    row: int
    column: int | None
    name: str
    content: str
    reason: str
    rows: str = "line"

    def __str__(self) -> str:
        place = f"{self.rows} {self.row}"
        if self.column is not None:
            place += f", column {self.column}"
        if self.name:
            place += f" ({self.name})" if self.column is not None else f", {self.name}"
        return f"{place}: {self.reason}"


class DataError(ValueError):
    """Data that cannot be used; its message says what, where, and what to do.

    Parameters
    ----------
    sentence : str
        What is wrong; with problems, what they have in common ("iris.csv cannot be read").
    problems : sequence of Problem
        Every bad place. The message lists the first 20 and counts the rest.
    advice : str
        What to do, "" where the sentence says it all.
    """

    def __init__(self, sentence: str, problems: Sequence[Problem] = (), advice: str = "") -> None:
        self.sentence = sentence
        self.problems = tuple(problems)
        self.advice = advice
        super().__init__(self._message())

    def _message(self) -> str:
        listed = [str(problem) for problem in self.problems[:_LISTED]]
        if len(listed) == 1:
            lines = [f"{self.sentence}: {listed[0]}."]
        else:
            lines = [f"{self.sentence}:", *listed] if listed else [self.sentence]
        if more := len(self.problems) - len(listed):
            lines.append(f"and {more} more")
        if self.advice:
            lines.append(self.advice)
        return "\n".join(lines)
