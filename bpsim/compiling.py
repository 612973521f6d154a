"""The compiled loop, from when it is there: it is compiled on the side while the phase functions train."""

import logging
import os
import sys
from importlib.util import find_spec
from pathlib import Path
from threading import Lock, Thread

from bpsim.loops import MakeLoop


class Compiler:
    """Compiles the loop once, in a thread of its own, and from then on gives it to every run.

    Attributes
    ----------
    failure : str or None
        Why there is no compiled loop and never will be, as a sentence.
    """

    def __init__(self) -> None:
        self.failure: str | None = None
        self._loop: MakeLoop | None = None
        self._thread: Thread | None = None
        self._lock = Lock()
        self._installed = find_spec("numba") is not None
        if not self._installed:
            self.failure = "NumPy trains: with the package numba it would be much faster."

    @property
    def pending(self) -> bool:
        """Whether it is being compiled; asking begins with it."""
        return self.loop(wait=False) is None and self._thread is not None and self._thread.is_alive()

    def loop(self, wait: bool) -> MakeLoop | None:
        """Return what makes the compiled loop, None while there is none; `wait` waits for the compiler."""
        with self._lock:
            if self._thread is None:
                self._thread = Thread(target=self._compile, name="compile", daemon=True)
                self._thread.start()
        if wait:
            self._thread.join()
        return self._loop

    def _compile(self) -> None:
        if not self._installed:
            return
        try:
            from bpsim.compiled import CompiledLoop, is_missing_in_cache, warm_up

            if is_missing_in_cache():
                _compile_elsewhere()
            warm_up()
        except Exception:  # whatever is wrong with the compiler, training goes on without it
            logging.getLogger(__name__).warning("The compiled loop is missing.", exc_info=True)
            self.failure = "The fast loop cannot be made ready on this machine, so NumPy trains."
        else:
            self._loop = CompiledLoop


def _compile_elsewhere() -> None:
    """Have another process compile the loop and keep it: in this one the window would wait for the compiler.

    If it cannot, this process compiles, and tells what is wrong.
    """
    import subprocess  # late: the window need not wait for it

    package = str(Path(__file__).parents[1])
    paths = os.pathsep.join(filter(None, (package, os.environ.get("PYTHONPATH"))))
    subprocess.run(
        [sys.executable, "-c", "from bpsim.compiled import warm_up; warm_up()"],
        env=os.environ | {"PYTHONPATH": paths},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )


COMPILER = Compiler()
"""The one of this process."""
