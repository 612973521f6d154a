"""All numbers of an instance as a table, in full."""

import csv
import io

import numpy as np

from bpsim.backprop import backpropagate
from bpsim.export.numbers_csv import numbers_to_csv
from bpsim.network import Network
from bpsim.quantity import Quantity, value_of


def test_every_number_is_there_bit_for_bit_and_missing_weights_are_not() -> None:
    network = Network.dense([2, 3, 2], seed=4).with_disconnected(0, 1, 0)
    trace = backpropagate(network, [0.1, -0.7], [0.0, 1.0])
    rows = list(csv.DictReader(io.StringIO(numbers_to_csv(trace))))
    kinds = {kind: sum(row["kind"] == kind for row in rows) for kind in {row["kind"] for row in rows}}
    assert kinds == {
        "target": 2, "z": 5, "a": 7, "slope": 5, "delta": 5, "error_part": 2, "error": 1,
        "weight": 11, "step": 11, "new_weight": 11, "bias": 5, "bias_step": 5, "new_bias": 5,
    }  # fmt: skip
    for row in rows:
        places = [int(row[name]) - 1 if row[name] else None for name in ("layer", "node", "source")]
        assert float(row["value"]) == value_of(trace, Quantity(row["kind"], *places))


def test_a_large_network_is_written_too() -> None:
    trace = backpropagate(Network.dense([64, 128, 64, 10]), np.zeros(64), np.zeros(10))
    assert numbers_to_csv(trace).count("\n") > 3 * 16_000
