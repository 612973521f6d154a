import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget
from pytestqt.qtbot import QtBot

from ui.actions import COMMANDS, MENUS, SEPARATOR, fill_menu, fill_menu_bar, make_actions, tip_with_keys


class Made:
    """The actions of a window, and which of them were called."""

    def __init__(self, parent: QWidget) -> None:
        self.called: list[str] = []
        handlers = {c.name: (lambda name=c.name: self.called.append(name)) for c in COMMANDS}
        self.actions = make_actions(parent, handlers)


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    parent = QWidget()
    qtbot.addWidget(parent)
    return parent


def test_each_command_becomes_an_action_that_calls_its_handler(parent: QWidget) -> None:
    made = Made(parent)
    for command in COMMANDS:
        action = made.actions[command.name]
        assert (action.objectName(), action.text()) == (command.name, command.text)
        assert [key.toString() for key in action.shortcuts()] == list(command.keys)
        assert action.isCheckable() == command.checkable
        assert action.icon().isNull() == (command.icon is None)
        assert action.toolTip().startswith(command.tip)
        action.trigger()
    assert made.called == [command.name for command in COMMANDS]


def test_no_two_commands_have_a_name_or_keys_in_common() -> None:
    names = [command.name for command in COMMANDS]
    keys = [key for command in COMMANDS for key in command.keys]
    assert len(set(names)) == len(names)
    assert len(set(keys)) == len(keys)


def test_a_tip_names_the_keys_as_they_are_written_on_them(parent: QWidget) -> None:
    action = QAction("Step", parent)
    assert tip_with_keys("Go on", action) == "Go on"
    action.setShortcut("Right")
    assert tip_with_keys("Go on", action) == "Go on  (→)"
    action.setShortcut("Ctrl+L")
    assert tip_with_keys("Go on", action) == "Go on  (Ctrl+L)"


def test_a_menu_is_filled_with_actions_lines_and_menus(parent: QWidget) -> None:
    actions = {name: QAction(name, parent) for name in ("open", "quit")}
    menu, inner = QMenu("File", parent), QMenu("Recent", parent)
    fill_menu(menu, ("open", SEPARATOR, ">recent", "quit"), actions, {"recent": inner})
    shown = menu.actions()
    assert [shown[0], shown[3]] == [actions["open"], actions["quit"]]
    assert shown[1].isSeparator()
    assert shown[2].menu() is inner


def test_the_menu_bar_has_the_menus_and_every_mnemonic_of_it_once(parent: QWidget) -> None:
    bar = QMenuBar(parent)
    entries = [entry for _title, entries in MENUS for entry in entries if entry != SEPARATOR]
    actions = Made(parent).actions | {name: QAction(name, parent) for name in ("undo", "redo")}
    submenus = {entry[1:]: QMenu(entry[1:], parent) for entry in entries if entry.startswith(">")}
    fill_menu_bar(bar, actions, submenus)
    titles = [action.text() for action in bar.actions()]
    assert titles == [title for title, _entries in MENUS]
    letters = [title[title.index("&") + 1].lower() for title in titles]
    assert len(set(letters)) == len(letters)
    assert {*entries} >= {command.name for command in COMMANDS}
