"""How long the drawing takes. The aim is a frame, 16.7 ms."""

from collections.abc import Callable, Iterator

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication
from pytest_benchmark.fixture import BenchmarkFixture
from pytestqt.qtbot import QtBot

from bpsim.datasets import Dataset
from bpsim.network import Network
from bpsim.project import Project
from ui.appearance import Appearance
from ui.canvas.view import NetworkView
from ui.session import Session

SMALL = (2, 3, 2)
MIDDLE = (64, 128, 64, 10)
LARGE = (100, 225, 350, 225, 100)  # 1,000 nodes
WEIGHTS = 50_000

Show = Callable[[Session], NetworkView]


@pytest.fixture
def show(qtbot: QtBot, qapp: QApplication) -> Iterator[Show]:
    appearance = Appearance(qapp, "light")

    def show_view(session: Session) -> NetworkView:
        view = NetworkView(session, appearance)
        qtbot.addWidget(view)
        view.resize(1200, 800)
        with qtbot.waitExposed(view):
            view.show()
        return view

    return show_view


def session_on(sizes: tuple[int, ...], weights: int | None = None) -> Session:
    rng = np.random.default_rng(0)
    network = Network.dense(sizes, seed=1)
    if weights is not None:
        network = thinned(network, weights / network.n_parameters)
    data = Dataset(rng.uniform(-1, 1, (4, sizes[0])), rng.uniform(0, 1, (4, sizes[-1])))
    return Session(Project(network, data))


def thinned(network: Network, share: float) -> Network:
    """Return the network with about this share of its connections."""
    rng = np.random.default_rng(0)
    masks = tuple(rng.random(mask.shape) < share for mask in network.masks)
    return Network(network.weights, network.biases, masks, network.activations, network.loss)


@pytest.mark.parametrize("phase", [None, "forward", "update"])
@pytest.mark.parametrize(("sizes", "weights"), [(SMALL, None), (MIDDLE, None), (LARGE, WEIGHTS)])
def test_full_repaint(
    benchmark: BenchmarkFixture, show: Show, sizes: tuple[int, ...], weights: int | None, phase: str | None
) -> None:
    session = session_on(sizes, weights)
    view = show(session)
    if phase is not None:
        session.go_to_phase(phase)
    view.surface.stop_movement()
    benchmark(lambda: view.surface.viewport().repaint())
