"""What all ways of writing a formula as text have in common: which part is written after which.

A way of writing derives from `FormulaWriter` and says how each part looks. Where parentheses stand is decided
in `formula_order.py`.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from bpsim.formula import (
    Add,
    Apply,
    BigSum,
    Cases,
    Equation,
    Formula,
    Fraction,
    Negative,
    Number,
    Power,
    Symbol,
    Times,
    Words,
)
from bpsim.formula_order import Order, Place, signed

Write = Callable[[float], str]
"""A way of writing a number, such as `ui.numbers.NumberFormat.text`; − or - may stand for minus."""

_LARGE = 1e6


def written(number: Number, write: Write) -> str:
    """Return a number without its sign; the 2 of a square and the like have no decimals."""
    size = abs(number.value)
    if number.quantity is None and float(size).is_integer() and size < _LARGE:
        return str(int(size))
    return write(size)


def with_power_of_ten(written: str) -> tuple[str, str]:
    """Return the digits of a number without sign, and the exponent of its power of ten, or ""."""
    digits, _, exponent = written.partition("e")
    if digits[:1].isdigit() and exponent.lstrip("+-−").isdigit():
        return digits, exponent.lstrip("+").replace("−", "-")
    return written, ""


def marked(cases: Cases, mark: str = " (here)") -> Iterator[tuple[Formula, str]]:
    """Yield the branches of a choice with their conditions, the one that holds with a mark."""
    for number, (branch, when) in enumerate(cases.branches):
        yield branch, when + (mark if number == cases.chosen else "")


class FormulaWriter(ABC):
    """Writes formulas in one way; `write` writes their numbers."""

    plus, minus, negation, equals, about = "+", "−", "−", "=", "≈"
    opened, closed = "(", ")"
    after_big_sum = ""
    """What ends a Σ where something follows it."""
    in_words = Place.SUMMED_IN_WORDS
    """The place of what a sum in words is over."""
    stacked = False
    """Whether a fraction is written one above the other, so that it needs parentheses in powers only."""

    def __init__(self, write: Write) -> None:
        self._write = write
        self._order = Order(self._has_power, self.stacked, self.is_whole)

    def text(self, formula: Formula) -> str:
        """Return a formula as it is written."""
        match formula:
            case Symbol():
                return self.symbol(formula)
            case Number(value=value):
                digits = self.digits(written(formula, self._write))
                return self.negative(digits) if value < 0 else digits
            case Words(text=text):
                return self.words(text)
            case Add():
                return self._sum(formula)
            case Times(factors=factors):
                return self._product(factors)
            case Negative(term=term):
                return self.negative(self.put(term, Place.NEGATED))
            case Fraction(above=above, below=below):
                return self.fraction(above, below)
            case Power(base=base, exponent=exponent):
                return self.power(self.put(base, Place.BASE), exponent)
            case Apply():
                return self.apply(formula)
            case BigSum(body=body, over="") as big_sum:
                return self.big_sum(big_sum, self.put(body, Place.SUMMED))
            case BigSum(body=body, over=over):
                return self.sum_in_words(over, self.put(body, self.in_words))
            case Cases():
                return self.cases(formula)
            case Equation(left=left, right=right, about=about):
                relation = self.about if about else self.equals
                before = [] if left is None else [self.text(left)]
                return " ".join([*before, relation, self.text(right)])
            case _:
                raise TypeError(f"There is no way to write a {type(formula).__name__}.")

    # -- how the parts look ----------------------------------------------------------------------------------

    @abstractmethod
    def symbol(self, symbol: Symbol) -> str:
        """Return a letter with its indices, or a name in words."""

    @abstractmethod
    def digits(self, written: str) -> str:
        """Return a number without sign, from how `write` writes it."""

    @abstractmethod
    def words(self, text: str) -> str:
        """Return plain words."""

    @abstractmethod
    def between(self, left: Formula, right: Formula, /) -> str:
        """Return what stands between two factors, with its spaces."""

    @abstractmethod
    def fraction(self, above: Formula, below: Formula) -> str:
        """Return a fraction."""

    @abstractmethod
    def power(self, base: str, exponent: Formula) -> str:
        """Return a power; `base` is in parentheses already if it needs them."""

    @abstractmethod
    def apply(self, apply: Apply) -> str:
        """Return a function of an argument."""

    @abstractmethod
    def big_sum(self, big_sum: BigSum, body: str) -> str:
        """Return Σ with its limits before what is summed."""

    @abstractmethod
    def sum_in_words(self, over: str, body: str) -> str:
        """Return a sum in words, over such as "the output nodes"."""

    @abstractmethod
    def cases(self, cases: Cases) -> str:
        """Return a choice."""

    def negative(self, inner: str) -> str:
        """Return a minus before something."""
        return f"{self.negation}{inner}"

    def in_parentheses(self, inner: str) -> str:
        """Return something in parentheses."""
        return f"{self.opened}{inner}{self.closed}"

    def is_whole(self, _formula: Formula) -> bool:
        """Tell whether a formula is written in a way that holds together like a letter."""
        return False

    def terms(self, add: Add) -> Sequence[Formula | str]:
        """Return the terms of a sum that are written; a str stands for some that are left out."""
        return add.terms

    # -- how they are put together ---------------------------------------------------------------------------

    def put(self, formula: Formula, place: Place) -> str:
        """Return a formula as it is written at a place in a larger one, in parentheses if it needs them."""
        text = self.text(formula)
        return self.in_parentheses(text) if self._order.needs_parentheses(formula, place) else text

    def _has_power(self, number: Number) -> bool:
        return bool(with_power_of_ten(written(number, self._write))[1])

    def _sum(self, add: Add) -> str:
        first, *others = terms = self.terms(add)
        if isinstance(first, str):
            pieces = [first]
        else:
            pieces = [self.put(first, Place.FIRST_TERM) if others else self.text(first)]
        for before, term in zip(terms, others, strict=False):
            pieces[-1] += self.after_big_sum if isinstance(before, BigSum) else ""
            if isinstance(term, str):
                pieces += [self.plus, term]
                continue
            taken_away, bare = signed(term)
            pieces.append(self.minus if taken_away else self.plus)
            pieces.append(self.put(bare, Place.TAKEN_AWAY if taken_away else Place.LATER_TERM))
        return " ".join(pieces)

    def _product(self, factors: tuple[Formula, ...]) -> str:
        text = self.put(factors[0], Place.FIRST_FACTOR)
        for left, right in pairwise(factors):
            text += self.between(left, right) + self.put(right, Place.LATER_FACTOR)
        return text
