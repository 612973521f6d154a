"""The runs that were kept to be compared, until the window is closed."""

from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal

from bpsim.kept_run import KeptRun


@dataclass(frozen=True, eq=False)
class Kept:
    """A kept run, the number of its colour and dashes, and whether it is drawn over the present one."""

    run: KeptRun
    style: int
    shown: bool


class KeptRuns(QObject):
    """Holds kept runs in the order in which they were kept; they are in no file and not undone."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._kept: tuple[Kept, ...] = ()

    @property
    def all(self) -> tuple[Kept, ...]:
        """All of them."""
        return self._kept

    @property
    def shown(self) -> tuple[Kept, ...]:
        """Those that are drawn over the present run."""
        return tuple(kept for kept in self._kept if kept.shown)

    @property
    def runs(self) -> tuple[KeptRun, ...]:
        """The runs alone."""
        return tuple(kept.run for kept in self._kept)

    def keep(self, *runs: KeptRun, shown: bool = True) -> None:
        """Keep runs; each gets the style that the fewest others have."""
        for run in runs:
            self._kept = (*self._kept, Kept(run, self._free_style(), shown))
        self.changed.emit()

    def show(self, kept: Kept, shown: bool) -> None:
        """Draw a run over the present one, or do not."""
        self._put(kept, replace(kept, shown=shown))

    def hide_all(self) -> None:
        """Draw none of them any more: over another project they would mean nothing."""
        self._kept = tuple(replace(kept, shown=False) for kept in self._kept)
        self.changed.emit()

    def rename(self, kept: Kept, name: str) -> None:
        """Give a run another name."""
        self._put(kept, replace(kept, run=kept.run.renamed(name)))

    def remove(self, *gone: Kept) -> None:
        """Keep some runs no longer."""
        self._kept = tuple(kept for kept in self._kept if kept not in gone)
        self.changed.emit()

    def put_back(self, *gone: Kept) -> None:
        """Keep runs that were removed again, as they were."""
        self._kept = (*self._kept, *gone)
        self.changed.emit()

    def _put(self, old: Kept, new: Kept) -> None:
        self._kept = tuple(new if kept is old else kept for kept in self._kept)
        self.changed.emit()

    def _free_style(self) -> int:
        taken = {kept.style for kept in self._kept}
        return next(number for number in range(len(taken) + 1) if number not in taken)
