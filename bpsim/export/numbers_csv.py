"""Every number of one instance as a CSV table, for networks of any size."""

from collections.abc import Iterator

import numpy as np

from bpsim.backprop import Trace
from bpsim.quantity import Quantity


def numbers_to_csv(trace: Trace) -> str:
    """Return every number of an instance as a table: kind, layer, node, source (from 1), value in full."""
    rows = ["kind,layer,node,source,value"]
    for quantity, value in _numbers(trace):
        kind, layer, node, source, _ = quantity
        places = ("" if place is None else str(place + 1) for place in (layer, node, source))
        rows.append(",".join([kind, *places, repr(value)]))
    return "\n".join(rows) + "\n"


def _numbers(trace: Trace) -> Iterator[tuple[Quantity, float]]:
    last = len(trace.network.weights)
    layers = (
        ("z", trace.pre_activations), ("a", trace.activations),
        ("slope", trace.derivatives), ("delta", trace.deltas),
    )  # fmt: skip
    yield from ((Quantity("target", last, k), float(y)) for k, y in enumerate(trace.target))
    for kind, values in layers:
        for layer, row in enumerate(values):
            if row is not None:
                yield from ((Quantity(kind, layer, i), float(value)) for i, value in enumerate(row))
    yield from ((Quantity("error_part", last, k), float(e)) for k, e in enumerate(trace.errors))
    yield Quantity("error"), trace.error
    weights = (
        ("weight", trace.network.weights),
        ("step", trace.weight_steps),
        ("new_weight", trace.updated.weights),
    )
    for kind, matrices in weights:
        for l, matrix in enumerate(matrices):
            for i, j in np.argwhere(trace.network.masks[l]).tolist():
                yield Quantity(kind, l + 1, i, j), float(matrix[i, j])
    biases = (
        ("bias", trace.network.biases),
        ("bias_step", trace.bias_steps),
        ("new_bias", trace.updated.biases),
    )
    for kind, vectors in biases:
        for l, vector in enumerate(vectors):
            yield from ((Quantity(kind, l + 1, i), float(value)) for i, value in enumerate(vector))
