"""A drawing in a real window, for the tests of the canvas."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.canvas.hands import Hand, lecture_session
from ui.appearance import Appearance
from ui.canvas.view import NetworkView
from ui.session import Session

Show = Callable[..., Hand]


@pytest.fixture
def show(qtbot: QtBot, qapp: QApplication) -> Show:
    """Show a session's network, and give a hand on it."""
    appearance = Appearance(qapp, "light")

    def show_session(session: Session, width: int = 790, height: int = 510) -> Hand:
        view = NetworkView(session, appearance)
        qtbot.addWidget(view)
        view.resize(width, height)
        with qtbot.waitActive(view):
            view.show()
            view.activateWindow()
        view.setFocus()
        qtbot.waitUntil(view.surface.hasFocus)
        return Hand(view)

    return show_session


@pytest.fixture
def drawing(show: Show) -> Hand:
    """A hand on the lecture's network in Draw mode."""
    return show(lecture_session("draw"))


@pytest.fixture
def simulation(show: Show) -> Hand:
    """A hand on the lecture's network in Simulate mode."""
    return show(lecture_session("simulate"))
