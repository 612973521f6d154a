"""Whether the desktop asks for less movement."""

import time

from ui.canvas.motion import reduced_motion


def test_every_desktop_has_an_answer_at_once(qapp: object) -> None:
    began = time.perf_counter()
    assert reduced_motion() in (True, False)
    assert time.perf_counter() - began < 1.0
