"""Garbage is collected in the window's thread only.

Python collects unreachable objects in whatever thread happens to allocate. Among them are parts of windows
and plots that were closed, and those may be taken apart in Qt's own thread only: elsewhere it crashes.
"""

import gc
import threading

from PySide6.QtCore import QCoreApplication, QTimer

_INTERVAL_MS = 100


class _Collector(QTimer):
    """Collects by itself, a little now and then, as long as there are threads beside the window's."""

    def __init__(self) -> None:
        super().__init__(QCoreApplication.instance())
        self.setInterval(_INTERVAL_MS)
        self.timeout.connect(self._on_time)

    def begin(self) -> None:
        gc.disable()
        gc.freeze()  # what is there by now has to wait: looking at all of it takes longer than a frame
        self.start()

    def _on_time(self) -> None:
        if threading.active_count() == 1:
            self.stop()
            gc.unfreeze()
            gc.enable()
            return
        for generation in (2, 1, 0):
            if gc.get_count()[generation] > gc.get_threshold()[generation]:
                gc.collect(generation)
                return


_COLLECTORS: list[_Collector] = []


def collect_here() -> None:
    """Have garbage collected in this thread, which is the window's, until it is the only one again."""
    if not _COLLECTORS:
        _COLLECTORS.append(_Collector())
    if not _COLLECTORS[0].isActive():
        _COLLECTORS[0].begin()
