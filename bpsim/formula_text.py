"""Formulas as plain Unicode text: δ²₁ = (Σⱼ δ³ⱼ θ²₁ⱼ) · g′(z²₁)."""

from unicodedata import normalize

from bpsim.formula import Apply, BigSum, Cases, Formula, Fraction, Number, Symbol
from bpsim.formula_order import Between, Place, is_derivative, is_half
from bpsim.formula_writer import FormulaWriter, Write, marked

_UPPER_PLAIN, _UPPER_SIGNS = "0123456789+-()kn", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ᵏⁿ"
_LOWER_PLAIN, _LOWER_SIGNS = "0123456789aehijklmnoprstuvx,=", "₀₁₂₃₄₅₆₇₈₉ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ,₌"
_UPPER, _LOWER = str.maketrans(_UPPER_PLAIN, _UPPER_SIGNS), str.maketrans(_LOWER_PLAIN, _LOWER_SIGNS)
_HAS_UPPER, _HAS_LOWER = frozenset(_UPPER_PLAIN), frozenset(_LOWER_PLAIN)
_HAT = "\u0302"
_BETWEEN = {Between.NOTHING: "", Between.SPACE: " ", Between.DOT: " · ", Between.CROSS: " × "}


def to_text(formula: Formula, write: Write) -> str:
    """Return a formula as Unicode text, with all terms of long sums."""
    return _TextWriter(write).text(formula)


class _TextWriter(FormulaWriter):
    def symbol(self, symbol: Symbol) -> str:
        letter = symbol.letter + (_HAT if symbol.hat else "") + ("′" if symbol.prime else "")
        return normalize("NFC", letter) + _upper(symbol.upper) + _lower(symbol.lower)

    def text(self, formula: Formula) -> str:
        return "½" if is_half(formula) else super().text(formula)

    def digits(self, written: str) -> str:
        return written

    def words(self, text: str) -> str:
        return text

    def between(self, left: Formula, right: Formula) -> str:
        sign = self._order.between(left, right)
        if sign is Between.DOT and isinstance(left, Number) and isinstance(right, Number):
            return "·"
        return _BETWEEN[sign]

    def is_whole(self, formula: Formula) -> bool:
        return is_half(formula)

    def fraction(self, above: Formula, below: Formula) -> str:
        if is_derivative(Fraction(above, below)):
            return f"{self.text(above)}/{self.text(below)}"
        return f"{self.put(above, Place.ABOVE)} / {self.put(below, Place.BELOW)}"

    def power(self, base: str, exponent: Formula) -> str:
        text = self.text(exponent)
        if text.isdigit() or text == "k":
            return base + _upper(text)
        plain = isinstance(exponent, Number) and exponent.value >= 0
        return f"{base}^{text if plain else self.in_parentheses(text)}"

    def apply(self, apply: Apply) -> str:
        argument = self.text(apply.argument)
        return f"|{argument}|" if apply.name == "abs" else f"{apply.name}({argument})"

    def big_sum(self, big_sum: BigSum, body: str) -> str:
        return f"Σ{_lower(big_sum.lower)}{_upper(big_sum.upper)} {body}"

    def sum_in_words(self, over: str, body: str) -> str:
        return f"sum over {over} of {body}"

    def cases(self, cases: Cases) -> str:
        return ", ".join(f"{self.text(branch)} {when}" for branch, when in marked(cases))


def _upper(index: str) -> str:
    return index.translate(_UPPER) if set(index) <= _HAS_UPPER else f"^{index}"


def _lower(index: str) -> str:
    return index.translate(_LOWER) if set(index) <= _HAS_LOWER else f"_{index}"
