"""How every way of writing puts parts together, shown by one that writes brackets and names."""

import pytest

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
from bpsim.formula_writer import FormulaWriter, marked, with_power_of_ten, written
from bpsim.quantity import Quantity

A, B, C = Symbol("a"), Symbol("b"), Symbol("c")


class Plain(FormulaWriter):
    opened, closed, minus, negation, after_big_sum = "[", "]", "-", "-", ";"

    def symbol(self, symbol: Symbol) -> str:
        return symbol.letter

    def digits(self, written: str) -> str:
        return written

    def words(self, text: str) -> str:
        return text

    def between(self, _left: Formula, _right: Formula, /) -> str:
        return "*"

    def fraction(self, above: Formula, below: Formula) -> str:
        return f"{self.text(above)} over {self.text(below)}"

    def power(self, base: str, exponent: Formula) -> str:
        return f"{base}^{self.text(exponent)}"

    def apply(self, apply: Apply) -> str:
        return f"{apply.name}<{self.text(apply.argument)}>"

    def big_sum(self, big_sum: BigSum, body: str) -> str:
        return f"sum {big_sum.index} {body}"

    def sum_in_words(self, over: str, body: str) -> str:
        return f"sum over {over} of {body}"

    def cases(self, cases: Cases) -> str:
        return " or ".join(f"{self.text(branch)} {when}" for branch, when in marked(cases))


def text(formula: Formula) -> str:
    return Plain("{:.3g}".format).text(formula)


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        (Add((A, B, Negative(C))), "a + b - c"),
        (Add((Negative(A), Number(-2.5))), "-a - 2.5"),
        (Add((A, Negative(Add((B, C))))), "a - [b + c]"),
        (Times((Add((A, B)), C, Number(0.5))), "[a + b]*c*0.5"),
        (Times((A, Number(-2.5))), "a*[-2.5]"),
        (Negative(Times((A, B))), "-a*b"),
        (Negative(Add((A, B))), "-[a + b]"),
        (Power(Add((A, B)), Number(2.0)), "[a + b]^2"),
        (Power(Negative(A), Number(2.0)), "[-a]^2"),
        (Fraction(Number(1.0), Add((A, B))), "1 over a + b"),
        (Apply("tanh", Add((A, B))), "tanh<a + b>"),
        (Add((BigSum("j", Times((A, B))), C)), "sum j a*b; + c"),
        (BigSum("k", Times((A, B)), over="the output nodes"), "sum over the output nodes of [a*b]"),
        (Equation(A, Add((B, C))), "a = b + c"),
        (Equation(A, Number(0.125), about=True), "a ≈ 0.125"),
        (Equation(None, Number(0.125)), "= 0.125"),
        (Cases(((A, "if z > 0"), (Number(0.0), "else")), chosen=1), "a if z > 0 or 0 else (here)"),
        (Words("not yet known"), "not yet known"),
    ],
)
def test_parts_are_put_together_with_parentheses_where_they_are_needed(
    formula: Formula, expected: str
) -> None:
    assert text(formula) == expected


def test_numbers_of_the_rule_have_no_decimals_and_quantities_are_written_as_numbers() -> None:
    two = Number(2.0)
    assert written(two, "{:.3f}".format) == "2"
    assert written(Number(2.0, quantity=Quantity("z", 1, 0)), "{:.3f}".format) == "2.000"
    assert written(Number(-0.5), "{:.3f}".format) == "0.500"
    assert written(Number(1e6), "{:.1e}".format) == "1.0e+06"


@pytest.mark.parametrize(
    ("number", "parts"),
    [
        ("0.5", ("0.5", "")),
        ("1.2e-07", ("1.2", "-07")),
        ("1.2e−7", ("1.2", "-7")),
        ("3e+10", ("3", "10")),
        ("diverged", ("diverged", "")),
    ],
)
def test_a_power_of_ten_is_told_from_its_digits(number: str, parts: tuple[str, str]) -> None:
    assert with_power_of_ten(number) == parts


def test_a_formula_of_an_unknown_kind_is_refused() -> None:
    with pytest.raises(TypeError, match="There is no way to write a Formula"):
        text(Formula())


def test_a_count_that_is_an_int_is_written_like_the_float() -> None:
    assert written(Number(3), str) == written(Number(3.0), lambda value: f"{value:g}")  # type: ignore[arg-type]
