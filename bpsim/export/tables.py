"""Tables of all numbers of an instance: of its nodes, and of its weights and biases."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from bpsim.backprop import Trace
from bpsim.formula import Formula, Number, Words
from bpsim.network import Network
from bpsim.notation import Notation
from bpsim.quantity import Quantity, value_of

_OF_NODES = ("z", "a", "slope", "delta")


@dataclass(frozen=True)
class Table:
    """A table: a name in the first column, numbers in all others."""

    heads: tuple[str, ...]
    rows: tuple[tuple[Formula, ...], ...]


def tables(trace: Trace, notation: Notation) -> tuple[Table, Table]:
    """Return the numbers of all nodes, and those of all weights and biases, as a notation writes them."""
    return _of_nodes(trace, notation), _of_parameters(trace, notation)


def _of_nodes(trace: Trace, notation: Notation) -> Table:
    network = trace.network
    letters = notation.lettered.plain_letters
    rows: list[tuple[Formula, ...]] = []
    for layer, size in enumerate(network.sizes[1:], start=1):
        for node in range(size):
            numbers = (_number(trace, Quantity(kind, layer, node), notation) for kind in _OF_NODES)
            rows.append((Words(network.node_name(layer, node)), *numbers))
    return Table(("node", *(letters[kind] for kind in _OF_NODES)), tuple(rows))


def _of_parameters(trace: Trace, notation: Notation) -> Table:
    letter, mean = notation.letters["weight"], trace.closes_batch and trace.batch.count > 1
    heads = ["weight or bias", letter, notation.step_letter]
    heads += [f"mean {notation.step_letter}"] if mean else []
    heads += [f"new {letter}"] if trace.closes_batch else []
    rows = []
    for own in _parameters(trace.network):
        step = "step" if own.kind == "weight" else "bias_step"
        kinds = [own.kind, step, *([f"mean_{step}"] if mean else [])]
        kinds += [f"new_{own.kind}"] if trace.closes_batch else []
        numbers = (_number(trace, own._replace(kind=kind), notation) for kind in kinds)
        rows.append((notation.symbol(own, trace.network), *numbers))
    return Table(tuple(heads), tuple(rows))


def _parameters(network: Network) -> Iterator[Quantity]:
    for layer, mask in enumerate(network.masks, start=1):
        for node, row in enumerate(mask):
            yield from (Quantity("weight", layer, node, int(j)) for j in np.flatnonzero(row))
            yield Quantity("bias", layer, node)


def _number(trace: Trace, quantity: Quantity, notation: Notation) -> Number:
    value = value_of(trace, quantity)
    return Number(value if notation.sign(quantity.kind) > 0 else 0.0 - value, quantity=quantity)
