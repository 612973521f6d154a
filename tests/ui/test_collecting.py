"""Garbage is collected in the window's thread while others compute."""

import gc
import threading
import weakref

from pytestqt.qtbot import QtBot

from ui.collecting import collect_here


class Knot:
    """Holds itself, so that only the collector takes it away."""

    def __init__(self, told: list[str]) -> None:
        self.itself = self
        self._told = told

    def __del__(self) -> None:
        self._told.append(threading.current_thread().name)


def test_a_computing_thread_collects_nothing_and_the_windows_thread_does(qtbot: QtBot) -> None:
    told: list[str] = []
    stop = threading.Event()

    def compute() -> None:
        while not stop.is_set():
            for _ in range(20):
                Knot(told)
            stop.wait(0.001)

    collect_here()
    thread = threading.Thread(target=compute, name="computing")
    thread.start()
    try:
        assert not gc.isenabled()
        qtbot.waitUntil(lambda: len(told) > 100)
    finally:
        stop.set()
        thread.join()
    assert set(told) == {threading.current_thread().name}
    qtbot.waitUntil(gc.isenabled)
    assert gc.get_freeze_count() == 0


def test_what_was_there_before_is_collected_afterwards(qtbot: QtBot) -> None:
    told: list[str] = []
    gone = weakref.ref(Knot(told))
    collect_here()
    qtbot.waitUntil(gc.isenabled)
    gc.collect()
    assert gone() is None
