"""The worked solution of every example in every notation, as well-formed documents that say the same."""

from xml.etree import ElementTree

import pytest

import bpsim
from bpsim.export.documents import to_html, to_latex, to_markdown
from bpsim.notation import NOTATIONS
from tests.bpsim.export.test_worked_solution import solution


@pytest.mark.parametrize("example", [example.name for example in bpsim.EXAMPLES])
@pytest.mark.parametrize("notation", NOTATIONS)
def test_every_example_in_every_notation_gives_well_formed_documents(example: str, notation: str) -> None:
    worked = solution(example, notation)
    latex = to_latex(worked)
    assert latex.count("{") == latex.count("}")
    assert latex.count("\\begin{align*}") == latex.count("\\end{align*}")
    page = to_html(worked).removeprefix("<!DOCTYPE html>\n").replace('<meta charset="utf-8">', "")
    ElementTree.fromstring(page)
    titles = [explanation.title for section in worked.sections for explanation in section.explanations]
    markdown = to_markdown(worked)
    assert all(f"**{title}**" in markdown for title in titles)
