"""Formulas as English sentences for screen readers: "delta of hidden node 1 equals the sum over j of …"."""

from bpsim.formula import Add, Apply, BigSum, Cases, Formula, Fraction, Symbol, Words
from bpsim.formula_order import Binding, Place, is_derivative, is_half
from bpsim.formula_writer import FormulaWriter, Write, marked, with_power_of_ten

_SIGNS = {
    "θ": "theta", "δ": "delta", "Δ": "change of", "η": "eta", "σ": "sigma", "α": "alpha", "ŷ": "y hat",
    "′": "prime", "∂": "d", "/": "by", "∞": "infinity", "−": "minus", "·": "times", "Σ": "the sum of",
    ">": "is greater than", "<": "is less than", "≥": "is at least", "≤": "is at most", "=": "equals",
    "₀": "0", "₁": "1", "₂": "2", "β": "beta", "ε": "epsilon", "λ": "lambda", "μ": "mu", "ρ": "rho",
}  # fmt: skip
_FUNCTIONS = {
    "ln": "the natural logarithm of", "tanh": "the hyperbolic tangent of", "√": "the square root of",
    "abs": "the absolute value of", "sign": "the sign of",
}  # fmt: skip
_POWERS = {"2": "squared", "3": "cubed"}


def to_spoken(formula: Formula, write: Write) -> str:
    """Return a formula as it is read aloud; of a long folded sum only the terms that are shown."""
    return _SpokenWriter(write).text(formula)


def read_aloud(text: str) -> str:
    """Return words with letters and signs in them as they are read aloud: "delta of hidden node 1"."""
    return " ".join("".join(f" {_SIGNS[sign]} " if sign in _SIGNS else sign for sign in text).split())


class _SpokenWriter(FormulaWriter):
    plus, minus, negation = "plus", "minus", "minus "
    equals, about = "equals", "is about"
    opened, closed = "open bracket ", " close bracket"
    after_big_sum = ","
    in_words = Place.SUMMED  # the comma ends it

    def text(self, formula: Formula) -> str:
        if formula.spoken:
            return read_aloud(formula.spoken)
        return "one half" if is_half(formula) else super().text(formula)

    def is_whole(self, formula: Formula) -> bool:
        """Tell whether a formula is read as a name; a Σ is ended by the comma after it."""
        return bool(formula.spoken) or is_half(formula) or isinstance(formula, BigSum | Words)

    def symbol(self, symbol: Symbol) -> str:
        words = [read_aloud(symbol.letter)]
        words += ["hat"] if symbol.hat else []
        words += ["prime"] if symbol.prime else []
        words += symbol.lower.split(",") if "," in symbol.lower else symbol.lower
        words += [f"of layer {symbol.upper.strip('()[]')}"] if symbol.upper else []
        return " ".join(words)

    def digits(self, written: str) -> str:
        digits, exponent = with_power_of_ten(written)
        if not exponent:
            return _SIGNS.get(digits, digits)
        return f"{digits} times ten to the power {exponent.replace('-', 'minus ')}"

    def words(self, text: str) -> str:
        return read_aloud(text)

    def between(self, left: Formula, _right: Formula) -> str:
        return f"{self._end(left)} times "

    def fraction(self, above: Formula, below: Formula) -> str:
        if is_derivative(Fraction(above, below)):
            return f"{self._differential(above)} by {self._differential(below)}"
        top, bottom = self.put(above, Place.ABOVE), self.put(below, Place.BELOW)
        return f"{top}{self._end(above)} over {bottom}"

    def power(self, base: str, exponent: Formula) -> str:
        raised = self._held(exponent) if isinstance(exponent, Add) else self.text(exponent)
        named = not base.endswith(self.closed) and " of " in base
        return f"{base}{',' if named else ''} {_POWERS.get(raised) or f'to the power {raised}'}"

    def apply(self, apply: Apply) -> str:
        name = _FUNCTIONS.get(apply.name) or f"{read_aloud(apply.name)} of"
        return f"{name} {self._held(apply.argument)}"

    def big_sum(self, big_sum: BigSum, body: str) -> str:
        over = f" over {big_sum.index}" if big_sum.lower else ""
        return f"the sum{over} of {body}"

    def sum_in_words(self, over: str, body: str) -> str:
        return f"the sum over {read_aloud(over)} of {body}"

    def cases(self, cases: Cases) -> str:
        return ", ".join(
            f"{self.text(branch)} {read_aloud(when)}" for branch, when in marked(cases, ", as here")
        )

    def terms(self, add: Add) -> list[Formula | str]:
        if add.folded is None:
            return list(add.terms)
        shown: list[Formula | str] = []
        for before, place in zip((-1, *add.folded), (*add.folded, len(add.terms)), strict=True):
            left_out = place - before - 1
            if left_out:
                shown.append(f"{left_out} more {'term' if left_out == 1 else 'terms'}")
            if place < len(add.terms):
                shown.append(add.terms[place])
        return shown

    def _held(self, formula: Formula) -> str:
        """Return an argument or exponent, in brackets where its end would not be heard."""
        loose = self._order.binding(formula) < Binding.PRODUCT
        return self.in_parentheses(self.text(formula)) if loose else self.text(formula)

    def _end(self, formula: Formula) -> str:
        return self.after_big_sum if isinstance(formula, BigSum) else ""

    def _differential(self, formula: Formula) -> str:
        return self.text(formula).replace(" times ", " ", 1)
