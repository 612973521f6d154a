"""Long work in slices that leave the window time to draw and to be used."""

import time
from collections.abc import Generator

from PySide6.QtCore import QObject, QTimer, Signal

SLICE_SECONDS = 0.008


class Slices(QObject):
    """Pulls a generator for a few milliseconds at a time.

    `advanced(step)` tells what it yielded last, after every slice but the last; `finished(result)` what it
    returned; `failed(error)` which error it raised, if it is one of `expected`.
    """

    advanced = Signal(object)
    finished = Signal(object)
    failed = Signal(object)

    def __init__(self, expected: type[Exception], parent: QObject) -> None:
        super().__init__(parent)
        self._expected = expected
        self._work: Generator[object, None, object] | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._go_on)

    @property
    def running(self) -> bool:
        """Whether there is work left."""
        return self._work is not None

    def start(self, work: Generator[object, None, object]) -> None:
        """Begin with some work, now; other work is left."""
        self._work = work
        self._go_on()

    def cancel(self) -> None:
        """Leave what is not done yet."""
        self._work = None
        self._timer.stop()

    def _go_on(self) -> None:
        if self._work is None:
            return
        began = time.perf_counter()
        try:
            step = next(self._work)
            while time.perf_counter() - began < SLICE_SECONDS:
                step = next(self._work)
        except StopIteration as end:
            self.cancel()
            self.finished.emit(end.value)
        except self._expected as error:
            self.cancel()
            self.failed.emit(error)
        else:
            self._timer.start(0)
            self.advanced.emit(step)
