"""Runs: the same numbers as stepping, ended by their criteria after the same instance each time."""

import itertools
from collections.abc import Callable

import numpy as np
import pytest

from bpsim.backprop import backpropagate
from bpsim.compiling import COMPILER
from bpsim.datasets import Dataset
from bpsim.errors import DivergenceError
from bpsim.evaluation import evaluate
from bpsim.examples import load_example
from bpsim.loops import MakeLoop, PhaseLoop
from bpsim.network import Network
from bpsim.project import Project
from bpsim.running import Progress, rising, run, steady
from bpsim.settings import Settings
from bpsim.simulation import Simulation
from bpsim.splitting import split
from bpsim.stopping import LABELS, Stopping
from bpsim.together import gradient_length
from bpsim.training import train

X = np.random.default_rng(3).uniform(-1, 1, (5, 2))
DATA = Dataset(X, np.stack([X[:, 0] * X[:, 1] > 0], axis=1).astype(float))
NETWORK = Network.dense([2, 3, 1], seed=4)
DIVERGING = Network.dense([2, 3, 1], "linear", seed=4)


def never(_wait: bool) -> MakeLoop | None:
    return None


def ticking(seconds: float = 4e-3) -> Callable[[], float]:
    """Return a clock that goes on by so much whenever it is looked at."""
    ticks = itertools.count()
    return lambda: next(ticks) * seconds


def simulation(network: Network = NETWORK, **settings: object) -> Simulation:
    return Simulation(network, DATA, Settings(**settings))


def trained(start: Simulation, stopping: Stopping, compiled=never, seconds: float = 4e-3) -> list[Progress]:
    """Run on from a simulation's cursor, and let it follow."""
    portions = []
    for progress in run(start.run_start(), stopping, compiled, clock=ticking(seconds)):
        start.extend(progress)
        portions.append(progress)
    return portions


@pytest.mark.parametrize(
    "settings",
    [
        {},
        {"batch_size": 2, "shuffle": True},
        {"optimizer": "adam", "learning_rate": 0.01, "l2": 0.01},
        {"optimizer": "momentum", "schedule": "inverse", "schedule_epochs": 3, "test_share": 0.4},
    ],
)
@pytest.mark.parametrize("begin", [0, 3])
def test_a_run_is_many_steps(settings: dict[str, object], begin: int) -> None:
    stepped, run_on = simulation(**settings), simulation(**settings)
    for walk in (stepped, run_on):
        walk.go_to(begin, 0)
    size = stepped.epoch_size
    portions = trained(run_on, Stopping(epochs=20))
    stepped.go_to((begin // size + 20) * size - 1)
    assert run_on.cursor == stepped.cursor
    assert run_on.network == stepped.network
    for ours, theirs in zip(run_on.series, stepped.series, strict=True):
        assert np.array_equal(ours, theirs)
    assert len(portions) > 3
    assert portions[-1].ended is not None
    assert portions[-1].ended.name == "epochs"


def test_test_errors_are_those_of_the_test_instances() -> None:
    walk = simulation(test_share=0.4)
    trained(walk, Stopping(epochs=7))
    rows = list(walk.split.test)
    assert len(rows) == 2
    for epoch, error in enumerate(walk.series.test_errors):
        walk.go_to((epoch + 1) * walk.epoch_size - 1)
        assert error == evaluate(walk.network, X[rows], DATA.targets[rows]).errors.mean()


def test_a_run_goes_on_from_changes_on_the_way() -> None:
    changed = simulation()
    changed.go_to(13, 0)
    changed = changed.edited(settings=Settings(learning_rate=0.1))
    changed = changed.edited(network=changed.network.with_bias(0, 1, 0.25))
    changed.go_to(40)
    again = Simulation.restored(DATA, changed.history, 0, 0)
    trained(again, Stopping(epochs=9))
    changed.go_to(44)
    assert again.network == changed.network


def mean_over(rows: tuple[int, ...], project: Project, network: Network) -> tuple[float, float]:
    """Return E and |∂E/∂θ| over some instances, from the phases of each one."""
    traces = [backpropagate(network, project.dataset.inputs[p], project.dataset.targets[p]) for p in rows]
    steps = [np.concatenate([s.ravel() for s in (*t.weight_steps, *t.bias_steps)]) for t in traces]
    rate = Settings().learning_rate
    return float(np.mean([t.error for t in traces])), float(np.linalg.norm(np.mean(steps, axis=0)) / rate)


def last_epoch(project: Project, stopping: Stopping) -> int:
    """Return after which epoch a training has to end, from the weights after each of them."""
    rows, network, judged = split(project.settings, len(project.dataset)), project.network, []
    for snapshot in train(project.network, project.dataset, project.settings, 2000):
        errors = []
        for p in rows.train:
            trace = backpropagate(
                network, project.dataset.inputs[p], project.dataset.targets[p], project.settings
            )
            errors.append(trace.error)
            network = trace.updated
        network = snapshot.network
        tested = mean_over(rows.test, project, network)[0] if rows.test else np.mean(errors)
        judged.append(tested)
        reached = {
            "epochs": snapshot.epoch == stopping.epochs,
            "error_below": stopping.error_below is not None and np.mean(errors) < stopping.error_below,
            "patience": len(judged) - 1 - int(np.argmin(judged)) == stopping.patience,
            "gradient_below": stopping.gradient_below is not None
            and mean_over(rows.train, project, network)[1] < stopping.gradient_below,
        }
        if any(reached.values()):
            return snapshot.epoch
    raise AssertionError("It does not end.")


XOR = load_example("xor")
JUMPY = Project(NETWORK, DATA, Settings(learning_rate=8.0, test_share=0.4))


@pytest.mark.parametrize(
    ("project", "limits"),
    [
        (XOR, {"epochs": 7}),
        (XOR, {"error_below": 0.02}),
        (XOR, {"gradient_below": 0.01}),
        (XOR, {"gradient_below": 0.0015}),
        (XOR, {"error_below": 0.05, "gradient_below": 0.0015}),
        (XOR, {"epochs": 40, "error_below": 0.05, "patience": 200, "gradient_below": 0.0015}),
        (JUMPY, {"patience": 4}),
        (JUMPY, {"gradient_below": 0.01}),
        (JUMPY, {"patience": 6, "gradient_below": 0.02, "error_below": 0.01}),
    ],
)
@pytest.mark.parametrize("seconds", [4e-3, 1e-4])
@pytest.mark.parametrize("compiled", [False, True])
@pytest.mark.parametrize("begin", [0, 2])
def test_a_run_ends_exactly_where_its_criteria_say(
    project: Project, limits: dict[str, float], seconds: float, compiled: bool, begin: int
) -> None:
    """Whatever the loop, the portions, and where in an epoch it begins."""
    stopping = Stopping(**{"epochs": None, **limits})
    walk = project.simulation()
    walk.go_to(begin, 0)
    portions = trained(walk, stopping, COMPILER.loop if compiled else never, seconds)
    assert walk.trained == last_epoch(project, stopping) * walk.epoch_size
    assert portions[-1].ended is not None
    assert portions[-1].ended.name in limits
    assert walk.moment.finished


@pytest.mark.parametrize("epochs_a_second", [3.0, 1000.0])
def test_nor_does_the_pace_matter(epochs_a_second: float) -> None:
    stopping, pace, walk = Stopping(gradient_below=0.01), steady(epochs_a_second), XOR.simulation()
    for progress in run(walk.run_start(), stopping, never, lambda: pace):
        walk.extend(progress)
    assert walk.trained == 2 * walk.epoch_size
    assert progress.ended is not None
    assert progress.ended.name == "gradient_below"
    assert progress.ended.present == pytest.approx(mean_over((0, 1, 2, 3), XOR, walk.network)[1], rel=1e-12)


class TestCriteria:
    def test_error_below_ends_after_the_first_such_epoch(self) -> None:
        for seconds in (1e-3, 1e-5):  # whatever the portions are
            walk = simulation()
            portions = trained(walk, Stopping(error_below=0.085), seconds=seconds)
            means = walk.series.epoch_errors
            assert means[-1] < 0.085 <= means[:-1].min()
            assert walk.cursor[0] == len(means) * 5 - 1
            assert portions[-1].ended is not None
            assert portions[-1].ended.present == means[-1]

    @pytest.mark.parametrize("share", [0.0, 0.4])
    def test_patience_counts_epochs_without_a_lower_error(self, share: float) -> None:
        walk = simulation(learning_rate=8.0, test_share=share, shuffle=True)
        portions = trained(walk, Stopping(epochs=300, patience=4))
        judged = walk.series.test_errors if share else walk.series.epoch_errors
        assert portions[-1].ended is not None
        assert portions[-1].ended.name == "patience"
        best = int(np.argmin(judged))
        assert len(judged) - 1 - best == 4
        lowest = np.minimum.accumulate(judged)
        since = [t - int(np.argmin(lowest[: t + 1])) for t in range(len(judged))]
        assert max(since[:-1]) < 4

    def test_gradient_below(self) -> None:
        walk = simulation()
        portions = trained(walk, Stopping(epochs=None, gradient_below=0.05))
        assert portions[-1].ended is not None
        assert gradient_length(walk.network, X, DATA.targets) < 0.05
        assert portions[-1].ended.present == gradient_length(walk.network, X, DATA.targets)

    def test_seconds(self) -> None:
        portions = trained(simulation(), Stopping(epochs=None, seconds=0.5))
        assert portions[-1].ended is not None
        assert portions[-1].ended.name == "seconds"
        assert 0.5 <= portions[-1].ended.present < 0.6

    def test_each_is_shown_with_its_present_value(self) -> None:
        every = Stopping(epochs=10, error_below=1e-9, patience=100, gradient_below=1e-9, seconds=100)
        readings = trained(simulation(), every)[-1].readings
        assert tuple(r.name for r in readings) == tuple(LABELS)
        assert [r.reached for r in readings] == [True, False, False, False, False]
        assert readings[0].present == 10


class TestDivergence:
    def test_names_what_stepping_names_and_keeps_what_was_before(self) -> None:
        walk, stepped = (simulation(DIVERGING, learning_rate=5.0) for _ in range(2))
        portions = trained(walk, Stopping())
        with pytest.raises(DivergenceError) as raised:
            stepped.go_to(10_000)
        found = portions[-1].divergence
        assert found is not None
        assert (found.quantity, found.epoch, found.instance) == (
            raised.value.quantity,
            raised.value.epoch,
            raised.value.instance,
        )
        assert walk.cursor[0] == stepped.cursor[0]
        assert all(np.isfinite(weights).all() for weights in walk.network.weights)
        assert np.isfinite(walk.series.errors).all()


class TestGoingBack:
    def test_rewound_stepped_and_resumed_is_the_same(self) -> None:
        straight, broken = simulation(shuffle=True), simulation(shuffle=True)
        trained(straight, Stopping(epochs=30))
        trained(broken, Stopping(epochs=12))
        broken.go_to(20, 3)
        for size in ("node", "layer", "phase", "instance", "epoch"):
            broken.step(size)
        broken.back("instance")
        done = broken.run_start().time // 5
        trained(broken, Stopping(epochs=30 - done))
        assert broken.cursor == straight.cursor
        assert broken.network == straight.network
        assert np.array_equal(broken.series.errors, straight.series.errors)

    def test_any_update_can_be_seen_again(self) -> None:
        walk = simulation()
        seen = {}
        for progress in run(walk.run_start(), Stopping(epochs=400), never, clock=ticking()):
            walk.extend(progress)
            seen[walk.cursor] = walk.network
        for cursor, network in reversed(seen.items()):
            walk.go_to(*cursor)
            assert walk.network == network


class TestSecondLoop:
    """The loop that takes over is here the same one, which makes the seams visible bit for bit."""

    def test_takes_over_when_it_is_there(self) -> None:
        asked = itertools.count()
        walk, stepped = simulation(), simulation()
        portions = trained(walk, Stopping(epochs=40), lambda _wait: PhaseLoop if next(asked) > 5 else None)
        stepped.go_to(199)
        assert walk.network == stepped.network
        assert 0 < walk.history.compiled_from < 200
        assert portions[-1].compiled_from == walk.history.compiled_from

    def test_not_on_ground_that_the_phases_have_trained(self) -> None:
        walk = simulation()
        walk.go_to(57)
        walk.go_to(0, 0)
        trained(walk, Stopping(epochs=20), lambda _wait: PhaseLoop)
        assert walk.history.compiled_from == 58


def test_pace() -> None:
    walk = simulation()
    slow = steady(30)
    portions = list(run(walk.run_start(), Stopping(epochs=None, seconds=1.0), never, lambda: slow))
    assert portions[-1].time == pytest.approx(150, abs=15)


def test_before_the_first_instance_is_trained_the_cursor_stays_where_it_is() -> None:
    walk = simulation()
    walk.go_to(6, 3)
    slowly = steady(1e-3)
    portions = run(walk.run_start(), Stopping(), never, lambda: slowly, ticking())
    progress = next(portions)
    assert len(progress.errors) == 0
    walk.extend(progress)
    assert walk.cursor == (6, 3)


def test_a_pace_that_is_chosen_on_the_way_counts_from_there() -> None:
    paces, asked = [steady(100), None], itertools.count()
    walk = simulation()
    portions = run(
        walk.run_start(), Stopping(epochs=50), never, lambda: paces[next(asked) > 40], clock=ticking(1e-3)
    )
    last = list(portions)[-1]
    assert last.time == 250  # one run of fifty epochs, whatever its paces
    assert last.ended is not None


def test_a_rising_pace_begins_slowly_and_ends_beyond_every_machine() -> None:
    assert 60 < rising(1) < 80
    assert rising(10) > 5e7
    assert np.isfinite(rising(1e9))
    assert all(rising(t + 1) > 4 * rising(t) for t in range(1, 8))
