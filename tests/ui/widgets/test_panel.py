"""From a field back to the drawing, in the real window."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDockWidget
from pytestqt.qtbot import QtBot

from tests.helpers import xor_session
from ui.main_window import MainWindow
from ui.panels.training_panel import TrainingPanel

Key = Qt.Key


@pytest.fixture
def window(qtbot: QtBot) -> MainWindow:
    window = MainWindow(xor_session())
    qtbot.addWidget(window, before_close_func=lambda w: w.session.undo_stack.setClean())
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    return window


@pytest.mark.parametrize("floating", [False, True])
def test_after_enter_the_keys_step(window: MainWindow, qtbot: QtBot, floating: bool) -> None:
    dock = window.findChild(QDockWidget, "training_dock")
    dock.setFloating(floating)
    field = window.findChild(TrainingPanel).rate_field
    field.activateWindow()
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, "0.25")
    qtbot.keyClick(field, Key.Key_Return)
    assert window.session.moment.settings.learning_rate == 0.25
    qtbot.waitUntil(window.canvas.surface.hasFocus)
    qtbot.keyClick(window.focusWidget(), Key.Key_Right)
    assert window.session.moment.shown == 1


def test_tab_goes_on_to_the_next_field(window: MainWindow, qtbot: QtBot) -> None:
    panel = window.findChild(TrainingPanel)
    panel.rate_field.setFocus()
    panel.rate_field.selectAll()
    qtbot.keyClicks(panel.rate_field, "0.25")
    qtbot.keyClick(panel.rate_field, Key.Key_Tab)
    assert window.session.moment.settings.learning_rate == 0.25
    assert panel.rate_slider.hasFocus()
