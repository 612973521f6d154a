"""Every number of one instance as a CSV table, for networks of any size."""

import csv
import io
from collections.abc import Iterator

import numpy as np

from bpsim.backprop import Trace
from bpsim.notation import NOTATIONS
from bpsim.quantity import Quantity, remembered, value_of

HEADINGS = ("kind", "symbol", "layer", "node", "source", "value")

_OF_NODES = ("z", "a", "slope", "back_sum", "delta")
_OF_WEIGHTS = ("weight", "step", "mean_step", "new_weight")
_OF_BIASES = ("bias", "bias_step", "mean_bias_step", "new_bias")
_AFTER_THE_BATCH = ("mean_step", "mean_bias_step")


def numbers_to_csv(trace: Trace, notation: str = "lecture") -> str:
    """Return every number of an instance as a table, values in full.

    `symbol` is how the notation writes a number, and δ has the sign that it gives it. Layers are counted as
    the notation counts them, nodes and sources from 1.
    """
    way = NOTATIONS[notation].lettered
    table = io.StringIO()
    writer = csv.writer(table, lineterminator="\n")
    writer.writerow(HEADINGS)
    for quantity in _numbers(trace):
        kind, layer, node, source, _ = quantity
        value = value_of(trace, quantity)
        shown = value if way.sign(kind) > 0 else 0.0 - value
        places = ("" if place is None else place + 1 for place in (node, source))
        number = "" if layer is None else way.layer_number(layer)
        writer.writerow((kind, way.text(quantity, trace.network), number, *places, repr(shown)))
    return table.getvalue()


def _numbers(trace: Trace) -> Iterator[Quantity]:
    """Yield every number that there is, in the order of the phases."""
    network, last = trace.network, len(trace.network.weights)
    left_out = () if trace.closes_batch else _AFTER_THE_BATCH
    decay = () if trace.decay_steps is None else ("decay_step",)
    of_weights, of_biases = (*_OF_WEIGHTS, *decay, *remembered(trace)), (*_OF_BIASES, *remembered(trace))
    yield from (Quantity("input", 0, j) for j in range(network.sizes[0]))
    yield from (Quantity("target", last, k) for k in range(network.sizes[-1]))
    for kind in _OF_NODES:
        for layer, size in enumerate(network.sizes[1:], start=1):
            yield from (Quantity(kind, layer, i) for i in range(size))
    yield from (Quantity("error_part", last, k) for k in range(network.sizes[-1]))
    yield Quantity("error")
    if trace.settings.decays:
        yield Quantity("penalty")
    for kind in (kind for kind in of_weights if kind not in left_out):
        for layer, mask in enumerate(network.masks, start=1):
            yield from (Quantity(kind, layer, i, j) for i, j in np.argwhere(mask).tolist())
    for kind in (kind for kind in of_biases if kind not in left_out):
        for layer, size in enumerate(network.sizes[1:], start=1):
            yield from (Quantity(kind, layer, i) for i in range(size))
