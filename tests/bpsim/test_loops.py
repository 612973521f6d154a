"""The loop of the phase functions: the same as stepping, stopped by what cannot be computed."""

import numpy as np
import pytest

from bpsim.datasets import Dataset
from bpsim.errors import DivergenceError
from bpsim.loops import PhaseLoop
from bpsim.loops import test_error as error_of_test
from bpsim.network import Network
from bpsim.settings import Settings
from bpsim.simulation import Simulation
from bpsim.splitting import split

X = np.random.default_rng(7).uniform(-1, 1, (5, 2))
DATA = Dataset(X, X[:, :1] * 2)
NETWORK = Network.dense([2, 2, 1], "tanh", seed=1)


def loop(network: Network = NETWORK, **settings: object) -> PhaseLoop:
    made = Settings(**settings)
    return PhaseLoop(network, DATA, made, split(made, len(DATA)))


@pytest.mark.parametrize("settings", [{}, {"shuffle": True, "batch_size": 2, "test_share": 0.2}])
def test_trains_what_stepping_trains(settings: dict[str, object]) -> None:
    walk, ours = Simulation(NETWORK, DATA, Settings(**settings)), loop(**settings)
    chunks = [ours.advance(count) for count in (1, 6, 5)]
    walk.go_to(11)
    assert ours.state().network == walk.network
    assert np.array_equal(np.concatenate([chunk.errors for chunk in chunks]), walk.series.errors)
    assert np.array_equal(np.concatenate([chunk.test_errors for chunk in chunks]), walk.series.test_errors)


def test_goes_on_from_any_state() -> None:
    walk, ours = Simulation(NETWORK, DATA, Settings(batch_size=3)), loop(batch_size=3)
    ours.load(7, walk._past.state_at(7), (0, 1, 4, 3, 2))
    ours.advance(3)
    walk.go_to(7, 0)
    for row in (4, 3, 2):
        walk = walk.taking_next(row)
        walk.step("instance")
    assert ours.state().network == walk.network


def test_ends_before_what_cannot_be_computed() -> None:
    ours = loop(NETWORK.with_all_activations("linear"), learning_rate=50.0)
    chunk = ours.advance(10_000)
    assert 0 < chunk.done < 10_000
    assert np.isfinite(chunk.errors).all()
    state = ours.state()
    with pytest.raises(DivergenceError, match="instance"):
        ours.advance(1)
    assert ours.state() is state


def test_test_error_is_the_mean() -> None:
    rows = split(Settings(test_share=0.4), 5)
    by_hand = [Simulation(NETWORK, Dataset(X[[p]], DATA.targets[[p]])).trace.error for p in rows.test]
    assert error_of_test(NETWORK, DATA, rows) == pytest.approx(np.mean(by_hand), rel=1e-14)
