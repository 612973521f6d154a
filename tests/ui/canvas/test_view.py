"""The widget of the window: both themes, every phase, network and data that do not fit."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from tests.ui.canvas.conftest import Show
from tests.ui.canvas.hands import lecture_session, nodes
from ui.appearance import Appearance
from ui.canvas.view import NetworkView


def colors(image: QImage) -> set[str]:
    return {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}


def test_the_theme_changes_live(qtbot: QtBot, qapp: QApplication) -> None:
    appearance = Appearance(qapp, "light")
    view = NetworkView(lecture_session(), appearance)
    qtbot.addWidget(view)
    view.resize(400, 300)
    light = colors(view.grab().toImage())
    appearance.choose("dark")
    dark = colors(view.grab().toImage())
    appearance.choose("light")
    assert "#ffffff" in light
    assert "#14161b" in dark
    assert "#ffffff" not in dark
    assert colors(view.grab().toImage()) == light


def test_a_node_has_the_colour_of_its_delta(show: Show) -> None:
    hand = show(lecture_session())
    hand.session.go_to_phase("backward")
    reading, theme = hand.surface.picture.reading, hand.surface.picture.theme
    image = hand.surface.grab().toImage()
    for node in ((1, 0), (2, 0), (2, 1)):
        x, y = hand.node(*node)
        delta = reading.delta(*node)
        assert delta is not None
        expected = theme.delta_color(delta, reading.delta_limit)
        below = QColor(image.pixel(round(x), round(y + hand.surface.picture.layout.radii[node[0]] - 6)))
        assert below.name() == expected.name()


@pytest.mark.parametrize("mode", ["draw", "simulate"])
def test_network_and_data_that_do_not_fit_are_drawn_without_numbers(show: Show, mode: str) -> None:
    session = lecture_session(mode)
    session.edit("Add node", network=session.moment.network.with_node_added(0, 2))
    hand = show(session)
    hand.session.select(nodes((1, 0)))
    assert not hand.view.grab().isNull()
    assert hand.view.caption.sentence.text() == session.moment.misfit
    assert hand.surface.picture.reading.number(0, 0) == "–"


def test_a_step_back_takes_the_numbers_away_again(show: Show) -> None:
    hand = show(lecture_session())
    before = hand.view.grab().toImage()
    hand.session.step()
    hand.surface.stop_movement()
    assert hand.view.grab().toImage() != before
    hand.session.back()
    assert hand.view.grab().toImage() == before


@pytest.mark.parametrize("part", ["caption", "signs", "sentence"])
def test_a_click_on_the_caption_gives_the_drawing_the_keys(qtbot: QtBot, show: Show, part: str) -> None:
    view = show(lecture_session("draw")).view
    elsewhere = QLineEdit(view)
    elsewhere.show()
    elsewhere.setFocus()
    clicked = view.caption if part == "caption" else getattr(view.caption, part)
    QTest.mouseClick(clicked, Qt.MouseButton.LeftButton)
    assert view.surface.hasFocus()
