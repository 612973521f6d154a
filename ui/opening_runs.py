"""Putting a kept run in place of the present work, as an edit that can be undone; training several."""

from PySide6.QtWidgets import QWidget

from bpsim.kept_run import KeptRun
from bpsim.numbers import counted
from ui.appearance import Appearance
from ui.kept_runs import KeptRuns
from ui.session import Session


def open_run(session: Session, run: KeptRun) -> None:
    """Put what a run began from in place of the present work; undo brings that back."""
    session.put(run.again, f"Open run “{run.name}”")
    session.notice(f"“{run.name}” is open at its start. {_again(run)}; undo brings back what was here.")


def _again(run: KeptRun) -> str:
    if run.diverged:
        return "Run trains it again until it diverges"
    epochs = "epoch" if run.epochs == 1 else counted(run.epochs, "epoch")
    return f"Run trains the same {epochs} again, with no other criterion to stop"


def compare_runs(session: Session, appearance: Appearance, runs: KeptRuns, window: QWidget) -> None:
    """Open the dialog that trains several runs at once, which is imported then: it has a plot."""
    from ui.dialogs.sweep import open_sweep

    open_sweep(session, appearance, runs, window)
