"""Badges on nodes that learn nothing."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, QRect
from PySide6.QtGui import QAction, QHelpEvent, QImage
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from bpsim.datasets import Dataset
from bpsim.network import Network
from bpsim.project import Project
from tests.helpers import XOR_INPUTS, XOR_TARGETS
from tests.ui.canvas.conftest import Show
from tests.ui.canvas.hands import Hand
from ui.canvas.marks import MarksItem, badge
from ui.main_window import MainWindow
from ui.session import Session
from ui.theme import load_theme

TWINS = Network.dense((2, 3, 1), initializer="zeros")
USUAL = Network.dense((2, 3, 1), seed=1)
DEAD = Network.dense((2, 3, 1), ["relu", "sigmoid"], seed=1).with_bias(0, 1, -9.0)


def session_on(network: Network) -> Session:
    return Session(Project(network, Dataset(XOR_INPUTS, XOR_TARGETS)))


def marks_of(hand: Hand) -> MarksItem:
    return hand.surface._scene.marks


def marked(hand: Hand) -> list[tuple[int, int]]:
    return sorted(marks_of(hand).marked)


def tip_at(hand: Hand, point: QPointF) -> str:
    at = hand.surface.mapFromScene(point)
    across = hand.surface.viewport().mapToGlobal(at)
    QApplication.sendEvent(hand.surface.viewport(), QHelpEvent(QHelpEvent.Type.ToolTip, at, across))
    text = QToolTip.text()
    QToolTip.hideText()
    return text


@pytest.mark.parametrize(("network", "nodes"), [(TWINS, [(1, 0), (1, 1), (1, 2)]), (DEAD, [(1, 1)])])
def test_marked_nodes_have_a_badge_soon(
    show: Show, qtbot: QtBot, network: Network, nodes: list[tuple[int, int]]
) -> None:
    hand = show(session_on(network))
    qtbot.waitUntil(lambda: marked(hand) == nodes)
    image, warning = QImage(hand.surface.viewport().grab().toImage()), load_theme("light").color("warning")
    for node in nodes:
        center, radius = badge(hand.surface.picture, node)
        around = QPoint(round(radius), round(radius))
        middle = hand.surface.mapFromScene(center)
        box = image.copy(QRect(middle - around, middle + around))
        assert any(box.pixelColor(x, y) == warning for x in range(box.width()) for y in range(box.height()))


def test_a_usual_network_has_none(show: Show, qtbot: QtBot) -> None:
    hand = show(session_on(USUAL))
    qtbot.wait(150)
    assert marked(hand) == []


def test_the_tool_tip_says_why(show: Show, qtbot: QtBot) -> None:
    hand = show(session_on(DEAD))
    qtbot.waitUntil(lambda: marked(hand) == [(1, 1)])
    picture = hand.surface.picture
    center, radius = badge(picture, (1, 1))
    node = QPointF(*picture.layout.place(1, 1))
    for place in (node, center + QPointF(radius, -radius) * 0.6):
        assert "Dead: z ≤ 0 for each of the 4 instances" in tip_at(hand, place)
    assert tip_at(hand, node).startswith("Hidden node 2\n")
    assert "Dead" not in tip_at(hand, QPointF(*picture.layout.place(1, 0)))


def test_a_screen_reader_is_told_why(show: Show, qtbot: QtBot) -> None:
    hand = show(session_on(DEAD))
    qtbot.waitUntil(lambda: marked(hand) == [(1, 1)])
    hand.click(hand.node(1, 1))
    assert "Dead: z ≤ 0 for each of the 4 instances" in hand.surface.accessibleDescription()
    hand.click(hand.node(1, 0))
    assert "Dead" not in hand.surface.accessibleDescription()


def test_a_badge_is_beside_the_number(show: Show, qtbot: QtBot) -> None:
    hand = show(session_on(DEAD))
    qtbot.waitUntil(lambda: marked(hand) == [(1, 1)])
    layout = hand.surface.picture.layout
    x, y = layout.place(1, 1)
    center, radius = badge(hand.surface.picture, (1, 1))
    assert center.x() - radius > x + 0.3 * layout.radii[1]
    assert center.y() + radius < y - 0.3 * layout.radii[1]


def test_an_edit_that_helps_takes_it_away_and_undo_brings_it_back(show: Show, qtbot: QtBot) -> None:
    hand = show(session_on(DEAD))
    qtbot.waitUntil(lambda: marked(hand) == [(1, 1)])
    hand.session.edit("Change bias", network=DEAD.with_bias(0, 1, 2.0))
    qtbot.waitUntil(lambda: marked(hand) == [])
    hand.session.undo_stack.undo()
    qtbot.waitUntil(lambda: marked(hand) == [(1, 1)])


def test_other_nodes_have_no_old_badge(show: Show, qtbot: QtBot) -> None:
    hand = show(session_on(DEAD))
    qtbot.waitUntil(lambda: marked(hand) == [(1, 1)])
    hand.session.edit("Delete node", network=DEAD.with_nodes_removed([(1, 1)]))
    assert marked(hand) == []
    hand.view.grab()


def test_they_can_be_switched_off(show: Show, qtbot: QtBot) -> None:
    hand = show(session_on(TWINS))
    qtbot.waitUntil(lambda: len(marked(hand)) == 3)
    hand.session.set_view(show_marks=False)
    qtbot.waitUntil(lambda: marked(hand) == [])
    hand.session.set_view(show_marks=True)
    qtbot.waitUntil(lambda: len(marked(hand)) == 3)


def test_data_that_do_not_fit_take_them_away(show: Show, qtbot: QtBot) -> None:
    hand = show(session_on(TWINS))
    qtbot.waitUntil(lambda: len(marked(hand)) == 3)
    hand.session.edit("Change data", dataset=Dataset(np.zeros((2, 5)), np.zeros((2, 1))))
    qtbot.waitUntil(lambda: marked(hand) == [])


def test_nodes_too_small_for_numbers_are_marked_inside(show: Show, qtbot: QtBot) -> None:
    hand = show(session_on(Network.dense((2, 24, 1), initializer="zeros")), height=400)
    qtbot.waitUntil(lambda: len(marked(hand)) == 24)
    picture = hand.surface.picture
    assert not picture.layout.has_numbers(1)
    center, radius = badge(picture, (1, 3))
    assert (center.x(), center.y()) == picture.layout.place(1, 3)
    assert 0 < radius < picture.layout.radii[1]


@pytest.mark.parametrize("count", [60, 100, 150])
def test_smaller_nodes_have_a_smaller_badge_as_long_as_it_is_seen(
    show: Show, qtbot: QtBot, count: int
) -> None:
    hand = show(session_on(Network.dense((2, count, 1), initializer="zeros")), height=500)
    qtbot.waitUntil(lambda: len(marked(hand)) == count)
    center, radius = badge(hand.surface.picture, (1, 7))
    image, warning = hand.surface.viewport().grab().toImage(), load_theme("light").color("warning")
    at = hand.surface.mapFromScene(center)
    near = [image.pixelColor(at.x() + dx, at.y() + dy) for dx in range(-3, 4) for dy in range(-3, 4)]
    assert any(abs(color.hue() - warning.hue()) < 12 and color.saturation() > 80 for color in near) == (
        radius > 0
    )


def test_a_thousand_dots_can_be_marked(show: Show, qtbot: QtBot) -> None:
    hand = show(session_on(Network.dense((2, 1000, 1), initializer="zeros")))
    qtbot.waitUntil(lambda: len(marked(hand)) == 1000)
    assert marks_of(hand).node_at(0.0, 0.0) is None
    hand.view.grab()


def test_the_view_menu_switches_them(qtbot: QtBot) -> None:
    window = MainWindow(session_on(TWINS))
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    marks = window.canvas.surface._scene.marks
    qtbot.waitUntil(lambda: len(marks.marked) == 3)
    action = window.findChild(QAction, "show_marks")
    assert action.isChecked()
    action.trigger()
    qtbot.waitUntil(lambda: not marks.marked)
    assert not action.isChecked()
    action.trigger()
    qtbot.waitUntil(lambda: len(marks.marked) == 3)
