"""The window: commands on keys, panels, theme, what it remembers."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QComboBox, QDialog, QDockWidget, QLabel, QLineEdit, QPushButton, QTableView
from pytestqt.qtbot import QtBot

from bpsim.quantity import Quantity
from tests.helpers import shown_window, xor_session
from tests.ui.canvas.hands import Hand
from ui.actions import COMMANDS, MENUS
from ui.docks import BOTTOM, LEFT, RIGHT
from ui.main_window import MainWindow
from ui.panels.explanation_panel import ExplanationPanel
from ui.phase_strip import PhaseButton, Progress
from ui.plots.loss import LossPlot
from ui.session import Session
from ui.view_state import Selection
from ui.widgets.segments import Segments

Key, Modifier = Qt.Key, Qt.KeyboardModifier


@pytest.fixture
def window(qtbot: QtBot) -> MainWindow:
    return shown_window(qtbot, xor_session())


def action(window: MainWindow, name: str) -> QAction:
    found = window.findChild(QAction, name)
    assert isinstance(found, QAction), name
    return found


def shown_buttons(text: QLabel, qtbot: QtBot) -> dict[str, QPushButton]:
    """Return the buttons beside a notice by their texts, once they are there."""

    def shown() -> dict[str, QPushButton]:
        buttons = text.parentWidget().findChildren(QPushButton)
        return {button.text(): button for button in buttons if button.isVisible()}

    qtbot.waitUntil(lambda: bool(shown()))
    return shown()


def test_the_window_needs_a_session_only(qtbot: QtBot) -> None:
    window = MainWindow(Session())
    qtbot.addWidget(window)
    assert window.session.moment.network.sizes == (2, 3, 2)


def test_every_command_is_an_action_in_a_menu_and_every_key_belongs_to_one_command(
    window: MainWindow,
) -> None:
    entries = {entry for _, entries in MENUS for entry in entries}
    for command in COMMANDS:
        assert action(window, command.name).toolTip()
        assert command.name in entries
    keys = [key for command in COMMANDS for key in command.keys]
    assert len(keys) == len(set(keys))


def test_keys_step_by_every_size_and_back(window: MainWindow, qtbot: QtBot) -> None:
    session, canvas = window.session, window.canvas.surface
    qtbot.keyClick(canvas, Key.Key_Right)
    assert session.moment.position == (0, 0, "receive", 0, 0)
    qtbot.keyClick(canvas, Key.Key_Right, Modifier.ShiftModifier)
    assert session.moment.position == (0, 0, "receive", 0, 1)
    qtbot.keyClick(canvas, Key.Key_Right, Modifier.ControlModifier)
    assert session.moment.position == (0, 0, "update", None, None)
    qtbot.keyClick(canvas, Key.Key_End)
    assert session.moment.position == (0, 3, "update", None, None)
    qtbot.keyClick(canvas, Key.Key_Left)
    assert session.moment.position == (0, 3, "gradient", 1, 1)
    qtbot.keyClick(canvas, Key.Key_Left, Modifier.ShiftModifier)
    assert session.moment.position == (0, 3, "backward", 1, 1)
    qtbot.keyClick(canvas, Key.Key_Left, Modifier.ControlModifier)
    assert session.moment.position == (0, 2, "update", None, None)
    qtbot.keyClick(canvas, Key.Key_Home)
    assert session.moment.position == (0, 0, None, None, None)
    qtbot.keyClick(canvas, Key.Key_Left)
    assert session.moment.position == (0, 0, None, None, None)


def test_space_plays_and_pauses(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.keyClick(window.canvas.surface, Key.Key_Space)
    assert window.player.playing
    assert action(window, "play").isChecked()
    qtbot.keyClick(window.canvas.surface, Key.Key_Space)
    assert not window.player.playing
    assert not action(window, "play").isChecked()


def test_the_phase_strip_shows_where_we_are_and_jumps_on_click(window: MainWindow, qtbot: QtBot) -> None:
    buttons = {
        name: window.findChild(PhaseButton, f"phase_{name}") for name in ("receive", "forward", "gradient")
    }
    qtbot.mouseClick(buttons["forward"], Qt.MouseButton.LeftButton)
    assert window.session.moment.position == (0, 0, "forward", 2, 0)
    assert [button.progress for button in buttons.values()] == [Progress.DONE, Progress.NOW, Progress.TO_COME]
    assert buttons["forward"].accessibleName() == "Phase 2 Forward, now"


def test_a_table_and_a_field_keep_the_keys_that_they_need(window: MainWindow, qtbot: QtBot) -> None:
    table = window.findChild(QDockWidget, "data_dock").findChild(QTableView)
    table.setFocus()
    table.setCurrentIndex(table.model().index(0, 1))
    qtbot.keyClick(table, Key.Key_Right)
    assert table.currentIndex().column() == 2
    assert window.session.moment.shown == 0
    field = window.findChild(QDockWidget, "training_dock").findChild(QLineEdit)
    field.setFocus()
    qtbot.keyClick(field, Key.Key_Right)
    qtbot.keyClick(field, Key.Key_Home)
    assert window.session.moment.shown == 0


def test_undo_works_while_a_field_has_the_focus(window: MainWindow, qtbot: QtBot) -> None:
    session = window.session
    session.edit("Change η", settings=session.moment.settings.with_(learning_rate=0.9))
    field = window.findChild(QDockWidget, "training_dock").findChild(QLineEdit)
    field.setFocus()
    qtbot.keyClick(field, Key.Key_Z, Modifier.ControlModifier)
    assert session.moment.settings.learning_rate == 0.5


def test_undo_is_named_in_the_menu(window: MainWindow) -> None:
    assert not action(window, "undo").isEnabled()
    action(window, "add_layer").trigger()
    assert action(window, "undo").text() == "Undo Add layer"
    assert window.session.moment.network.sizes == (2, 2, 2, 1)
    action(window, "undo").trigger()
    assert window.session.moment.network.sizes == (2, 2, 1)
    assert action(window, "redo").text() == "Redo Add layer"


@pytest.mark.parametrize(
    ("trigger", "sizes"),
    [
        ((), (2, 3, 1)),
        (((1, 0),), (2, 3, 1)),
        (((0, 1),), (3, 2, 1)),
        (((2, 0),), (2, 2, 2)),
    ],
)
def test_add_node_adds_to_the_selected_nodes_layer(
    window: MainWindow, trigger: tuple[tuple[int, int], ...], sizes: tuple[int, ...]
) -> None:
    window.session.select(Selection(frozenset(trigger)))
    action(window, "add_node").trigger()
    assert window.session.moment.network.sizes == sizes


def test_a_misfit_is_said_in_a_sentence_with_two_cures(window: MainWindow, qtbot: QtBot) -> None:
    session = window.session
    session.edit("Add node", network=session.moment.network.with_node_added(0, 2))
    text = window.findChild(QLabel, "notice_text")
    assert text.isVisible()
    assert text.text() == "The network has 3 inputs, the data 2 inputs."
    cures = shown_buttons(text, qtbot)
    assert list(cures) == ["Fit the network to the data", "Fit the data to the network"]
    qtbot.mouseClick(cures["Fit the data to the network"], Qt.MouseButton.LeftButton)
    assert session.moment.misfit is None
    assert session.moment.dataset.inputs.shape == (4, 3)
    assert not text.isVisible()
    session.undo_stack.undo()
    assert text.isVisible()
    cures = shown_buttons(text, qtbot)
    qtbot.mouseClick(cures["Fit the network to the data"], Qt.MouseButton.LeftButton)
    assert session.moment.network.sizes == (2, 2, 1)


def test_theme_and_numbers_are_chosen_and_remembered(window: MainWindow, qtbot: QtBot) -> None:
    action(window, "theme_dark").trigger()
    action(window, "digits_5").trigger()
    action(window, "separator_,").trigger()
    assert window.appearance.theme.name == "dark"
    assert window.session.view.digits == 5
    again = MainWindow(xor_session())
    qtbot.addWidget(again)
    assert again.appearance.theme.name == "dark"
    assert (again.session.view.digits, again.session.view.decimal_separator) == (5, ",")
    action(again, "theme_light").trigger()


def test_window_layout_is_remembered_and_put_back(window: MainWindow, qtbot: QtBot) -> None:
    dock = window.findChild(QDockWidget, "data_dock")
    dock.hide()
    window.close()
    again = MainWindow(xor_session())
    qtbot.addWidget(again)
    assert again.findChild(QDockWidget, "data_dock").isHidden()
    action(again, "reset_layout").trigger()
    assert not again.findChild(QDockWidget, "data_dock").isHidden()


def test_the_loss_plot_appears_after_the_window_and_follows(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: window.findChild(LossPlot) is not None)
    plot = window.findChild(LossPlot)
    window.session.step("epoch")
    plot.instance_chosen.emit(1)
    assert window.session.moment.position == (0, 1, "update", None, None)


def test_size_and_speed_are_chosen_in_the_tool_bar(window: MainWindow, qtbot: QtBot) -> None:
    size = window.findChild(QComboBox, "step_size")
    size.setFocus()
    qtbot.keyClick(size, Key.Key_Down)
    assert window.session.view.step_size == "layer"
    assert action(window, "step_size_layer").isChecked()
    action(window, "speed_10").trigger()
    assert window.player.speed == 10
    assert action(window, "speed_10").isChecked()


def test_the_plot_says_why_there_is_nothing_in_it(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: window.findChild(LossPlot) is not None)
    plot = window.findChild(LossPlot)
    assert "press →" in plot.accessibleDescription()
    session = window.session
    session.edit("Add node", network=session.moment.network.with_node_added(0, 2))
    assert (
        plot.accessibleDescription() == "Nothing can be trained. The network has 3 inputs, the data 2 inputs."
    )
    session.undo_stack.undo()
    assert "press →" in plot.accessibleDescription()


def test_the_cures_of_a_misfit_stay_while_keys_are_pressed(window: MainWindow, qtbot: QtBot) -> None:
    session = window.session
    session.edit("Add node", network=session.moment.network.with_node_added(0, 2))
    text = window.findChild(QLabel, "notice_text")
    shown_buttons(text, qtbot)
    qtbot.keyClick(window.canvas.surface, Key.Key_Right)
    assert "Fit the data to the network" in shown_buttons(text, qtbot)


def test_when_nothing_had_the_keyboard_no_button_gets_it_after_a_dialog(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.canvas.surface.clearFocus()  # as after a field that the mouse has ended
    dialog = QDialog(window)
    dialog.open()
    qtbot.waitUntil(dialog.isActiveWindow)
    dialog.reject()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    assert window.focusWidget() is window
    qtbot.keyClick(window, Key.Key_Right)
    assert window.session.moment.shown == 1


def test_space_plays_after_the_mode_was_chosen_by_mouse(window: MainWindow, qtbot: QtBot) -> None:
    segments = window.findChild(Segments)
    for mode in ("draw", "simulate"):
        qtbot.mouseClick(segments.button(mode), Qt.MouseButton.LeftButton)
        assert window.session.view.mode == mode
    qtbot.keyClick(window.canvas.surface, Key.Key_Space)
    assert window.player.playing
    window.player.pause()


def test_deleting_a_whole_hidden_layer_removes_the_layer(window: MainWindow) -> None:
    window.session.select(Selection(frozenset({(1, 0), (1, 1)})))
    action(window, "delete").trigger()
    assert window.session.moment.network.sizes == (2, 1)
    assert action(window, "undo").text() == "Undo Delete layer"


def test_what_an_edit_drops_of_the_training_is_said(window: MainWindow) -> None:
    session = window.session
    session.step("epoch")
    session.back("instance")
    session.back("phase")
    session.edit("Change η", settings=session.moment.settings.with_(learning_rate=0.9))
    text = window.findChild(QLabel, "notice_text")
    assert text.text() == "What was trained after this step is dropped. Undo brings it back."
    session.undo_stack.undo()
    assert session.series is not None
    assert len(session.series.errors) == 4


@pytest.mark.parametrize(("width", "area"), [(1440, RIGHT), (1024, BOTTOM)])
def test_explanations_stand_at_the_right_or_behind_the_plot(
    window: MainWindow, width: int, area: Qt.DockWidgetArea
) -> None:
    window.resize(width, 900)
    action(window, "reset_layout").trigger()
    for name in ("why_this_value_dock", "chain_of_reactions_dock", "gradient_check_dock"):
        dock = window.findChild(QDockWidget, name)
        assert window.dockWidgetArea(dock) == area
        assert not dock.isHidden()
    assert window.dockWidgetArea(window.findChild(QDockWidget, "data_dock")) == LEFT


def test_a_click_on_a_node_asks_about_its_number(window: MainWindow, qtbot: QtBot) -> None:
    window.resize(1440, 900)
    action(window, "reset_layout").trigger()
    qtbot.wait(50)
    window.session.go_to_phase("backward")
    hand = Hand(window.canvas)
    hand.click(hand.node(1, 1))
    assert window.session.focus == Quantity("delta", 1, 1)
    qtbot.waitUntil(lambda: window.findChild(ExplanationPanel) is not None)
    panel = window.findChild(ExplanationPanel)
    qtbot.waitUntil(lambda: panel.title.text() == "δ of hidden node 2")
    hand.click(hand.free_place())
    assert window.session.focus is None


def test_in_a_small_window_the_drawing_has_more_room_than_the_plot(window: MainWindow, qtbot: QtBot) -> None:
    window.resize(1024, 700)
    action(window, "reset_layout").trigger()
    qtbot.waitUntil(lambda: window.canvas.height() > window.findChild(QDockWidget, "error_e_dock").height())
