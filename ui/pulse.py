"""Has a picture drawn again after changes: soon and quickly, and once more, fine, when they are over."""

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from ui.session import Session
from ui.widgets.refresher import LIVE, Refresher, is_in_sight

_REST = 150  # milliseconds without a change, until the fine picture is made


class Pulse(QObject):
    """`due(fine)` says when: once for several changes, and for none while the widget is out of sight."""

    due = Signal(bool)

    def __init__(self, session: Session, widget: QWidget) -> None:
        super().__init__(widget)
        self._session, self._widget = session, widget
        self._refresher = Refresher(widget, self._on_soon, LIVE)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST)
        self._rest.timeout.connect(self._on_rest)
        session.running_changed.connect(self.ask)

    def ask(self) -> None:
        """Ask for a refresh."""
        self._rest.stop()
        self._refresher.ask()

    def catch_up(self) -> None:
        """Have it drawn now as it would be in sight, and fine if no training runs."""
        self._refresher.catch_up()
        if self._rest.isActive():
            self._rest.stop()
            self.due.emit(True)

    def _on_soon(self) -> None:
        if not self._session.running:
            self._rest.start()
        self.due.emit(False)

    def _on_rest(self) -> None:
        if not is_in_sight(self._widget):
            self.ask()  # for when it is seen again
        elif not self._session.running:
            self.due.emit(True)
