"""Docks: where they stand at first in a narrow, a usual and a wide window, and that none is empty."""

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QDockWidget, QTabBar
from pytestqt.qtbot import QtBot

from tests.helpers import xor_session
from ui.docks import BOTTOM, LEFT, RIGHT
from ui.main_window import MainWindow
from ui.view_state import Selection

AREAS = {
    "network": LEFT, "training": LEFT, "data": LEFT, "error_e": BOTTOM, "decision_boundary": BOTTOM,
    "by_layer": BOTTOM, "η_lens": BOTTOM, "runs": BOTTOM, "why_this_value": RIGHT,
    "chain_of_reactions": RIGHT, "gradient_check": RIGHT,
}  # fmt: skip


def window_of(qtbot: QtBot, width: int, height: int) -> MainWindow:
    window = MainWindow(xor_session())
    window.resize(width, height)
    qtbot.addWidget(window, before_close_func=lambda w: w.session.saved_as(None))
    with qtbot.waitExposed(window):
        window.show()
    return window


def docks(window: MainWindow) -> dict[str, QDockWidget]:
    return {dock.objectName().removesuffix("_dock"): dock for dock in window.findChildren(QDockWidget)}


def in_front(window: MainWindow) -> set[str]:
    return {name for name, dock in docks(window).items() if not dock.visibleRegion().isEmpty()}


SIDE = {"network", "training", "data"}


@pytest.mark.parametrize(
    ("width", "height", "front"),
    [
        (1024, 700, {"error_e", "why_this_value"}),
        (1440, 900, {"error_e", "decision_boundary", "why_this_value", "chain_of_reactions"}),
        (1920, 1000, {"error_e", "decision_boundary", "by_layer", "why_this_value", "chain_of_reactions"}),
    ],
)
def test_what_is_in_front(qtbot: QtBot, width: int, height: int, front: set[str]) -> None:
    window = window_of(qtbot, width, height)
    assert (window.width(), window.height()) == (width, height)
    qtbot.waitUntil(lambda: in_front(window) == SIDE | front)
    areas = {name: window.dockWidgetArea(dock) for name, dock in docks(window).items()}
    narrow = dict.fromkeys(("why_this_value", "chain_of_reactions", "gradient_check"), BOTTOM)
    assert areas == (AREAS | narrow if width < 1200 else AREAS)


def test_every_dock_has_something_in_it_once_it_is_in_front(qtbot: QtBot) -> None:
    window = window_of(qtbot, 1440, 900)
    for dock in docks(window).values():
        dock.raise_()
        qtbot.waitUntil(lambda dock=dock: bool(dock.widget().children()[1:]))


def test_no_tab_makes_a_small_window_wider(qtbot: QtBot) -> None:
    window = window_of(qtbot, 1024, 700)
    window.session.select(Selection(edges=frozenset({(0, 0, 0)})))
    window.session.step("epoch")
    for dock in docks(window).values():
        dock.raise_()
        qtbot.waitUntil(lambda dock=dock: bool(dock.widget().children()[1:]))
        QApplication.processEvents()
        assert (window.width(), window.height()) == (1024, 700)


def test_as_at_first_brings_back_what_was_closed_and_moved(qtbot: QtBot) -> None:
    window = window_of(qtbot, 1440, 900)
    docks(window)["error_e"].close()
    docks(window)["data"].setFloating(True)
    docks(window)["runs"].raise_()
    window.findChild(QAction, "reset_layout").trigger()
    front = {"error_e", "decision_boundary", "why_this_value", "chain_of_reactions"}
    qtbot.waitUntil(lambda: in_front(window) == SIDE | front)
    assert not docks(window)["data"].isFloating()
    bars = [bar for bar in window.findChildren(QTabBar) if bar.parent() is window and bar.isVisible()]
    assert len(bars) == 2  # behind the boundary, and behind the chain


def test_the_sides_recover_from_a_small_window(qtbot: QtBot) -> None:
    window = window_of(qtbot, 1440, 900)
    qtbot.waitUntil(lambda: docks(window)["why_this_value"].width() >= 350)
    before = {name: docks(window)[name].width() for name in ("network", "why_this_value")}
    window.resize(window.minimumSizeHint().width(), 700)
    qtbot.waitUntil(lambda: docks(window)["why_this_value"].width() < before["why_this_value"])
    window.resize(1440, 900)
    qtbot.waitUntil(lambda: {name: docks(window)[name].width() for name in before} == before)
