"""Threads that compute beside the window's."""

import os
import sys
from threading import get_native_id

from ui.collecting import collect_here

_NICE = 10
_LIMITS: list[object] = []


def prepare() -> None:
    """Make ready for threads beside the window's; called in the window's own, before the first one starts.

    Garbage is collected here from now on, and a product of matrices takes one core: with threads of its own
    it would wait for those that train, and the window with it. That must not be set while another thread is
    in the middle of such a product.
    """
    collect_here()
    if not _LIMITS:
        from threadpoolctl import threadpool_limits

        _LIMITS.append(threadpool_limits(1, user_api="blas"))


def give_way() -> None:
    """Let the window's thread go first where both want a core; only Linux has priorities of threads."""
    if sys.platform == "linux":
        os.setpriority(os.PRIO_PROCESS, get_native_id(), _NICE)
