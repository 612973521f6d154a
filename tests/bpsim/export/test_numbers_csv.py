"""All numbers of an instance as a table, in full."""

import csv
import io

import numpy as np
import pytest

from bpsim.backprop import Trace, backpropagate
from bpsim.export.numbers_csv import numbers_to_csv
from bpsim.network import Network
from bpsim.notation import NOTATIONS
from bpsim.quantity import Quantity, value_of
from bpsim.settings import Settings

NETWORK = Network.dense([2, 3, 2], seed=4).with_disconnected(0, 1, 0)


def traced(**how: bool) -> Trace:
    return backpropagate(NETWORK, [0.1, -0.7], [0.0, 1.0], Settings(), **how)  # type: ignore[arg-type]


def rows_of(trace: Trace, notation: str = "lecture") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(numbers_to_csv(trace, notation))))


def test_every_number_is_there_and_missing_weights_are_not() -> None:
    rows = rows_of(traced())
    kinds = {kind: sum(row["kind"] == kind for row in rows) for kind in {row["kind"] for row in rows}}
    assert kinds == {
        "input": 2, "target": 2, "z": 5, "a": 5, "slope": 5, "back_sum": 5, "delta": 5, "error_part": 2,
        "error": 1, "weight": 11, "step": 11, "mean_step": 11, "new_weight": 11, "bias": 5, "bias_step": 5,
        "mean_bias_step": 5, "new_bias": 5,
    }  # fmt: skip
    assert "mean_step" not in {row["kind"] for row in rows_of(traced(closes_batch=False))}


def test_what_belongs_to_optimizer_and_decay_is_there_too() -> None:
    settings = Settings(optimizer="adam", l1=0.1)
    trace = backpropagate(NETWORK, [0.1, -0.7], [0.0, 1.0], settings)
    rows = rows_of(trace)
    kinds = {kind: sum(row["kind"] == kind for row in rows) for kind in {row["kind"] for row in rows}}
    assert kinds["penalty"] == 1
    assert kinds["decay_step"] == 11
    assert all(kinds[kind] == 16 for kind in ("old_average", "average", "old_square", "square"))
    ends = {(row["symbol"], float(row["value"])) for row in rows if row["kind"] == "average"}
    assert ("m¹₀₁", trace.next_memory.first[0][1][0]) in ends


@pytest.mark.parametrize("notation", NOTATIONS)
def test_every_number_bit_for_bit_with_the_sign_and_the_letter_of_the_notation(notation: str) -> None:
    trace, way = traced(), NOTATIONS[notation].lettered
    for row in rows_of(trace, notation):
        layer = int(row["layer"]) - way.first_layer if row["layer"] else None
        places = [int(row[name]) - 1 if row[name] else None for name in ("node", "source")]
        quantity = Quantity(row["kind"], layer, *places)
        assert float(row["value"]) == way.sign(quantity.kind) * value_of(trace, quantity)
        assert row["symbol"] == way.text(quantity, NETWORK)


def test_symbols_with_a_comma_stay_in_their_column() -> None:
    trace = backpropagate(Network.dense([12, 1]), np.zeros(12), [0.0])
    assert "θ¹₁₂,₁" in {row["symbol"] for row in rows_of(trace)}


def test_a_large_network_is_written_too() -> None:
    trace = backpropagate(Network.dense([64, 128, 64, 10]), np.zeros(64), np.zeros(10))
    assert numbers_to_csv(trace).count("\n") > 4 * 16_000
