import pytest

from bpsim import formula as f
from bpsim.formula_spoken import read_aloud, to_spoken
from bpsim.quantity import Quantity
from tests.bpsim.formulas import all_formulas, batch_mean, demo, many_terms, softmax, with_hidden, written

EXPLAINED = {
    "z": (
        demo("z", 1, 0),
        "z of hidden node 1 equals the sum over j of theta j 1 of layer 1 times a j of layer 1, "
        "plus bias of hidden node 1",
        "equals 0.150 times 0.050 plus 0.200 times 0.100 plus 0.350",
    ),
    "a": (
        demo("a", 1, 0),
        "a of hidden node 1 equals 1 over open bracket 1 plus e to the power minus z of hidden node 1 "
        "close bracket",
        "equals 1 over open bracket 1 plus e to the power minus 0.378 close bracket",
    ),
    "error part": (
        demo("error_part", 2, 0),
        "E of output 1 equals one half times open bracket y of output 1 minus y hat of output 1 "
        "close bracket squared",
        "equals one half times open bracket 0.010 minus 0.687 close bracket squared",
    ),
    "δ of a hidden node": (
        demo("delta", 1, 0),
        "delta of hidden node 1 equals the sum over j of delta j of layer 3 times theta 1 j of layer 2, "
        "times g prime of hidden node 1",
        "equals open bracket minus 0.146 times 0.400 plus 0.067 times 0.500 close bracket times 0.241",
    ),
    "Δθ": (
        demo("step", 1, 0, 1),
        "change of theta of the weight from input 2 to hidden node 1 equals eta times delta of hidden node 1 "
        "times input 2",
        "equals 0.500 times open bracket minus 0.006 close bracket times 0.100",
    ),
    "mean": (
        batch_mean(),
        "mean change of theta of the weight from input 1 to output 1 equals "
        "the sum over p of change of theta 11 p of layer 1, over 3",
        "equals open bracket 0.250 plus 0.000 plus 0.375 close bracket over 3",
    ),
    "cross-entropy": (
        softmax("error_part", 2, 0),
        "E of output 1 equals minus y of output 1 times the natural logarithm of y hat of output 1",
        "equals minus 1.000 times the natural logarithm of 0.417",
    ),
    "ELU": (
        with_hidden("elu", "a"),
        "a of hidden node 1 equals z of hidden node 1 if z is greater than 0, "
        "e to the power z of hidden node 1 minus 1 if z is at most 0, as here",
        "equals minus 0.600 if z is greater than 0, "
        "e to the power minus 0.600 minus 1 if z is at most 0, as here",
    ),
    "long sum": (
        many_terms(),
        "delta of hidden node 1 equals the sum over j of delta j of layer 3 times theta 1 j of layer 2, "
        "times g prime of hidden node 1",
        "equals open bracket minus 0.100 times 0.100 plus 7 more terms minus 0.900 times 0.900 close bracket "
        "times 1.000",
    ),
}


@pytest.mark.parametrize("name", EXPLAINED)
def test_explanations(name: str) -> None:
    explanation, rule, numbers = EXPLAINED[name]
    assert to_spoken(explanation.rule, written) == rule
    assert to_spoken(explanation.numbers, written) == numbers


X, D = f.Symbol("x"), f.Symbol("∂")


@pytest.mark.parametrize(
    ("formula", "sentence"),
    [
        (f.Symbol("δ", upper="(2)", lower="1"), "delta 1 of layer 2"),
        (f.Symbol("θ", upper="1", lower="12,3"), "theta 12 3 of layer 1"),
        (f.Symbol("y", lower="1", hat=True), "y hat 1"),
        (f.Symbol("z", prime=True), "z prime"),
        (f.Negative(f.Fraction(f.Times((D, f.Symbol("E"))), f.Times((D, X)))), "minus d E by d x"),
        (f.Power(X, f.Number(3.0)), "x cubed"),
        (f.Power(X, f.Add((X, f.Number(1.0)))), "x to the power open bracket x plus 1 close bracket"),
        (f.Apply("tanh", f.Add((X, X))), "the hyperbolic tangent of open bracket x plus x close bracket"),
        (f.Apply("σ′", X), "sigma prime of x"),
        (f.BigSum("j", X), "the sum of x"),
        (f.Add((X,) * 9, folded=(0, 3, 8)), "x plus 2 more terms plus x plus 4 more terms plus x"),
        (f.Add((X,) * 9, folded=(0, 7)), "x plus 6 more terms plus x plus 1 more term"),
        (f.Equation(X, f.Number(0.5), about=True), "x is about 0.500"),
        (f.Number(float("inf")), "infinity"),
    ],
)
def test_parts(formula: f.Formula, sentence: str) -> None:
    assert to_spoken(formula, lambda value: "∞" if value == float("inf") else written(value)) == sentence


def test_power_of_ten() -> None:
    number = f.Number(-0.5, quantity=Quantity("error"))
    assert to_spoken(number, lambda _value: "1.2e−7") == "minus 1.2 times ten to the power minus 7"


def test_names_with_letters_and_signs() -> None:
    assert read_aloud("−∂E/∂ŷ of output 1") == "minus d E by d y hat of output 1"
    assert read_aloud("mean Δθ₀ of output 1") == "mean change of theta 0 of output 1"


def test_every_explanation_is_read_in_plain_words() -> None:
    for formula in all_formulas():
        sentence = to_spoken(formula, written)
        assert sentence.isascii(), sentence
        assert not set(sentence) & set("()[]{}^_*·=<>\\"), sentence
        assert "  " not in sentence


def test_a_sum_in_words() -> None:
    assert to_spoken(demo("delta", 1, 0, notation="words").rule, written) == (
        "delta of hidden node 1 equals the sum over the output nodes of its delta times weight to it, "
        "times slope g prime of hidden node 1"
    )
