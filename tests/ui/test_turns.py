"""Turns: one after the other, each with its painting."""

import time

import pytest
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ui import turns
from ui.turns import FRAME, REST, seconds_to_wait


class Slow(QWidget):
    """Takes longer to paint than a turn has."""

    painted = 0

    def paintEvent(self, _event: QPaintEvent) -> None:
        time.sleep(2 * FRAME)
        self.painted += 1


def test_a_frame_is_taken_once(qtbot: QtBot) -> None:
    qtbot.wait(round(1000 * FRAME) + 1)
    assert seconds_to_wait() == 0
    assert 0 < seconds_to_wait() <= FRAME
    qtbot.wait(round(1000 * (FRAME + REST)) + 1)
    assert seconds_to_wait() == 0


def test_the_next_turn_comes_a_rest_after_the_painting(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    widget = Slow()
    qtbot.addWidget(widget)
    with qtbot.waitExposed(widget):
        widget.show()
    qtbot.wait(100)
    painted = widget.painted
    monkeypatch.setattr(turns, "REST", 0.5)  # so long that a loaded machine does not miss it
    assert seconds_to_wait() == 0
    widget.update()
    qtbot.waitUntil(lambda: widget.painted > painted)
    assert 0.25 < seconds_to_wait() <= 0.5
    qtbot.wait(510)  # the next test finds no turn
