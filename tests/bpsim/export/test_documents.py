"""What the forms of a solution have in common, and what is special about each; all are read in the proofs."""

from xml.etree import ElementTree

from bpsim.export.documents import to_html, to_latex, to_markdown
from tests.bpsim.export.test_worked_solution import solution


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
