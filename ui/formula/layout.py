"""Laying out the formulas of `bpsim.formula`: what each kind of node looks like."""

from collections.abc import Callable
from dataclasses import dataclass, replace
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
from bpsim.formula_order import Between, Order, Place, signed
from bpsim.formula_writer import with_power_of_ten, written
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
        self._order = Order(self._has_power, stacked=True)
        self._written: dict[tuple[float, bool], tuple[str, str]] = {}

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
                atoms = glued(self._sign("−", size), self._put(term, size, Place.NEGATED), None)
            case Apply():
                atoms = self._function(formula, size)
            case BigSum():
                atoms = self._big_sum(formula, size)
            case Words(text=text):
                atoms = self._word_atoms(text, size, formula.quantity)
            case _:
                return [Atom(self._box(formula, size))]
        return owned(atoms, formula.quantity)

    def _put(self, formula: Formula, size: int, place: Place) -> list[Atom]:
        """Return a formula at a place in a larger one, in parentheses if it needs them."""
        atoms = self._atoms(formula, size)
        if self._order.needs_parentheses(formula, place):
            return deeper(self._enclosed(atoms, size), 2)
        return deeper(atoms)

    def _enclosed(
        self, atoms: list[Atom], size: int, ink: Quantity | None = None, signs: str = "()"
    ) -> list[Atom]:
        ascent = max(atom.box.ascent for atom in atoms)
        descent = max(atom.box.descent for atom in atoms)
        left, right = (boxes.inked(boxes.bracket(sign, ascent, descent, size), ink) for sign in signs)
        return glued(left, atoms, right)

    def _word_atoms(self, text: str, size: int, ink: Quantity | None) -> list[Atom]:
        words = (boxes.inked(self._words(word, size), ink) for word in text.split())
        return [Atom(word, _BETWEEN_WORDS * size, 2) for word in words]

    def _sum(self, add: Add, size: int) -> list[Atom]:
        first, *others = self._shown(add)
        atoms = self._term(first, size, Place.FIRST_TERM if others else None)
        for term in others:
            taken_away, bare = (False, None) if term is None else signed(term)
            sign = self._sign("−" if taken_away else "+", size)
            inner = self._term(bare, size, Place.TAKEN_AWAY if taken_away else Place.LATER_TERM)
            atoms += [Atom(sign, _WIDE * size, 0), *following(inner, _WIDE * size)]
        return atoms

    def _term(self, term: Formula | None, size: int, place: Place | None) -> list[Atom]:
        """Return a term of a sum, or dots; without a place it is the only one."""
        if term is None:
            return [Atom(replace(boxes.written("⋯", size), dots=True))]
        return deeper(self._atoms(term, size)) if place is None else self._put(term, size, place)

    def _product(self, times: Times, size: int) -> list[Atom]:
        atoms = self._put(times.factors[0], size, Place.FIRST_FACTOR)
        for left, right in pairwise(times.factors):
            inner = self._put(right, size, Place.LATER_FACTOR)
            match self._order.between(left, right):
                case Between.NOTHING:
                    following(inner, 0.0)
                case Between.SPACE:
                    following(inner, _THIN * size)
                case between:
                    sign = self._sign("·" if between is Between.DOT else "×", size)
                    atoms.append(Atom(sign, _NARROW * size, 1))
                    following(inner, _NARROW * size)
            atoms += inner
        return atoms

    def _function(self, apply: Apply, size: int) -> list[Atom]:
        if apply.name == "abs":
            return deeper(self._enclosed(self._atoms(apply.argument, size), size, apply.quantity, "||"), 2)
        name = boxes.inked(boxes.written(italics(apply.name), size), apply.quantity)
        argument = self._enclosed(self._atoms(apply.argument, size), size, apply.quantity)
        return glued(name, deeper(argument, 2), None)

    def _big_sum(self, big_sum: BigSum, size: int) -> list[Atom]:
        if big_sum.over:
            words = self._word_atoms(f"sum over {big_sum.over} of", size, None)
            body = self._put(big_sum.body, size, Place.SUMMED_IN_WORDS)
            return [*words, *following(body, _BETWEEN_WORDS * size)]
        small = script_size(size)
        lower, upper = (
            boxes.written(italics(text), small) if text else None for text in (big_sum.lower, big_sum.upper)
        )
        body = self._put(big_sum.body, size, Place.SUMMED)
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
            case Number():
                return boxes.meaning(self._number(formula, size), formula.quantity)
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

    def _number(self, number: Number, size: int) -> Box:
        digits, exponent = self._digits(number)
        minus = "−" if number.value < 0 else ""
        if not exponent:
            return self._sign(minus + digits, size)
        ten = boxes.written("10", size, self._setting.bold)
        raised = boxes.written(exponent.replace("-", "−"), script_size(size), self._setting.bold)
        mantissa = self._sign(f"{minus}{digits}\u2009·\u2009", size)
        return boxes.row((mantissa, boxes.scripts(ten, raised, None, size)))

    def _power(self, power: Power, size: int) -> Box:
        base = one_line(self._put(power.base, size, Place.BASE))
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

    def _has_power(self, number: Number) -> bool:
        return bool(self._digits(number)[1])

    def _digits(self, number: Number) -> tuple[str, str]:
        """Return the digits of a number without sign, and its power of ten; each number is written once."""
        key = number.value, number.quantity is None
        if key not in self._written:
            self._written[key] = with_power_of_ten(written(number, self._setting.number))
        return self._written[key]

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
