"""How long the statistics by layer, the η lens and the marks take, for a network of 64-128-64-10."""

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication
from pytest_benchmark.fixture import BenchmarkFixture
from pytestqt.qtbot import QtBot

from bpsim.datasets import Dataset
from bpsim.layer_stats import layer_stats
from bpsim.lens import lens
from bpsim.network import Network
from bpsim.project import Project
from bpsim.settings import Settings
from ui.appearance import Appearance
from ui.canvas.view import NetworkView
from ui.layers_view import LayersView
from ui.lens_view import LensView
from ui.session import Session
from ui.view_state import Selection

SIZES = (64, 128, 64, 10)
RNG = np.random.default_rng(0)
DATA = Dataset(RNG.uniform(-1, 1, (1000, 64)), RNG.uniform(0, 1, (1000, 10)))
USUAL, TWINS = Network.dense(SIZES, seed=0), Network.dense(SIZES, initializer="zeros")


@pytest.fixture
def appearance(qapp: QApplication) -> Iterator[Appearance]:
    return Appearance(qapp, "light")


@pytest.mark.parametrize("network", [USUAL, TWINS], ids=["usual", "all twins"])
def test_statistics(benchmark: BenchmarkFixture, network: Network) -> None:
    benchmark(lambda: layer_stats(network, DATA, Settings(), range(1000)))


@pytest.mark.parametrize("l", [0, 1, 2])
def test_lens(benchmark: BenchmarkFixture, l: int) -> None:
    benchmark(lambda: lens(USUAL, DATA, Settings(), range(1000), (l, 3, 4)))


def test_refresh_by_layer(benchmark: BenchmarkFixture, qtbot: QtBot, appearance: Appearance) -> None:
    session = Session(Project(USUAL, DATA))
    view = LayersView(session, appearance)
    qtbot.addWidget(view)
    view.resize(420, 260)
    view.show()

    def step_and_refresh() -> None:
        session.step("instance")
        view._refresh()
        view.repaint()

    benchmark(step_and_refresh)


def test_refresh_lens(benchmark: BenchmarkFixture, qtbot: QtBot, appearance: Appearance) -> None:
    session = Session(Project(USUAL, DATA))
    session.select(Selection(edges=frozenset({(1, 3, 4)})))
    view = LensView(session, appearance)
    qtbot.addWidget(view)
    view.resize(460, 280)
    view.show()

    def refresh() -> None:
        view._refresh()
        view.repaint()

    benchmark(refresh)
    assert view.plot.lens is not None


@pytest.mark.parametrize("marks", [False, True], ids=["without", "with marks"])
def test_repaint_of_the_drawing(
    benchmark: BenchmarkFixture, qtbot: QtBot, appearance: Appearance, marks: bool
) -> None:
    session = Session(Project(TWINS, DATA))
    session.set_view(show_marks=marks)
    view = NetworkView(session, appearance)
    qtbot.addWidget(view)
    view.resize(1200, 800)
    with qtbot.waitExposed(view):
        view.show()
    qtbot.wait(200)
    assert bool(view.surface._scene.marks.marked) == marks
    benchmark(lambda: view.surface.viewport().repaint())
