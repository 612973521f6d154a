"""How many digits the numbers of a calculation need, so that whoever works it out gets what is written.

A result is written in the digits that were chosen, rounded to the nearest; halfway between two, Python's rule
holds: the even digit, of the number as the machine has it. The numbers that it is made of get as many digits
more as it takes: 0.11 · 0.249 is 0.0274, not 0.0276, so 0.1108 · 0.2491 is written. "=" stands before what is
written exactly, "≈" before all that is rounded.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import copysign, inf, isclose, isfinite
from typing import Protocol

from bpsim.formula import Equation, Formula, Number, condensed, evaluate, map_numbers, parts
from bpsim.quantity import Quantity

MOST_DIGITS = 17
"""So many significant digits tell a number from every other one."""
_TIDY_DIGITS = 9
_SAME = 4e-15  # apart by less than this, relative to their size, two numbers differ by the machine's rounding


class Numbers(Protocol):
    """A way of writing numbers."""

    @property
    def digits(self) -> int:
        """How many digits numbers have, about."""

    def given(self, value: float) -> str:
        """Return a number as it is written; one that somebody may have typed as it was typed."""

    def read(self, value: float) -> float:
        """Return the number that is read where one is written."""

    def last_place(self, value: float) -> int:
        """Return how many decimals of a number are written; fewer than 0 where those are no decimals."""

    def with_digits(self, digits: int) -> "Numbers":
        """Return the same way of writing with more or fewer digits."""


@dataclass(frozen=True)
class Line:
    """A line of a calculation, and how its numbers are written."""

    equation: Equation
    numbers: Numbers

    @property
    def is_exact(self) -> bool:
        """Whether all its numbers are written exactly."""
        return all(self.numbers.read(number.value) == number.value for number in numbers_of(self.equation))


def digits_that_show(formula: Formula, result: float, numbers: Numbers, of_result: Numbers) -> Numbers:
    """Return how to write the numbers of a formula, so that working it out gives the result as it is written.

    Parameters
    ----------
    formula : Formula
        With numbers put in.
    result : float
        What it is.
    numbers : Numbers
        With the fewest digits that are wanted.
    of_result : Numbers
        How the result is written.
    """
    line = Line(Equation(None, Number(tidy(result))), of_result)
    return _fewest(map_numbers(formula, _tidied), line, line, 0, numbers)


def digits_of_lines(
    lines: tuple[tuple[Formula, int], ...], result: Number, numbers: Numbers, of_result: Numbers
) -> tuple[Line, ...]:
    """Return the lines of a calculation, each with digits that give the next line and the result.

    Parameters
    ----------
    lines : tuple of (Formula, int)
        Formulas with numbers, and how often their inner sums are worked out to give the next.
    result : Number
        What they are.
    numbers, of_result : Numbers
        With the fewest digits that are wanted, in the lines and in the result.

    Returns
    -------
    tuple of Line
        The lines and that of the result, with ≈ where numbers are rounded or the line before is not exactly
        what stands there.
    """
    result = _tidied(result)
    made = [Line(Equation(None, result), of_result)]
    for formula, times in reversed(lines):
        tidy = map_numbers(formula, _tidied)
        enough = _fewest(tidy, made[0], made[-1], times, numbers)
        made.insert(0, Line(Equation(None, tidy), enough))
    signed: list[Line] = []
    for line in made:
        about = not line.is_exact or bool(
            signed and signed[-1].equation.about and not _gives_exactly(signed[-1], line)
        )
        signed.append(replace(line, equation=replace(line.equation, about=about)))
    return tuple(signed)


def _gives_exactly(line: Line, following: Line) -> bool:
    """Tell whether a line with rounded numbers is exactly what follows, as 0 · 0.256 is 0."""
    found, wanted = evaluate(_as_written(line.equation, line.numbers)), evaluate(following.equation)
    return tidy(found) == tidy(wanted)


def numbers_of(formula: Formula) -> Iterator[Number]:
    """Yield the numbers in a formula, in reading order."""
    if isinstance(formula, Number):
        yield formula
        return
    for part in parts(formula):
        yield from numbers_of(part)


def values_in(formula: Formula) -> dict[Quantity, float]:
    """Return the quantities whose numbers stand in a formula, with these."""
    return {number.quantity: number.value for number in numbers_of(formula) if number.quantity is not None}


def tidy(value: float) -> float:
    """Return a number without what the machine's rounding has left: 0.3775 for 0.37749999999999995."""
    if not isfinite(value):
        return value
    mantissa, _, exponent = f"{value:.14e}".partition("e")
    short = mantissa.rstrip("0")
    return float(f"{short}e{exponent}") if len(short.lstrip("-")) <= _TIDY_DIGITS + 1 else value


def _fewest(formula: Formula, following: Line, result: Line, times: int, numbers: Numbers) -> Numbers:
    """Return the numbers with the fewest digits that give the next line and the result."""
    wanted, after = list(_places(result)), list(_places(following)) if times else []
    for digits in range(numbers.digits, MOST_DIGITS):
        tried = numbers.with_digits(digits)
        reached = _worked_out(_as_written(formula, tried), times)
        if _all_read_as([evaluate(reached)], wanted) and (not after or _gives(reached, after)):
            return tried
    return numbers.with_digits(MOST_DIGITS)


def _places(line: Line) -> Iterator[tuple[float, int]]:
    """Yield every number of a line, and how many decimals of it are written."""
    for number in numbers_of(line.equation):
        finite = isfinite(number.value)
        yield number.value, line.numbers.last_place(number.value) if finite else 0


def _as_written(formula: Formula, numbers: Numbers) -> Formula:
    return map_numbers(formula, lambda number: Number(numbers.read(number.value)))


def _worked_out(formula: Formula, times: int) -> Formula:
    for _ in range(times):
        formula = condensed(formula)
    return formula


def _gives(formula: Formula, wanted: list[tuple[float, int]]) -> bool:
    found = [number.value for number in numbers_of(formula)]
    return len(found) != len(wanted) or _all_read_as(found, wanted)  # what is too large stays a sum


def _all_read_as(found: list[float], wanted: list[tuple[float, int]]) -> bool:
    return all(reads_as(value, other, place) for value, (other, place) in zip(found, wanted, strict=True))


def reads_as(found: float, wanted: float, place: int) -> bool:
    """Tell whether two numbers are the same, with so many decimals or but for the machine's rounding."""
    if not (isfinite(found) and isfinite(wanted)):
        return not isfinite(wanted)
    return _rounded(found, place) == _rounded(wanted, place) or isclose(found, wanted, rel_tol=_SAME)


def _rounded(value: float, place: int) -> float:
    try:
        return round(value, place)
    except OverflowError:  # the largest numbers, rounded up
        return copysign(inf, value)


def _tidied(number: Number) -> Number:
    value = tidy(number.value)
    return number if value == number.value else replace(number, value=value)
