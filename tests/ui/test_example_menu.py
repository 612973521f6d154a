from pathlib import Path

import pytest
from PySide6.QtGui import QAction
from pytestqt.qtbot import QtBot

import bpsim
from bpsim.examples import EXAMPLES
from tests.helpers import shown_window, xor_project, xor_session
from ui.example_menu import ExampleMenu, RecentMenu
from ui.main_window import MainWindow


@pytest.fixture
def window(qtbot: QtBot) -> MainWindow:
    return shown_window(qtbot, xor_session())


def entries(menu: ExampleMenu | RecentMenu) -> dict[str, QAction]:
    return {action.text(): action for action in menu.actions()}


def test_every_example_stands_below_its_group_and_says_what_it_shows(window: MainWindow) -> None:
    menu = window.findChild(ExampleMenu)
    assert menu is not None
    assert menu.toolTipsVisible()
    groups = list(dict.fromkeys(example.group for example in EXAMPLES))
    assert [text for text, action in entries(menu).items() if not action.isEnabled()] == groups
    for example in EXAMPLES:
        action = entries(menu)[example.title]
        assert action.objectName() == f"example_{example.name}"
        assert example.description in action.toolTip()
        assert example.source in action.toolTip()
    order = [action.text() for action in menu.actions()]
    assert all(order.index(example.group) < order.index(example.title) for example in EXAMPLES)


def test_an_example_is_opened_to_be_simulated(window: MainWindow) -> None:
    window.session.set_view(mode="draw")
    menu = window.findChild(ExampleMenu)
    assert menu is not None
    example = EXAMPLES[-1]
    entries(menu)[example.title].trigger()
    assert window.session.project.title == bpsim.examples.load_example(example.name).title
    assert window.session.view.mode == "simulate"
    assert window.session.path is None


def test_recent_files_are_listed_whenever_the_menu_opens_and_opened(
    window: MainWindow, tmp_path: Path
) -> None:
    menu = window.findChild(RecentMenu)
    assert menu is not None
    menu.aboutToShow.emit()
    assert [action.isEnabled() for action in menu.actions()] == [False]
    paths = [str(tmp_path / name) for name in ("first.bpsim", "second.bpsim")]
    for path in paths:
        bpsim.save(xor_project(learning_rate=0.25), path)
        window.files.open_path(path)
    menu.aboutToShow.emit()
    assert list(entries(menu)) == ["second.bpsim", "first.bpsim"]
    assert entries(menu)["first.bpsim"].toolTip() == paths[0]
    entries(menu)["first.bpsim"].trigger()
    assert window.session.path == paths[0]
    assert window.session.moment.settings.learning_rate == 0.25
