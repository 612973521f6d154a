"""While a run trains, one thing is drawn anew in a frame, so that no frame has to wait for several."""

import math
import time

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt

FRAME = 0.011
"""Seconds from the beginning of a turn to the next one at least: two thirds of a frame of the screen."""
REST = 0.002
"""Seconds that mouse and keys have after a turn was painted."""
_PAINTED = QEvent.Type(QEvent.registerEventType())


class _Turns(QObject):
    """Grants one turn after the other; a turn lasts until what it has changed is painted."""

    def __init__(self) -> None:
        super().__init__()
        self._next = -math.inf

    def wait(self) -> float:
        now = time.perf_counter()
        if now >= self._next:
            self._next = now + FRAME
            # Painting is posted with low priority, so this arrives when it is done.
            QCoreApplication.postEvent(self, QEvent(_PAINTED), Qt.EventPriority.LowEventPriority.value - 1)
            return 0.0
        return self._next - now

    def event(self, event: QEvent) -> bool:
        if event.type() != _PAINTED:
            return super().event(event)
        self._next = max(self._next, time.perf_counter() + REST)
        return True


_TURNS = _Turns()  # there is one window's thread


def seconds_to_wait() -> float:
    """Return how long to wait for a turn of one's own; 0 takes it."""
    return _TURNS.wait()
