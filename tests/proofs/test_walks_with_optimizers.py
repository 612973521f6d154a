"""Every optimizer, schedule and split walks forth and back as a replay from the start does, bit for bit."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bpsim.datasets import Dataset
from bpsim.network import Network
from bpsim.optimizers import OPTIMIZERS
from bpsim.schedules import SCHEDULES
from bpsim.settings import Settings
from bpsim.simulation import Simulation
from bpsim.splitting import split
from bpsim.steps import STEP_SIZES
from tests.bpsim.reference import bits
from tests.bpsim.replay import Replay
from tests.bpsim.test_simulation import act, same

START = Network.dense([2, 2, 1], ["tanh", "sigmoid"], seed=3).with_disconnected(0, 1, 1)
SIX = Dataset(
    [[0.5, -1], [1.5, 0.25], [-0.75, 2], [1, 1], [-0.5, -0.25], [0, 0.5]],
    [[0.2], [0.9], [0], [1], [0.1], [0.4]],
)
CHOICES = st.fixed_dictionaries(
    {
        "learning_rate": st.sampled_from([0.01, 0.1]),
        "batch_size": st.integers(1, 4),
        "shuffle": st.booleans(),
        "seed": st.integers(0, 3),
        "update_biases": st.booleans(),
        "optimizer": st.sampled_from(list(OPTIMIZERS)),
        "momentum": st.sampled_from([0.0, 0.9]),
        "l1": st.sampled_from([0.0, 0.01]),
        "l2": st.sampled_from([0.0, 0.1]),
        "schedule": st.sampled_from(list(SCHEDULES)),
        "schedule_epochs": st.integers(1, 3),
    }
)
DIVIDED = st.fixed_dictionaries(
    {"test_share": st.sampled_from([0.0, 0.3, 0.5]), "split_seed": st.integers(0, 3)}
)
ACTIONS = st.one_of(
    st.tuples(st.sampled_from(["step", "back"]), st.sampled_from(STEP_SIZES)),
    st.tuples(st.just("go to"), st.tuples(st.integers(0, 15), st.integers(0, 13))),
    st.tuples(st.just("settings"), CHOICES),
    st.tuples(st.just("weight"), st.sampled_from([-1.0, 0.25])),
    st.tuples(st.just("cut"), st.just(0)),
)


@settings(max_examples=150)
@given(CHOICES, DIVIDED, st.lists(ACTIONS, max_size=20))
def test_any_walk(chosen: dict[str, Any], divided: dict[str, Any], actions: list[tuple[str, Any]]) -> None:
    start = Settings(**chosen, **divided)
    simulation, replay = Simulation(START, SIX, start), Replay(START, SIX, start)
    for action, value in actions:
        if action == "settings":
            value = Settings(**value, **divided)
            if value.trains_as(simulation.settings):
                continue  # nothing is changed
        simulation = act(simulation, replay, action, value)
        same(simulation, replay)
        assert simulation.moment.epoch_size == simulation.epoch_size == replay.n


@given(CHOICES, DIVIDED, st.lists(st.sampled_from(STEP_SIZES), max_size=12))
def test_steps_and_as_many_back(chosen: dict[str, Any], divided: dict[str, Any], sizes: list[str]) -> None:
    simulation = Simulation(START, SIX, Settings(**chosen, **divided))
    large_first = sorted(sizes, key=STEP_SIZES.index, reverse=True)
    seen = []
    for size in large_first:
        seen.append((simulation.cursor, bits(simulation.network), bits(simulation.trace)))
        simulation.step(size)
    for size in reversed(large_first):
        simulation.back(size)
        assert (simulation.cursor, bits(simulation.network), bits(simulation.trace)) == seen.pop()


@given(CHOICES, DIVIDED)
def test_test_instances_are_never_trained(chosen: dict[str, Any], divided: dict[str, Any]) -> None:
    simulation = Simulation(START, SIX, Settings(**chosen, **divided))
    trained = set()
    for _ in range(2 * simulation.epoch_size):
        simulation.step("instance")
        trained.add(simulation.position.instance)
    assert tuple(sorted(trained)) == split(Settings(**divided), len(SIX)).train


@pytest.mark.parametrize(("before", "after", "size"), [(0.0, 0.5, 3), (0.5, 0.0, 6)])
def test_another_split_starts_a_new_training_from_the_start_weights(
    before: float, after: float, size: int
) -> None:
    """The present ones may have been trained on what is to be tested now."""
    simulation = Simulation(START, SIX, Settings(test_share=before))
    simulation.step("epoch")
    assert simulation.network != START
    simulation = simulation.edited(settings=Settings(test_share=after))
    assert simulation.cursor == (0, 0)
    assert simulation.network == START
    assert simulation.epoch_size == size
