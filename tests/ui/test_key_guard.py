import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLineEdit,
    QPushButton,
    QSlider,
    QTableWidget,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tests.helpers import press
from ui.key_guard import KeyGuard

Key = Qt.Key
KEYS = {"Left": Key.Key_Left, "Up": Key.Key_Up, "Home": Key.Key_Home, "Space": Key.Key_Space, "A": Key.Key_A}
OWN = {
    QTableWidget: {"Left", "Up", "Home", "Space"},
    QComboBox: {"Up", "Home", "Space"},
    QSlider: {"Left", "Up", "Home"},
    QPushButton: {"Space"},
    QLineEdit: {"Left", "Home", "Space", "A"},  # Qt keeps these
    QWidget: set(),
}


class Window:
    """A window in which every key of `KEYS` is a shortcut, with one widget in it."""

    def __init__(self, qtbot: QtBot, qapp: QApplication, widget: QWidget, guarded: bool = True) -> None:
        self.window, self.widget = QWidget(), widget
        self.taken: list[str] = []
        qtbot.addWidget(self.window)
        QVBoxLayout(self.window).addWidget(widget)
        for name in KEYS:
            action = QAction(self.window)
            action.setShortcut(name)
            action.triggered.connect(lambda _checked=False, name=name: self.taken.append(name))
            self.window.addAction(action)
        if guarded:
            KeyGuard(qapp, self.window)
        with qtbot.waitExposed(self.window):
            self.window.show()
        self.window.activateWindow()
        widget.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        widget.setFocus()
        qtbot.waitUntil(widget.hasFocus)


@pytest.mark.parametrize("kind", OWN, ids=lambda kind: kind.__name__)
def test_keys_that_a_widget_works_with_are_no_shortcuts_there(
    qtbot: QtBot, qapp: QApplication, kind: type[QWidget]
) -> None:
    shown = Window(qtbot, qapp, kind())
    for key in KEYS.values():
        press(shown.widget, key)
    assert set(KEYS) - set(shown.taken) == OWN[kind]


def test_the_guard_is_there_for_what_has_the_keyboard_already(qtbot: QtBot, qapp: QApplication) -> None:
    shown = Window(qtbot, qapp, QTableWidget(), guarded=False)
    press(shown.widget, Key.Key_Home)
    assert shown.taken == ["Home"]
    KeyGuard(qapp, shown.window)
    press(shown.widget, Key.Key_Home)
    assert shown.taken == ["Home"]


@pytest.mark.parametrize(
    ("modifier", "taken"),
    [(Qt.KeyboardModifier.ShiftModifier, []), (Qt.KeyboardModifier.ControlModifier, ["Ctrl+Home"])],
)
def test_with_ctrl_a_key_stays_a_shortcut(
    qtbot: QtBot, qapp: QApplication, modifier: Qt.KeyboardModifier, taken: list[str]
) -> None:
    shown = Window(qtbot, qapp, QTableWidget())
    for name in ("Shift+Home", "Ctrl+Home"):
        action = QAction(shown.window)
        action.setShortcut(name)
        action.triggered.connect(lambda _checked=False, name=name: shown.taken.append(name))
        shown.window.addAction(action)
    press(shown.widget, Key.Key_Home, modifier)
    assert shown.taken == taken


def test_what_is_in_a_table_is_guarded_like_the_table(qtbot: QtBot, qapp: QApplication) -> None:
    table = QTableWidget(1, 1)
    inside = QWidget()
    inside.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    table.setCellWidget(0, 0, inside)
    shown = Window(qtbot, qapp, table)
    inside.setFocus()
    qtbot.waitUntil(inside.hasFocus)
    press(inside, Key.Key_Home)
    assert shown.taken == []
