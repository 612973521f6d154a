import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.helpers import press
from ui.choices import ChoiceMenu


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    parent = QWidget()
    qtbot.addWidget(parent)
    return parent


def test_the_entry_that_holds_is_marked_and_another_one_is_chosen_with_the_keys(
    parent: QWidget, qtbot: QtBot
) -> None:
    chosen: list[object] = []
    entries = (("&Slow", 1), ("&Fast", 25))
    menu = ChoiceMenu("Speed", "speed", entries, chosen.append, parent)
    menu.show_choice(25)
    slow, fast = menu.actions()
    assert (slow.isChecked(), fast.isChecked()) == (False, True)
    assert [action.objectName() for action in (slow, fast)] == ["speed_1", "speed_25"]
    assert chosen == []
    with qtbot.waitExposed(menu):
        menu.popup(parent.mapToGlobal(parent.rect().center()))
    press(menu, Qt.Key.Key_Down)
    press(menu, Qt.Key.Key_Return)
    assert chosen == [1]
    assert (slow.isChecked(), fast.isChecked()) == (True, False)


def test_a_value_that_is_not_in_the_menu_leaves_it_as_it_is(parent: QWidget) -> None:
    menu = ChoiceMenu("Speed", "speed", (("Slow", 1), ("Fast", 25)), lambda _value: None, parent)
    menu.show_choice(1)
    menu.show_choice(7)
    assert [action.isChecked() for action in menu.actions()] == [True, False]
