"""Has something drawn again after changes: once for several, and not too often while a training runs."""

import time

from PySide6.QtCore import QObject, QTimer, Signal

from ui.session import Session

LEAST_SECONDS = 1 / 30
"""Between two refreshes while a training runs."""

_AFTER_PAINT = 10  # milliseconds: what is drawn at once comes first
_REST = 150  # without a change, until the fine picture is made


class Pulse(QObject):
    """`due(fine)` says when: soon after a change, and once more, fine, when the changes have come to rest."""

    due = Signal(bool)

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._last = 0.0
        self._soon, self._rest = QTimer(self), QTimer(self)
        for timer, fine in ((self._soon, False), (self._rest, True)):
            timer.setSingleShot(True)
            timer.timeout.connect(lambda fine=fine: self._fire(fine))
        session.running_changed.connect(self._on_running_changed)

    def ask(self) -> None:
        """Ask for a refresh."""
        self._rest.stop()
        if not self._soon.isActive():
            wait = LEAST_SECONDS - (time.perf_counter() - self._last) if self._session.running else 0.0
            self._soon.start(max(_AFTER_PAINT, round(1000 * wait)))

    def stop(self) -> None:
        """Take back what was asked for."""
        self._soon.stop()
        self._rest.stop()

    def _fire(self, fine: bool) -> None:
        self._last = time.perf_counter()
        if not fine and not self._session.running:
            self._rest.start(_REST)
        self.due.emit(fine)

    def _on_running_changed(self, running: bool) -> None:
        if not running:
            self.ask()
