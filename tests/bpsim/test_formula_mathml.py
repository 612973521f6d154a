from xml.etree import ElementTree

import pytest

from bpsim.formula import BigSum, Formula, Number, Power, Symbol, Words
from bpsim.formula_mathml import NAMESPACE, to_mathml
from bpsim.quantity import Quantity
from tests.bpsim.formulas import all_formulas, demo, softmax, with_hidden, written

CHILDREN = {
    "mfrac": 2, "msub": 2, "msup": 2, "munder": 2, "mover": 2, "msubsup": 3, "munderover": 3,
}  # fmt: skip
OTHERS = {"math", "mrow", "msqrt", "mi", "mn", "mo", "mtext", "mtable", "mtr", "mtd"}
TOKENS = {"mi", "mn", "mo", "mtext"}


def inner(formula: Formula) -> str:
    """Return what stands in the row of the math element."""
    start, end = f'<math xmlns="{NAMESPACE}" display="block"><mrow>', "</mrow></math>"
    mathml = to_mathml(formula, written)
    assert mathml.startswith(start)
    assert mathml.endswith(end)
    return mathml[len(start) : -len(end)]


def test_step() -> None:
    explanation = demo("step", 1, 0, 1)
    assert inner(explanation.rule) == (
        "<msubsup><mi>Δθ</mi><mn>21</mn><mn>1</mn></msubsup> <mo>=</mo> <mi>η</mi><mo>\u2062</mo>"
        "<msubsup><mi>δ</mi><mn>1</mn><mn>2</mn></msubsup><mo>\u2062</mo>"
        "<msubsup><mi>a</mi><mn>2</mn><mn>1</mn></msubsup>"
    )
    assert inner(explanation.numbers) == (
        "<mo>=</mo> <mn>0.500</mn><mo>·</mo><mrow><mo>(</mo><mo>−</mo><mn>0.006</mn><mo>)</mo></mrow>"
        "<mo>·</mo><mn>0.100</mn>"
    )


def test_delta_of_a_hidden_node() -> None:
    assert inner(demo("delta", 1, 0).rule) == (
        "<msubsup><mi>δ</mi><mn>1</mn><mn>2</mn></msubsup> <mo>=</mo> "
        "<mrow><mo>(</mo><mrow><munder><mo>∑</mo><mi>j</mi></munder>"
        "<msubsup><mi>δ</mi><mi>j</mi><mn>3</mn></msubsup><mo>\u2062</mo>"
        "<msubsup><mi>θ</mi><mi>1j</mi><mn>2</mn></msubsup></mrow><mo>)</mo></mrow><mo>·</mo>"
        "<mi>g′</mi><mo>\u2061</mo><mrow><mo>(</mo>"
        "<msubsup><mi>z</mi><mn>1</mn><mn>2</mn></msubsup><mo>)</mo></mrow>"
    )


def test_softmax_and_cross_entropy() -> None:
    assert inner(softmax("error_part", 2, 0).rule) == (
        "<msub><mi>E</mi><mn>1</mn></msub> <mo>=</mo> <mo>−</mo><msub><mi>y</mi><mn>1</mn></msub><mo>·</mo>"
        "<mi>ln</mi><mo>\u2061</mo><mrow><mo>(</mo>"
        '<msub><mover accent="true"><mi>y</mi><mo>^</mo></mover><mn>1</mn></msub><mo>)</mo></mrow>'
    )


def test_choice() -> None:
    assert inner(with_hidden("relu", "slope").numbers) == (
        "<mo>=</mo> <mrow><mo>{</mo><mtable>"
        "<mtr><mtd><mrow><mn>1</mn></mrow></mtd><mtd><mtext>if z &gt; 0</mtext></mtd></mtr>"
        "<mtr><mtd><mrow><mn>0</mn></mrow></mtd><mtd><mtext>if z ≤ 0 (here)</mtext></mtd></mtr>"
        "</mtable></mrow>"
    )


@pytest.mark.parametrize(
    ("formula", "mathml"),
    [
        (
            Symbol("new θ", lower="1"),
            "<mrow><mtext>new\u00a0</mtext><msub><mi>θ</mi><mn>1</mn></msub></mrow>",
        ),
        (Words("a < b & c"), "<mtext>a &lt; b &amp; c</mtext>"),
        (Symbol("z", prime=True, upper="2"), "<msup><mi>z′</mi><mn>2</mn></msup>"),
        (
            BigSum("j", Symbol("a"), lower="j=1", upper="n"),
            "<mrow><munderover><mo>∑</mo><mi>j=1</mi><mi>n</mi></munderover><mi>a</mi></mrow>",
        ),
        (Number(float("inf")), "<mi>∞</mi>"),
        (
            Power(Symbol("e"), Number(-2.5)),
            "<msup><mrow><mi>e</mi></mrow><mrow><mo>−</mo><mn>2.5</mn></mrow></msup>",
        ),
    ],
)
def test_parts(formula: Formula, mathml: str) -> None:
    text = to_mathml(formula, lambda value: "∞" if value == float("inf") else repr(value))
    assert f"<mrow>{mathml}</mrow></math>" in text


@pytest.mark.parametrize(
    ("digits", "power"),
    [("1.5e−7", "<mo>−</mo><mn>7</mn>"), ("1.5e-7", "<mo>−</mo><mn>7</mn>"), ("1.5e7", "<mn>7</mn>")],
)
def test_power_of_ten(digits: str, power: str) -> None:
    text = to_mathml(Number(0.5, quantity=Quantity("error")), lambda _value: digits)
    assert f"<mn>1.5</mn><mo>·</mo><msup><mn>10</mn><mrow>{power}</mrow></msup>" in text


def test_every_explanation_is_well_formed() -> None:
    for formula in all_formulas():
        for element in ElementTree.fromstring(to_mathml(formula, written)).iter():
            name = element.tag.removeprefix(f"{{{NAMESPACE}}}")
            assert name in OTHERS or len(element) == CHILDREN[name]
            assert name not in TOKENS or element.text
            assert name in TOKENS or not (element.text or "").strip()
