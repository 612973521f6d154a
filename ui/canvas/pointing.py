"""Which number is at a place of the drawing, and what of the drawing a number belongs to. No Qt."""

from collections.abc import Iterable

from bpsim.network import Network, Node
from bpsim.quantity import OF_MEMORY, Quantity
from ui.canvas.picture import Target
from ui.canvas.reading import Reading
from ui.view_state import Edge, Selection

_OF_WEIGHTS = {"weight", "step", "mean_step", "new_weight", "decay_step", *OF_MEMORY}


def quantity_at(reading: Reading, target: Target) -> Quantity | None:
    """Return the number that is shown at a place now, None where there is none."""
    phase = reading.phase
    if target.edge is not None:
        l, i, j = target.edge
        kind = {"gradient": "step", "update": "new_weight"}.get(phase or "", "weight")
        return Quantity(kind, l + 1, i, j)
    if target.kind == "bias":
        kind = {"gradient": "bias_step", "update": "new_bias"}.get(phase or "", "bias")
        return Quantity(kind, target.layer, target.index)
    if target.kind != "node":
        return None
    if target.layer == 0:
        return Quantity("input", 0, target.index)
    kind = "a" if reading.delta(target.layer, target.index) is None else "delta"
    return Quantity(kind, target.layer, target.index)


def pointed_at(quantities: Iterable[Quantity], network: Network) -> Selection:
    """Return the nodes and weights that numbers belong to."""
    nodes: set[Node] = set()
    edges: set[Edge] = set()
    for kind, layer, node, source, _ in quantities:
        if kind == "error":
            nodes.update((len(network.weights), k) for k in range(network.sizes[-1]))
        elif layer is None or node is None:
            continue
        elif kind in _OF_WEIGHTS and source is not None:
            edges.add((layer - 1, node, source))
        else:
            nodes.add((layer, node))
    return Selection(frozenset(nodes), frozenset(edges)).within(network)
