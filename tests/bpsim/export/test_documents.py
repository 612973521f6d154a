"""What the forms of a solution have in common, and what is special about each; all are read in the proofs."""

import re
from xml.etree import ElementTree

import pytest

from bpsim.examples import load_example
from bpsim.export.documents import to_html, to_latex, to_markdown
from bpsim.export.worked_solution import work_out
from tests.bpsim.export.test_worked_solution import solution
from tests.bpsim.formulas import Digits


def test_markdown() -> None:
    text = to_markdown(solution())
    assert text.startswith("# Worked solution\n\nA network of 2, 2 and 2 nodes")
    assert "\n    ≈ (0.01 − 0.75137) · 0.18682\n    ≈ −0.74137·0.18682\n    ≈ −0.13850\n" in text
    assert "| weight or bias | θ | Δθ | new θ |\n| --- | ---: | ---: | ---: |\n| θ¹₁₁ | 0.15 |" in text


def test_latex() -> None:
    text = to_latex(solution())
    assert text.startswith("\\documentclass{article}")
    assert r"\begin{longtable}{lrrr}" in text
    assert r"$\theta^{1}_{11}$ & $0.15$ &" in text


def test_html() -> None:
    page = to_html(solution(notation="nielsen"))
    tree = ElementTree.fromstring(
        page.removeprefix("<!DOCTYPE html>\n").replace('<meta charset="utf-8">', "")
    )
    first, second = tree.iter("table")
    assert [cell.text for cell in first[0]] == ["node", "z", "a", "σ′", "δ"]
    assert len(second) == 1 + 12


@pytest.mark.parametrize(
    ("name", "notation"), [("lecture_demo", "lecture"), ("spirals", "words"), ("softmax", "bishop")]
)
def test_latex_has_only_signs_that_it_knows(name: str, notation: str) -> None:
    trace = load_example(name).simulation().trace
    assert trace is not None
    source = to_latex(work_out(trace, Digits(3), notation, "Title"))
    declared = {chr(int(code, 16)) for code in re.findall(r"DeclareUnicodeCharacter\{(\w+)\}", source)}
    known = declared | set("“”’–—…éöäüß")  # of texts
    assert {sign for sign in source if not sign.isascii()} <= known
