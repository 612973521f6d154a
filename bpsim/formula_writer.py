"""What all ways of writing a formula as text have in common: order, signs and parentheses.

A way of writing derives from `FormulaWriter` and says how each part looks. Where parentheses are needed is
decided here, once, by how closely a formula holds together.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import replace
from enum import IntEnum
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

Write = Callable[[float], str]
"""A way of writing a number, such as `ui.numbers.NumberFormat.text`; − or - may stand for minus."""

_LARGE = 1e6


class Binding(IntEnum):
    """How closely a formula holds together."""

    SUM = 1
    QUOTIENT = 2
    PRODUCT = 3
    POWER = 4
    LETTER = 5


def starts_with_minus(formula: Formula) -> bool:
    """Tell whether the first thing that is written is a minus."""
    match formula:
        case Negative():
            return True
        case Number(value=value):
            return value < 0
        case Times(factors=(first, *_)) | Add(terms=(first, *_)):
            return starts_with_minus(first)
        case _:
            return False


def signed(term: Formula) -> tuple[bool, Formula]:
    """Return whether a term of a sum is taken away, and the term without its minus."""
    match term:
        case Negative(term=inner):
            return True, inner
        case Number(value=value) if value < 0:
            return True, replace(term, value=-value)
        case Times(factors=(Number(value=value) as first, *others)) if value < 0:
            return True, replace(term, factors=(replace(first, value=-value), *others))
        case _:
            return False, term


def is_words(symbol: Symbol) -> bool:
    """Tell whether a symbol is a name in words, not letters such as Δθ or "new θ"."""
    before, _, last = symbol.letter.rpartition(" ")
    return " " in before or len(last) > 2


def is_dotted(left: Formula, right: Formula) -> bool:
    """Tell whether a dot stands between two factors; letters stand side by side."""
    letters = isinstance(left, Symbol) and isinstance(right, Symbol)
    return not letters or any(is_words(factor) for factor in (left, right) if isinstance(factor, Symbol))


def is_half(formula: Formula) -> bool:
    """Tell whether a formula is ½."""
    match formula:
        case Fraction(above=Number(value=1.0), below=Number(value=2.0)):
            return True
        case _:
            return False


def is_differential(formula: Formula) -> bool:
    """Tell whether a formula is a ∂ or d of something, as above and below in a derivative."""
    match formula:
        case Times(factors=(Symbol(letter="∂" | "d"), _)):
            return True
        case _:
            return False


def with_power_of_ten(written: str) -> tuple[str, str]:
    """Return the digits of a number without sign, and the exponent of its power of ten, or ""."""
    digits, _, exponent = written.partition("e")
    if digits[:1].isdigit() and exponent.lstrip("+-−").isdigit():
        return digits, exponent.lstrip("+").replace("−", "-")
    return written, ""


class FormulaWriter(ABC):
    """Writes formulas in one way; `write` writes their numbers."""

    plus, minus, negation, equals, about = "+", "−", "−", "=", "≈"
    opened, closed = "(", ")"
    after_big_sum = ""
    """What ends a Σ where something follows it."""
    stacked = False
    """Whether a fraction is written one above the other, so that it needs parentheses in powers only."""

    def __init__(self, write: Write) -> None:
        self._write = write

    def text(self, formula: Formula) -> str:
        """Return a formula as it is written."""
        match formula:
            case Symbol():
                return self.symbol(formula)
            case Number(value=value):
                digits = self.digits(self._written(formula))
                return self.negative(digits) if value < 0 else digits
            case Words(text=text):
                return self.words(text)
            case Add():
                return self._sum(formula)
            case Times(factors=factors):
                return self._product(factors)
            case Negative(term=term):
                return self.negative(self._under_minus(term))
            case Fraction(above=above, below=below):
                return self.fraction(above, below)
            case Power(base=base, exponent=exponent):
                return self.power(self._base(base), exponent)
            case Apply():
                return self.apply(formula)
            case BigSum(body=body):
                return self.big_sum(formula, self._within(body, Binding.PRODUCT))
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
    def dot(self, left: Formula, right: Formula, /) -> str:
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
    def cases(self, cases: Cases) -> str:
        """Return a choice."""

    def negative(self, inner: str) -> str:
        """Return a minus before something."""
        return f"{self.negation}{inner}"

    def in_parentheses(self, inner: str) -> str:
        """Return something in parentheses."""
        return f"{self.opened}{inner}{self.closed}"

    def terms(self, add: Add) -> Sequence[Formula | str]:
        """Return the terms of a sum that are written; a str stands for some that are left out."""
        return add.terms

    # -- how they are put together ---------------------------------------------------------------------------

    def binding(self, formula: Formula) -> Binding:
        """Return how closely a formula holds together in this way of writing."""
        match formula:
            case Add(terms=(only,)):
                return self.binding(only)
            case Add() | Negative() | BigSum() | Cases() | Equation():
                return Binding.SUM
            case Number(value=value) if value < 0:
                return Binding.SUM
            case Number():
                has_power = with_power_of_ten(self._written(formula))[1]
                return Binding.PRODUCT if has_power else Binding.LETTER
            case Times():
                return Binding.PRODUCT
            case Fraction(above=above, below=below) if not self.stacked:
                whole = is_differential(above) and is_differential(below)
                return Binding.PRODUCT if whole else Binding.QUOTIENT
            case Fraction() | Power():
                return Binding.POWER
            case _:
                return Binding.LETTER

    def _written(self, number: Number) -> str:
        """Return a number without its sign; the 2 of a square and the like have no decimals."""
        size = abs(number.value)
        if number.quantity is None and size.is_integer() and size < _LARGE:
            return str(int(size))
        return self._write(size)

    def _within(self, formula: Formula, least: Binding) -> str:
        text = self.text(formula)
        return self.in_parentheses(text) if self.binding(formula) < least else text

    def _under_minus(self, term: Formula) -> str:
        if starts_with_minus(term):
            return self.in_parentheses(self.text(term))
        return self.text(term) if isinstance(term, BigSum) else self._within(term, Binding.QUOTIENT)

    def _base(self, base: Formula) -> str:
        indexed = isinstance(base, Symbol) and bool(base.upper)  # a²₁² would be read as one index
        return self.in_parentheses(self.text(base)) if indexed else self._within(base, Binding.LETTER)

    def _sum(self, add: Add) -> str:
        first, *others = terms = self.terms(add)
        pieces = [first if isinstance(first, str) else self._first_term(first)]
        for before, term in zip(terms, others, strict=False):
            pieces[-1] += self.after_big_sum if isinstance(before, BigSum) else ""
            if isinstance(term, str):
                pieces += [self.plus, term]
                continue
            taken_away, bare = signed(term)
            pieces.append(self.minus if taken_away else self.plus)
            pieces.append(self._under_minus(bare) if taken_away else self._added(bare))
        return " ".join(pieces)

    def _first_term(self, term: Formula) -> str:
        return self._within(term, Binding.QUOTIENT) if isinstance(term, Cases) else self.text(term)

    def _added(self, term: Formula) -> str:
        if starts_with_minus(term) or isinstance(term, Cases):
            return self.in_parentheses(self.text(term))
        return self.text(term)

    def _product(self, factors: tuple[Formula, ...]) -> str:
        text = self._first_factor(factors[0])
        for left, right in pairwise(factors):
            text += self.dot(left, right) + self._within(right, Binding.PRODUCT)
        return text

    def _first_factor(self, factor: Formula) -> str:
        is_plain = isinstance(factor, Number | Negative)
        return self.text(factor) if is_plain else self._within(factor, Binding.PRODUCT)
