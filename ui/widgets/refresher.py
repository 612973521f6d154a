"""Showing what changes often only as often as the eye follows, and only while it is in sight."""

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget

SHORTEST = 1 / 15
"""Seconds between two refreshes."""
SHARE = 0.1
"""How much of the time refreshing may take: what takes long is done less often."""


class Refresher(QObject):
    """Calls `refresh` once after everything that has asked for it, when the window has been painted.

    Parameters
    ----------
    widget : QWidget
        What is refreshed; while it is out of sight nothing happens, and when it comes back what was missed.
    refresh : callable
    """

    def __init__(self, widget: QWidget, refresh: Callable[[], None]) -> None:
        super().__init__(widget)
        self._widget, self._refresh = widget, refresh
        self._asked = False
        self._next = 0.0  # when it may be refreshed again
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._on_time)
        widget.installEventFilter(self)

    def ask(self) -> None:
        """Ask for a refresh; it comes soon."""
        self._asked = True
        if self._widget.isVisible() and not self._timer.isActive():
            self._timer.start(max(0, round(1000 * (self._next - time.perf_counter()))))

    def _on_time(self) -> None:
        if not self._asked or not self._widget.isVisible():
            return
        self._asked = False
        began = time.perf_counter()
        self._refresh()
        took = time.perf_counter() - began
        self._next = began + max(SHORTEST, took / SHARE)

    # -- Qt ------------------------------------------------------------------------------------------------

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and self._asked:
            self.ask()
        return False
