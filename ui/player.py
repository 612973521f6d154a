"""Drives the session's stepping: one step, long steps in slices, and play at a speed."""

from collections.abc import Callable, Iterator

from PySide6.QtCore import QObject, QTimer, Signal

from ui.session import Session

SPEEDS = (0.5, 1, 2, 5, 10, 30)
"""Steps a second that can be chosen."""


class Player(QObject):
    """Steps on request or by a timer; a long step leaves the window time to draw between its slices."""

    playing_changed = Signal(bool)
    speed_changed = Signal(float)
    recomputed = Signal(object, object)
    """How many instances of an opened training are there again, and of how many; equal at the end."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._walk: Iterator[None] | None = None
        self._returns = False  # whether the walk is one that nobody waits for
        self._speed = 0.0
        self._beat = QTimer(self)
        self._beat.timeout.connect(self._on_beat)
        self._slice = QTimer(self)
        self._slice.setSingleShot(True)
        self._slice.timeout.connect(self._go_on)
        self.set_speed(SPEEDS[2])

    @property
    def playing(self) -> bool:
        """Whether steps follow each other by themselves."""
        return self._beat.isActive()

    @property
    def speed(self) -> float:
        """Steps a second."""
        return self._speed

    def set_speed(self, steps_a_second: float) -> None:
        """Play at another speed, now if it plays."""
        self._speed = steps_a_second
        self._beat.setInterval(round(1000 / steps_a_second))
        self.speed_changed.emit(steps_a_second)

    def play(self) -> None:
        """Step now and go on stepping."""
        self._end_return()
        if not self.playing:
            self._beat.start()
            self.playing_changed.emit(True)
            self._on_beat()

    def pause(self) -> None:
        """Stop playing, and a long step after the last complete instance."""
        self._walk, self._returns = None, False
        if self.playing:
            self._beat.stop()
            self.playing_changed.emit(False)

    def toggle(self) -> None:
        """Play, or stop playing."""
        if self.playing:
            self.pause()
        else:
            self.play()

    def step(self, size: str | None = None) -> None:
        """Step forwards; while a long step is still going on this does nothing."""
        self._end_return()
        if self._walk is None:
            self._walk = self._session.walk(size)
            self._go_on()

    def go_to(self, done: int, shown: int | None = None, then: Callable[[], None] = lambda: None) -> None:
        """Stop playing and go to a place, in slices if it takes long; `then` is called there."""
        self.pause()
        self._walk = _followed(self._session.walk_to(done, shown), then)
        self._go_on()

    def return_to(self, cursor: tuple[int, int], recorded: int, then: Callable[[], None]) -> None:
        """Go to where a training was left, of which so many instances were recorded; `then` is called there.

        They are computed again, in slices that the learner need not wait for: what is done meanwhile ends it.
        """
        self.pause()
        self._walk, self._returns = self._returning(cursor, recorded, then), True
        self._go_on()

    def _returning(self, cursor: tuple[int, int], recorded: int, then: Callable[[], None]) -> Iterator[None]:
        before = self._session.moment
        try:
            for done in self._session.walk_ahead(recorded):
                self.recomputed.emit(done, recorded)
                yield
                if self._session.moment is not before:
                    break
        finally:  # also where the learner pauses
            self.recomputed.emit(recorded, recorded)
        if self._session.moment is before:
            yield from self._session.walk_to(*cursor)
            then()

    def _end_return(self) -> None:
        if self._returns:
            self.pause()

    def back(self, size: str | None = None) -> None:
        """Stop playing and step back."""
        self.pause()
        self._session.back(size)

    def _on_beat(self) -> None:
        if self._walk is not None:
            return
        before = self._session.moment.position
        self.step()
        if self._session.moment.position == before:
            self.pause()  # the training cannot go on; a notice says why

    def _go_on(self) -> None:
        if self._walk is None:
            return
        try:
            next(self._walk)
        except StopIteration:
            self._walk, self._returns = None, False
        else:
            self._slice.start(0)


def _followed(walk: Iterator[None], then: Callable[[], None]) -> Iterator[None]:
    yield from walk
    then()
