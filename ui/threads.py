"""Threads that compute beside the window's."""

import os
import sys
from threading import get_native_id

_NICE = 10


def give_way() -> None:
    """Let the window's thread go first where both want a core; only Linux has priorities of threads."""
    if sys.platform == "linux":
        os.setpriority(os.PRIO_PROCESS, get_native_id(), _NICE)
