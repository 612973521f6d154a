"""Formulas as MathML, for pages that browsers and screen readers show (MathML Core)."""

from html import escape

from bpsim.formula import Apply, BigSum, Cases, Formula, Symbol
from bpsim.formula_order import Between
from bpsim.formula_writer import FormulaWriter, Write, marked, with_power_of_ten

NAMESPACE = "http://www.w3.org/1998/Math/MathML"
_SIDE_BY_SIDE, _APPLY = "<mo>\u2062</mo>", "<mo>\u2061</mo>"  # both invisible
_BETWEEN = {
    Between.NOTHING: _SIDE_BY_SIDE,
    Between.SPACE: _SIDE_BY_SIDE,
    Between.DOT: "<mo>·</mo>",
    Between.CROSS: "<mo>×</mo>",
}


def to_mathml(formula: Formula, write: Write, block: bool = True) -> str:
    """Return a formula as a `math` element, a block or in a line, with all terms of long sums."""
    display = "block" if block else "inline"
    return f'<math xmlns="{NAMESPACE}" display="{display}">{_row(_MathmlWriter(write).text(formula))}</math>'


class _MathmlWriter(FormulaWriter):
    plus, minus, negation = "<mo>+</mo>", "<mo>−</mo>", "<mo>−</mo>"
    equals, about = "<mo>=</mo>", "<mo>≈</mo>"
    opened, closed = "<mo>(</mo>", "<mo>)</mo>"
    stacked = True

    def symbol(self, symbol: Symbol) -> str:
        before, _, letter = symbol.letter.rpartition(" ")
        written = f"<mi>{escape(letter)}{'′' if symbol.prime else ''}</mi>"
        if symbol.hat:
            written = f'<mover accent="true">{written}<mo>^</mo></mover>'
        written = _indexed("sup", "sub", written, _index(symbol.upper), _index(symbol.lower))
        return _row(self.words(f"{before}\u00a0") + written) if before else written

    def digits(self, written: str) -> str:
        digits, exponent = with_power_of_ten(written)
        if not digits[:1].isdigit():
            return f"<mi>{escape(digits)}</mi>" if len(digits) == 1 else self.words(digits)
        number = f"<mn>{digits}</mn>"
        if not exponent:
            return number
        power = f"<mn>{exponent}</mn>" if exponent.isdigit() else f"<mo>−</mo><mn>{exponent[1:]}</mn>"
        return f"{number}<mo>·</mo><msup><mn>10</mn>{_row(power)}</msup>"

    def words(self, text: str) -> str:
        return f"<mtext>{escape(text)}</mtext>"

    def between(self, left: Formula, right: Formula) -> str:
        return _BETWEEN[self._order.between(left, right)]

    def fraction(self, above: Formula, below: Formula) -> str:
        return f"<mfrac>{_row(self.text(above))}{_row(self.text(below))}</mfrac>"

    def power(self, base: str, exponent: Formula) -> str:
        return f"<msup>{_row(base)}{_row(self.text(exponent))}</msup>"

    def apply(self, apply: Apply) -> str:
        if apply.name == "√":
            return f"<msqrt>{self.text(apply.argument)}</msqrt>"
        if apply.name == "abs":
            return _row(f"<mo>|</mo>{self.text(apply.argument)}<mo>|</mo>")
        return f"<mi>{escape(apply.name)}</mi>{_APPLY}{self.in_parentheses(self.text(apply.argument))}"

    def big_sum(self, big_sum: BigSum, body: str) -> str:
        sign = _indexed("over", "under", "<mo>∑</mo>", _index(big_sum.upper), _index(big_sum.lower))
        return _row(sign + body)

    def sum_in_words(self, over: str, body: str) -> str:
        return _row(self.words(f"sum over {over} of\u00a0") + body)

    def cases(self, cases: Cases) -> str:
        rows = "".join(
            f"<mtr><mtd>{_row(self.text(branch))}</mtd><mtd>{self.words(when)}</mtd></mtr>"
            for branch, when in marked(cases)
        )
        return _row(f"<mo>{{</mo><mtable>{rows}</mtable>")

    def in_parentheses(self, inner: str) -> str:
        return _row(super().in_parentheses(inner))


def _row(inner: str) -> str:
    return f"<mrow>{inner}</mrow>"


def _index(text: str) -> str:
    if not text:
        return ""
    kind = "mn" if text.isdigit() else "mi"
    return f"<{kind}>{escape(text)}</{kind}>"


def _indexed(above: str, below: str, base: str, upper: str, lower: str) -> str:
    """Return a base with what stands above and below it, in the element that MathML has for that."""
    match bool(upper), bool(lower):
        case True, True:
            name = f"m{below}{above}"
        case True, False:
            name = f"m{above}"
        case False, True:
            name = f"m{below}"
        case _:
            return base
    return f"<{name}>{base}{lower}{upper}</{name}>"
