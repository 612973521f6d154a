"""The thread that trains, and what brings its portions to the session."""

import time
from collections import deque
from collections.abc import Iterator
from threading import Event, Thread

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from bpsim.compiling import COMPILER
from bpsim.loops import MakeLoop
from bpsim.moment import Moment
from bpsim.running import CHUNK_SECONDS, Pace, Progress, rising, run, steady
from ui.session import Session
from ui.threads import give_way, prepare
from ui.turns import seconds_to_wait

FRAME_MS = 33
SETTLED_MS = 300
"""How long after an edit of settings a run that it has ended goes on: a slider may be on its way."""
PACES: dict[str, tuple[str, Pace | None]] = {
    "rising": ("From &slow to full speed", rising),
    "full": ("&Full speed", None),
    "1": ("&1 epoch a second", steady(1)),
    "10": ("1&0 epochs a second", steady(10)),
    "100": ("100 &epochs a second", steady(100)),
    "1000": ("1000 e&pochs a second", steady(1000)),
}
"""How fast a run may go: what a menu calls it, and the pace; None: as fast as the machine can."""


def _compiled(wait: bool) -> MakeLoop | None:
    """Return the compiled loop if it is there; leave the interpreter for a moment to the one who makes it."""
    make = COMPILER.loop(wait)
    if make is None and COMPILER.pending:
        time.sleep(CHUNK_SECONDS)
    return make


class Trainer(QObject):
    """Starts and stops runs of a session's training; at most one is under way.

    The thread is handed frozen values and hands out frozen values; only the window's own thread touches the
    session and the widgets. A run that an edit of settings has ended goes on with the new ones.
    """

    pace_changed = Signal(str)
    progressed = Signal(object)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._pace = "rising"
        self._thread: Thread | None = None
        self._stop = Event()
        self._arrived: deque[Progress] = deque()
        self._failure: BaseException | None = None
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(FRAME_MS)
        self._timer.timeout.connect(self._take)
        self._late = QTimer(self)
        self._late.setSingleShot(True)
        self._late.timeout.connect(self._take)
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(SETTLED_MS)
        self._again.timeout.connect(self._resume)
        self._edited: Moment | None = None  # where a run goes on, if nothing else happens
        session.interrupted.connect(self.cut)
        session.settings_edited.connect(self._on_settings_edited)

    @property
    def pace(self) -> str:
        """The pace of runs, a name in `PACES`."""
        return self._pace

    @property
    def remark(self) -> str:
        """Why a run is slower than it could be, "" where it is not."""
        if COMPILER.pending:
            return "NumPy trains while the fast loop is made ready"
        return COMPILER.failure or ""

    def set_pace(self, pace: str) -> None:
        """Run at another pace; a run under way goes on at the new one."""
        self._pace = pace
        self.pace_changed.emit(pace)

    def toggle(self) -> None:
        """Run, or stop running."""
        if self._session.running:
            self.stop()
        else:
            self.start()

    def start(self, resumed: bool = False) -> None:
        """Begin a run from the present step; `resumed`: go on with one that an edit has ended."""
        self._again.stop()
        start = None if self._session.running else self._session.begin_run(resumed)
        if start is None:
            return
        prepare()
        stopping = self._session.moment.settings.stopping
        self._stop.clear()
        self._failure = None
        portions = run(start, stopping, _compiled, lambda: PACES[self._pace][1])
        self._thread = Thread(target=self._work, args=(portions,), name="training")
        self._thread.start()
        self._timer.start()

    def stop(self) -> None:
        """End the run after the instance that it is at; what it did is there when this returns."""
        self._again.stop()
        if self._thread is not None:
            self._stop.set()
            self._thread.join()
            self._late.stop()
            self._bring()

    def cut(self) -> None:
        """End the run at the moment that is shown: what interrupts it starts from what the learner sees."""
        if self._thread is not None:
            self._stop.set()
            self._thread.join()
            self._arrived.clear()
            self._late.stop()
            self._bring()

    def _on_settings_edited(self, ended_run: bool) -> None:
        if ended_run or self._again.isActive():
            self._edited = self._session.moment
            self._again.start()

    def _resume(self) -> None:
        if self._session.moment is self._edited:
            self.start(resumed=True)

    # -- in the thread ---------------------------------------------------------------------------------------

    def _work(self, portions: Iterator[Progress]) -> None:
        give_way()
        try:
            for progress in portions:
                self._arrived.append(progress)
                if self._stop.is_set():
                    break
        except BaseException as error:  # handed to the window's thread, which reports it
            self._failure = error

    # -- in the window's thread ------------------------------------------------------------------------------

    def _take(self) -> None:
        """Bring to the session what has arrived, in a frame of its own."""
        wait = seconds_to_wait()
        if wait > 0:
            self._late.start(round(1000 * wait) + 1)
        else:
            self._bring()

    def _bring(self) -> None:
        """Bring to the session what has arrived; when the thread has ended, end the run."""
        ended = self._thread is None or not self._thread.is_alive()
        portions = [self._arrived.popleft() for _ in range(len(self._arrived))]
        if portions:
            self._session.follow(portions)
            self.progressed.emit(portions[-1])
        if ended and self._thread is not None:
            self._thread.join()
            self._thread = None
            self._timer.stop()
            self._session.end_run()
            if self._failure is not None:
                raise self._failure
