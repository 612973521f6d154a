"""The Network panel, with real keys and a real session."""

import time

import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from bpsim.network import Network
from bpsim.project import Project
from tests.helpers import xor_project
from tests.ui.tables import Show, texts, type_into
from ui.appearance import Appearance
from ui.panels.network_panel import NetworkPanel
from ui.session import Session
from ui.view_state import Selection

Key, Modifier = Qt.Key, Qt.KeyboardModifier


@pytest.fixture
def session(qapp: object) -> Session:
    return Session(xor_project())


@pytest.fixture
def panel(session: Session, appearance: Appearance, show: Show) -> NetworkPanel:
    panel = NetworkPanel(session, appearance)
    show(panel, session)
    return panel


def unfold(panel: NetworkPanel, qtbot: QtBot) -> None:
    qtbot.mouseClick(panel.weights.button, Qt.MouseButton.LeftButton)


def notices(session: Session) -> list[str]:
    heard: list[str] = []
    session.noticed.connect(lambda notice: heard.append(notice.text))
    return heard


# -- layers --------------------------------------------------------------------------------------------------


def test_shows_every_layer(panel: NetworkPanel) -> None:
    sizes = [row.size_field.value() for row in panel.rows]
    assert sizes == [2, 2, 1]
    assert not panel.rows[0].activation_field.isVisible()
    assert [row.activation_field.value for row in panel.rows[1:]] == ["sigmoid", "sigmoid"]
    assert [row.remove_button.isVisible() for row in panel.rows] == [False, True, False]


def test_arrow_keys_change_a_size_as_one_undo_step(
    panel: NetworkPanel, session: Session, qtbot: QtBot
) -> None:
    field = panel.rows[1].size_field
    field.setFocus()
    for _ in range(3):
        qtbot.keyClick(field, Key.Key_Up)
    assert session.moment.network.sizes == (2, 5, 1)
    assert session.undo_stack.count() == 1
    assert session.undo_stack.undoText() == "Change size of hidden layer"
    qtbot.keyClick(field, Key.Key_Z, Modifier.ControlModifier)
    assert session.moment.network.sizes == (2, 2, 1)
    assert field.value() == 2


def test_a_typed_size_is_taken_by_enter(panel: NetworkPanel, session: Session, qtbot: QtBot) -> None:
    field = panel.rows[1].size_field
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, "12")
    assert session.moment.network.sizes == (2, 2, 1)
    qtbot.keyClick(field, Key.Key_Return)
    assert session.moment.network.sizes == (2, 12, 1)


def test_undo_and_redo_with_the_focus_inside_a_size(
    panel: NetworkPanel, session: Session, qtbot: QtBot
) -> None:
    session.edit("Set weight", network=session.moment.network.with_weight(0, 0, 0, 0.25))
    field = panel.rows[2].size_field
    field.setFocus()
    qtbot.keyClicks(field, "7")
    assert panel.window().focusWidget() is field
    qtbot.keyClick(field, Key.Key_Z, Modifier.ControlModifier)
    assert (field.text(), session.undo_stack.index()) == ("1", 1)  # what was typed is taken back first
    qtbot.keyClick(field, Key.Key_Z, Modifier.ControlModifier)
    assert session.undo_stack.index() == 0
    qtbot.keyClick(field, Key.Key_Y, Modifier.ControlModifier)
    assert session.undo_stack.index() == 1


def test_other_input_size_is_allowed_and_the_session_says_what_does_not_fit(
    panel: NetworkPanel, session: Session, qtbot: QtBot
) -> None:
    panel.rows[0].size_field.setFocus()
    qtbot.keyClick(panel.rows[0].size_field, Key.Key_Up)
    assert session.moment.network.sizes == (3, 2, 1)
    assert session.moment.misfit is not None


def test_layers_are_added_and_removed(panel: NetworkPanel, session: Session, qtbot: QtBot) -> None:
    qtbot.mouseClick(panel.add_button, Qt.MouseButton.LeftButton)
    assert len(session.moment.network.sizes) == 4
    assert len(panel.rows) == 4
    qtbot.mouseClick(panel.rows[1].remove_button, Qt.MouseButton.LeftButton)
    assert len(session.moment.network.sizes) == 3
    assert len(panel.rows) == 3
    session.undo_stack.undo()
    session.undo_stack.undo()
    assert session.moment.network == xor_project().network
    assert [row.size_field.value() for row in panel.rows] == [2, 2, 1]


def test_tab_goes_through_the_rows_in_order(panel: NetworkPanel, qtbot: QtBot) -> None:
    qtbot.mouseClick(panel.add_button, Qt.MouseButton.LeftButton)
    rows = panel.rows
    qtbot.waitUntil(rows[3].isVisible)
    order: list[QWidget] = [rows[0].size_field]
    for row in rows[1:3]:
        order += [row.size_field, row.activation_field, row.remove_button]
    order += [rows[3].size_field, rows[3].activation_field, panel.add_button, panel.all_field]
    order[0].setFocus()
    window = panel.window()
    passed = []
    for _ in order:
        passed.append(window.focusWidget())
        qtbot.keyClick(window.focusWidget(), Key.Key_Tab)
    assert passed == order


# -- activations ---------------------------------------------------------------------------------------------


def test_an_activation_is_chosen_by_key(panel: NetworkPanel, session: Session, qtbot: QtBot) -> None:
    field = panel.rows[1].activation_field
    field.setFocus()
    qtbot.keyClick(field, Key.Key_Down)
    assert session.moment.network.activations == ("tanh", "sigmoid")
    assert session.undo_stack.undoText() == "Change activation of hidden layer"
    session.undo_stack.undo()
    assert field.value == "sigmoid"


def refusals(panel: NetworkPanel, layer: int) -> dict[str, str]:
    field = panel.rows[layer].activation_field
    return {
        field.itemData(row): field.itemData(row, Qt.ItemDataRole.ToolTipRole)
        for row in range(field.count())
        if not field.model().flags(field.model().index(row, 0)) & Qt.ItemFlag.ItemIsEnabled
    }


def test_what_cannot_be_chosen_is_greyed_and_says_why(panel: NetworkPanel, session: Session) -> None:
    assert set(refusals(panel, 1)) == {"softmax", "step"}
    assert "output layer only" in refusals(panel, 1)["softmax"]
    assert set(refusals(panel, 2)) == {"step"}
    session.edit("Change error", network=session.moment.network.with_loss("cross_entropy"))
    assert "tanh" in refusals(panel, 2)
    assert set(refusals(panel, 1)) == {"softmax", "step"}
    session.edit("Perceptron", network=Network.dense([2, 1]))
    assert "step" not in refusals(panel, 1)


def test_all_layers_at_once(panel: NetworkPanel, session: Session, qtbot: QtBot) -> None:
    panel.all_field.setFocus()
    qtbot.keyClicks(panel.all_field, "tanh")
    assert session.moment.network.activations == ("tanh", "tanh")
    assert panel.all_field.currentIndex() == -1
    assert [row.activation_field.value for row in panel.rows[1:]] == ["tanh", "tanh"]


# -- weights -------------------------------------------------------------------------------------------------


def test_weights_and_biases_are_typed_into_the_table(
    panel: NetworkPanel, session: Session, qtbot: QtBot
) -> None:
    unfold(panel, qtbot)
    table = panel.weights.table
    type_into(table, 1, 2, "0,123456")
    assert session.moment.network.weights[0][1, 1] == 0.123456
    assert session.undo_stack.undoText() == "Change weight"
    type_into(table, 0, 0, "-2")
    assert session.moment.network.biases[0][0] == -2
    assert texts(table, 0)[0] == "−2"
    qtbot.keyClick(table, Key.Key_Z, Modifier.ControlModifier)
    qtbot.keyClick(table, Key.Key_Z, Modifier.ControlModifier)
    assert session.moment.network == xor_project().network


def test_text_that_is_no_number_is_said_and_the_weight_stays(
    panel: NetworkPanel, session: Session, qtbot: QtBot
) -> None:
    unfold(panel, qtbot)
    heard = notices(session)
    type_into(panel.weights.table, 0, 1, "abc")
    assert heard == ["The weight from input 1 to hidden node 1 stays as it is: 'abc' is not a number."]
    assert session.undo_stack.count() == 0


def test_space_disconnects_and_connects_and_typing_connects(
    panel: NetworkPanel, session: Session, qtbot: QtBot
) -> None:
    unfold(panel, qtbot)
    table = panel.weights.table
    table.setFocus()
    table.setCurrentIndex(table.model().index(0, 1))
    qtbot.keyClick(table, Key.Key_Space)
    assert not session.moment.network.masks[0][0, 0]
    assert texts(table, 0)[1] == "·"
    qtbot.keyClick(table, Key.Key_Space)
    assert session.moment.network.masks[0][0, 0]
    qtbot.keyClick(table, Key.Key_Space)
    type_into(table, 0, 1, "0.75")
    assert session.moment.network.masks[0][0, 0]
    assert session.moment.network.weights[0][0, 0] == 0.75


def test_delete_disconnects_all_selected_cells_at_once(
    panel: NetworkPanel, session: Session, qtbot: QtBot
) -> None:
    unfold(panel, qtbot)
    table = panel.weights.table
    table.setFocus()
    table.selectAll()
    qtbot.keyClick(table, Key.Key_Delete)
    assert not session.moment.network.masks[0].any()
    assert session.undo_stack.count() == 1


def test_a_cell_selects_its_weight_and_the_line_edits_it(
    panel: NetworkPanel, session: Session, qtbot: QtBot
) -> None:
    unfold(panel, qtbot)
    table = panel.weights.table
    table.setFocus()
    table.setCurrentIndex(table.model().index(1, 2))
    assert session.selection == Selection(edges=frozenset({(0, 1, 1)}))
    field = panel.selected_number.field
    assert panel.selected_number.isVisible()
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, "0.3")
    qtbot.keyClick(field, Key.Key_Return)
    assert session.moment.network.weights[0][1, 1] == 0.3
    qtbot.keyClick(field, Key.Key_Z, Modifier.ControlModifier)
    assert session.moment.network == xor_project().network


@pytest.mark.parametrize(
    ("node", "name"), [((1, 0), "bias θ₀ of hidden node 1"), ((0, 1), "input 2 of instance 1")]
)
def test_the_line_shows_the_one_selected_node(
    panel: NetworkPanel, session: Session, qtbot: QtBot, node: tuple[int, int], name: str
) -> None:
    session.select(Selection(nodes=frozenset({node})))
    field = panel.selected_number.field
    assert field.accessibleName() == name
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, "0.5")
    qtbot.keyClick(field, Key.Key_Return)
    moment = session.moment
    assert (moment.network.biases[0][0] if node[0] else moment.dataset.inputs[0, 1]) == 0.5
    session.select(Selection(nodes=frozenset({(1, 0), (1, 1)})))
    assert not panel.selected_number.isVisible()


def test_the_table_shows_the_weights_at_the_cursor(
    panel: NetworkPanel, session: Session, qtbot: QtBot
) -> None:
    unfold(panel, qtbot)
    before = texts(panel.weights.table, 0)
    session.step("instance")
    assert texts(panel.weights.table, 0) != before
    session.go_to(0, 0)
    assert texts(panel.weights.table, 0) == before


def test_the_other_pair_of_layers_is_chosen(panel: NetworkPanel, session: Session, qtbot: QtBot) -> None:
    unfold(panel, qtbot)
    panel.weights.pair_field.setFocus()
    qtbot.keyClick(panel.weights.pair_field, Key.Key_Down)
    model = panel.weights.table.model()
    assert (model.rowCount(), model.columnCount()) == (1, 3)
    session.edit("Perceptron", network=Network.dense([2, 1]))
    assert panel.weights.pair_field.count() == 1
    assert (model.rowCount(), model.columnCount()) == (1, 3)


def test_weights_that_unfold_come_into_sight(panel: NetworkPanel, session: Session, qtbot: QtBot) -> None:
    panel.window().resize(268, 240)
    qtbot.waitUntil(lambda: panel.height() <= 240)
    unfold(panel, qtbot)
    table = panel.weights.table

    def in_sight() -> bool:
        top = table.mapTo(panel.viewport(), QPoint(0, 0)).y()
        return 0 < top < panel.viewport().height() - 60

    qtbot.waitUntil(in_sight)


def test_the_panel_asks_for_the_height_of_its_layers(panel: NetworkPanel, session: Session) -> None:
    before = panel.minimumSizeHint().height()
    session.edit("Deeper", network=Network.dense([2, 2, 2, 1]))
    assert panel.minimumSizeHint().height() > before
    session.edit("Deep", network=Network.dense([2] * 20))
    assert panel.minimumSizeHint().height() < 300


def test_a_size_of_four_digits_is_seen_whole(panel: NetworkPanel, session: Session) -> None:
    edit = panel.rows[1].size_field.lineEdit()
    margins = edit.textMargins()
    room = edit.width() - margins.left() - margins.right() - 2  # Qt's own margin and the cursor
    assert edit.fontMetrics().horizontalAdvance("1000") <= room


# -- being told ----------------------------------------------------------------------------------------------


def test_showing_another_network_is_no_edit(panel: NetworkPanel, session: Session) -> None:
    session.open(Project(Network.dense([2, 4, 3, 1], "tanh"), session.moment.dataset))
    assert [row.size_field.value() for row in panel.rows] == [2, 4, 3, 1]
    assert session.undo_stack.count() == 0


def test_numbers_follow_the_decimal_sign(panel: NetworkPanel, session: Session, qtbot: QtBot) -> None:
    session.edit("Set weight", network=session.moment.network.with_weight(0, 0, 0, 0.25))
    unfold(panel, qtbot)
    session.set_view(decimal_separator=",")
    assert texts(panel.weights.table, 0)[1] == "0,25"


def test_nothing_is_cut_off_at_240(panel: NetworkPanel, session: Session, qtbot: QtBot) -> None:
    unfold(panel, qtbot)
    session.select(Selection(edges=frozenset({(0, 1, 1)})))
    panel.window().resize(240, 300)
    qtbot.waitUntil(lambda: panel.viewport().width() <= 240)
    body = panel.widget()
    assert body is not None
    assert body.minimumSizeHint().width() <= panel.viewport().width()
    assert panel.horizontalScrollBar().maximum() == 0


def test_a_large_network_is_shown_quickly(panel: NetworkPanel, session: Session, qtbot: QtBot) -> None:
    unfold(panel, qtbot)
    network = Network.dense([64, 128, 64, 10])
    began = time.perf_counter()
    session.edit("Large", network=network)
    qtbot.keyClick(panel.weights.pair_field, Key.Key_Down)
    panel.grab()
    assert time.perf_counter() - began < 0.5
    assert panel.weights.table.model().rowCount(QModelIndex()) == 64


def test_the_selected_bias_and_the_table_are_named_as_the_notation_does(
    panel: NetworkPanel, session: Session
) -> None:
    session.select(Selection(nodes=frozenset({(1, 0)})))
    session.set_view(notation="nielsen")
    assert panel.selected_number.field.accessibleName() == "bias b of hidden node 1"
    assert panel.weights.model.name(0, 0) == "bias b of hidden node 1"
