"""The threads that train the runs of a sweep, and what brings these to the window."""

import os
from collections import deque
from collections.abc import Sequence
from threading import Event, Lock, Thread

from PySide6.QtCore import QObject, QTimer, Signal

from bpsim.compiling import COMPILER
from bpsim.kept_run import KeptRun
from bpsim.loops import MakeLoop, PhaseLoop
from bpsim.sweep import Configuration, run_configuration
from ui.threads import give_way, prepare

REFRESH_MS = 40

_PATIENCE = 0.02  # seconds between two looks whether the loop is compiled


def cores() -> int:
    """Return how many cores this program may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class Sweeper(QObject):
    """Trains configurations on all cores; frozen values go into the threads and come out of them."""

    progressed = Signal()
    ended = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._threads: list[Thread] = []
        self._stop = Event()
        self._lock = Lock()
        self._waiting: deque[int] = deque()
        self._shares: list[float] = []
        self._runs: dict[int, KeptRun] = {}
        self._configurations: Sequence[Configuration] = ()
        self._failure: BaseException | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(REFRESH_MS)
        self._timer.timeout.connect(self._look)

    @property
    def is_active(self) -> bool:
        """Whether it trains."""
        return self._timer.isActive()

    @property
    def share(self) -> float:
        """How much is done, from 0 to 1."""
        return sum(self._shares) / max(1, len(self._shares))

    @property
    def finished(self) -> list[tuple[Configuration, KeptRun]]:
        """The runs that are done, in the order of the sweep."""
        with self._lock:
            runs = dict(self._runs)
        return [(self._configurations[number], runs[number]) for number in sorted(runs)]

    def start(self, configurations: Sequence[Configuration], epochs: int) -> None:
        """Train configurations; `ended` comes when all are done."""
        self.stop()
        prepare()
        self._stop.clear()
        self._failure, self._runs = None, {}
        self._configurations = configurations
        self._waiting = deque(range(len(configurations)))
        self._shares = [0.0] * len(configurations)
        count = min(cores(), len(configurations))
        self._threads = [
            Thread(target=self._work, args=(epochs, number == 0), name=f"sweep {number}")
            for number in range(count)
        ]
        for thread in self._threads:
            thread.start()
        self._timer.start()

    def stop(self) -> None:
        """End training; no thread is left. What is done stays."""
        self._stop.set()
        for thread in self._threads:
            thread.join()
        self._threads = []
        if self.is_active:
            self._timer.stop()
            self.ended.emit()

    def _look(self) -> None:
        """Tell what is new."""
        self.progressed.emit()
        if not any(thread.is_alive() for thread in self._threads):
            self.stop()
            if self._failure is not None:
                raise self._failure

    # -- inside the threads ----------------------------------------------------------------------------------

    def _work(self, epochs: int, is_first: bool) -> None:
        give_way()
        try:
            make = self._loop()
            if make is PhaseLoop and not is_first:
                return  # it holds the interpreter: several of them would only slow down the window
            while (number := self._next()) is not None:
                for item in run_configuration(self._configurations[number], epochs, make):
                    if self._stop.is_set():
                        return
                    self._take(number, item)
        except Exception as error:
            self._failure = error
            self._stop.set()

    def _loop(self) -> MakeLoop:
        """Return the compiled loop once it is there, or the other one where there is none."""
        while not self._stop.is_set():
            with self._lock:
                make = COMPILER.loop(False)
            if make is not None:
                return make
            if COMPILER.failure is not None:
                break
            self._stop.wait(_PATIENCE)
        return PhaseLoop

    def _next(self) -> int | None:
        """Return the number of the next run, None where there is none or it shall end."""
        with self._lock:
            return self._waiting.popleft() if self._waiting and not self._stop.is_set() else None

    def _take(self, number: int, item: float | KeptRun) -> None:
        with self._lock:
            if isinstance(item, KeptRun):
                self._runs[number] = item
            self._shares[number] = 1.0 if isinstance(item, KeptRun) else item
