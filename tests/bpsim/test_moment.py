"""What may be shown where the cursor stands."""

import numpy as np
import pytest

from bpsim.backprop import PHASES
from bpsim.datasets import Dataset
from bpsim.moment import Moment, Series
from bpsim.network import Network
from bpsim.settings import Settings
from bpsim.simulation import Simulation

DATA = Dataset(np.array([[0.0, 1.0], [1.0, 1.0], [1.0, 0.0]]), [1, 0, 1])


def simulation(**settings: object) -> Simulation:
    return Simulation(Network.dense([2, 3, 1], seed=1), DATA, Settings(**settings))  # type: ignore[arg-type]


def known_phases(moment: Moment) -> list[str]:
    return [phase for phase in PHASES if moment.knows(phase)]


def test_phases_become_known_one_after_the_other_and_unknown_on_the_way_back() -> None:
    stepped = simulation()
    assert known_phases(stepped.moment) == []
    for number in range(1, 7):
        stepped.step("phase")
        assert known_phases(stepped.moment) == list(PHASES[:number])
    assert stepped.moment.finished
    stepped.back("phase")
    assert known_phases(stepped.moment) == list(PHASES[:5])
    assert not stepped.moment.finished


def test_a_layer_is_known_once_all_of_its_nodes_are() -> None:
    stepped = simulation()
    while stepped.moment.known_nodes("forward", 1) < 2:
        stepped.step("node")
    moment = stepped.moment
    assert [moment.knows("forward", 1, node) for node in range(3)] == [True, True, False]
    assert not moment.knows("forward", 1)
    assert moment.knows("receive", 0)
    stepped.step("node")
    assert stepped.moment.knows("forward", 1)
    assert not stepped.moment.knows("forward")


def test_what_an_instance_does_not_have_is_never_known() -> None:
    stepped = simulation(batch_size=3)
    stepped.step("instance")
    assert stepped.moment.finished
    assert not stepped.moment.knows("update")
    assert not stepped.moment.knows("forward", 0)
    assert stepped.moment.known_nodes("backward", 0) == 0


@pytest.mark.parametrize(("share", "size"), [(0.0, 3), (0.34, 2), (0.9, 1)])
def test_an_epoch_has_the_training_instances(share: float, size: int) -> None:
    moment = simulation(test_share=share).moment
    assert moment.epoch_size == len(moment.split.train) == size


def test_the_mean_of_an_epoch_is_told_where_it_is_kept() -> None:
    series = Series(np.zeros(6), np.array([0.5, 0.25]), 3)
    assert [series.mean_of_epoch(epoch) for epoch in (-1, 0, 1, 2)] == [None, 0.5, 0.25, None]
    thinned = series._replace(epoch_spacing=4)
    assert [thinned.mean_of_epoch(epoch) for epoch in (0, 1, 4, 5, 8)] == [0.5, None, 0.25, None, None]
