"""How many digits the numbers of a matrix equation need, so that it is true as it is written.

The matrix before the = has the digits that were chosen, all others as many as give them; of sums that are too
long to be written out the numbers have the digits that were chosen, for nobody can work them out from there.
"""

from dataclasses import dataclass

from bpsim.backprop import Trace
from bpsim.explain import explain, result_numbers
from bpsim.formula_digits import Numbers, digits_that_show, numbers_of, tidy
from bpsim.matrices import ROWS, Entry, Matrix, MatrixEquation
from bpsim.notation import Notation

_LONGEST = 2 * ROWS + 2  # numbers in a sum that is written out


@dataclass(frozen=True)
class MatrixDigits:
    """How many digits the matrix before the = has, and all others; whether a number is rounded."""

    result: int
    others: int
    about: bool = False


def matrix_digits(
    equation: MatrixEquation, trace: Trace, notation: Notation | str, numbers: Numbers
) -> MatrixDigits:
    """Return the digits of a matrix equation; `numbers` is the way of writing, with the fewest digits."""
    first, *rest = equation.matrices
    told = [
        explain(trace, entry.quantity, notation)
        for entry in _entries(first)
        if entry.value is not None and not entry.absent
    ]
    of_result = max((result_numbers(each, numbers).digits for each in told), default=numbers.digits)
    others = numbers.digits
    for each in told:
        if sum(1 for _ in numbers_of(each.numbers)) <= _LONGEST:
            start, written = numbers.with_digits(others), numbers.with_digits(of_result)
            others = digits_that_show(each.numbers, each.result, start, written).digits
    exact = _is_exact(first, numbers.with_digits(of_result))
    exact = exact and all(_is_exact(matrix, numbers.with_digits(others)) for matrix in rest)
    return MatrixDigits(of_result, others, not exact)


def _entries(matrix: Matrix) -> list[Entry]:
    return [entry for row in matrix.entries for entry in row if entry is not None]


def _is_exact(matrix: Matrix, numbers: Numbers) -> bool:
    values = (entry.value for entry in _entries(matrix))
    return all(value is None or numbers.read(value) == tidy(value) for value in values)
