"""Typing numbers on the drawing: weights, biases, input values."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from tests.ui.canvas.conftest import Show
from tests.ui.canvas.hands import Hand, edges, lecture_session, nodes

ESCAPE = Qt.Key.Key_Escape


@pytest.mark.parametrize("mode", ["draw", "simulate"])
def test_a_double_click_on_a_weight_changes_it(show: Show, mode: str) -> None:
    hand = show(lecture_session(mode))
    hand.double_click(hand.edge((0, 2, 1), 0.3))
    hand.type_number("0,125")
    assert hand.session.moment.network.weights[0][2, 1] == 0.125
    assert hand.editor is None
    assert hand.surface.hasFocus()
    assert hand.session.undo_stack.undoText() == "Change weight"
    hand.session.undo_stack.undo()
    assert hand.session.moment.network.weights[0][2, 1] == 0.55
    hand.session.undo_stack.redo()
    assert hand.session.moment.network.weights[0][2, 1] == 0.125


def test_a_double_click_on_the_text_of_a_weight_changes_it(drawing: Hand) -> None:
    label = next(label for label in drawing.surface.picture.labels if label.edge == (1, 0, 0))
    drawing.double_click((label.x, label.y))
    drawing.type_number("2")
    assert drawing.session.moment.network.weights[1][0, 0] == 2.0


def test_a_double_click_on_a_bias_or_its_node_changes_it(drawing: Hand) -> None:
    x, y = drawing.node(1, 1)
    drawing.double_click((x, y + drawing.surface.picture.layout.radii[1] + 10))
    drawing.type_number("-1.5")
    drawing.double_click(drawing.node(1, 0))
    drawing.type_number("0.75")
    assert drawing.session.moment.network.biases[0].tolist() == [0.75, -1.5, -0.2]
    assert drawing.session.undo_stack.undoText() == "Change bias"


def test_a_double_click_on_an_input_changes_the_present_instance_only(drawing: Hand) -> None:
    drawing.double_click(drawing.node(0, 1))
    drawing.type_number("0.7")
    assert drawing.session.moment.dataset.inputs.tolist() == [[0.05, 0.7], [0.8, 0.3]]
    assert drawing.session.undo_stack.undoText() == "Change x₂"
    drawing.session.undo_stack.undo()
    assert drawing.session.moment.dataset.inputs.tolist() == [[0.05, 0.1], [0.8, 0.3]]


def test_escape_leaves_the_number(drawing: Hand) -> None:
    drawing.double_click(drawing.node(1, 0))
    drawing.type_number("3", finish=ESCAPE)
    assert drawing.editor is None
    assert drawing.session.undo_stack.count() == 0


def test_what_is_no_number_is_marked_and_said_and_changes_nothing(drawing: Hand) -> None:
    said: list[str] = []
    drawing.session.noticed.connect(lambda notice: said.append(notice.text))
    drawing.double_click(drawing.node(1, 0))
    drawing.type_number("abc")
    assert drawing.editor is not None
    assert said[-1] == "'abc' is not a number."
    drawing.type_number("0.5")
    assert said[-1] == ""
    assert drawing.session.moment.network.biases[0][0] == 0.5


def test_leaving_the_field_takes_the_number(drawing: Hand) -> None:
    drawing.double_click(drawing.node(1, 0))
    assert drawing.editor is not None
    drawing.editor.setText("")
    drawing.editor.insert("4")
    drawing.click((8.0, 200.0))
    assert drawing.editor is None
    assert drawing.session.moment.network.biases[0][0] == 4.0


def test_the_window_can_open_the_number_of_the_selection(drawing: Hand) -> None:
    drawing.session.select(nodes((1, 0), (2, 1)))
    drawing.view.edit_selected()
    assert drawing.editor is not None
    assert drawing.editor.accessibleName() == "Weight from hidden node 1 to output 2"
    drawing.session.select(edges((0, 0, 0)))
    drawing.view.edit_selected()
    assert drawing.editor is not None
    assert drawing.editor.accessibleName() == "Weight from input 1 to hidden node 1"


def test_what_has_no_number_is_said(drawing: Hand) -> None:
    said: list[str] = []
    drawing.session.noticed.connect(lambda notice: said.append(notice.text))
    drawing.view.edit_selected()
    assert drawing.editor is None
    assert said[-1].startswith("Select one node")


def test_an_input_without_data_has_no_number(drawing: Hand) -> None:
    said: list[str] = []
    drawing.session.edit("Add node", network=drawing.session.moment.network.with_node_added(0, 2))
    drawing.session.noticed.connect(lambda notice: said.append(notice.text))
    drawing.double_click(drawing.node(0, 2))
    assert drawing.editor is None
    assert said[-1].startswith("The data have no value for this input")


def test_an_edit_in_between_gives_up_the_field(drawing: Hand) -> None:
    drawing.double_click(drawing.node(1, 0))
    drawing.session.set_view(mode="simulate")
    assert drawing.editor is None


def test_a_new_weight_changes_the_numbers_that_depend_on_it(simulation: Hand) -> None:
    simulation.session.go_to_phase("error")
    before = simulation.surface.picture.reading.number(2, 0)
    simulation.double_click(simulation.edge((1, 0, 0)))
    simulation.type_number("3")
    assert simulation.surface.picture.reading.number(2, 0) != before


@pytest.mark.parametrize("finish", [Qt.Key.Key_Return, ESCAPE, Qt.Key.Key_Tab, Qt.Key.Key_Backtab])
def test_when_the_field_closes_the_weight_stays_selected_and_the_drawing_has_the_keys(
    drawing: Hand, finish: Qt.Key
) -> None:
    for _ in range(3):
        drawing.double_click(drawing.edge((0, 0, 0), 0.25))
        assert drawing.editor is not None
        QTest.keyClick(drawing.editor, finish)
        assert drawing.editor is None
        assert drawing.session.selection == edges((0, 0, 0))
        assert drawing.surface.hasFocus()


def test_tab_takes_the_number_and_stays_where_it_is_wrong(drawing: Hand) -> None:
    drawing.double_click(drawing.node(1, 0))
    drawing.type_number("abc", finish=Qt.Key.Key_Tab)
    assert drawing.editor is not None
    drawing.type_number("0.25", finish=Qt.Key.Key_Tab)
    assert drawing.editor is None
    assert drawing.session.moment.network.biases[0][0] == 0.25
    assert drawing.session.selection == nodes((1, 0))


def test_who_goes_elsewhere_with_a_click_is_not_called_back(qtbot: QtBot, drawing: Hand) -> None:
    other = QLineEdit(drawing.view)
    other.show()
    drawing.double_click(drawing.node(1, 0))
    other.setFocus()
    assert drawing.editor is None
    assert other.hasFocus()


def test_a_long_number_is_seen_from_its_head(drawing: Hand) -> None:
    network = drawing.session.moment.network.with_weight(0, 0, 0, -0.13436424411240122)
    drawing.session.edit("Long", network=network)
    drawing.double_click(drawing.edge((0, 0, 0), 0.25))
    editor = drawing.editor
    assert editor is not None
    assert editor.selectedText() == editor.text() == "-0.13436424411240122"
    assert editor.cursorPosition() == 0
    assert editor.fontMetrics().horizontalAdvance(editor.text()) < editor.width() - 8
