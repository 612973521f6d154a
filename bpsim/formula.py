"""Formulas as small trees of values, built once and rendered in many ways.

A formula is built from the parts below; every part may say which quantity of the trace it is. The same tree
is painted in the window and written as text, LaTeX, MathML and a spoken sentence (`formula_text.py` and its
neighbours), so what is shown and what is exported cannot differ. Parentheses are never stored: a renderer
puts them where they are needed.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from bpsim.quantity import Quantity

LONG = 7
"""Terms from which on a sum is folded."""


@dataclass(frozen=True, kw_only=True)
class Formula:
    """A part of a formula.

    Parameters
    ----------
    quantity : Quantity or None
        The number of the trace that it is, if it is one.
    spoken : str
        How it is read aloud; empty: as it is written.
    """

    quantity: Quantity | None = None
    spoken: str = ""


@dataclass(frozen=True)
class Symbol(Formula):
    """A letter with an upper and a lower index, such as δ²₁, ŷ₁ (`hat`) or g′ (`prime`)."""

    letter: str
    upper: str = ""
    lower: str = ""
    hat: bool = False
    prime: bool = False


@dataclass(frozen=True)
class Number(Formula):
    """A number, written by whatever way of writing numbers the renderer is given."""

    value: float


@dataclass(frozen=True)
class Add(Formula):
    """A sum. `folded`: the places of the terms that are written until the sum is opened; None: all."""

    terms: tuple[Formula, ...]
    folded: tuple[int, ...] | None = None


@dataclass(frozen=True)
class Times(Formula):
    """A product."""

    factors: tuple[Formula, ...]


@dataclass(frozen=True)
class Negative(Formula):
    """A formula with its sign turned."""

    term: Formula


@dataclass(frozen=True)
class Fraction(Formula):
    """One formula over another."""

    above: Formula
    below: Formula


@dataclass(frozen=True)
class Power(Formula):
    """A base to an exponent."""

    base: Formula
    exponent: Formula


@dataclass(frozen=True)
class Apply(Formula):
    """A function by name, such as g, ln, tanh, max, √ or abs, of an argument."""

    name: str
    argument: Formula


@dataclass(frozen=True)
class BigSum(Formula):
    """Σ over an index, with limits or an index below and above; it has no numbers in it.

    With `over`, such as "the output nodes", it is written in words: sum over the output nodes of (…).
    """

    index: str
    body: Formula
    lower: str = ""
    upper: str = ""
    over: str = ""


@dataclass(frozen=True)
class Cases(Formula):
    """A choice: what it is, and the condition in words, for each branch; `chosen` is the one that holds."""

    branches: tuple[tuple[Formula, str], ...]
    chosen: int = 0


@dataclass(frozen=True)
class Words(Formula):
    """Plain words in a formula."""

    text: str


@dataclass(frozen=True)
class Equation(Formula):
    """Left side = right side; `about` writes ≈. Without a left side it goes on from the line above."""

    left: Formula | None
    right: Formula
    about: bool = False


def parts(formula: Formula) -> Iterator[Formula]:
    """Yield the formulas that a formula is directly made of, in reading order."""
    for value in vars(formula).values():
        yield from _formulas(value)


def quantities(formula: Formula) -> tuple[Quantity, ...]:
    """Return every quantity that is named in a formula once, in reading order."""
    return tuple(dict.fromkeys(part.quantity for part in _walk(formula) if part.quantity is not None))


def map_numbers(formula: Formula, change: Callable[[Number], Number]) -> Formula:
    """Return a formula with every number in it changed."""
    if isinstance(formula, Number):
        return change(formula)
    return replace(formula, **{name: _mapped(value, change) for name, value in vars(formula).items()})


def folding(values: ArrayLike) -> tuple[int, ...] | None:
    """Return which terms of a long sum are written while it is folded: first, largest, last; None: all."""
    sizes = np.abs(values)
    if sizes.size < LONG:
        return None
    return tuple(sorted({0, int(np.argmax(sizes)), sizes.size - 1}))


def evaluate(formula: Formula) -> float:
    """Return the value of a formula with numbers put in.

    Raises
    ------
    ValueError
        If a symbol, words or a Σ stand where a number is needed.
    """
    with np.errstate(all="ignore"):
        return float(_value(formula))


def condensed(formula: Formula) -> Formula:
    """Return a formula with its inner sums worked out: (0.01 − 0.69) · 0.2 becomes −0.68 · 0.2.

    A sum inside another one is worked out alone, and 1 + x under a logarithm stays, for it may lose digits.
    """
    changed = {name: _worked_out(value) for name, value in vars(formula).items()}
    return formula if changed == vars(formula) else replace(formula, **changed)


def _worked_out(value: Any) -> Any:
    if type(value) is tuple:
        return tuple(map(_worked_out, value))
    if not isinstance(value, Formula) or (isinstance(value, Apply) and value.name == "ln"):
        return value
    if isinstance(value, Add) and not any(isinstance(part, Add) for part in list(_walk(value))[1:]):
        number = evaluate(value)
        return Number(number, quantity=value.quantity) if np.isfinite(number) else value
    return condensed(value)


_FUNCTIONS = {
    "ln": np.log, "tanh": np.tanh, "exp": np.exp, "√": np.sqrt, "sign": np.sign, "abs": np.abs,
}  # fmt: skip


def _value(formula: Formula) -> np.float64:
    match formula:
        case Number(value=value):
            return np.float64(value)
        case Add(terms=(Power(base=Symbol(letter="e"), exponent=exponent), Number(value=-1.0))):
            return np.float64(np.expm1(_value(exponent)))  # and so does e^x − 1
        case Add(terms=terms):
            return np.float64(sum((_value(term) for term in terms), np.float64(0.0)))
        case Times(factors=factors):
            return np.float64(np.prod([_value(factor) for factor in factors]))
        case Negative(term=term):
            return np.float64(-_value(term))
        case Fraction(above=above, below=below):
            return np.float64(_value(above) / _value(below))
        case Power(base=Symbol(letter="e"), exponent=exponent):
            return np.float64(np.exp(_value(exponent)))
        case Power(base=base, exponent=exponent):
            return np.float64(_value(base) ** _value(exponent))
        case Apply(name="ln", argument=Add(terms=(Number(value=1.0), rest))):
            return np.float64(np.log1p(_value(rest)))  # ln(1 + x) keeps its digits for small x only so
        case Apply(name=name, argument=argument) if name in _FUNCTIONS:
            return np.float64(_FUNCTIONS[name](_value(argument)))
        case Cases(branches=branches, chosen=chosen):
            return _value(branches[chosen][0])
        case Equation(right=right):
            return _value(right)
        case _:
            raise ValueError(f"{type(formula).__name__} has no number put in: {formula}")


def _walk(formula: Formula) -> Iterator[Formula]:
    yield formula
    for part in parts(formula):
        yield from _walk(part)


def _formulas(value: object) -> Iterator[Formula]:
    if isinstance(value, Formula):
        yield value
    elif type(value) is tuple:  # not a Quantity
        for inner in value:
            yield from _formulas(inner)


def _mapped(value: Any, change: Callable[[Number], Number]) -> Any:
    if isinstance(value, Formula):
        return map_numbers(value, change)
    if type(value) is tuple:  # not a Quantity
        return tuple(_mapped(inner, change) for inner in value)
    return value
