"""Turns: one frame for each."""

import time

from ui.turns import FRAME, seconds_to_wait


def test_a_frame_is_taken_once() -> None:
    time.sleep(FRAME)
    assert seconds_to_wait() == 0
    assert 0 < seconds_to_wait() <= FRAME
    time.sleep(FRAME)
    assert seconds_to_wait() == 0
