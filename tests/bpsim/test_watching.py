"""Watching over a run: which criterion ends it, and after which instance."""

import numpy as np
import pytest

from bpsim.datasets import Dataset
from bpsim.loops import Chunk
from bpsim.network import Network
from bpsim.settings import Settings
from bpsim.splitting import Split
from bpsim.stopping import Stopping
from bpsim.together import gradient_length
from bpsim.watching import Watch

DATA = Dataset(np.eye(3), np.zeros((3, 1)))
ALL, SOME = Split((0, 1, 2), ()), Split((0, 2), (1,))
NONE = np.empty(0)


def chunk(*errors: float, tests: tuple[float, ...] = ()) -> Chunk:
    return Chunk(len(errors), np.array(errors), np.array(tests))


def ended(watch: Watch) -> str:
    return "" if watch.ended is None else watch.ended.name


def test_a_mean_below_the_limit_ends_it_after_the_last_instance_of_its_epoch() -> None:
    watch = Watch(Stopping(error_below=0.5), DATA, ALL, 0, NONE)
    assert watch.follow(chunk(1, 1, 1, 0.1)) == 4
    assert ended(watch) == ""
    assert watch.follow(chunk(0.2, 0.3, 9, 9, 9)) == 2
    assert ended(watch) == "error_below"
    assert watch.ended is not None
    assert watch.ended.present == pytest.approx(0.2)


def test_an_epoch_that_has_begun_before_counts_with_its_errors() -> None:
    watch = Watch(Stopping(epochs=2, error_below=0.5), DATA, ALL, 4, np.array([1.0]))
    assert watch.end == 9
    assert watch.follow(chunk(0.1, 0.1)) == 2
    assert ended(watch) == "error_below"


def test_without_a_lower_error_it_ends_and_a_tie_is_none() -> None:
    watch = Watch(Stopping(epochs=None, patience=2), DATA, ALL, 0, NONE)
    assert watch.follow(chunk(*[3.0] * 3, *[2.0] * 3, *[2.0] * 3)) == 9
    assert ended(watch) == ""
    assert watch.follow(chunk(*[2.5] * 3, *[1.0] * 3)) == 3
    assert ended(watch) == "patience"


def test_errors_of_test_instances_are_what_patience_judges() -> None:
    watch = Watch(Stopping(epochs=None, patience=1), DATA, SOME, 0, NONE)
    assert watch.follow(chunk(3, 3, 2, 2, 1, 1, tests=(5.0, 6.0, 4.0))) == 4
    assert ended(watch) == "patience"


def test_the_number_of_epochs_counts_from_the_beginning_of_the_run() -> None:
    watch = Watch(Stopping(epochs=2), DATA, ALL, 30, NONE)
    assert watch.end == 36
    assert watch.follow(chunk(*[1.0] * 6)) == 6
    assert ended(watch) == "epochs"
    assert [reading.present for reading in watch.readings(0.0)] == [2]


def test_time_and_gradient_are_looked_at() -> None:
    network = Network.dense([3, 1], seed=1)
    length = gradient_length(network, DATA.inputs, DATA.targets)
    watch = Watch(Stopping(epochs=None, seconds=10, gradient_below=length), DATA, ALL, 0, NONE)
    assert watch.looks
    watch.look(network, Settings())
    watch.look_at_clock(9.0)
    assert ended(watch) == ""
    assert {reading.name: reading.present for reading in watch.readings(9.0)} == {
        "gradient_below": length,
        "seconds": 9.0,
    }
    watch.look_at_clock(10.0)
    assert ended(watch) == "seconds"
    flatter = network.with_bias(0, 0, 9.0)
    watch.look(flatter, Settings())
    assert gradient_length(flatter, DATA.inputs, DATA.targets) < length
    assert ended(watch) == "gradient_below"
    assert not Watch(Stopping(), DATA, ALL, 0, NONE).looks
