from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.formula.examples import OUTPUTS, SLOPE, SUM, delta_numbers
from ui.theme import load_theme
from ui.widgets.formula_view import FormulaView
from ui.widgets.term_walk import TermWalk

Key = Qt.Key


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[QWidget]:
    """Three formulas between two buttons."""
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    column.addWidget(QPushButton("before"))
    for _ in range(3):
        view = FormulaView(load_theme("light"))
        view.show_formula(delta_numbers())
        view.setFixedWidth(600)
        column.addWidget(view)
    column.addWidget(QPushButton("after"))
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    yield window
    window.hide()


def parts(window: QWidget) -> tuple[list[FormulaView], TermWalk, QPushButton, QPushButton]:
    views = window.findChildren(FormulaView)
    walk = TermWalk(window)
    walk.set_views(views)
    before, after = window.findChildren(QPushButton)
    return views, walk, before, after


def test_tab_stops_once(window: QWidget, qtbot: QtBot) -> None:
    views, _walk, before, after = parts(window)
    before.setFocus()
    qtbot.keyClick(before, Key.Key_Tab)
    assert views[0].hasFocus()
    qtbot.keyClick(views[0], Key.Key_Tab)
    assert after.hasFocus()


def test_arrows_lead_from_formula_to_formula_and_back(window: QWidget, qtbot: QtBot) -> None:
    views, _walk, _before, after = parts(window)
    views[0].setFocus()
    qtbot.keyClick(views[0], Key.Key_End)
    assert views[0].pointed == SLOPE
    qtbot.keyClick(views[0], Key.Key_Right)
    assert views[1].hasFocus()
    assert views[1].pointed == SUM
    assert views[0].pointed is None
    qtbot.keyClick(views[1], Key.Key_Left)
    assert views[0].pointed == SLOPE
    qtbot.keyClick(views[0], Key.Key_Down)
    qtbot.keyClick(views[1], Key.Key_Down)
    assert views[2].hasFocus()
    qtbot.keyClick(views[2], Key.Key_Down)
    assert views[2].hasFocus()
    qtbot.keyClick(views[2], Key.Key_Right)
    assert views[2].pointed == OUTPUTS[0]
    qtbot.keyClick(views[2], Key.Key_Tab)
    assert after.hasFocus()
    qtbot.keyClick(after, Key.Key_Backtab)
    assert views[2].hasFocus()  # where the keyboard was


def test_what_is_no_longer_shown_is_left_out(window: QWidget, qtbot: QtBot) -> None:
    views, walk, before, _after = parts(window)
    views[2].setFocus()
    views[2].hide()
    walk.set_views(views[:2])
    before.setFocus()
    qtbot.keyClick(before, Key.Key_Tab)
    assert QApplication.focusWidget() is views[0]
    qtbot.keyClick(views[0], Key.Key_Up)
    assert views[0].hasFocus()
