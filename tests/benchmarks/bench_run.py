"""A run at full speed in the real window: what a frame waits, how soon it stops, how fast the timeline seeks.

`pytest tests/benchmarks/bench_run.py -q -s -p no:randomly` prints a table; the aims are those of issue 4.
"""

import resource
import time

import numpy as np
import pytest
from PySide6.QtCore import QEventLoop, Qt, QTimer
from pytestqt.qtbot import QtBot

from bpsim.compiling import COMPILER
from bpsim.datasets import Dataset
from bpsim.network import Network
from bpsim.project import Project
from bpsim.running import run
from bpsim.settings import Settings
from bpsim.simulation import Simulation
from bpsim.stopping import Stopping
from ui.main_window import MainWindow
from ui.session import Session

FRAME_MS = 1000 / 60
SECONDS = 6
SIZES = [(2, 3, 2), (2, 8, 8, 8, 1), (64, 128, 64, 10)]


def project(sizes: tuple[int, ...], epochs: int | None = None) -> Project:
    rng = np.random.default_rng(0)
    data = Dataset(rng.uniform(-1, 1, (200, sizes[0])), rng.uniform(-0.5, 0.5, (200, sizes[-1])))
    settings = Settings(learning_rate=0.001, stopping=Stopping(epochs=epochs))
    return Project(Network.dense(sizes, "tanh", seed=1), data, settings)


def shown_window(qtbot: QtBot, sizes: tuple[int, ...]) -> MainWindow:
    assert COMPILER.loop(wait=True) is not None
    window = MainWindow(Session(project(sizes)))
    window.resize(1440, 900)
    qtbot.addWidget(window, before_close_func=lambda w: w.session.undo_stack.setClean())
    with qtbot.waitExposed(window):
        window.show()
    qtbot.wait(1500)  # the plots are made
    return window


def delays(seconds: float) -> np.ndarray:
    """Return by how many milliseconds a timer of the window's thread is late, again and again."""
    late, last = [], [time.perf_counter()]

    def tick() -> None:
        now = time.perf_counter()
        late.append(1000 * (now - last[0]) - timer.interval())
        last[0] = now

    timer, loop = QTimer(), QEventLoop()
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    timer.setInterval(1)
    timer.timeout.connect(tick)
    timer.start()
    QTimer.singleShot(round(1000 * seconds), loop.quit)
    loop.exec()
    return np.array(late)


def worst_of_frames(late: np.ndarray) -> np.ndarray:
    """Return the longest delay that begins in each frame."""
    frames = (np.cumsum(late + 1) // FRAME_MS).astype(int)
    return np.array([late[frames == frame].max() for frame in np.unique(frames)])


@pytest.mark.timeout(120)
@pytest.mark.parametrize("sizes", SIZES, ids=str)
def test_frame_delays_and_stop(qtbot: QtBot, sizes: tuple[int, ...]) -> None:
    window = shown_window(qtbot, sizes)
    rest = worst_of_frames(delays(2))
    window.trainer.set_pace("full")
    window.trainer.start()
    qtbot.wait(1000)
    before, began = window.session.recorded, time.perf_counter()
    worst = worst_of_frames(delays(SECONDS))
    rate = (window.session.recorded - before) / (time.perf_counter() - began)
    began = time.perf_counter()
    window.trainer.stop()
    stop = 1000 * (time.perf_counter() - began)
    print(  # noqa: T201
        f"\n{sizes}: {rate:,.0f} instances a second beside the window; worst delay in a frame: "
        f"median {np.median(worst):.1f} ms, 99% {np.percentile(worst, 99):.1f} ms, "
        f"largest {worst.max():.1f} ms; under {FRAME_MS:.1f} ms in {np.mean(worst < FRAME_MS):.1%} of frames "
        f"(at rest {np.mean(rest < FRAME_MS):.1%}); stopped in {stop:.0f} ms"
    )


@pytest.mark.timeout(120)
@pytest.mark.parametrize("sizes", [(2, 3, 2), (64, 128, 64, 10)], ids=str)
def test_timeline_seek(sizes: tuple[int, ...]) -> None:
    made = project(sizes)
    assert COMPILER.loop(wait=True) is not None
    simulation = Simulation(made.network, made.dataset, made.settings)
    updates = 1_000_000 if sizes[0] == 2 else 200_000
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for progress in run(simulation.run_start(), Stopping(epochs=updates // 200), COMPILER.loop):
        simulation.extend(progress)
    memory = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    took = []
    for time_wanted in np.random.default_rng(1).integers(0, simulation.recorded, 60).tolist():
        began = time.perf_counter()
        simulation.go_to(time_wanted)
        simulation.moment  # noqa: B018
        took.append(1000 * (time.perf_counter() - began))
    print(  # noqa: T201
        f"\n{sizes}: any of {simulation.recorded:,} updates in median {np.median(took):.1f} ms, "
        f"at most {max(took):.1f} ms; the run has taken {memory:.0f} MB more"
    )
