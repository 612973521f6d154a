"""States and traces at any time, with both loops: the same bits however one gets there."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from bpsim.compiling import COMPILER
from bpsim.datasets import Dataset
from bpsim.network import Network
from bpsim.project import Project
from bpsim.recording import State
from bpsim.running import run
from bpsim.settings import Settings
from bpsim.simulation import Simulation
from bpsim.stopping import Stopping
from bpsim.storage import save

X = np.random.default_rng(5).uniform(-1, 1, (6, 2))
DATA = Dataset(X, np.stack([X[:, 0] > 0, X[:, 1] > 0], axis=1).astype(float))
NETWORK = Network.dense([2, 3, 2], seed=2)
KINDS = [
    {},
    {"batch_size": 4, "shuffle": True},
    {"optimizer": "adam", "learning_rate": 0.02, "l2": 0.001, "test_share": 0.3},
    {"optimizer": "nesterov", "batch_size": 3, "schedule": "step", "schedule_epochs": 2},
]


@pytest.fixture(scope="module", autouse=True)
def compiled() -> None:
    assert COMPILER.loop(wait=True) is not None, COMPILER.failure


def trained(epochs: int = 40, begin: int = 0, **settings: object) -> Simulation:
    simulation = Simulation(NETWORK, DATA, Settings(**settings))
    simulation.go_to(begin, 0)
    for progress in run(simulation.run_start(), Stopping(epochs=epochs), COMPILER.loop):
        simulation.extend(progress)
    return simulation


def same_bits(left: State, right: State) -> bool:
    def numbers(state: State) -> list[bytes]:
        batch = state.batch
        sums = [] if batch is None else [*batch.weight_steps, *batch.bias_steps]
        slots = [
            array for slot in (state.memory.first, state.memory.second) for pair in slot for array in pair
        ]
        return [a.tobytes() for a in (*state.network.weights, *state.network.biases, *sums, *slots)]

    return numbers(left) == numbers(right) and left.memory.count == right.memory.count


@pytest.mark.parametrize("settings", KINDS)
def test_computed_again_it_is_the_same(settings: dict[str, object]) -> None:
    walk = trained(**settings)
    size, kept = walk.epoch_size, {}
    assert walk.history.compiled_from == 0
    for time in range(walk.recorded):
        kept[time] = walk._past.state_at(time)
    forgetful = Simulation.restored(DATA, walk.history, 0, 0)
    for time in (0, 1, size, 7 * size + 2, walk.recorded - 1):
        assert same_bits(forgetful._past.state_at(time), kept[time])


@pytest.mark.parametrize("settings", KINDS)
def test_an_update_leads_to_the_next_state_bit_for_bit(settings: dict[str, object]) -> None:
    walk = trained(**settings)
    for time in range(walk.recorded - 1):
        trace = walk._past.trace_at(time)
        assert same_bits(State.after(trace), walk._past.state_at(time + 1))
        if trace.update_weight_steps is not None:  # and is the sum that the screen shows
            for after, before, step in zip(
                trace.updated.weights, trace.network.weights, trace.update_weight_steps, strict=True
            ):
                np.testing.assert_allclose(after, before + step, rtol=1e-12, atol=1e-15)


def test_stepping_goes_on_as_the_run_would_have_done() -> None:
    long, short = trained(epochs=50, batch_size=4), trained(epochs=20, batch_size=4)
    for size in ("node", "phase", "epoch", "instance"):
        short.step(size)
    short.back("epoch")
    short.go_to(50 * 6 - 1)
    assert short.network == long.network
    assert np.array_equal(short.series.errors, long.series.errors)
    assert np.array_equal(short.series.epoch_errors, long.series.epoch_errors)


def test_what_was_stepped_stays_what_it_was() -> None:
    walk = Simulation(NETWORK, DATA)
    walk.go_to(20)
    stepped = walk.network
    for progress in run(walk.run_start(), Stopping(epochs=30), COMPILER.loop):
        walk.extend(progress)
    assert walk.history.compiled_from == 21
    walk.go_to(20)
    assert walk.network == stepped


def test_a_change_in_the_middle_of_a_run_is_a_branch() -> None:
    walk = trained(test_share=0.3)
    end, series = walk.network, walk.series
    walk.go_to(41, 0)
    branch = walk.edited(settings=walk.settings.with_(learning_rate=2.0))
    assert branch.seen == 41
    branch.go_to(walk.recorded - 1)
    assert branch.network != end
    assert len(branch.series.epoch_errors) == len(series.epoch_errors)
    assert np.array_equal(branch.series.errors[:41], series.errors[:41])
    assert np.array_equal(branch.series.test_errors[:10], series.test_errors[:10])
    walk.go_to(walk.recorded - 1)
    assert walk.network == end
    assert np.array_equal(walk.series.errors, series.errors)


def test_other_criteria_change_nothing_that_was_trained() -> None:
    walk = trained()
    other = walk.edited(settings=walk.settings.with_(stopping=Stopping(epochs=5)))
    assert other.settings.stopping.epochs == 5
    assert other.recorded == walk.recorded
    assert other.network == walk.network


WHILE_IT_IS_COMPILED = """
import sys
import bpsim
from bpsim.compiling import COMPILER

simulation = bpsim.load(sys.argv[1]).simulation()
shown = simulation.moment.trace.error
print(COMPILER.pending, simulation.moment.shown)
updated = simulation.trace.updated
simulation.go_to(1, 0)
print(COMPILER.pending, updated == simulation.network, shown == simulation.series.errors[0])
"""


def test_the_start_of_a_training_is_there_before_the_loop_that_trained_it(tmp_path: Path) -> None:
    """In a process of its own, in which nothing has asked for the compiled loop."""
    walk = trained()
    walk.go_to(0, 0)
    save(Project.of(walk), tmp_path / "a.bpsim")
    asked = subprocess.run(
        [sys.executable, "-c", WHILE_IT_IS_COMPILED, str(tmp_path / "a.bpsim")],
        capture_output=True, text=True, timeout=50,
    )  # fmt: skip
    assert asked.stdout == "True 0\nFalse True True\n"


@pytest.mark.parametrize("loop", ["phases", "compiled"])
def test_a_far_state_is_approached_in_portions(loop: str) -> None:
    walk = trained(400) if loop == "compiled" else Simulation(NETWORK, DATA)
    walk.go_to(2399)
    again = Simulation.restored(DATA, walk.history, 0, 0)
    left = list(again._past.approach(2390))
    assert left == sorted(left, reverse=True)
    assert len(left) == (1 if loop == "compiled" else 2390 // 32)
    assert same_bits(again._past.state_at(2390), walk._past.state_at(2390))


def test_what_is_computed_ahead_leaves_the_cursor_and_is_what_a_walk_computes() -> None:
    walk = trained(20)
    walk.go_to(walk.recorded - 1)
    for history in (walk.history, Simulation(NETWORK, DATA).history):
        ahead, stepped = (Simulation.restored(DATA, history, 7, 3) for _ in range(2))
        shown = len(ahead.series.errors)
        left = list(ahead.walk_ahead(100))
        assert left[-1] == 0
        assert ahead.recorded == 100
        assert ahead.cursor == (7, 3)
        assert len(ahead.series.errors) == shown
        for simulation in (ahead, stepped):
            simulation.go_to(99)
        assert ahead.network == stepped.network
        assert np.array_equal(ahead.series.errors, stepped.series.errors)
