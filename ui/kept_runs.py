"""The runs of the work that are kept to be compared."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from bpsim.kept_run import KeptRun, free_name


class KeptRuns(QObject):
    """Holds kept runs in the order in which they were kept, each under a name of its own.

    They are part of the project, but not undone.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._kept: tuple[KeptRun, ...] = ()

    @property
    def all(self) -> tuple[KeptRun, ...]:
        """All of them."""
        return self._kept

    @property
    def shown(self) -> tuple[KeptRun, ...]:
        """Those that are drawn over the present run."""
        return tuple(run for run in self._kept if run.shown)

    def replace(self, runs: Sequence[KeptRun]) -> None:
        """Keep the runs of another project in place of these."""
        self._set(tuple(runs))

    def keep(self, *runs: KeptRun, shown: bool = True) -> None:
        """Keep runs; each gets the first style that is free, and a number where its name is taken."""
        kept = self._kept
        for run in runs:
            kept = (*kept, replace(_named(run, kept), style=_free_style(kept), shown=shown))
        self._set(kept)

    def show(self, run: KeptRun, shown: bool) -> None:
        """Draw a run over the present one, or do not."""
        self._put(run, replace(run, shown=shown))

    def rename(self, run: KeptRun, name: str) -> None:
        """Give a run another name, with a number where it is taken."""
        others = [other for other in self._kept if other is not run]
        self._put(run, _named(run.renamed(name), others))

    def remove(self, *gone: KeptRun) -> None:
        """Keep some runs no longer."""
        self._set(tuple(run for run in self._kept if all(run is not other for other in gone)))

    def put_back(self, *gone: KeptRun) -> None:
        """Keep runs that were removed again, as they were but for a name that is taken now."""
        kept = self._kept
        for run in gone:
            kept = (*kept, _named(run, kept))
        self._set(kept)

    def _put(self, old: KeptRun, new: KeptRun) -> None:
        self._set(tuple(new if run is old else run for run in self._kept))

    def _set(self, kept: tuple[KeptRun, ...]) -> None:
        self._kept = kept
        self.changed.emit()


def _named(run: KeptRun, others: Sequence[KeptRun]) -> KeptRun:
    return run.renamed(free_name(run.name, {other.name for other in others}))


def _free_style(runs: Sequence[KeptRun]) -> int:
    taken = {run.style for run in runs}
    return next(number for number in range(len(taken) + 1) if number not in taken)
