"""Putting a kept run in place of the present work, as an edit that can be undone."""

from bpsim.kept_run import KeptRun
from ui.session import Session

AS_IT_BEGAN = "It was changed on the way; this is how it began."


def open_run(session: Session, run: KeptRun) -> None:
    """Put what a run began from in place of the present work; undo brings that back."""
    project = run.project
    session.edit(
        f"Open run “{run.name}”",
        network=project.network,
        dataset=project.dataset,
        settings=project.settings,
        restart=True,
    )
    changed = f" {AS_IT_BEGAN}" if project.changes or project.order else ""
    session.notice(
        f"“{run.name}” is open at its start.{changed} Run trains the same {run.epochs} epochs again; "
        "undo brings back what was here."
    )
