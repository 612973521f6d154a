import time
from collections.abc import Generator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from ui.slices import Slices


@pytest.fixture
def parent(qapp: object) -> QObject:
    return QObject()


def work(count: int, seconds: float) -> Generator[int, None, str]:
    for n in range(count):
        time.sleep(seconds)
        if n == 20:
            raise ValueError("too far")
        yield n
    return "done"


def heard(slices: Slices) -> list[object]:
    said: list[object] = []
    for signal in (slices.advanced, slices.finished, slices.failed):
        signal.connect(said.append)
    return said


def test_short_work_is_done_at_once(parent: QObject) -> None:
    slices = Slices(ValueError, parent)
    said = heard(slices)
    slices.start(work(3, 0))
    assert said == ["done"]
    assert not slices.running


def test_long_work_is_done_in_slices(parent: QObject, qtbot: QtBot) -> None:
    slices = Slices(ValueError, parent)
    said = heard(slices)
    slices.start(work(10, 0.003))
    assert slices.running
    assert len(said) == 1
    qtbot.waitUntil(lambda: not slices.running)
    assert said[-1] == "done"
    assert len(said) > 3


def test_it_can_be_cancelled_and_an_expected_error_is_told(parent: QObject, qtbot: QtBot) -> None:
    slices = Slices(ValueError, parent)
    said = heard(slices)
    slices.start(work(10, 0.003))
    slices.cancel()
    qtbot.wait(30)
    assert len(said) == 1
    slices.start(work(30, 0))
    assert str(said[-1]) == "too far"
    assert not slices.running
