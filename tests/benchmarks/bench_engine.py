"""How long the engine takes. The aims: a step within a frame, 16.7 ms; 1,000 instances back in 50 ms."""

import numpy as np
import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from bpsim.backprop import backpropagate
from bpsim.datasets import Dataset
from bpsim.gradcheck import check_gradients
from bpsim.network import Network
from bpsim.settings import Settings
from bpsim.simulation import Simulation
from bpsim.training import train

LECTURE = (2, 3, 2)
MIDDLE = (64, 128, 64, 10)
SIZES = pytest.mark.parametrize("sizes", [LECTURE, MIDDLE], ids=str)


def instances(sizes: tuple[int, ...], count: int = 4) -> Dataset:
    rng = np.random.default_rng(0)
    return Dataset(rng.uniform(-1, 1, (count, sizes[0])), rng.uniform(0, 1, (count, sizes[-1])))


def simulation(sizes: tuple[int, ...], updates: int = 0) -> Simulation:
    made = Simulation(Network.dense(sizes, seed=1), instances(sizes), Settings(shuffle=True))
    made.go_to(updates, 0)
    return made


@SIZES
def test_six_phases(sizes: tuple[int, ...], benchmark: BenchmarkFixture) -> None:
    network, data, settings = Network.dense(sizes, seed=1), instances(sizes), Settings()
    benchmark(backpropagate, network, data.inputs[0], data.targets[0], settings)


@SIZES
@pytest.mark.parametrize("size", ["node", "instance", "epoch"])
def test_step_and_moment(sizes: tuple[int, ...], size: str, benchmark: BenchmarkFixture) -> None:
    made = simulation(sizes)

    def step() -> object:
        made.step(size)
        return made.moment

    benchmark(step)


@SIZES
def test_change_of_a_weight_after_many_updates(sizes: tuple[int, ...], benchmark: BenchmarkFixture) -> None:
    made = simulation(sizes, 10_000)
    network = made.network.with_weight(0, 0, 0, 0.5)
    benchmark(lambda: made.edited(network=network).moment)


@pytest.mark.parametrize("updates", [10_000, 100_000])
def test_back_1000_instances_at_once(updates: int, benchmark: BenchmarkFixture) -> None:
    made = simulation(LECTURE, updates)

    def back() -> object:
        made.go_to(made.cursor[0] - 1000, 0)
        return made.moment

    benchmark.pedantic(back, setup=lambda: made.go_to(updates, 0), rounds=5)


def test_back_1000_instances_one_by_one(benchmark: BenchmarkFixture) -> None:
    made = simulation(LECTURE, 100_000)

    def back() -> object:
        for _ in range(1000):
            made.back("instance")
        return made.moment

    benchmark.pedantic(back, setup=lambda: made.go_to(100_000, 0), rounds=5)


def test_errors_of_100_000_instances(benchmark: BenchmarkFixture) -> None:
    made = simulation(LECTURE, 100_000)
    benchmark(lambda: made.series)


@SIZES
def test_epoch_of_training(sizes: tuple[int, ...], benchmark: BenchmarkFixture) -> None:
    epochs = train(Network.dense(sizes, seed=1), instances(sizes, 100), Settings(), epochs=10**9)
    benchmark(next, epochs)


def test_gradient_check(benchmark: BenchmarkFixture) -> None:
    network, data = Network.dense(LECTURE, seed=1), instances(LECTURE)
    benchmark(check_gradients, network, data.inputs, data.targets)
