import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bpsim import formula as f
from bpsim.formula import evaluate
from bpsim.formula_text import to_text
from bpsim.quantity import Quantity
from tests.bpsim.formulas import all_formulas, batch_mean, demo, many_terms, softmax, with_hidden, written

EXPLAINED = {
    "z": (
        demo("z", 1, 0),
        "z²₁ = Σⱼ θ¹ⱼ₁ a¹ⱼ + θ¹₀₁",
        "= 0.150·0.050 + 0.200·0.100 + 0.350",
    ),
    "a": (demo("a", 1, 0), "a²₁ = 1 / (1 + e^(−z²₁))", "= 1 / (1 + e^(−0.378))"),
    "slope": (demo("slope", 1, 0), "g′(z²₁) = a²₁ · (1 − a²₁)", "= 0.593 · (1 − 0.593)"),
    "error part": (demo("error_part", 2, 0), "E₁ = ½ · (y₁ − ŷ₁)²", "= ½ · (0.010 − 0.687)²"),
    "δ of an output": (demo("delta", 2, 0), "δ³₁ = (y₁ − ŷ₁) · g′(z³₁)", "= (0.010 − 0.687) · 0.215"),
    "δ of a hidden node": (
        demo("delta", 1, 0),
        "δ²₁ = (Σⱼ δ³ⱼ θ²₁ⱼ) · g′(z²₁)",
        "= (−0.146·0.400 + 0.067·0.500) · 0.241",
    ),
    "Σ": (demo("back_sum", 1, 0), "−∂E/∂a²₁ = Σⱼ δ³ⱼ θ²₁ⱼ", "= −0.146·0.400 + 0.067·0.500"),
    "Δθ": (demo("step", 1, 0, 1), "Δθ¹₂₁ = η δ²₁ a¹₂", "= 0.500·(−0.006)·0.100"),
    "Δθ₀": (demo("bias_step", 1, 0), "Δθ¹₀₁ = η δ²₁", "= 0.500·(−0.006)"),
    "mean": (batch_mean(), "mean Δθ¹₁₁ = (Σₚ Δθ¹₁₁,ₚ) / 3", "= (0.250 + 0.000 + 0.375) / 3"),
    "new θ": (demo("new_weight", 1, 0, 1), "new θ¹₂₁ = θ¹₂₁ + Δθ¹₂₁", "= 0.200 − 0.000"),
    "softmax": (
        softmax("a", 2, 0),
        "ŷ₁ = e^(z³₁) / (Σⱼ e^(z³ⱼ))",
        "= e^0.875 / (e^0.875 + e^0.387 + e^0.631)",
    ),
    "cross-entropy": (softmax("error_part", 2, 0), "E₁ = −y₁ · ln(ŷ₁)", "= −1.000 · ln(0.417)"),
    "δ of softmax": (softmax("delta", 2, 0), "δ³₁ = y₁ − ŷ₁", "= 1.000 − 0.417"),
    "leaky ReLU": (
        with_hidden("leaky_relu", "a"),
        "a²₁ = z²₁ if z > 0, 0.010 · z²₁ if z ≤ 0 (here)",
        "= −0.600 if z > 0, 0.010·(−0.600) if z ≤ 0 (here)",
    ),
    "ELU": (
        with_hidden("elu", "slope"),
        "g′(z²₁) = 1 if z > 0, e^(z²₁) if z ≤ 0 (here)",
        "= 1 if z > 0, e^(−0.600) if z ≤ 0 (here)",
    ),
    "tanh": (with_hidden("tanh", "slope"), "g′(z²₁) = 1 − (a²₁)²", "= 1 − (−0.537)²"),
    "Nielsen": (
        demo("delta", 1, 0, notation="nielsen"),
        "δ²₁ = (Σₖ δ³ₖ w³ₖ₁) · σ′(z²₁)",
        "= (0.146·0.400 − 0.067·0.500) · 0.241",
    ),
    "Bishop": (demo("step", 1, 0, 1, notation="bishop"), "Δw⁽¹⁾₁₂ = −η δ⁽¹⁾₁ x₂", "= −0.500·0.006·0.100"),
    "PyTorch": (
        demo("delta", 2, 0, notation="pytorch"),
        "dL/dz²₁ = (ŷ₁ − y₁) · g′(z²₁)",
        "= (0.687 − 0.010) · 0.215",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", EXPLAINED)
def test_explanations(name: str) -> None:
    explanation, rule, numbers = EXPLAINED[name]
    assert to_text(explanation.rule, written) == rule
    assert to_text(explanation.numbers, written) == numbers


def test_all_terms_of_a_long_sum() -> None:
    text = to_text(many_terms().numbers, written)
    assert text.startswith("= (−0.100·0.100 − 0.200·0.200 − 0.300·0.300 − ")
    assert text.endswith(" − 0.900·0.900) · 1.000")
    assert text.count(" − ") == 8


TWO, MINUS, TINY = f.Number(2.5), f.Number(-0.5), f.Number(1.5e-7)
A = f.Symbol("a", upper="2", lower="1")


@pytest.mark.parametrize(
    ("formula", "text"),
    [
        (f.Times((MINUS, TWO)), "−0.5·2.5"),
        (f.Times((TWO, MINUS)), "2.5·(−0.5)"),
        (f.Negative(f.Times((MINUS, TWO))), "−(−0.5·2.5)"),
        (f.Negative(MINUS), "−(−0.5)"),
        (f.Negative(f.Add((TWO, A))), "−(2.5 + a²₁)"),
        (f.Add((TWO, f.Negative(MINUS))), "2.5 − (−0.5)"),
        (f.Add((TWO, f.Negative(f.Times((MINUS, TWO))))), "2.5 − (−0.5·2.5)"),
        (f.Add((TWO, f.Times((f.Fraction(MINUS, TWO), A)))), "2.5 + ((−0.5) / 2.5) · a²₁"),
        (f.Add((TWO, f.Add((MINUS, A)))), "2.5 + (−0.5 + a²₁)"),
        (
            f.Add((TWO, f.BigSum("j", A, lower="j"), f.Negative(f.BigSum("j", A, lower="j")))),
            "2.5 + Σⱼ a²₁ − Σⱼ a²₁",
        ),
        (f.Cases(((f.Number(1.0), "if z > 0"), (A, "if z ≤ 0"))), "1 if z > 0 (here), a²₁ if z ≤ 0"),
        (f.Times((f.Cases(((A, "if z > 0"),)), A)), "(a²₁ if z > 0 (here)) · a²₁"),
        (f.Add((A, f.Cases(((A, "if z > 0"),)))), "a²₁ + (a²₁ if z > 0 (here))"),
        (f.Add((f.Cases(((A, "if z > 0"),)), A)), "(a²₁ if z > 0 (here)) + a²₁"),
        (f.Add((TWO, f.Negative(f.Add((A, MINUS))))), "2.5 − (a²₁ − 0.5)"),
        (f.Add((MINUS, MINUS)), "−0.5 − 0.5"),
        (f.Power(MINUS, f.Number(2.0)), "(−0.5)²"),
        (f.Power(A, f.Number(2.0)), "(a²₁)²"),
        (f.Power(f.Power(TWO, f.Number(2.0)), f.Number(3.0)), "(2.5²)³"),
        (f.Power(TINY, f.Number(2.0)), "(1.5e−07)²"),
        (f.Power(TWO, A), "2.5^(a²₁)"),
        (f.Fraction(f.Fraction(TWO, A), A), "(2.5 / a²₁) / a²₁"),
        (f.Fraction(TWO, f.Times((A, A))), "2.5 / (a²₁ a²₁)"),
        (f.Times((f.Fraction(TWO, A), A)), "(2.5 / a²₁) · a²₁"),
        (f.Negative(f.Fraction(TWO, A)), "−2.5 / a²₁"),
        (f.Times((A, f.BigSum("j", A, lower="j"))), "a²₁ · (Σⱼ a²₁)"),
        (
            f.Times((f.Words("weight of input 1"), f.Words("a of output 1"))),
            "weight of input 1 × a of output 1",
        ),
        (f.Times((f.Symbol("η"), A, TWO)), "η a²₁ · 2.5"),
        (f.Symbol("y", lower="12,3", hat=True), "ŷ₁₂,₃"),
        (f.Symbol("z", prime=True), "z′"),
        (f.Symbol("W", upper="[2]", lower="L"), "W^[2]_L"),
        (f.BigSum("j", A, lower="j=1", upper="n"), "Σⱼ₌₁ⁿ a²₁"),
        (f.Equation(None, TWO, about=True), "≈ 2.5"),
        (f.Equation(A, f.Words("given by the data")), "a²₁ = given by the data"),
        (f.Number(-0.0, quantity=Quantity("error")), "0.0"),
        (f.Apply("ln", f.Add((f.Number(1.0), A))), "ln(1 + a²₁)"),
    ],
)
def test_parts(formula: f.Formula, text: str) -> None:
    assert to_text(formula, lambda value: repr(value).replace("-", "−")) == text


def test_a_formula_of_no_known_kind_is_refused() -> None:
    with pytest.raises(TypeError, match="no way to write a Formula"):
        to_text(f.Formula(), str)


# -- parentheses: what somebody reads is what the tree means -------------------------------------------------

NUMBERS = st.sampled_from([0.5, -0.75, 2.0, 3.25, -1.0]).map(
    lambda value: f.Number(value, quantity=Quantity("error"))
)
TREES = st.recursive(
    NUMBERS,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map(lambda terms: f.Add(tuple(terms))),
        st.lists(inner, min_size=1, max_size=3).map(lambda factors: f.Times(tuple(factors))),
        inner.map(f.Negative),
        st.tuples(inner, inner).map(lambda pair: f.Fraction(*pair)),
        inner.map(lambda base: f.Power(base, f.Number(2.0))),
        inner.map(lambda power: f.Power(f.Symbol("e"), f.Times((f.Number(0.125), power)))),
        inner.map(lambda argument: f.Apply("tanh", argument)),
    ),
    max_leaves=8,
)
PYTHON = {"−": "-", "·": "*", "²": "**2", "^": "**", "½": "(1/2)"}


@settings(max_examples=200, deadline=None)
@given(TREES)
def test_what_is_read_is_what_is_meant(formula: f.Formula) -> None:
    text = to_text(formula, repr)
    for sign, python in PYTHON.items():
        text = text.replace(sign, python)
    try:
        read = float(eval(text, {"tanh": math.tanh, "e": math.e}))
    except (ZeroDivisionError, OverflowError):
        return
    meant = evaluate(formula)
    assert read == pytest.approx(meant, rel=1e-6, abs=1e-9) or not math.isfinite(meant)


def test_every_explanation_has_its_parentheses_in_pairs() -> None:
    for formula in all_formulas():
        text = to_text(formula, written)
        assert text.count("(") == text.count(")")
        assert "  " not in text
        assert "−−" not in text
