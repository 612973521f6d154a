import threading
from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from bpsim.network import Network
from bpsim.sweep import Sweep
from tests.helpers import xor_project
from ui.sweeper import Sweeper, cores

pytestmark = pytest.mark.timeout(180)  # the loop may have to be compiled


@pytest.fixture
def sweeper(qtbot: QtBot) -> Sweeper:
    return Sweeper()


def sweep(epochs: int) -> Sweep:
    return Sweep(xor_project(), {"learning_rate": [0.1, 0.5, 1.0], "weight_seed": [1, 2]}, epochs)


def working() -> list[str]:
    return [thread.name for thread in threading.enumerate() if thread.name.startswith("sweep")]


def test_all_runs_come_in_order(sweeper: Sweeper, qtbot: QtBot) -> None:
    configurations = sweep(50).configurations()
    with qtbot.waitSignal(sweeper.ended, timeout=120_000):
        sweeper.start(configurations, 50)
        assert sweeper.is_active
        assert len(working()) <= cores()
    assert [configuration for configuration, _run in sweeper.finished] == configurations
    assert all(run.epochs == 50 and not run.diverged for _configuration, run in sweeper.finished)
    assert sweeper.share == 1
    assert not sweeper.is_active
    assert not working()


def test_it_can_be_stopped_at_any_time(sweeper: Sweeper, qtbot: QtBot) -> None:
    configurations = sweep(100_000_000).configurations()
    with qtbot.waitSignal(sweeper.progressed, timeout=5000):
        sweeper.start(configurations, 100_000_000)
    qtbot.waitUntil(lambda: sweeper.share > 0, timeout=120_000)
    with qtbot.waitSignal(sweeper.ended, timeout=500):
        sweeper.stop()
    assert sweeper.finished == []
    assert not working()


def test_it_can_start_again(sweeper: Sweeper, qtbot: QtBot) -> None:
    sweeper.start(sweep(100_000_000).configurations(), 100_000_000)
    few = sweep(5).configurations()[:1]
    with qtbot.waitSignals([sweeper.ended, sweeper.ended], timeout=120_000):
        sweeper.start(few, 5)
    assert [run.epochs for _configuration, run in sweeper.finished] == [5]


def test_a_mistake_in_a_thread_is_no_secret(sweeper: Sweeper, qtbot: QtBot) -> None:
    (configuration,) = Sweep(xor_project(), {"learning_rate": [0.1]}).configurations()
    misfit = replace(configuration.project, network=Network.dense([3, 1]))
    with qtbot.captureExceptions() as raised:
        sweeper.start([configuration._replace(project=misfit)], 5)
        qtbot.waitUntil(lambda: not sweeper.is_active, timeout=120_000)
    assert len(raised) == 1
    assert sweeper.finished == []
