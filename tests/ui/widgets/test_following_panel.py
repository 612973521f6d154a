import time

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from bpsim.quantity import Quantity
from tests.helpers import xor_session
from tests.ui.widgets.tabs import behind_a_tab
from ui.session import Session
from ui.widgets.following_panel import FRAME_SECONDS, RUNNING, FollowingPanel
from ui.widgets.refresher import is_in_sight


class Follower(FollowingPanel):
    """Shows how many steps are shown, and counts how often it was refreshed."""

    def __init__(self, session: Session, seconds: float = 0.0) -> None:
        super().__init__(session)
        self.label = QLabel()
        self.count = 0
        self._takes = seconds
        self.content.addWidget(self.label)
        session.moment_changed.connect(self.follow)

    def refresh(self) -> None:
        time.sleep(self._takes)
        self.count += 1
        self.label.setText(str(self._session.moment.shown))


@pytest.fixture
def session(qapp: object) -> Session:
    return xor_session()


def shown(session: Session, qtbot: QtBot, seconds: float = 0.0) -> Follower:
    panel = Follower(session, seconds)
    qtbot.addWidget(panel)
    with qtbot.waitExposed(panel):
        panel.show()
    qtbot.waitUntil(lambda: panel.count == 1 and not panel.waiting)
    return panel


def test_several_quick_steps_are_one_refresh(session: Session, qtbot: QtBot):
    panel = shown(session, qtbot)
    for _ in range(3):
        session.step("node")
    assert panel.count == 1
    assert panel.waiting
    qtbot.waitUntil(lambda: not panel.waiting)
    assert panel.count == 2
    assert panel.label.text() == "3"
    assert not panel.is_veiled


def test_a_veil_covers_what_is_out_of_date_for_longer_than_a_frame(session: Session, qtbot: QtBot):
    panel = shown(session, qtbot, 2 * FRAME_SECONDS)
    session.step("node")
    assert panel.is_veiled
    qtbot.waitUntil(lambda: not panel.waiting)
    assert not panel.is_veiled
    assert panel.label.text() == "1"


def test_a_hidden_panel_computes_nothing_until_it_is_shown(session: Session, qtbot: QtBot):
    panel = shown(session, qtbot)
    panel.hide()
    session.step("node")
    qtbot.wait(20)
    assert panel.count == 1
    panel.show()
    assert panel.label.text() == "1"


def test_a_panel_hidden_before_the_paint_computes_nothing(session: Session, qtbot: QtBot):
    panel = shown(session, qtbot)
    session.step("node")
    panel.hide()
    qtbot.waitUntil(lambda: not panel.waiting)
    assert panel.count == 1


def test_behind_a_tab_nothing_is_computed_until_it_is_raised(session: Session, qtbot: QtBot):
    panel = Follower(session)
    _window, docks = behind_a_tab(panel, qtbot)
    qtbot.waitUntil(lambda: not is_in_sight(panel) and not panel.waiting)
    before = panel.count
    session.step("node")
    assert not panel.waiting
    qtbot.wait(20)
    assert panel.count == before
    docks[0].raise_()
    qtbot.waitUntil(lambda: panel.count == before + 1)
    assert panel.label.text() == "1"


def test_a_run_that_has_ended_behind_a_tab_is_over_when_it_is_raised(session: Session, qtbot: QtBot):
    panel = Follower(session)
    _window, docks = behind_a_tab(panel, qtbot)
    qtbot.waitUntil(lambda: not is_in_sight(panel) and not panel.waiting)
    docks[0].raise_()
    qtbot.waitUntil(lambda: is_in_sight(panel) and not panel.waiting)
    session.begin_run()
    qtbot.waitUntil(panel.running_line.isVisible)
    docks[1].raise_()
    qtbot.waitUntil(lambda: not is_in_sight(panel))
    session.end_run()
    qtbot.wait(20)
    docks[0].raise_()
    qtbot.waitUntil(lambda: panel.label.isVisible() and not panel.running_line.isVisible())


def test_while_a_training_runs_there_is_one_line(session: Session, qtbot: QtBot):
    panel = shown(session, qtbot)
    session.begin_run()
    qtbot.waitUntil(lambda: not panel.waiting)
    assert panel.running_line.isVisible()
    assert panel.running_line.text() == RUNNING
    assert not panel.label.isVisible()
    session.moment_changed.emit(session.moment, session.moment)
    assert not panel.waiting
    assert panel.count == 1
    session.end_run()
    qtbot.waitUntil(lambda: not panel.waiting)
    assert panel.label.isVisible()
    assert not panel.running_line.isVisible()
    assert panel.count == 2


def test_one_number_is_lit_up_everywhere_or_none(session: Session, qtbot: QtBot):
    panel = shown(session, qtbot)
    panel.light(Quantity("z", 1, 0))
    assert session.lit == {Quantity("z", 1, 0)}
    panel.light(None)
    assert session.lit == frozenset()
