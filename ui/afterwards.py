"""Doing something once the window has been painted, so that a key press is answered at once."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer


class Afterwards(QObject):
    """Does one thing right after the next paint, once, however often it is asked for until then.

    A timer of no time waits until all events that are there have been handled, painting included.
    """

    def __init__(self, do: Callable[[], object], parent: QObject) -> None:
        super().__init__(parent)
        self._do = do
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(do)

    @property
    def waiting(self) -> bool:
        """Whether it has been asked for and not been done yet."""
        return self._timer.isActive()

    def ask(self) -> None:
        """Have it done after the next paint."""
        if not self.waiting:
            self._timer.start(0)

    def at_once(self) -> None:
        """Do it now, and not again afterwards."""
        self._timer.stop()
        self._do()
