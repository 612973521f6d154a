"""The compiled loop, from when it is there: it is compiled on the side while the phase functions train."""

from importlib.util import find_spec
from threading import Thread

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
        if find_spec("numba") is None:
            self.failure = "Without the package numba training is slower: install it for full speed."

    def loop(self, wait: bool) -> MakeLoop | None:
        """Return what makes the compiled loop, None while there is none; `wait` waits for the compiler."""
        if self.failure is None and self._thread is None:
            self._thread = Thread(target=self._compile, name="compile")
            self._thread.start()
        if wait and self._thread is not None:
            self._thread.join()
        return self._loop

    def _compile(self) -> None:
        try:
            from bpsim.compiled import CompiledLoop, warm_up

            warm_up()
        except Exception as error:  # whatever is wrong with the compiler, training goes on without it
            self.failure = f"The fast loop cannot be compiled here, so training is slower: {error}"
        else:
            self._loop = CompiledLoop


COMPILER = Compiler()
"""The one of this process."""
