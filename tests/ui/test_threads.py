"""Threads beside the window's give way to it."""

import os
import sys
import threading

from ui.threads import give_way


def test_a_thread_gives_way_and_the_window_does_not() -> None:
    found: list[int] = []

    def look() -> None:
        give_way()
        if sys.platform == "linux":
            found.append(os.getpriority(os.PRIO_PROCESS, threading.get_native_id()))

    mine = os.getpriority(os.PRIO_PROCESS, threading.get_native_id()) if sys.platform == "linux" else 0
    thread = threading.Thread(target=look)
    thread.start()
    thread.join()
    if sys.platform == "linux":
        assert found == [max(10, mine)]
        assert os.getpriority(os.PRIO_PROCESS, threading.get_native_id()) == mine
