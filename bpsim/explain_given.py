"""What is said of numbers that nothing is computed for: inputs, targets, parameters, the learning rate."""

from bpsim.explain_pen import Pen
from bpsim.formula import Formula, Words
from bpsim.quantity import OF_MEMORY, Quantity
from bpsim.schedules import SCHEDULES

_WHERE = {
    "input": "given by the data",
    "target": "given by the data",
    "weight": "as it is before this update",
    "bias": "as it is before this update",
    "learning_rate": "chosen in the settings",
    "momentum": "chosen in the settings",
    "l1": "chosen in the settings",
    "l2": "chosen in the settings",
    "old_velocity": "as the update before left it",
    "old_average": "as the update before left it",
    "old_square": "as the update before left it",
}


def given(pen: Pen, q: Quantity) -> Formula:
    """Return where a number comes from, or the number."""
    if q.kind == "input" and q.node is not None:
        pen.note_input(q.node)
    settings, count = pen.trace.settings, pen.trace.memory.count
    if q.kind == "learning_rate" and settings.schedule != "constant":
        how = SCHEDULES[settings.schedule]
        pen.note(f"It changes from epoch to epoch: {how.label} (k = {settings.schedule_epochs}).")
    if q.kind in OF_MEMORY and not count:
        pen.note("There has been no update yet, so it is 0.")
    if pen.style == "rule":
        return Words(_WHERE[q.kind])
    if q.kind == "weight" and not _is_connected(pen, q):
        pen.note("These two nodes are not connected: the weight counts as 0.")
    return pen.quantity(q)


def _is_connected(pen: Pen, q: Quantity) -> bool:
    assert q.layer is not None
    return bool(pen.network.masks[q.layer - 1][q.node, q.source])
