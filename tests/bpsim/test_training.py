"""Training by epochs: equal to a plain loop and to the simulation, bit for bit."""

from itertools import islice

import numpy as np
import pytest

from bpsim.backprop import Batch, backpropagate
from bpsim.datasets import Dataset
from bpsim.errors import DivergenceError, MisfitError
from bpsim.network import Network
from bpsim.optimizers import NO_MEMORY, OPTIMIZERS
from bpsim.orders import epoch_order
from bpsim.schedules import SCHEDULES
from bpsim.settings import Settings
from bpsim.simulation import Simulation
from bpsim.splitting import split
from bpsim.training import Snapshot, mean_error, train
from tests.bpsim.reference import bits, xor

START = Network.dense([2, 2, 1], seed=1)
RNG = np.random.default_rng(0)
SEVEN = Dataset(RNG.normal(size=(7, 2)), RNG.uniform(size=(7, 1)))

SETTINGS = [
    Settings(batch_size=batch, shuffle=shuffle, seed=5, update_biases=biases)
    for batch in (1, 2, 3, 7, 100)
    for shuffle, biases in ((False, True), (True, False))
]
SETTINGS += [
    Settings(
        batch_size=2, shuffle=True, optimizer=optimizer, l1=0.01, l2=0.1, schedule=schedule,
        schedule_epochs=1, test_share=0.4,
    )
    for optimizer in OPTIMIZERS
    for schedule in SCHEDULES
]  # fmt: skip


def plain(network: Network, data: Dataset, settings: Settings, epochs: int) -> list[Network]:
    """Return the network after every epoch, by the loop that the lecture writes down."""
    networks, memory = [], NO_MEMORY
    for epoch in range(epochs):
        rows = list(epoch_order(settings, epoch, split(settings, len(data)).train))
        rate = SCHEDULES[settings.schedule].rate(settings.learning_rate, epoch, settings.schedule_epochs)
        while rows:
            batch_rows, rows = rows[: settings.batch_size], rows[settings.batch_size :]
            batch: Batch | None = None
            for row in batch_rows:
                trace = backpropagate(
                    network, data.inputs[row], data.targets[row], settings.with_(learning_rate=rate),
                    batch=batch, memory=memory, closes_batch=row == batch_rows[-1],
                )  # fmt: skip
                batch = trace.batch
            network, memory = trace.updated, trace.next_memory
        networks.append(network)
    return networks


@pytest.mark.parametrize("settings", SETTINGS, ids=str)
def test_is_the_plain_loop(settings: Settings) -> None:
    snapshots = list(train(START, SEVEN, settings, epochs=3))
    assert [snapshot.epoch for snapshot in snapshots] == [1, 2, 3]
    assert [snapshot.network for snapshot in snapshots] == plain(START, SEVEN, settings, 3)


@pytest.mark.parametrize("settings", SETTINGS, ids=str)
def test_simulation_by_epochs_agrees(settings: Settings) -> None:
    simulation = Simulation(START, SEVEN, settings)
    for snapshot in train(START, SEVEN, settings, epochs=3):
        simulation.step("epoch")
        assert simulation.network == snapshot.network


def test_error_is_the_mean_with_the_new_weights() -> None:
    for snapshot in train(START, SEVEN, Settings(), epochs=2):
        errors = [
            backpropagate(snapshot.network, x, y).error
            for x, y in zip(SEVEN.inputs, SEVEN.targets, strict=True)
        ]
        assert snapshot.error == pytest.approx(np.mean(errors), rel=1e-13)
        assert snapshot.error == mean_error(snapshot.network, SEVEN)


def test_mean_error_as_the_lecture_writes_it() -> None:
    # E = (1/2N) Σ (y − ŷ)²: ŷ = 0 everywhere, y = 1, 2, 3
    network = Network.dense([1, 1], "linear", initializer="zeros")
    assert mean_error(network, Dataset([[1], [2], [3]], [[1], [2], [3]])) == pytest.approx(14 / 6, rel=1e-15)


def test_one_batch_of_all_follows_the_mean_gradient() -> None:
    h, settings = 1e-6, Settings(learning_rate=0.1, batch_size=100)
    (snapshot,) = train(START, SEVEN, settings)
    theta = float(START.weights[0][1, 0])
    low, high = (mean_error(START.with_weight(0, 1, 0, theta + k), SEVEN) for k in (-h, h))
    assert snapshot.network.weights[0][1, 0] - theta == pytest.approx(-0.1 * (high - low) / (2 * h), rel=1e-6)


def test_shuffled_epochs_repeat_by_seed_and_differ_from_each_other() -> None:
    one, again, other = (
        list(train(START, SEVEN, Settings(shuffle=True, seed=seed), epochs=2))[-1].network
        for seed in (1, 1, 2)
    )
    assert one == again
    assert one != other


def test_learns_xor() -> None:
    network = Network.dense([2, 4, 1], "tanh", seed=1)
    *_, last = train(network, xor(), Settings(learning_rate=0.3), epochs=400)
    assert last.error < 0.01
    assert bits(network) == bits(Network.dense([2, 4, 1], "tanh", seed=1))


def test_yields_one_epoch_at_a_time() -> None:
    endless = train(START, SEVEN, Settings(), epochs=10**9)
    assert [snapshot.epoch for snapshot in islice(endless, 3)] == [1, 2, 3]
    assert list(train(START, SEVEN, epochs=0)) == []


def test_misfit() -> None:
    with pytest.raises(MisfitError, match="The network has 3 inputs, the data 2 inputs"):
        next(train(Network.dense([3, 1]), SEVEN))


def test_divergence_names_epoch_and_instance() -> None:
    # ŷ = θ x with x = y = 10 and η = 10: every step multiplies θ − 1 by 1 − 1000
    network = Network.dense([1, 1], "linear", initializer="zeros")
    data = Dataset([[0], [10]], [[0], [10]])
    settings = Settings(learning_rate=10, update_biases=False)
    snapshots: list[Snapshot] = []
    with pytest.raises(DivergenceError) as error:
        snapshots.extend(train(network, data, settings, epochs=1000))
    assert error.value.instance == 1
    assert error.value.epoch == len(snapshots)
    assert 45 < len(snapshots) < 55  # 999^n passes √10³⁰⁸ at n = 51
    assert all(np.isfinite(snapshot.error) for snapshot in snapshots)
    assert np.isfinite(snapshots[-1].network.weights[0]).all()
