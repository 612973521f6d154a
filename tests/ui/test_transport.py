import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QTableView, QToolButton
from pytestqt.qtbot import QtBot

from bpsim.steps import STEP_SIZES
from tests.helpers import press, shown_window, xor_session
from ui.main_window import MainWindow
from ui.transport import Transport

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def window(qtbot: QtBot) -> MainWindow:
    return shown_window(qtbot, xor_session())


def bar(window: MainWindow) -> Transport:
    found = window.findChild(Transport, "transport")
    assert found is not None
    return found


def button(window: MainWindow, name: str) -> QToolButton:
    """Return the button of a command."""
    buttons = bar(window).findChildren(QToolButton)
    return next(
        b for b in buttons if b.defaultAction() is not None and b.defaultAction().objectName() == name
    )


def size_box(window: MainWindow) -> QComboBox:
    found = bar(window).findChild(QComboBox, "step_size")
    assert found is not None
    return found


def test_the_buttons_step_by_the_chosen_size(window: MainWindow, qtbot: QtBot) -> None:
    session = window.session
    session.set_view(step_size="phase")
    qtbot.mouseClick(button(window, "step"), LEFT)
    qtbot.mouseClick(button(window, "step"), LEFT)
    assert session.moment.position.phase == "forward"
    qtbot.mouseClick(button(window, "back"), LEFT)
    assert session.moment.position.phase == "receive"
    qtbot.mouseClick(button(window, "end"), LEFT)
    qtbot.waitUntil(lambda: session.moment.instances_done >= 3)
    qtbot.mouseClick(button(window, "start"), LEFT)
    qtbot.waitUntil(lambda: (session.moment.instances_done, session.moment.shown) == (0, 0))


def test_the_step_size_is_chosen_with_the_keys_and_shown_wherever_it_was_chosen(window: MainWindow) -> None:
    box, session = size_box(window), window.session
    assert [box.itemData(place) for place in range(box.count())] == list(STEP_SIZES)
    session.set_view(step_size="node")
    assert box.currentData() == "node"
    box.setFocus()
    press(box, Qt.Key.Key_Down)
    assert session.view.step_size == box.currentData() == STEP_SIZES[STEP_SIZES.index("node") + 1]


def test_drawing_and_simulating_are_chosen_and_shown(window: MainWindow, qtbot: QtBot) -> None:
    session = window.session
    session.set_view(mode="draw")
    buttons = {
        b.text(): b for b in bar(window).findChildren(QAbstractButton) if b.text() in ("Draw", "Simulate")
    }
    assert buttons["Draw"].isChecked()
    qtbot.mouseClick(buttons["Simulate"], LEFT)
    assert session.view.mode == "simulate"
    assert buttons["Simulate"].isChecked()
    assert all(b.toolTip() for b in buttons.values())


def test_every_button_has_a_name_and_is_reached_with_tab(window: MainWindow) -> None:
    for name in ("start", "back", "step", "end", "play", "run"):
        found = button(window, name)
        assert found.accessibleName()
        assert "&" not in found.accessibleName()
        assert found.focusPolicy() == Qt.FocusPolicy.TabFocus
    assert button(window, "play").menu() is not None
    assert button(window, "run").menu() is not None


def test_after_a_click_the_arrows_step(window: MainWindow) -> None:
    session, table = window.session, window.findChild(QTableView)
    for name in ("phase_gradient", "phase_forward"):
        table.setFocus()
        button = window.findChild(QAbstractButton, name)
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        assert window.canvas.surface.hasFocus()
        shown = session.moment.shown
        press(window.canvas.surface, Qt.Key.Key_Right)
        assert session.moment.shown == shown + 1
        button.setFocus()
        press(button, Qt.Key.Key_Space)
        assert button.hasFocus()
        assert session.moment.shown == shown
