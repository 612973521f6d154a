import pytest
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.tables import Show
from ui.appearance import Appearance
from ui.key_guard import KeyGuard
from ui.session import Session


@pytest.fixture(scope="session")
def appearance(qapp: QApplication) -> Appearance:
    return Appearance(qapp, "light")


@pytest.fixture
def show(qtbot: QtBot, qapp: QApplication) -> Show:
    """Return a function that shows a panel 268 px wide in a window with undo and redo on their keys."""
    windows = []

    def shown(panel: QWidget, session: Session) -> QWidget:
        window = QMainWindow()
        windows.append(window)  # qtbot alone does not keep it
        qtbot.addWidget(window)
        for make, keys in (
            (session.undo_stack.createUndoAction, "Ctrl+Z"),
            (session.undo_stack.createRedoAction, "Ctrl+Y"),
        ):
            action = make(window)
            action.setShortcut(keys)
            window.addAction(action)
        KeyGuard(qapp, window)
        window.setCentralWidget(panel)
        window.resize(268, 640)
        with qtbot.waitExposed(window):
            window.show()
        window.activateWindow()
        return window

    return shown
