"""Instances per second, beside C, NumPy, scikit-learn and PyTorch: one update for each instance, one thread.

First every engine trains the same 2,000 instances, and all have to end in the same weights. Then they take
turns, and the medians are compared; what is counted is the time of this thread, so that other programs on the
machine matter less. The aim: 0.9 of C at least. The squared error, float64, η = 0.01, 200 instances.
"""

import statistics
import time
from collections.abc import Callable, Iterator
from typing import NamedTuple

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from bpsim.arrays import Array
from bpsim.compiled import CompiledLoop
from bpsim.settings import Settings
from bpsim.splitting import Split
from tests.benchmarks.engines import ROWS, Case, Engine, by_layer, compiled, in_c, pytorch, scikit_learn

ROUNDS = 9
CHECKED = 10 * ROWS

CASES = (
    ((2, 3, 2), "sigmoid"),
    ((2, 4, 2, 1), "tanh"),
    ((2, 8, 8, 8, 1), "tanh"),
    ((64, 128, 64, 10), "relu"),
    ((64, 128, 64, 10), "tanh"),
)


class Racer(NamedTuple):
    """An engine, and how long it may take for one turn, in seconds."""

    name: str
    engine: Engine
    turn: float = 0.05
    output: str | None = None


@pytest.fixture(scope="module")
def racers() -> tuple[Racer, ...]:
    return (
        Racer("compiled", compiled),
        Racer("C", in_c()),
        Racer("C -ffast-math", in_c("-ffast-math")),
        Racer("NumPy", by_layer),
        Racer("scikit-learn", scikit_learn, output="linear"),
        Racer("PyTorch", pytorch, 0.2),
    )


@pytest.fixture(scope="module")
def table(request: pytest.FixtureRequest, racers: tuple[Racer, ...]) -> Iterator[list[str]]:
    """Lines that are written when all is done."""
    lines = ["", " " * 20 + "".join(f"{racer.name:>24}" for racer in racers)]
    yield lines
    lines.append("Instances per second; in brackets, how many times as many the compiled loop trains.")
    plugins = request.config.pluginmanager
    with plugins.get_plugin("capturemanager").global_and_fixture_disabled():
        for line in lines:
            plugins.get_plugin("terminalreporter").write_line(line)


@pytest.mark.timeout(600)
@pytest.mark.parametrize(("sizes", "activation"), CASES, ids=str)
def test_throughput(
    sizes: tuple[int, ...], activation: str, racers: tuple[Racer, ...], table: list[str]
) -> None:
    for racer in racers:
        case = Case.of(sizes, activation, racer.output)
        assert racer.engine(case)(CHECKED) == pytest.approx(compiled(case)(CHECKED), rel=1e-9, abs=1e-11)
    rates = measured({racer: racer.engine(Case.of(sizes, activation, racer.output)) for racer in racers})
    cells = [f"{rate:,.0f} ({rates['compiled'] / rate:.2f})" for rate in rates.values()]
    table.append(f"{Case.of(sizes, activation).title:20}" + "".join(f"{cell:>24}" for cell in cells))
    assert rates["compiled"] > 0.9 * rates["C"]


def measured(runs: dict[Racer, Callable[[int], Array]]) -> dict[str, float]:
    """Let the engines take turns; return the median of the instances per second of each."""
    counts = {
        racer: max(1, int(rate(train, ROWS) * racer.turn) // ROWS) * ROWS for racer, train in runs.items()
    }
    rounds = [{racer: rate(train, counts[racer]) for racer, train in runs.items()} for _ in range(ROUNDS)]
    return {racer.name: statistics.median(rates[racer] for rates in rounds) for racer in runs}


def rate(train: Callable[[int], Array], count: int) -> float:
    """Return how many instances a second of this thread's time an engine trains."""
    began = time.thread_time()
    train(count)
    return count / (time.thread_time() - began)


@pytest.mark.parametrize("optimizer", ["momentum", "adam"])
@pytest.mark.parametrize(("sizes", "activation"), CASES[::3], ids=str)
def test_other_optimizers(
    sizes: tuple[int, ...], activation: str, optimizer: str, benchmark: BenchmarkFixture
) -> None:
    case = Case.of(sizes, activation)
    settings = Settings(learning_rate=1e-3, optimizer=optimizer, batch_size=10)
    loop = CompiledLoop(case.network, case.data, settings, Split(tuple(range(ROWS)), ()))
    benchmark(loop.advance, 1000)
