"""A panel that follows the steps: a moment behind the drawing, and not while a training runs."""

import time

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from bpsim.quantity import Quantity
from ui.afterwards import Afterwards
from ui.session import Session
from ui.widgets.labels import quiet_label
from ui.widgets.panel import Panel
from ui.widgets.refresher import is_in_sight

RUNNING = "The training is running: pause to see why."
FRAME_SECONDS = 1 / 60
_VEIL = 0.7  # how much of what is out of date it hides


class FollowingPanel(Panel):
    """Is refreshed once after the drawing has been painted, however many steps there were.

    So a key press is answered by the drawing first. What is shown is out of date until then, no longer than
    a frame; where refreshing takes longer than that, a veil says so meanwhile. While it is hidden or
    behind a tab, or a training runs, nothing is computed.

    A subclass puts its widgets into `content`, overrides `refresh`, and asks for it by `follow`.
    """

    _missed = False  # whether something has changed while it was out of sight

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._seconds = 0.0  # that the last refresh took
        self._afterwards = Afterwards(self._catch_up, self)
        self.running_line = quiet_label(RUNNING)
        self.running_line.hide()
        self._contents = QWidget()
        self.content = QVBoxLayout(self._contents)
        self.content.setContentsMargins(0, 0, 0, 0)
        self.content.setSpacing(6)
        self.column.addWidget(self.running_line)
        self.column.addWidget(self._contents, 1)
        self._veil = _Veil(self.viewport())
        self._body.installEventFilter(self)
        session.running_changed.connect(lambda _running: self.follow())

    @property
    def waiting(self) -> bool:
        """Whether what is shown will be brought up to date after the next paint."""
        return self._afterwards.waiting

    @property
    def is_veiled(self) -> bool:
        """Whether what is shown is marked as out of date."""
        return self._veil.isVisible()

    def follow(self) -> None:
        """Have the panel refreshed after the next paint."""
        if not is_in_sight(self):
            self._missed = True
            return
        if self._session.running and not self.running_line.isHidden():
            return
        if self._seconds > FRAME_SECONDS:
            self._veil.cover()
        self._afterwards.ask()

    def follow_now(self) -> None:
        """Have the panel refreshed at once, as an answer to what was done in it."""
        self._afterwards.at_once()

    def refresh(self) -> None:
        """Show the session's present state."""
        raise NotImplementedError

    def light(self, quantity: Quantity | None) -> None:
        """Light up one number wherever it is shown, None none."""
        self._session.set_lit(frozenset() if quantity is None else frozenset({quantity}))

    def _catch_up(self) -> None:
        running = self._session.running
        self.running_line.setVisible(running)
        self._contents.setVisible(not running)
        self._missed = not is_in_sight(self)
        if not self._missed and not running:
            began = time.perf_counter()
            self.refresh()
            self._seconds = time.perf_counter() - began
        self._veil.hide()

    # -- Qt --------------------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.follow_now()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self._missed and event.type() == QEvent.Type.Paint:
            self._afterwards.ask()  # it is in front of its tab again
        return super().eventFilter(watched, event)


class _Veil(QWidget):
    """Lets what is under it show only faintly."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def cover(self) -> None:
        """Cover all of the parent."""
        parent = self.parentWidget()
        assert parent is not None
        self.setGeometry(parent.rect())
        self.raise_()
        self.show()

    # -- Qt --------------------------------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:
        ground = QColor(self.palette().color(self.backgroundRole()))
        ground.setAlphaF(_VEIL)
        QPainter(self).fillRect(self.rect(), ground)
