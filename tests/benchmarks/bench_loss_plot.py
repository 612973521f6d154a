"""A plot of a million instances: a refresh with new errors until it is painted, and a move of the mouse.

The aim is 5 ms for a refresh, so that a run of 30 a second leaves the window its time.
"""

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import QPoint
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytest_benchmark.fixture import BenchmarkFixture
from pytestqt.qtbot import QtBot

from bpsim.moment import Series
from tests.helpers import kept_run
from ui.numbers import NumberFormat
from ui.plots.loss import LossPlot
from ui.plots.loss_curves import Overlay
from ui.theme import load_theme

COUNT = 1_000_000


def growing(epoch_size: int) -> Iterator[Series]:
    """Return the errors of a run of a million instances, again and again with some hundred more."""
    rng = np.random.default_rng(0)
    errors = rng.gamma(2, 1, COUNT + 200_000) * np.exp(-np.linspace(0, 3, COUNT + 200_000))
    means = errors[: len(errors) // epoch_size * epoch_size].reshape(-1, epoch_size).mean(axis=1)
    for count in range(COUNT, COUNT + 200_000, 400):
        epochs = count // epoch_size
        yield Series(errors[:count], means[:epochs], epoch_size, test_errors=means[:epochs] * 1.1)


@pytest.fixture
def plot(qtbot: QtBot) -> LossPlot:
    plot = LossPlot(load_theme("light"), NumberFormat())
    qtbot.addWidget(plot)
    plot.resize(780, 220)
    with qtbot.waitExposed(plot):
        plot.show()
    return plot


@pytest.mark.parametrize("logarithmic", [False, True], ids=["linear", "log"])
@pytest.mark.parametrize("epoch_size", [4, 100, 10_000])
@pytest.mark.parametrize("runs", [0, 4])
def test_refresh(
    benchmark: BenchmarkFixture,
    qapp: QApplication,
    plot: LossPlot,
    epoch_size: int,
    logarithmic: bool,
    runs: int,
) -> None:
    plot.log_box.setChecked(logarithmic)
    errors = next(growing(epoch_size)).epoch_errors
    plot.set_overlays([Overlay(kept_run(str(style), errors * (1 + style)), style) for style in range(runs)])
    series = growing(epoch_size)

    def refresh() -> None:
        shown = next(series)
        plot.set_series(shown, len(shown.errors))
        qapp.processEvents()  # what waits to be painted

    benchmark.pedantic(refresh, rounds=60, warmup_rounds=2)


def test_hover(benchmark: BenchmarkFixture, qapp: QApplication, plot: LossPlot) -> None:
    plot.set_series(next(growing(100)))
    plot.grab()
    viewport = plot._chart.widget.viewport()
    places = iter(range(100, 700))

    def move() -> None:
        QTest.mouseMove(viewport, QPoint(next(places), 60))
        qapp.processEvents()

    benchmark.pedantic(move, rounds=100, warmup_rounds=2)
    assert "instance no." in plot.accessibleDescription()
