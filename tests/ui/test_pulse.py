import time

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.helpers import xor_session
from ui.pulse import Pulse
from ui.session import Session


class Due:
    """A widget with a pulse, and when that was due."""

    def __init__(self, qtbot: QtBot) -> None:
        self.session: Session = xor_session()
        self.widget = QWidget()
        qtbot.addWidget(self.widget)
        self.widget.show()
        self.pulse = Pulse(self.session, self.widget)
        self.times: list[float] = []
        self.fine: list[bool] = []
        self.pulse.due.connect(self._note)

    def _note(self, fine: bool) -> None:
        self.times.append(time.perf_counter())
        self.fine.append(fine)


@pytest.fixture
def due(qtbot: QtBot) -> Due:
    return Due(qtbot)


def test_several_changes_are_one_refresh_and_one_fine_picture_after_them(due: Due, qtbot: QtBot) -> None:
    for _ in range(5):
        due.pulse.ask()
    assert due.fine == []
    qtbot.waitUntil(lambda: True in due.fine)
    qtbot.wait(60)
    assert due.fine == [False, True]


def test_a_change_in_between_puts_the_fine_picture_off(due: Due, qtbot: QtBot) -> None:
    for _ in range(4):
        due.pulse.ask()
        qtbot.wait(60)
    assert True not in due.fine
    qtbot.waitUntil(lambda: True in due.fine)


def test_out_of_sight_nothing_happens_until_it_is_seen_again(due: Due, qtbot: QtBot) -> None:
    due.widget.hide()
    due.pulse.ask()
    qtbot.wait(60)
    assert due.fine == []
    due.widget.show()
    qtbot.waitUntil(lambda: due.fine == [False])
    due.widget.hide()
    qtbot.wait(200)
    assert due.fine == [False]


def test_what_was_coarse_when_it_went_out_of_sight_is_fine_once_it_is_back(due: Due, qtbot: QtBot) -> None:
    due.pulse.ask()
    qtbot.waitUntil(lambda: due.fine == [False])
    due.widget.hide()
    qtbot.wait(200)
    due.widget.show()
    qtbot.waitUntil(lambda: due.fine == [False, False, True])


@pytest.mark.parametrize("hidden", [True, False])
def test_it_catches_up_on_demand_with_a_fine_picture(due: Due, qtbot: QtBot, hidden: bool) -> None:
    due.widget.setHidden(hidden)
    due.pulse.catch_up()
    assert due.fine == []
    due.pulse.ask()
    due.pulse.catch_up()
    assert due.fine == [False, True]
    qtbot.wait(200)
    assert due.fine == [False, True]


def test_while_a_training_runs_there_are_at_most_30_refreshes_a_second(due: Due, qtbot: QtBot) -> None:
    due.session.begin_run()
    while len(due.times) < 6:
        due.pulse.ask()
        qtbot.wait(2)
    gaps = [after - before for before, after in zip(due.times, due.times[1:], strict=False)]
    assert min(gaps) >= 1 / 30 - 0.003
    assert True not in due.fine
    due.session.end_run()
    qtbot.waitUntil(lambda: True in due.fine)
