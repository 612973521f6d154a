"""What is said of numbers that nothing is computed for: inputs, targets, parameters, the learning rate."""

from bpsim.explain_pen import Pen
from bpsim.formula import Formula, Words
from bpsim.quantity import Quantity

_WHERE = {
    "input": "given by the data",
    "target": "given by the data",
    "weight": "as it is before this update",
    "bias": "as it is before this update",
    "learning_rate": "chosen in the settings",
}


def given(pen: Pen, q: Quantity) -> Formula:
    """Return where a number comes from, or the number."""
    if q.kind == "input" and q.node is not None:
        pen.note_input(q.node)
    if pen.style == "rule":
        return Words(_WHERE[q.kind])
    if q.kind == "weight" and not _is_connected(pen, q):
        pen.note("These two nodes are not connected: the weight counts as 0.")
    return pen.quantity(q)


def _is_connected(pen: Pen, q: Quantity) -> bool:
    assert q.layer is not None
    return bool(pen.network.masks[q.layer - 1][q.node, q.source])
