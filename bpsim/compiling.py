"""The compiled loop, from when it is there: it is compiled on the side while the phase functions train."""

from importlib.util import find_spec
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
            self.failure = "Without the package numba training is slower: install it for full speed."

    @property
    def pending(self) -> bool:
        """Whether it is being compiled; asking begins with it."""
        return self.loop(wait=False) is None and self._thread is not None and self._thread.is_alive()

    def loop(self, wait: bool) -> MakeLoop | None:
        """Return what makes the compiled loop, None while there is none; `wait` waits for the compiler."""
        with self._lock:
            if self._thread is None:
                self._thread = Thread(target=self._compile, name="compile")
                self._thread.start()
        if wait:
            self._thread.join()
        return self._loop

    def _compile(self) -> None:
        from threadpoolctl import threadpool_limits

        # Runs train on threads of ours: more of them inside a product of matrices would only wait for a core,
        # and the window with them.
        threadpool_limits(1, user_api="blas")
        if not self._installed:
            return
        try:
            from bpsim.compiled import CompiledLoop, warm_up

            warm_up()
        except Exception as error:  # whatever is wrong with the compiler, training goes on without it
            self.failure = f"The fast loop cannot be compiled here, so training is slower: {error}"
        else:
            self._loop = CompiledLoop


COMPILER = Compiler()
"""The one of this process."""
