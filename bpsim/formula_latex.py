r"""Formulas as LaTeX: \delta^{3}_{1} = (y_{1} - \hat{y}_{1}) \cdot g'(z^{3}_{1}).

The commands are those of LaTeX itself and of amsmath (`\text`, `cases`).
"""

import re

from bpsim.formula import Apply, BigSum, Cases, Formula, Symbol
from bpsim.formula_order import Between
from bpsim.formula_writer import FormulaWriter, Write, marked, with_power_of_ten

_COMMANDS = {
    "θ": r"\theta", "δ": r"\delta", "Δ": r"\Delta", "η": r"\eta", "σ": r"\sigma", "α": r"\alpha",
    "β": r"\beta", "ε": r"\varepsilon", "λ": r"\lambda", "μ": r"\mu", "ρ": r"\rho",
    "∂": r"\partial", "∞": r"\infty", "−": "-", "≥": r"\ge", "≤": r"\le", "·": r"\cdot",
}  # fmt: skip
_IN_WORDS = {**_COMMANDS, "ŷ": r"\hat{y}", "′": "'", "₀": "_{0}", "₁": "_{1}", "₂": "_{2}"}
_SIGNS = re.compile(f"[{''.join(_IN_WORDS)}]+")
_FUNCTIONS = {"ln": r"\ln", "tanh": r"\tanh", "max": r"\max", "exp": r"\exp", "sign": r"\operatorname{sign}"}
_SPECIAL = re.compile(r"[#$%&_{}]")
_TALL = ("\\frac", "\\sum", "\\begin")
_BETWEEN = {Between.NOTHING: " ", Between.SPACE: " ", Between.DOT: r" \cdot ", Between.CROSS: r" \times "}
_COMPARISON = re.compile(r"if (\w+ [<>≤≥] \w+)(| \(here\))")


def to_latex(formula: Formula, write: Write) -> str:
    """Return a formula as LaTeX for math mode, with all terms of long sums."""
    return _LatexWriter(write).text(formula)


class _LatexWriter(FormulaWriter):
    minus, negation, about = "-", "-", r"\approx"
    stacked = True

    def symbol(self, symbol: Symbol) -> str:
        letter = _letters(symbol.letter, symbol.hat)
        prime = "'" if symbol.prime else ""
        upper = f"^{{{symbol.upper}}}" if symbol.upper else ""
        lower = f"_{{{symbol.lower}}}" if symbol.lower else ""
        return f"{letter}{prime}{upper}{lower}"

    def digits(self, written: str) -> str:
        digits, exponent = with_power_of_ten(written)
        if not digits[:1].isdigit():
            return _COMMANDS.get(digits) or self.words(digits)
        digits = digits.replace(",", "{,}")
        return rf"{digits} \cdot 10^{{{exponent}}}" if exponent else digits

    def words(self, text: str) -> str:
        return rf"\text{{{_escaped(text)}}}"

    def between(self, left: Formula, right: Formula) -> str:
        return _BETWEEN[self._order.between(left, right)]

    def fraction(self, above: Formula, below: Formula) -> str:
        return rf"\frac{{{self.text(above)}}}{{{self.text(below)}}}"

    def power(self, base: str, exponent: Formula) -> str:
        return f"{base}^{{{self.text(exponent)}}}"

    def apply(self, apply: Apply) -> str:
        if apply.name == "√":
            return rf"\sqrt{{{self.text(apply.argument)}}}"
        if apply.name == "abs":
            return rf"\left|{self.text(apply.argument)}\right|"
        name = apply.name.replace("′", "'")
        letters = _FUNCTIONS.get(name) or "".join(_COMMANDS.get(sign, sign) for sign in name)
        return letters + self.in_parentheses(self.text(apply.argument))

    def big_sum(self, big_sum: BigSum, body: str) -> str:
        lower = f"_{{{big_sum.lower}}}" if big_sum.lower else ""
        upper = f"^{{{big_sum.upper}}}" if big_sum.upper else ""
        return rf"\sum{lower}{upper} {body}"

    def sum_in_words(self, over: str, body: str) -> str:
        return f"{self.words(f'sum over {over} of ')} {body}"

    def cases(self, cases: Cases) -> str:
        rows = [f"{self.text(branch)} & {self._condition(when)}" for branch, when in marked(cases)]
        return r"\begin{cases} " + r" \\ ".join(rows) + r" \end{cases}"

    def in_parentheses(self, inner: str) -> str:
        tall = any(command in inner for command in _TALL)
        return rf"\left({inner}\right)" if tall else f"({inner})"

    def _condition(self, when: str) -> str:
        comparison = _COMPARISON.fullmatch(when)
        if comparison is None:
            return self.words(when)
        condition = " ".join(_COMMANDS.get(word, word) for word in comparison[1].split())
        here = rf"\text{{{comparison[2]}}}" if comparison[2] else ""
        return rf"\text{{if }} {condition}{here}"


def _letters(letters: str, hat: bool) -> str:
    before, _, letter = letters.rpartition(" ")
    words = rf"\text{{{_escaped(before)} }}" if before else ""
    if len(letter) > 1 and letter.isascii():
        return rf"{words}\mathit{{{letter}}}"
    last = _COMMANDS.get(letter[-1], letter[-1])
    others = [_COMMANDS.get(sign, sign) for sign in letter[:-1]]
    return words + " ".join([*others, rf"\hat{{{last}}}" if hat else last])


def _escaped(text: str) -> str:
    escaped = _SPECIAL.sub(lambda found: "\\" + found[0], text)
    return _SIGNS.sub(lambda found: f"${' '.join(_IN_WORDS[sign] for sign in found[0])}$", escaped)
