"""A sweep of seven η with five start weights each on all cores, and how late the window is meanwhile."""

import time

import numpy as np
import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication
from pytest_benchmark.fixture import BenchmarkFixture
from pytestqt.qtbot import QtBot

from bpsim.compiling import COMPILER
from bpsim.datasets import Dataset
from bpsim.network import Network
from bpsim.project import Project
from ui.appearance import Appearance
from ui.dialogs.sweep import SweepDialog
from ui.kept_runs import KeptRuns
from ui.session import Session

BEAT = 0.004  # seconds


@pytest.mark.timeout(300)
@pytest.mark.parametrize(("sizes", "epochs"), [((2, 4, 2, 1), 2000), ((64, 128, 64, 10), 10)], ids=str)
def test_sweep(
    benchmark: BenchmarkFixture, qtbot: QtBot, qapp: QApplication, sizes: tuple[int, ...], epochs: int
) -> None:
    COMPILER.loop(True)
    rng = np.random.default_rng(0)
    data = Dataset(rng.uniform(-1, 1, (200, sizes[0])), rng.uniform(0, 1, (200, sizes[-1])))
    session = Session(Project(Network.dense(sizes, "tanh", seed=1), data))
    dialog = SweepDialog(session, Appearance(qapp, "light"), KeptRuns())
    qtbot.addWidget(dialog)
    with qtbot.waitExposed(dialog):
        dialog.show()
    dialog.form.epochs_field.setValue(epochs)
    qtbot.wait(300)
    beats: list[float] = []
    timer = QTimer()
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    timer.timeout.connect(lambda: beats.append(time.perf_counter()))
    timer.start(round(1000 * BEAT))

    def sweep() -> None:
        with qtbot.waitSignal(dialog.sweeper.ended, timeout=200_000):
            dialog.train()

    benchmark.pedantic(sweep, rounds=1)
    delays = 1000 * (np.diff(beats) - BEAT)
    benchmark.extra_info["runs"] = len(dialog.sweeper.finished)
    benchmark.extra_info["delay, median (ms)"] = round(float(np.median(delays)), 1)
    benchmark.extra_info["delay, 99 % (ms)"] = round(float(np.percentile(delays, 99)), 1)
    assert len(dialog.sweeper.finished) == 35
    dialog.close()
