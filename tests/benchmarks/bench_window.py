"""From a key press to everything painted, in the whole window. The aim is a frame, 16.7 ms."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytest_benchmark.fixture import BenchmarkFixture
from pytestqt.qtbot import QtBot

from bpsim.datasets import Dataset
from bpsim.network import Network
from bpsim.project import Project
from ui.main_window import MainWindow
from ui.plots.loss import LossPlot
from ui.session import Session

Key, Modifier = Qt.Key, Qt.KeyboardModifier
KEYS = {"node": Modifier.NoModifier, "phase": Modifier.ShiftModifier, "instance": Modifier.ControlModifier}


@pytest.mark.parametrize("size", KEYS)
@pytest.mark.parametrize("way", [Key.Key_Right, Key.Key_Left], ids=["forwards", "back"])
@pytest.mark.parametrize("sizes", [(2, 3, 2), (64, 128, 64, 10)], ids=str)
def test_key_press_to_painted(
    benchmark: BenchmarkFixture,
    qtbot: QtBot,
    qapp: QApplication,
    sizes: tuple[int, ...],
    way: Qt.Key,
    size: str,
) -> None:
    rng = np.random.default_rng(0)
    data = Dataset(rng.uniform(-1, 1, (50, sizes[0])), rng.uniform(0, 1, (50, sizes[-1])))
    session = Session(Project(Network.dense(sizes, seed=1), data))
    window = MainWindow(session)
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    window.canvas.setFocus()
    qtbot.waitUntil(lambda: window.findChild(LossPlot) is not None)
    session.go_to(2000 if way == Key.Key_Left else 0, None)
    qtbot.wait(300)

    def press() -> None:
        QTest.keyClick(window.canvas.surface, way, KEYS[size])
        qapp.processEvents()  # what waits to be painted

    before = session.moment
    benchmark.pedantic(press, rounds=60, warmup_rounds=2)
    assert session.moment.position != before.position
