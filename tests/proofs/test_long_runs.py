"""Published numbers and bounded memory over thousands of updates."""

import pytest

from bpsim.backprop import forward
from bpsim.datasets import Dataset
from bpsim.network import Network
from bpsim.settings import Settings
from bpsim.simulation import Simulation
from bpsim.too_early import too_early
from bpsim.training import train
from tests.bpsim.reference import bits, xor
from tests.bpsim.test_too_early import MAZUR, X, Y, mazur


def test_ten_thousand_updates() -> None:
    settings = Settings(learning_rate=0.5, update_biases=False)
    *_, last = train(MAZUR, Dataset([X], [Y]), settings, epochs=10_000)
    assert last.error == pytest.approx(3.510187783e-5, rel=1e-9)
    assert forward(last.network, [X])[0].tolist() == pytest.approx(
        [0.015913620444, 0.984064273515], abs=1e-11
    )


def test_and_so_do_his_predictions_after_10_000_updates() -> None:
    network = MAZUR
    for _ in range(10_000):
        network = too_early(mazur(network)).updated
    assert mazur(network).prediction.tolist() == pytest.approx([0.015912196, 0.984065734], abs=6e-10)


def test_stays_bounded_and_right_over_many_updates() -> None:
    simulation = Simulation(Network.dense([2, 2, 1], seed=1), xor(), Settings(shuffle=True))
    seen = {}
    while simulation.cursor[0] < 12_000:
        simulation.step("epoch")
        if simulation.cursor[0] % 997 == 3:
            seen[simulation.cursor] = bits(simulation.network)
    checkpoints = simulation._past._checkpoints
    assert len(checkpoints._kept) <= 4096
    assert len(checkpoints._latest) <= 512
    assert len(simulation._past._trace) == 2
    assert len(seen) == 4
    for cursor, network in reversed(seen.items()):
        simulation.go_to(*cursor)
        assert bits(simulation.network) == network
