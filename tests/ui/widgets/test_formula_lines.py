import pytest
from pytestqt.qtbot import QtBot

from tests.ui.formula.examples import DELTA, delta_numbers, delta_rule, error_rule
from ui.numbers import NumberFormat
from ui.theme import load_theme
from ui.widgets.formula_lines import FormulaLines


@pytest.fixture
def lines(qtbot: QtBot) -> FormulaLines:
    lines = FormulaLines(load_theme("light"), NumberFormat())
    qtbot.addWidget(lines)
    return lines


def test_there_are_as_many_as_are_needed(lines: FormulaLines) -> None:
    assert lines.isHidden()
    lines.show_lines([delta_rule(), delta_numbers()], DELTA)
    assert [view.formula for view in lines.views] == [delta_rule(), delta_numbers()]
    lines.show_lines([error_rule()], DELTA)
    assert [view.formula for view in lines.views] == [error_rule()]
    lines.show_lines([], DELTA)
    assert lines.isHidden()


def test_what_the_lines_are_told_they_pass_on(lines: FormulaLines) -> None:
    lines.show_lines([delta_rule(), delta_numbers()], DELTA)
    said: list[object] = []
    lines.quantity_hovered.connect(said.append)
    lines.quantity_clicked.connect(said.append)
    for view in lines.views:
        view.quantity_hovered.emit(DELTA)
        view.quantity_clicked.emit(DELTA)
    assert said == [DELTA] * 4


def test_lines_follow_theme_and_digits(lines: FormulaLines) -> None:
    lines.show_lines([delta_numbers()], DELTA)
    before, spoken = lines.views[0].grab().toImage(), lines.views[0].accessibleName()
    lines.set_lit(frozenset({DELTA}))
    lines.set_theme(load_theme("dark"))
    assert lines.views[0].grab().toImage() != before
    lines.set_number_format(NumberFormat(3, ","))
    assert lines.views[0].accessibleName() != spoken
    lines.show_lines([delta_numbers(), delta_numbers()], DELTA)
    assert lines.views[0].accessibleName() == lines.views[1].accessibleName()
