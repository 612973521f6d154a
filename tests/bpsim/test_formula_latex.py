import re

import pytest

from bpsim.formula import Add, Equation, Formula, Number, Power, Symbol, Times, Words
from bpsim.formula_latex import to_latex
from bpsim.quantity import Quantity
from tests.bpsim.formulas import all_formulas, batch_mean, demo, softmax, with_hidden, written

ANY = Quantity("error")

EXPLAINED = {
    "z": (
        demo("z", 1, 0),
        r"z^{2}_{1} = \sum_{j} \theta^{1}_{j1} a^{1}_{j} + \theta^{1}_{01}",
        r"= 0.150 \cdot 0.050 + 0.200 \cdot 0.100 + 0.350",
    ),
    "a": (demo("a", 1, 0), r"a^{2}_{1} = \frac{1}{1 + e^{-z^{2}_{1}}}", r"= \frac{1}{1 + e^{-0.378}}"),
    "error part": (
        demo("error_part", 2, 0),
        r"E_{1} = \frac{1}{2} (y_{1} - \hat{y}_{1})^{2}",
        r"= \frac{1}{2} (0.010 - 0.687)^{2}",
    ),
    "δ of an output": (
        demo("delta", 2, 0),
        r"\delta^{3}_{1} = (y_{1} - \hat{y}_{1}) \cdot g'(z^{3}_{1})",
        r"= (0.010 - 0.687) \cdot 0.215",
    ),
    "δ of a hidden node": (
        demo("delta", 1, 0),
        r"\delta^{2}_{1} = \left(\sum_{j} \delta^{3}_{j} \theta^{2}_{1j}\right) \cdot g'(z^{2}_{1})",
        r"= (-0.146 \cdot 0.400 + 0.067 \cdot 0.500) \cdot 0.241",
    ),
    "Δθ": (
        demo("step", 1, 0, 1),
        r"\Delta \theta^{1}_{21} = \eta \delta^{2}_{1} a^{1}_{2}",
        r"= 0.500 \cdot (-0.006) \cdot 0.100",
    ),
    "mean": (
        batch_mean(),
        r"\text{mean }\Delta \theta^{1}_{11} = \frac{\sum_{p} \Delta \theta^{1}_{11,p}}{3}",
        r"= \frac{0.250 + 0.000 + 0.375}{3}",
    ),
    "cross-entropy": (
        softmax("error_part", 2, 0),
        r"E_{1} = -y_{1} \cdot \ln(\hat{y}_{1})",
        r"= -1.000 \cdot \ln(0.417)",
    ),
    "leaky ReLU": (
        with_hidden("leaky_relu", "a"),
        r"a^{2}_{1} = \begin{cases} z^{2}_{1} & \text{if } z > 0 \\ "
        r"0.010 \cdot z^{2}_{1} & \text{if } z \le 0\text{ (here)} \end{cases}",
        r"= \begin{cases} -0.600 & \text{if } z > 0 \\ "
        r"0.010 \cdot (-0.600) & \text{if } z \le 0\text{ (here)} \end{cases}",
    ),
    "PyTorch": (
        demo("step", 1, 0, 1, notation="pytorch"),
        r"\Delta W^{1}_{12} = -\mathit{lr} \cdot \frac{d L}{d z^{1}_{1}} x_{2}",
        r"= -0.500 \cdot 0.006 \cdot 0.100",
    ),
    "words": (
        demo("step", 1, 0, 1, notation="words"),
        r"\text{step $\Delta \theta$ of the weight from input 2 to hidden node 1} = "
        r"\text{learning rate $\eta$} \times \text{$\delta$ of hidden node 1} \times \text{input 2}",
        r"= 0.500 \cdot (-0.006) \cdot 0.100",
    ),
}


@pytest.mark.parametrize("name", EXPLAINED)
def test_explanations(name: str) -> None:
    explanation, rule, numbers = EXPLAINED[name]
    assert to_latex(explanation.rule, written) == rule
    assert to_latex(explanation.numbers, written) == numbers


def written_out(value: float) -> str:
    return {2.5: "2,5", 1.5e-7: "1.5e−7", 3e9: "3.0e9"}.get(value, "∞")


@pytest.mark.parametrize(
    ("formula", "latex"),
    [
        (Number(2.5, quantity=ANY), "2{,}5"),
        (Number(-1.5e-7, quantity=ANY), r"-1.5 \cdot 10^{-7}"),
        (Times((Number(2.5), Number(3e9, quantity=ANY))), r"2{,}5 \cdot 3.0 \cdot 10^{9}"),
        (Power(Number(1.5e-7), Number(2.0)), r"(1.5 \cdot 10^{-7})^{2}"),
        (Number(float("inf")), r"\infty"),
        (Power(Symbol("a", upper="2", lower="1"), Number(2.0)), "(a^{2}_{1})^{2}"),
        (Words("w_1 of 100%"), r"\text{w\_1 of 100\%}"),
        (Words("as g′ and ŷ say"), r"\text{as g$'$ and $\hat{y}$ say}"),
        (Symbol("y", lower="1", hat=True, prime=True), r"\hat{y}'_{1}"),
        (Equation(None, Add((Number(1.0), Symbol("σ"))), about=True), r"\approx 1 + \sigma"),
    ],
)
def test_parts(formula: Formula, latex: str) -> None:
    assert to_latex(formula, written_out) == latex


STANDARD = {
    "alpha", "approx", "begin", "beta", "cdot", "Delta", "delta", "end", "eta", "frac", "ge", "hat",
    "infty", "lambda", "le", "left", "ln", "mathit", "mu", "operatorname", "partial", "rho", "right",
    "sigma", "sqrt", "sum", "tanh", "text", "theta", "times", "varepsilon",
}  # fmt: skip


def test_every_explanation_is_balanced_and_of_standard_commands() -> None:
    for formula in all_formulas():
        latex = to_latex(formula, written)
        assert set(re.findall(r"\\([A-Za-z]+)", latex)) <= STANDARD, latex
        assert braces_match(latex), latex
        assert latex.count(r"\left(") == latex.count(r"\right)"), latex
        assert latex.replace("$", "").isascii(), latex
        assert latex.count("$") % 2 == 0, latex
        assert not re.search(r"\^\{[^{}]*\}_\{[^{}]*\}\^", latex), latex  # a second upper index


def braces_match(latex: str) -> bool:
    depth = 0
    for sign in re.findall(r"(?<!\\)[{}]", latex):
        depth += 1 if sign == "{" else -1
        if depth < 0:
            return False
    return depth == 0
