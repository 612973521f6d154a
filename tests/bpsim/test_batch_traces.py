import numpy as np
import pytest

from bpsim.batch_traces import batch_traces
from bpsim.datasets import Dataset
from bpsim.explain import explain
from bpsim.formula import evaluate
from bpsim.network import Network
from bpsim.quantity import Quantity, value_of
from bpsim.settings import Settings
from bpsim.simulation import Simulation

MEAN = Quantity("mean_step", 1, 0, 0)


def training(**more: object) -> Simulation:
    rng = np.random.default_rng(3)
    data = Dataset(rng.normal(size=(7, 2)), rng.uniform(size=(7, 1)))
    settings = Settings().with_(batch_size=3, **more)
    return Simulation(Network.dense([2, 2, 1], seed=1), data, settings)


def test_the_earlier_instances_of_the_batch_in_their_order() -> None:
    simulation = training()
    assert batch_traces(simulation) == {}
    rows = []
    for _ in range(5):
        simulation.step("instance")
        rows.append(list(batch_traces(simulation)))
    assert rows == [[], [0], [0, 1], [], [3]]
    assert simulation.cursor[0] == 4


def test_they_are_what_was_computed_then() -> None:
    simulation, seen = training(shuffle=True, seed=4), {}
    for _ in range(3):
        simulation.step("instance")
        seen[simulation.position.instance] = simulation.trace
    earlier = batch_traces(simulation)
    assert list(earlier) == list(seen)[:2]
    for row, trace in earlier.items():
        for now, then in zip(trace.weight_steps, seen[row].weight_steps, strict=True):
            assert now.tobytes() == then.tobytes()


def test_the_mean_is_explained_by_its_terms() -> None:
    simulation = training()
    simulation.go_to(5)
    explanation = explain(simulation.trace, MEAN, earlier=batch_traces(simulation))
    assert explanation.terms == (
        *(Quantity("step", 1, 0, 0, row) for row in (3, 4)),
        Quantity("step", 1, 0, 0),
    )
    assert evaluate(explanation.numbers) == pytest.approx(value_of(simulation.trace, MEAN), rel=1e-12)


def test_an_edit_within_the_batch() -> None:
    simulation = training()
    simulation.go_to(1)
    simulation = simulation.edited(network=simulation.network.with_weight(0, 0, 0, 2.0))
    simulation.go_to(2)
    earlier = batch_traces(simulation)
    assert [trace.network.weights[0][0, 0] == 2.0 for trace in earlier.values()] == [False, False]
    assert simulation.trace.network.weights[0][0, 0] == 2.0


def test_of_a_large_batch_there_are_none() -> None:
    simulation = training()
    simulation.go_to(2)
    assert batch_traces(simulation, most=2) == {}
