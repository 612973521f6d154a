"""Names turned into numbers, and arrays laid end to end."""

import numpy as np
import pytest

from bpsim.activations import ACTIVATIONS
from bpsim.datasets import Dataset
from bpsim.kernel_values import ACTIVATION_CODES, LOSS_CODES, SCHEDULE_CODES, join, mover, parted, task_of
from bpsim.losses import LOSSES
from bpsim.network import Network
from bpsim.optimizers import OPTIMIZERS
from bpsim.schedules import SCHEDULES
from bpsim.settings import Settings
from bpsim.splitting import Split
from tests.bpsim.reference import bits


def test_knows_every_name_of_the_tables() -> None:
    assert set(ACTIVATION_CODES) == set(ACTIVATIONS)
    assert set(LOSS_CODES) == set(LOSSES)
    assert set(SCHEDULE_CODES) == set(SCHEDULES)


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_mover_makes_the_steps_of_the_table(optimizer: str) -> None:
    rng = np.random.default_rng(0)
    m, record = mover(optimizer, 0.7), OPTIMIZERS[optimizer]
    h, first, second = rng.normal(size=5), rng.normal(size=5), rng.uniform(size=5)
    slots = tuple({"first": first, "second": second}[slot] for slot in record.slots)
    step, kept = record.step(h, slots, 0.1, 0.7, 4)
    if m.mu or optimizer == "gradient_descent":
        v = m.mu * first + h
        found, new = m.p * v + m.q * h, {"first": v}
    else:
        mean = m.beta_1 * first + (1 - m.beta_1) * h / 0.1
        square = m.beta_2 * second + (1 - m.beta_2) * (h / 0.1) ** 2
        shares = (1 - m.beta_1**4, 1 - m.beta_2**4) if m.corrects else (1.0, 1.0)
        found = 0.1 * (mean / shares[0]) / (np.sqrt(square / shares[1]) + m.epsilon)
        new = {"first": mean, "second": square}
    assert found == pytest.approx(step, rel=1e-13)
    for slot, array in zip(record.slots, kept, strict=True):
        assert new[slot] == pytest.approx(array, rel=1e-13)


def test_joined_and_parted_again() -> None:
    network = Network.dense([3, 4, 2], seed=1)
    flat = join(network.weights, network.biases)
    assert flat[12:16].tolist() == network.biases[0].tolist()
    assert bits(parted(flat, network)) == bits((network.weights, network.biases))


def test_missing_connections_by_their_place() -> None:
    network = Network.dense([2, 2, 1], seed=1).with_disconnected(0, 1, 0).with_disconnected(1, 0, 1)
    task = task_of(network, Dataset([[0, 0]], [[0]]), Settings(), Split((0,), ()))
    assert task.missing.tolist() == [2, 7]


def test_a_seed_of_any_size() -> None:
    made = Network.dense([1, 1]), Dataset([[0]], [[0]])
    assert task_of(*made, Settings(seed=2**64 + 5), Split((0,), ())).seed == 5
    assert task_of(*made, Settings(batch_size=10**30), Split((0,), ())).batch_size == 2**64 - 1
