"""What a simulation remembers: the right states, in bounded memory."""

import pytest

from bpsim.network import Network
from bpsim.recording import MOST_STATES, Checkpoints, State

NETWORK = Network.dense([1, 1])


def state(time: int) -> State:
    return State(NETWORK.with_bias(0, 0, time), None)


def time_of(kept: State) -> int:
    return int(kept.network.biases[0][0])


def filled(last: int, most: int = 16) -> Checkpoints:
    checkpoints = Checkpoints(NETWORK, most=most)
    for time in range(last + 1):
        checkpoints.put(time, state(time))
    return checkpoints


class TestCheckpoints:
    @pytest.mark.parametrize("last", [0, 1, 15, 16, 17, 100, 1000])
    def test_nearest_is_the_last_one_before(self, last: int) -> None:
        checkpoints = filled(last)
        for time in range(last + 3):
            found, kept = checkpoints.nearest(time)
            assert found <= time
            assert time_of(kept) == found
        assert checkpoints.nearest(last)[0] == last  # the latest are there without gaps
        assert checkpoints.nearest(0)[0] == 0

    def test_memory_is_bounded_and_gaps_grow_slowly(self) -> None:
        checkpoints = filled(2000)
        assert len(checkpoints._kept) <= 16
        assert len(checkpoints._latest) <= 16
        gaps = [time - checkpoints.nearest(time)[0] for time in range(2001)]
        assert max(gaps) < 2000 / 16 * 4

    def test_going_back_fills_the_gap_again(self) -> None:
        checkpoints = filled(1000)
        start, _ = checkpoints.nearest(500)
        for time in range(start, 501):
            checkpoints.put(time, state(time))
        assert checkpoints.nearest(500)[0] == 500

    def test_until_forgets_what_is_later_and_is_by_itself(self) -> None:
        checkpoints = filled(100)
        copy = checkpoints.until(60, NETWORK)
        assert max(copy.nearest(time)[0] for time in range(200)) <= 60
        copy.put(61, state(61))
        assert copy.nearest(61)[0] == 61
        assert checkpoints.nearest(100)[0] == 100

    def test_large_networks_are_kept_less_often(self) -> None:
        assert Checkpoints(Network.dense([64, 128, 64, 10])).most < 400
        assert Checkpoints(Network.dense([2, 3, 2])).most == MOST_STATES

    def test_at_rest_a_large_network_takes_little_memory(self) -> None:
        network = Network.dense([64, 128, 64, 10])
        checkpoints = Checkpoints(network)
        for time in range(200):
            checkpoints.put(time, State(network))
        copy = checkpoints.until(200, network)
        copy.rest()
        assert len(copy._kept) + len(copy._latest) <= 32
        assert copy.nearest(0)[0] == 0
        assert len(checkpoints._kept) == 200
