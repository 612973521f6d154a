"""Laying out the formulas of `bpsim.formula`: what each kind of node looks like."""

from collections.abc import Callable
from dataclasses import dataclass, replace

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
from bpsim.quantity import Quantity
from ui.formula import boxes
from ui.formula.boxes import Box
from ui.formula.faces import italics, script_size
from ui.formula.lines import Atom, broken, deeper, following, glued, one_line, owned
from ui.formula.paint import Picture

_WIDE = 0.24  # around = and +, as shares of the size of the letters
_NARROW = 0.17  # around ·
_THIN = 0.14  # between letters that are multiplied
_WORDS, _BETWEEN_WORDS = 0.78, 0.25  # size of words, and of the room between them
_HANG = 1.4  # of lines after the first, where they do not stand under what follows the =
_MOST_LEFT = 0.3  # of the width, for a left side that the right side hangs from


@dataclass(frozen=True)
class Setting:
    """How formulas are written: numbers in these digits, letters so many pixels high."""

    number: Callable[[float], str]
    size: int
    bold: bool = False


def lay_out(formula: Formula, setting: Setting, width: float, opened: bool = False) -> Picture:
    """Return a formula laid out, on several lines where it is wider than `width`.

    Parameters
    ----------
    formula : Formula
    setting : Setting
    width : float
        In pixels. Only something that cannot be broken, such as a long word, comes out wider.
    opened : bool
        Whether all terms of long sums are written, not the first, the largest and the last.
    """
    return Picture(_Setter(setting, width, opened).lines(formula, setting.size))


class _Setter:
    """Lays out one formula."""

    def __init__(self, setting: Setting, width: float, opened: bool) -> None:
        self._setting = setting
        self._width = self._room = width
        self._opened = opened

    def lines(self, formula: Formula, size: int) -> Box:
        """Return a formula on as many lines as it needs."""
        if isinstance(formula, Equation):
            return self._equation(formula, size)
        return self._broken(self._atoms(formula, size), _HANG * size, size)

    def _broken(self, atoms: list[Atom], indent: float, size: int) -> Box:
        return broken(atoms, self._width, indent, size)

    def _equation(self, equation: Equation, size: int) -> Box:
        left = [] if equation.left is None else deeper(self._atoms(equation.left, size))
        relation = Atom(self._sign("≈" if equation.about else "=", size), _WIDE * size, 0)
        before = one_line([*left, relation]).width + _WIDE * size
        hang = before if before <= _MOST_LEFT * self._width else _HANG * size
        self._room = self._width - hang
        right = following(self._atoms(equation.right, size), _WIDE * size)
        return self._broken(owned([*left, relation, *right], equation.quantity), hang, size)

    # -- parts that a line may be broken in ------------------------------------------------------------------

    def _atoms(self, formula: Formula, size: int) -> list[Atom]:
        """Return what a formula is made of on a line."""
        match formula:
            case Add():
                atoms = self._sum(formula, size)
            case Times():
                atoms = self._product(formula, size)
            case Negative(term=term):
                atoms = glued(self._sign("−", size), self._within(term, size, _PRODUCT), None)
            case Apply():
                atoms = self._function(formula, size)
            case BigSum():
                atoms = self._big_sum(formula, size)
            case Words(text=text):
                atoms = self._word_atoms(text, size)
            case Symbol(letter=text, quantity=quantity) if _is_words(text):
                atoms = self._word_atoms(text, size, quantity)
            case _:
                return [Atom(self._box(formula, size))]
        return owned(atoms, formula.quantity)

    def _within(self, formula: Formula, size: int, least: int) -> list[Atom]:
        """Return an inner formula, in parentheses if it binds less than it must."""
        atoms = self._atoms(formula, size)
        return deeper(self._enclosed(atoms, size), 2) if _binding(formula) < least else deeper(atoms)

    def _enclosed(self, atoms: list[Atom], size: int, ink: Quantity | None = None) -> list[Atom]:
        ascent = max(atom.box.ascent for atom in atoms)
        descent = max(atom.box.descent for atom in atoms)
        left, right = (boxes.inked(boxes.bracket(sign, ascent, descent, size), ink) for sign in "()")
        return glued(left, atoms, right)

    def _word_atoms(self, text: str, size: int, ink: Quantity | None = None) -> list[Atom]:
        words = (boxes.inked(self._words(word, size), ink) for word in text.split())
        return [Atom(word, _BETWEEN_WORDS * size, 2) for word in words]

    def _sum(self, add: Add, size: int) -> list[Atom]:
        atoms: list[Atom] = []
        for term in self._shown(add):
            if term is None:
                dots = replace(boxes.written("⋯", size), dots=True)
                atoms += [Atom(self._sign("+", size), _WIDE * size, 0), Atom(dots, _WIDE * size)]
                continue
            if not atoms:
                atoms = deeper(self._atoms(term, size))
                continue
            sign, bare = _signed(term)
            inner = self._within(bare, size, _PRODUCT if sign == "−" else _SUM)
            atoms += [Atom(self._sign(sign, size), _WIDE * size, 0), *following(inner, _WIDE * size)]
        return atoms

    def _product(self, times: Times, size: int) -> list[Atom]:
        atoms: list[Atom] = []
        for number, factor in enumerate(times.factors):
            inner = self._within(factor, size, _SUM if number == 0 and _is_negative(factor) else _PRODUCT)
            if atoms and _dotted(times.factors[number - 1], factor):
                atoms.append(Atom(self._sign("·", size), _NARROW * size, 1))
                following(inner, _NARROW * size)
            elif atoms:
                following(inner, _THIN * size)
            atoms += inner
        return atoms

    def _function(self, apply: Apply, size: int) -> list[Atom]:
        name = boxes.inked(boxes.written(italics(apply.name), size), apply.quantity)
        argument = self._enclosed(self._atoms(apply.argument, size), size, apply.quantity)
        return glued(name, deeper(argument, 2), None)

    def _big_sum(self, big_sum: BigSum, size: int) -> list[Atom]:
        small = script_size(size)
        lower, upper = (
            boxes.written(italics(text), small) if text else None for text in (big_sum.lower, big_sum.upper)
        )
        body = self._within(big_sum.body, size, _PRODUCT)
        return [Atom(boxes.big_sum(lower, upper, size)), *following(body, _NARROW * size)]

    def _shown(self, add: Add) -> list[Formula | None]:
        """Return the terms that are written, None for dots that stand for some."""
        if self._opened or add.folded is None:
            return list(add.terms)
        shown: list[Formula | None] = []
        for before, place in zip((-1, *add.folded), add.folded, strict=False):
            if place > before + 1:
                shown.append(None)
            shown.append(add.terms[place])
        if add.folded[-1] < len(add.terms) - 1:
            shown.append(None)
        return shown

    # -- parts that stay together ----------------------------------------------------------------------------

    def _box(self, formula: Formula, size: int) -> Box:
        match formula:
            case Symbol():
                return boxes.meaning(self._symbol(formula, size), formula.quantity)
            case Number(value=value):
                return boxes.meaning(self._sign(self._setting.number(value), size), formula.quantity)
            case Fraction():
                above, below = self._narrow(formula.above, size), self._narrow(formula.below, size)
                box = boxes.fraction(above, below, size)
            case Power():
                box = self._power(formula, size)
            case Cases():
                box = self._cases(formula, size)
            case _:
                raise TypeError(f"There is no way to lay out a {type(formula).__name__}.")
        return boxes.standing_for(box, formula.quantity)

    def _narrow(self, formula: Formula, size: int) -> Box:
        """Return a part of a fraction, broken where the fraction would be too wide."""
        return broken(self._atoms(formula, size), self._room - size, 0.0, size)

    def _power(self, power: Power, size: int) -> Box:
        base = one_line(self._within(power.base, size, _POWER))
        exponent = one_line(self._atoms(power.exponent, script_size(size)))
        return boxes.scripts(base, exponent, None, size)

    def _cases(self, cases: Cases, size: int) -> Box:
        """Return the branches below each other behind a brace, those that do not hold in a quiet colour."""
        what = [one_line(self._atoms(branch, size)) for branch, _condition in cases.branches]
        when = [self._words(condition, size) for _branch, condition in cases.branches]
        widest = max(box.width for box in what)
        rows = [
            replace(
                boxes.row((box, boxes.space(widest - box.width + 0.8 * size), words)),
                quiet=number != cases.chosen,
            )
            for number, (box, words) in enumerate(zip(what, when, strict=True))
        ]
        body = boxes.on_axis(boxes.column(rows, 0.3 * size), size)
        brace = boxes.bracket("{", body.ascent, body.descent, size)
        return boxes.row((brace, boxes.space(0.1 * size), body))

    def _words(self, text: str, size: int) -> Box:
        return boxes.written(text, round(_WORDS * size), words=True)

    def _symbol(self, symbol: Symbol, size: int) -> Box:
        before, _, letter = symbol.letter.rpartition(" ")
        box = boxes.written(italics(letter), size, self._setting.bold)
        if symbol.hat:
            box = boxes.hatted(box, size)
        if symbol.prime:
            box = boxes.row((box, boxes.written("′", size)))
        small = script_size(size)
        upper, lower = (
            boxes.written(italics(text), small) if text else None for text in (symbol.upper, symbol.lower)
        )
        if upper is not None or lower is not None:
            box = boxes.scripts(box, upper, lower, size)
        if before:
            box = boxes.row((self._words(before, size), boxes.space(_BETWEEN_WORDS * size), box))
        return box

    def _sign(self, text: str, size: int) -> Box:
        return boxes.written(text, size, self._setting.bold)


# -- where parentheses are needed ----------------------------------------------------------------------------

_SUM, _PRODUCT, _POWER, _LETTER = 1, 2, 3, 4


def _binding(formula: Formula) -> int:
    """Return how closely a formula holds together."""
    match formula:
        case Add() | Negative() | BigSum() | Cases():
            return _SUM
        case Times():
            return _PRODUCT
        case Fraction() | Power():
            return _POWER - 1 if isinstance(formula, Fraction) else _POWER
        case Number(value=value) if value < 0:
            return _SUM
        case _:
            return _LETTER


def _is_negative(formula: Formula) -> bool:
    return isinstance(formula, Negative) or (isinstance(formula, Number) and formula.value < 0)


def _signed(term: Formula) -> tuple[str, Formula]:
    """Return the sign that a term of a sum is written with, and the term without it."""
    match term:
        case Negative(term=inner):
            return "−", inner
        case Number(value=value) if value < 0:
            return "−", replace(term, value=-value)
        case Times(factors=(Number(value=value) as first, *others)) if value < 0:
            return "−", replace(term, factors=(replace(first, value=-value), *others))
        case _:
            return "+", term


def _dotted(left: Formula, right: Formula) -> bool:
    """Tell whether a dot stands between two factors; letters stand side by side."""
    return not (isinstance(left, Symbol | Fraction) and isinstance(right, Symbol))


def _is_words(letter: str) -> bool:
    """Tell whether a quantity is named in words, not by a letter as in "new θ"."""
    before, _, last = letter.rpartition(" ")
    return " " in before or len(last) > 2
