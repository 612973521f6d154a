import time

import pytest
from pytestqt.qtbot import QtBot

from tests.helpers import xor_session
from ui.pulse import LEAST_SECONDS, Pulse


class Count:
    """Notes when a pulse was due, and whether the fine picture was."""

    def __init__(self, pulse: Pulse) -> None:
        self.times: list[float] = []
        self.fine: list[bool] = []
        pulse.due.connect(self._note)

    def _note(self, fine: bool) -> None:
        self.times.append(time.perf_counter())
        self.fine.append(fine)


@pytest.fixture
def pulse(qtbot: QtBot) -> Pulse:
    session = xor_session()
    return Pulse(session, session)


def test_several_changes_are_one_refresh_and_one_fine_picture_after_them(pulse: Pulse, qtbot: QtBot) -> None:
    count = Count(pulse)
    for _ in range(5):
        pulse.ask()
    assert count.fine == []
    qtbot.waitUntil(lambda: True in count.fine)
    qtbot.wait(60)
    assert count.fine == [False, True]


def test_a_change_in_between_puts_the_fine_picture_off(pulse: Pulse, qtbot: QtBot) -> None:
    count = Count(pulse)
    for _ in range(4):
        pulse.ask()
        qtbot.wait(60)
    assert True not in count.fine
    qtbot.waitUntil(lambda: True in count.fine)


def test_what_was_asked_for_can_be_taken_back(pulse: Pulse, qtbot: QtBot) -> None:
    count = Count(pulse)
    pulse.ask()
    pulse.stop()
    qtbot.wait(60)
    assert count.fine == []


def test_while_a_training_runs_there_are_at_most_30_refreshes_a_second(pulse: Pulse, qtbot: QtBot) -> None:
    count = Count(pulse)
    pulse._session.begin_run()
    end = time.perf_counter() + 0.5
    while time.perf_counter() < end:
        pulse.ask()
        qtbot.wait(2)
    gaps = [after - before for before, after in zip(count.times, count.times[1:], strict=False)]
    assert len(gaps) > 3
    assert min(gaps) >= LEAST_SECONDS - 0.003
    assert True not in count.fine
    pulse._session.end_run()
    qtbot.waitUntil(lambda: True in count.fine)
