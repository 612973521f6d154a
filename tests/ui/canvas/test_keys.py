"""Everything by keyboard while the network is drawn; the stepping keys stay the window's while simulating."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QLineEdit

from tests.ui.canvas.hands import Hand, edges, nodes

Key, Modifier = Qt.Key, Qt.KeyboardModifier


def test_arrows_walk_over_the_nodes(drawing: Hand) -> None:
    for key, node in (
        (Key.Key_Right, (0, 0)),  # the first key enters the network
        (Key.Key_Right, (1, 0)),
        (Key.Key_Down, (1, 1)),
        (Key.Key_Right, (2, 1)),
        (Key.Key_Right, (2, 1)),
        (Key.Key_Down, (2, 1)),
        (Key.Key_Left, (1, 2)),
        (Key.Key_Up, (1, 1)),
    ):
        drawing.key(key)
        assert drawing.session.selection == nodes(node)


def test_tab_walks_over_all_nodes_and_then_out(drawing: Hand, qtbot: object) -> None:
    other = QLineEdit(drawing.view)
    other.show()
    seen = []
    for _ in range(7):
        drawing.key(Key.Key_Tab)
        seen.extend(drawing.session.selection.nodes)
    assert seen == [(0, 0), (0, 1), (1, 0), (1, 1), (1, 2), (2, 0), (2, 1)]
    drawing.key(Key.Key_Backtab, Modifier.ShiftModifier)
    assert drawing.session.selection == nodes((2, 0))
    drawing.key(Key.Key_Tab)
    drawing.key(Key.Key_Tab)
    assert not drawing.surface.hasFocus()


def test_shift_adds_to_the_selection_and_ctrl_only_walks(drawing: Hand) -> None:
    drawing.session.select(nodes((1, 0)))
    drawing.key(Key.Key_Down, Modifier.ShiftModifier)
    assert drawing.session.selection == nodes((1, 0), (1, 1))
    drawing.key(Key.Key_Right, Modifier.ControlModifier)
    assert drawing.session.selection == nodes((1, 0), (1, 1))
    drawing.key(Key.Key_Space)
    assert drawing.session.selection == nodes((1, 0), (1, 1), (2, 1))
    drawing.key(Key.Key_Space)
    assert drawing.session.selection == nodes((1, 0), (1, 1))


@pytest.mark.parametrize("key", [Key.Key_Insert, Key.Key_Plus])
def test_a_node_is_added_after_the_selected_one(drawing: Hand, key: Qt.Key) -> None:
    drawing.session.select(nodes((1, 0)))
    drawing.key(key)
    assert drawing.sizes == (2, 4, 2)
    assert drawing.session.selection == nodes((1, 1))
    drawing.session.undo_stack.undo()
    assert drawing.sizes == (2, 3, 2)


def test_a_layer_is_added_after_the_one_the_keyboard_is_in(drawing: Hand) -> None:
    drawing.session.select(nodes((1, 0)))
    drawing.key(Key.Key_L)
    assert drawing.sizes == (2, 3, 2, 2)


def test_delete_removes_nodes_and_weights(drawing: Hand) -> None:
    drawing.session.select(nodes((1, 1)))
    drawing.key(Key.Key_Delete)
    assert drawing.sizes == (2, 2, 2)
    drawing.session.select(edges((0, 1, 0)))
    drawing.key(Key.Key_Backspace)
    assert not drawing.session.moment.network.masks[0][1, 0]
    drawing.session.undo_stack.undo()
    drawing.session.undo_stack.undo()
    assert drawing.sizes == (2, 3, 2)


def test_the_last_node_of_a_layer_stays_and_it_is_said(drawing: Hand) -> None:
    said: list[str] = []
    drawing.session.noticed.connect(lambda notice: said.append(notice.text))
    drawing.session.select(nodes((2, 0), (2, 1)))
    drawing.key(Key.Key_Delete)
    assert drawing.sizes == (2, 3, 2)
    assert said[-1] == "Output layer: a layer needs at least one node."


def test_two_nodes_are_connected_and_disconnected(drawing: Hand) -> None:
    drawing.session.select(nodes((1, 0), (2, 1)))
    drawing.key(Key.Key_C)
    assert not drawing.session.moment.network.masks[1][1, 0]
    drawing.key(Key.Key_C)
    assert drawing.session.moment.network.masks[1][1, 0]


def test_a_node_is_moved(drawing: Hand) -> None:
    before = drawing.session.moment.network
    drawing.session.select(nodes((1, 0)))
    drawing.key(Key.Key_Down, Modifier.AltModifier)
    assert drawing.session.moment.network == before.with_node_moved(1, 0, 1)
    assert drawing.session.selection == nodes((1, 1))
    drawing.key(Key.Key_Up, Modifier.AltModifier)
    assert drawing.session.moment.network == before


def test_w_goes_through_the_weights_of_a_node(drawing: Hand) -> None:
    drawing.session.select(nodes((1, 0)))
    drawing.key(Key.Key_W)
    assert drawing.session.selection == edges((0, 0, 0))
    drawing.key(Key.Key_W)
    assert drawing.session.selection == edges((0, 0, 1))
    drawing.key(Key.Key_W)
    assert drawing.session.selection == edges((0, 0, 0))


@pytest.mark.parametrize("key", [Key.Key_Return, Key.Key_F2])
def test_a_key_opens_the_number_of_the_selection(drawing: Hand, key: Qt.Key) -> None:
    drawing.session.select(edges((0, 2, 0)))
    drawing.key(key)
    assert drawing.editor is not None
    assert drawing.editor.text() == "-0.35"


@pytest.mark.parametrize("mode", ["draw", "simulate"])
def test_arrows_step_only_while_simulating(drawing: Hand, mode: str) -> None:
    session = drawing.session
    session.set_view(mode=mode)
    action = QAction("Step", drawing.view)
    action.setShortcut(QKeySequence(Key.Key_Right))
    action.triggered.connect(lambda: session.step())
    drawing.view.addAction(action)
    drawing.key(Key.Key_Right)
    assert session.moment.shown == (1 if mode == "simulate" else 0)
    assert bool(session.selection.nodes) == (mode == "draw")


def test_the_keyboard_forgets_a_node_that_is_gone(drawing: Hand) -> None:
    drawing.session.select(nodes((1, 2)))
    drawing.session.edit("Fewer", network=drawing.session.moment.network.with_nodes_removed([(1, 2)]))
    drawing.key(Key.Key_Right)
    assert drawing.session.selection == nodes((0, 0))
