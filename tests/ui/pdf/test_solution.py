"""A worked solution as a PDF: everything in it, on as many pages as it needs."""

import re

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from bpsim.backprop import backpropagate
from bpsim.export.worked_solution import Solution, work_out
from bpsim.network import Network
from bpsim.notation import NOTATIONS
from ui.formula.numbers import FormulaNumbers
from ui.pdf.blocks import Formulas, Row, Text
from ui.pdf.pages import pages
from ui.pdf.solution import solution_blocks, solution_to_pdf

WIDTH, HEIGHT = 6400.0, 9400.0


def solution(
    sizes: list[int], output: str = "sigmoid", loss: str = "mse", notation: str = "lecture"
) -> Solution:
    network = Network.dense(sizes, ["relu", output], loss, seed=1)
    trace = backpropagate(network, np.linspace(-1, 1, sizes[0]), np.eye(sizes[-1])[0])
    return work_out(trace, FormulaNumbers(5), notation, "A title")


@pytest.mark.parametrize("notation", NOTATIONS)
def test_every_explanation_and_every_row_of_a_table_is_there(qtbot: QtBot, notation: str) -> None:
    worked = solution([2, 3, 2], notation=notation)
    blocks = list(solution_blocks(worked, WIDTH))
    texts = [block.text for block in blocks if isinstance(block, Text)]
    every = [explanation for section in worked.sections for explanation in section.explanations]
    assert [text for text in texts if text in {e.title for e in every}] == [e.title for e in every]
    assert sum(isinstance(block, Formulas) for block in blocks) == len(every)
    assert sum(isinstance(block, Row) for block in blocks) == sum(len(t.rows) + 1 for t in worked.tables)


def test_no_formula_is_wider_than_the_page_or_higher(qtbot: QtBot) -> None:
    worked = solution([40, 4, 3], "softmax")
    blocks = list(solution_blocks(worked, WIDTH))
    formulas = [picture for block in blocks if isinstance(block, Formulas) for picture in block.pictures]
    assert max(picture.width for picture in formulas) <= WIDTH
    every = pages(blocks, HEIGHT)
    assert all(top + block.height <= HEIGHT for page in every for top, block in page)


def test_what_cancels_is_derived_once(qtbot: QtBot) -> None:
    blocks = list(solution_blocks(solution([2, 2, 3], "softmax", "cross_entropy"), WIDTH))
    assert sum(isinstance(block, Text) and block.text == "How the rule comes about:" for block in blocks) == 1


def test_the_file_has_its_pages(qtbot: QtBot) -> None:
    pdf = solution_to_pdf(solution([2, 3, 2]))
    assert pdf.startswith(b"%PDF-")
    assert pdf.rstrip().endswith(b"%%EOF")
    count = len(re.findall(rb"/Type /Page\b(?!s)", pdf))
    assert count == len(pages(list(solution_blocks(solution([2, 3, 2]), 6425.0)), 9340.0)) > 3
