"""The order in which a formula is read: how closely its parts hold together, and where parentheses stand.

Every way of writing asks here, the typeset one of the window, too, so that what is read is everywhere what
the tree means.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import Enum, IntEnum, auto

from bpsim.formula import (
    Add,
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


class Binding(IntEnum):
    """How closely a formula holds together."""

    SUM = 1
    QUOTIENT = 2
    PRODUCT = 3
    POWER = 4
    LETTER = 5


class Place(Enum):
    """Where a formula stands in a larger one."""

    FIRST_TERM = auto()
    LATER_TERM = auto()
    TAKEN_AWAY = auto()
    NEGATED = auto()
    FIRST_FACTOR = auto()
    LATER_FACTOR = auto()
    SUMMED = auto()
    SUMMED_IN_WORDS = auto()
    ABOVE = auto()
    BELOW = auto()
    BASE = auto()


class Between(Enum):
    """What stands between two factors."""

    NOTHING = auto()
    SPACE = auto()
    DOT = auto()
    CROSS = auto()


_LEAST = {
    Place.TAKEN_AWAY: Binding.QUOTIENT,
    Place.NEGATED: Binding.QUOTIENT,
    Place.FIRST_FACTOR: Binding.PRODUCT,
    Place.LATER_FACTOR: Binding.PRODUCT,
    Place.SUMMED: Binding.PRODUCT,
    Place.SUMMED_IN_WORDS: Binding.POWER,
    Place.ABOVE: Binding.PRODUCT,
    Place.BELOW: Binding.POWER,
    Place.BASE: Binding.LETTER,
}
"""How closely a formula must hold together to need no parentheses there."""


@dataclass(frozen=True)
class Order:
    """Where one way of writing puts parentheses.

    Parameters
    ----------
    has_power : callable
        Tells whether a number is written with a power of ten.
    stacked : bool
        Whether a fraction is written one above the other.
    is_whole : callable
        Tells whether a formula is written in a way that holds together like a letter, such as ½.
    """

    has_power: Callable[[Number], bool]
    stacked: bool = False
    is_whole: Callable[[Formula], bool] = lambda _formula: False

    def binding(self, formula: Formula) -> Binding:
        """Return how closely a formula holds together."""
        if self.is_whole(formula):
            return Binding.LETTER
        match formula:
            case Add(terms=(only,)):
                return self.binding(only)
            case Add() | Negative() | BigSum() | Cases() | Equation():
                return Binding.SUM
            case Number(value=value) if value < 0:
                return Binding.SUM
            case Number():
                return Binding.PRODUCT if self.has_power(formula) else Binding.LETTER
            case Times():
                return Binding.PRODUCT
            case Fraction() if not self.stacked:
                return Binding.PRODUCT if is_derivative(formula) else Binding.QUOTIENT
            case Fraction() | Power():
                return Binding.POWER
            case _:
                return Binding.LETTER

    def needs_parentheses(self, formula: Formula, place: Place) -> bool:
        """Tell whether a formula needs parentheses at a place."""
        match place:
            case Place.FIRST_TERM:
                return isinstance(formula, Cases) or _is_product_of_words(formula) or _is_named_sum(formula)
            case Place.LATER_TERM:
                return (
                    starts_with_minus(formula) or isinstance(formula, Cases) or _is_product_of_words(formula)
                )
            case Place.TAKEN_AWAY | Place.NEGATED if isinstance(formula, BigSum):
                return False
            case Place.TAKEN_AWAY | Place.NEGATED if starts_with_minus(formula):
                return True
            case Place.TAKEN_AWAY if _is_product_of_words(formula):
                return True
            case Place.FIRST_FACTOR if isinstance(formula, Number | Negative):
                return False  # −0.5 · 2
            case Place.ABOVE | Place.BELOW if self.stacked:
                return False
            case Place.BASE if _has_several_parts(formula) and not self.is_whole(formula):
                return True
        return self.binding(formula) < _LEAST[place]

    def between(self, left: Formula, right: Formula) -> Between:
        """Return what stands between two factors; letters stand side by side."""
        if is_differential_sign(left):
            return Between.NOTHING
        if in_words(left) or in_words(right):
            return Between.CROSS
        after_fraction = self.stacked and isinstance(left, Fraction) and not isinstance(right, Number)
        letters = isinstance(left, Symbol) and isinstance(right, Symbol)
        return Between.SPACE if letters or after_fraction else Between.DOT


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


def in_words(formula: Formula) -> bool:
    """Tell whether a factor has names in words, between which a dot would be lost."""
    match formula:
        case Number() | Symbol():
            return False
        case Words():
            return True
        case Negative(term=inner) | Power(base=inner):
            return in_words(inner)
        case Add(terms=inners) | Times(factors=inners):
            return any(map(in_words, inners))
        case Fraction(above=above, below=below):
            return in_words(above) or in_words(below)
        case BigSum(over=over):
            return bool(over)
        case _:
            return False


def is_half(formula: Formula) -> bool:
    """Tell whether a formula is ½."""
    match formula:
        case Fraction(above=Number(value=1.0), below=Number(value=2.0)):
            return True
        case _:
            return False


def is_derivative(formula: Formula) -> bool:
    """Tell whether a formula is a derivative, such as ∂E/∂z."""
    match formula:
        case Fraction(above=above, below=below):
            return is_differential(above) and is_differential(below)
        case _:
            return False


def is_differential(formula: Formula) -> bool:
    """Tell whether a formula is a ∂ or d of something, as above and below in a derivative."""
    return isinstance(formula, Times) and is_differential_sign(formula.factors[0])


def is_differential_sign(formula: Formula) -> bool:
    """Tell whether a formula is the sign of a derivative."""
    return isinstance(formula, Symbol) and formula.letter in ("∂", "d")


def _is_product_of_words(formula: Formula) -> bool:
    return isinstance(formula, Times) and in_words(formula)


def _is_named_sum(formula: Formula) -> bool:
    """Tell whether a sum stands for a quantity, and is read as one thing, as in (y − ŷ) − Σ."""
    return isinstance(formula, Add) and formula.quantity is not None and len(formula.terms) > 1


def _has_several_parts(base: Formula) -> bool:
    """Tell whether a square would be read as that of a part of it only: of an index, or of the last word."""
    match base:
        case Symbol(letter=letter, upper=upper):
            return bool(upper) or " " in letter
        case Words(text=text):
            return " " in text
        case _:
            return False
