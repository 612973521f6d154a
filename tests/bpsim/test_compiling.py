"""The compiler: nobody waits for it who does not want to, and where it fails training goes on without."""

import sys
from threading import Thread

import pytest

from bpsim.compiling import Compiler
from bpsim.datasets import Dataset
from bpsim.network import Network
from bpsim.running import run
from bpsim.simulation import Simulation
from bpsim.stopping import Stopping


def test_is_asked_for_without_waiting() -> None:
    compiler = Compiler()
    asked = compiler.loop(wait=False)
    made = compiler.loop(wait=True)
    assert asked is None or asked is made
    assert made is not None
    assert made.__name__ == "CompiledLoop"
    assert not compiler.pending
    assert compiler.failure is None


def test_a_compiler_that_fails_is_told_and_training_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "bpsim.compiled", None)  # what an import finds that cannot be had
    compiler = Compiler()
    assert compiler.loop(wait=True) is None
    assert "NumPy trains" in str(compiler.failure)
    simulation = Simulation(Network.dense([1, 1]), Dataset([[1.0]], [[1.0]]))
    for progress in run(simulation.run_start(), Stopping(epochs=30), compiler.loop):
        simulation.extend(progress)
    assert simulation.recorded == 30
    assert simulation.history.compiled_from is None


def test_several_threads_get_the_same_one() -> None:
    compiler, got = Compiler(), []
    threads = [Thread(target=lambda: got.append(compiler.loop(wait=True))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(got)) == 1
    assert got[0] is not None
