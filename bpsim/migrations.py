"""What brings the content of older project files up to date, one version after the other."""

from collections.abc import Callable, Mapping
from typing import Any

Migration = Callable[[dict[str, Any]], dict[str, Any]]

_SETTINGS_OF_2: Mapping[str, Any] = {
    "optimizer": "gradient_descent",
    "momentum": 0.9,
    "l1": 0.0,
    "l2": 0.0,
    "schedule": "constant",
    "schedule_epochs": 100,
    "test_share": 0.0,
    "split_seed": 0,
    "stopping": {
        "epochs": 1000, "error_below": None, "patience": None, "gradient_below": None, "seconds": None,
    },
}  # fmt: skip


def _to_2(tree: dict[str, Any]) -> dict[str, Any]:
    """Add optimizer, decay, schedule, split, stopping and the loop, as version 1 trained without them."""
    changes = tree.get("changes")
    if isinstance(changes, list):
        tree = {**tree, "changes": [_with_settings_of_2(change) for change in changes]}
    return {**tree, "compiled_from": None, **_with_settings_of_2(tree)}


def _with_settings_of_2(part: Any) -> Any:
    settings = part.get("settings") if isinstance(part, dict) else None
    return {**part, "settings": {**settings, **_SETTINGS_OF_2}} if isinstance(settings, dict) else part


OTHER_SPLIT = (
    "This file is of an earlier version of bpsim, which chose other instances for testing: "
    "its training begins anew."
)
"""What the notes of a file then begin with."""


def _to_3(tree: dict[str, Any]) -> dict[str, Any]:
    """Add how far the training was recorded, at least up to the cursor, and that there were no runs.

    Version 2 chose the instances for testing in another way: with any, the training is back at its start.
    """
    if _is_split(tree.get("settings")):
        tree = _begun_anew(tree)
    cursor = tree.get("cursor")
    recorded = cursor.get("instances", 0) if isinstance(cursor, dict) else 0
    return {**tree, "recorded": recorded, "run_datasets": [], "runs": []}


def _is_split(settings: Any) -> bool:
    share = settings.get("test_share") if isinstance(settings, dict) else None
    return isinstance(share, int | float) and share > 0


def _begun_anew(tree: dict[str, Any]) -> dict[str, Any]:
    notes = tree.get("notes")
    told = {"notes": f"{OTHER_SPLIT}\n\n{notes}".rstrip()} if isinstance(notes, str) else {}
    start = {"instances": 0, "steps": 0}
    return {**tree, **told, "order": None, "cursor": start, "compiled_from": None, "changes": []}


MIGRATIONS: Mapping[int, Migration] = {1: _to_2, 2: _to_3}
"""By version: what makes the content of a file of that version into one of the next.

A part that is not what it should be is left as it is, if it is needed: reading the file then names it.
"""
