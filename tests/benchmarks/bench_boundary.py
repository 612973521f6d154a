"""How long the decision boundary takes to refresh while a network trains. The aim is 6 ms."""

from collections.abc import Callable, Iterator

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication
from pytest_benchmark.fixture import BenchmarkFixture
from pytestqt.qtbot import QtBot

from bpsim.datasets import Dataset
from bpsim.made_data import DATASETS
from bpsim.network import Network
from bpsim.project import Project
from ui.appearance import Appearance
from ui.boundary_view import BoundaryView
from ui.canvas.view import NetworkView
from ui.session import Session

SIZES = ((2, 3, 1), (2, 4, 2, 1), (2, 8, 8, 8, 1), (64, 128, 64, 10))

Show = Callable[[Session], BoundaryView]


@pytest.fixture
def show(qtbot: QtBot, qapp: QApplication) -> Iterator[Show]:
    appearance = Appearance(qapp, "light")

    def show_view(session: Session) -> BoundaryView:
        view = BoundaryView(session, appearance)
        qtbot.addWidget(view)
        view.resize(560, 260)
        with qtbot.waitExposed(view):
            view.show()
        qtbot.wait(400)  # the fine picture is made
        return view

    return show_view


def session_on(sizes: tuple[int, ...], instances: int = 100) -> Session:
    if sizes[0] == 2:
        data = DATASETS["spirals"].make(size=instances)
        return Session(Project(Network.dense(sizes, "tanh", seed=1), data))
    rng = np.random.default_rng(0)
    targets = np.eye(sizes[-1])[np.arange(instances) % sizes[-1]]
    data = Dataset(rng.uniform(-1, 1, (instances, sizes[0])), targets, one_hot=True)
    network = Network.dense(sizes, ["tanh"] * (len(sizes) - 2) + ["softmax"], seed=1)
    return Session(Project(network, data))


@pytest.mark.parametrize("sizes", SIZES, ids=str)
def test_refresh_and_paint(benchmark: BenchmarkFixture, show: Show, sizes: tuple[int, ...]) -> None:
    view = show(session_on(sizes))

    def refresh() -> None:
        view._refresh(fine=False)
        view.plot.chart.widget.viewport().repaint()

    for _ in range(5):
        refresh()  # it learns how many cells it can afford
    benchmark(refresh)


@pytest.mark.parametrize("instances", [100, 1000, 10_000])
def test_refresh_by_instances(benchmark: BenchmarkFixture, show: Show, instances: int) -> None:
    view = show(session_on((2, 8, 8, 8, 1), instances))

    def refresh() -> None:
        view._refresh(fine=False)
        view.plot.chart.widget.viewport().repaint()

    benchmark(refresh)


@pytest.mark.parametrize("sizes", SIZES, ids=str)
def test_fields_in_the_nodes(
    benchmark: BenchmarkFixture, qtbot: QtBot, qapp: QApplication, sizes: tuple[int, ...]
) -> None:
    session = session_on(sizes)
    session.set_view(show_fields=True)
    view = NetworkView(session, Appearance(qapp, "light"))
    qtbot.addWidget(view)
    view.resize(1200, 800)
    with qtbot.waitExposed(view):
        view.show()
    networks = [session.moment.network.initialized("uniform", seed) for seed in range(2)]
    view.surface.stop_movement()

    def compute_and_paint() -> None:
        networks.reverse()
        session.edit("Train", network=networks[0], merge="train")
        view.surface.viewport().repaint()

    benchmark(compute_and_paint)
