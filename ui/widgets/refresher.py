"""Showing what changes often only as often as the eye follows, and only while it is in sight."""

import time
from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QTimer
from PySide6.QtWidgets import QWidget

from ui.turns import seconds_to_wait


class Often(NamedTuple):
    """How often something is refreshed: least seconds in between, and at most which share of the time."""

    shortest: float
    share: float


SELDOM = Often(1 / 15, 0.1)
LIVE = Often(1 / 30, 0.3)


def is_in_sight(widget: QWidget) -> bool:
    """Tell whether a widget can be seen: Qt calls a dock behind a tab visible, but puts it outside."""
    window = widget.window()
    inside = QRect(widget.mapTo(window, QPoint()), widget.size())
    return widget.isVisible() and inside.intersects(window.rect())


class Refresher(QObject):
    """Calls `refresh` once after everything that has asked for it, when the window has been painted.

    Parameters
    ----------
    widget : QWidget
        What is refreshed; while it is out of sight nothing happens, and when it comes back what was missed.
    refresh : callable
    often : Often
    """

    _asked = False  # for events that arrive while Python takes the widget apart

    def __init__(self, widget: QWidget, refresh: Callable[[], None], often: Often = SELDOM) -> None:
        super().__init__(widget)
        self._widget, self._refresh, self._often = widget, refresh, often
        self._asked = False
        self._next = 0.0  # when it may be refreshed again
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._on_time)
        widget.installEventFilter(self)

    def ask(self) -> None:
        """Ask for a refresh; it comes soon."""
        self._asked = True
        if is_in_sight(self._widget) and not self._timer.isActive():
            self._timer.start(max(0, round(1000 * (self._next - time.perf_counter()))))

    def catch_up(self) -> None:
        """Refresh now what was asked for, in sight or not."""
        if not self._asked:
            return
        self._asked = False
        began = time.perf_counter()
        self._refresh()
        took = time.perf_counter() - began
        self._next = began + max(self._often.shortest, took / self._often.share)

    def _on_time(self) -> None:
        if not self._asked or not is_in_sight(self._widget):
            return
        wait = seconds_to_wait()
        if wait > 0:
            self._timer.start(round(1000 * wait) + 1)
            return
        self.catch_up()

    # -- Qt ------------------------------------------------------------------------------------------------

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if self._asked and event.type() in (QEvent.Type.Show, QEvent.Type.Paint):
            self.ask()
        return False
