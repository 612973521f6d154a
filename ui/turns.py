"""While a run trains, one thing is drawn anew in a frame, so that no frame has to wait for several."""

import time

FRAME = 0.011
"""Seconds that a turn has: two thirds of a frame of the screen, which leaves room for painting."""
_last = 0.0


def seconds_to_wait() -> float:
    """Return how long to wait for a frame of one's own; 0 takes this one."""
    global _last  # there is one window's thread
    now = time.perf_counter()
    if now - _last >= FRAME:
        _last = now
        return 0.0
    return FRAME - (now - _last)
