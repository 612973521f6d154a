import re
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from bpsim.datasets import Dataset
from bpsim.errors import DivergenceError
from bpsim.evaluation import evaluate
from bpsim.kept_run import (
    MOST_KEPT,
    KeptRun,
    Outcome,
    divergence,
    free_name,
    keep,
    outcome,
    suggested_name,
    traits,
)
from bpsim.network import Network
from bpsim.project import Project
from bpsim.settings import Settings
from bpsim.simulation import Simulation
from bpsim.splitting import split
from bpsim.stopping import Stopping

INPUTS = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0], [0.5, 0.2]])
DATA = Dataset(INPUTS, [[0], [1], [1], [0], [1]])


def project(activation: str = "sigmoid", **settings: object) -> Project:
    return Project(Network.dense([2, 2, 1], activation, seed=1), DATA, Settings(**settings))


def run(of: Project, name: str = "a") -> KeptRun:
    return KeptRun(name, of, 2, np.ones(2), np.empty(0), 1, 5, Outcome(0.1))


def test_a_run_is_kept_up_to_where_the_training_stands() -> None:
    of = project(batch_size=2, test_share=0.2, split_seed=3)
    simulation = of.simulation()
    for _ in range(3):
        simulation.step("epoch")
    simulation.step("phase")
    kept = keep("a", Project.of(simulation), simulation.moment, simulation.series)
    assert kept.epochs == 3
    assert kept.epoch_errors.tolist() == simulation.series.epoch_errors.tolist()
    assert len(kept.epoch_errors) == len(kept.test_errors) == 3
    assert kept.epoch_errors.base is None  # its own memory: the training goes on
    assert kept.updates_per_epoch == 2
    assert kept.project.cursor == (0, 0)
    assert kept.project.network == of.network
    assert kept.faults == ()
    simulation.back("epoch")
    simulation.back("epoch")
    earlier = keep("a", Project.of(simulation), simulation.moment, simulation.series)
    assert earlier.epochs == len(earlier.epoch_errors) < 3


def test_a_long_curve_is_kept_in_part() -> None:
    simulation = project().simulation()
    simulation.step("epoch")
    long = np.linspace(1.0, 0.1, 3 * MOST_KEPT)
    series = simulation.series._replace(epoch_errors=long, epoch_spacing=2, epoch_size=5)
    moment = replace(simulation.moment, instances_done=5 * 2 * len(long) - 1)
    kept = keep("a", project(), moment, series)
    assert kept.epochs == 2 * len(long)
    assert kept.spacing == 8
    assert kept.epoch_errors.tolist() == long[::4].tolist()
    assert kept.faults == ()


def test_a_run_is_kept_without_what_was_changed_after_it_and_without_other_runs() -> None:
    simulation = project().simulation()
    simulation.step("epoch")
    simulation = simulation.edited(settings=Settings(learning_rate=0.1))
    simulation.step("epoch")
    simulation = simulation.edited(settings=Settings(learning_rate=0.2))
    of = replace(Project.of(simulation), runs=(run(project()),))
    assert [change.time for change in of.changes] == [5, 10]
    both = keep("a", of, simulation.moment, simulation.series)
    assert [change.time for change in both.project.changes] == [5, 10]
    simulation.back("epoch")
    simulation.back("epoch")
    kept = keep("a", of, simulation.moment, simulation.series)
    assert kept.epochs == 1
    assert kept.project.changes == ()
    assert kept.project.runs == ()
    assert kept.traits.learning_rate == "0.5"


def test_a_run_is_trained_again_with_no_other_criterion_to_end_it() -> None:
    limits = Stopping(epochs=50, error_below=0.3, patience=1)
    simulation = project(stopping=limits).simulation()
    simulation.step("epoch")
    changed = simulation.settings.with_(learning_rate=0.1)
    simulation = simulation.edited(settings=changed)
    for _ in range(2):
        simulation.step("epoch")
    again = keep("a", Project.of(simulation), simulation.moment, simulation.series).again
    three = Stopping(epochs=3)
    assert again.settings == project().settings.with_(stopping=three)
    assert [change.settings for change in again.changes] == [changed.with_(stopping=three)]
    assert run(project()).again.settings.stopping == Stopping(epochs=2)


def test_a_run_that_diverged_is_trained_again_until_it_diverges() -> None:
    of = Project(Network.dense([2, 1], "linear", seed=1), DATA, Settings(learning_rate=1e60))
    simulation = of.simulation()
    with pytest.raises(DivergenceError):
        simulation.go_to(25)
    kept = keep("a", of, simulation.moment, simulation.series, divergence(simulation))
    assert kept.diverged
    assert kept.again.settings.stopping == Stopping(epochs=None)
    with pytest.raises(DivergenceError, match=re.escape(kept.diverged)):
        kept.again.simulation().go_to(25)


def test_a_run_that_cannot_go_on_says_why_and_has_no_outcome() -> None:
    of = Project(Network.dense([2, 1], "linear", seed=1), DATA, Settings(learning_rate=1e60))
    simulation = of.simulation()
    assert divergence(simulation) == ""
    with pytest.raises(DivergenceError) as caught:
        simulation.go_to(25)
    recorded = simulation.recorded
    assert divergence(simulation) == str(caught.value)
    assert simulation.recorded == recorded
    kept = keep("a", of, simulation.moment, simulation.series, divergence(simulation))
    assert kept.diverged == str(caught.value)
    assert kept.outcome == Outcome()
    simulation.back("instance")
    assert divergence(simulation) == ""


def test_what_is_too_large_to_compute_is_a_gap_of_the_curve() -> None:
    kept = replace(run(project()), epoch_errors=np.array([0.5, np.inf]))
    assert np.isnan(kept.epoch_errors).tolist() == [False, True]
    assert not kept.epoch_errors.flags.writeable


def test_runs_are_equal_bit_for_bit() -> None:
    kept = run(project())
    assert kept == run(project())
    assert kept.faults == ()
    assert kept == run(project())
    for other in (
        run(project("tanh")),
        kept.renamed("b"),
        replace(kept, shown=False),
        replace(kept, style=1),
        replace(kept, epoch_errors=np.array([1.0, np.nextafter(1.0, 2.0)])),
        replace(kept, test_errors=np.ones(2)),
    ):
        assert kept != other
    assert kept != "a"


@pytest.mark.parametrize(
    ("part", "faults"),
    [
        ({"name": " "}, [("name", "is empty")]),
        ({"style": -1}, [("style", "is -1, but has to be from 0 to 2147483648")]),
        ({"updates_per_epoch": 0}, [("updates_per_epoch", "is 0, but has to be from 1 to 2147483648")]),
        ({"spacing": 0}, [("spacing", "is 0, but has to be from 1 to 2147483648")]),
        ({"epochs": 3}, [("epoch_errors", "has 2 numbers, but 3 are needed")]),
        ({"spacing": 2}, [("epoch_errors", "has 2 numbers, but 1 are needed")]),
        ({"epochs": 3, "spacing": 2}, []),
        ({"test_errors": np.ones(2)}, [("test_errors", "has 2 numbers, but 0 are needed")]),
        ({"outcome": Outcome(accuracy=1.5)}, [("outcome.accuracy", "is no share from 0 to 1")]),
        (
            {"project": replace(project(), cursor=(0, 1))},
            [("project.cursor", "a kept run begins at the start")],
        ),
        (
            {"project": replace(project(), runs=(run(project()),))},
            [("project.runs", "a kept run holds no runs")],
        ),
        (
            {"project": replace(project(), settings=Settings(test_share=0.4))},
            [("test_errors", "has 0 numbers, but 2 are needed")],
        ),
    ],
)  # fmt: skip
def test_what_does_not_go_together_is_named(part: dict[str, Any], faults: list[tuple[str, str]]) -> None:
    assert list(replace(run(project()), **part).faults) == faults


def test_a_run_of_parts_that_do_not_fit_cannot_have_been() -> None:
    of = Project(Network.dense([3, 1]), DATA)
    ((path, reason),) = run(of).faults
    assert path == "project"
    assert reason.startswith(
        "nothing can have been trained, for network and data do not fit. The network has 3"
    )


def test_the_outcome_is_that_of_the_training_and_of_the_test_instances() -> None:
    of = project(test_share=0.4, split_seed=1)
    parts = split(of.settings, 5)
    reached = outcome(of.network, DATA, parts)
    assert len(parts.test) == 2
    for rows, error, right in (
        (parts.train, reached.error, reached.accuracy),
        (parts.test, reached.test_error, reached.test_accuracy),
    ):
        chosen = evaluate(of.network, DATA.inputs[list(rows)], DATA.targets[list(rows)])
        assert error == pytest.approx(chosen.errors.mean())
        assert right == np.mean((chosen.predictions >= 0.5) == DATA.targets[list(rows)])


def test_there_may_be_no_test_instances_no_classes_and_no_finite_error() -> None:
    of = Project(Network.dense([2, 1], "linear"), Dataset(INPUTS, np.arange(5.0)[:, np.newaxis] / 3))
    reached = outcome(of.network, of.dataset, split(of.settings, 5))
    assert reached.error is not None
    assert reached[1:] == (None, None, None)
    huge = of.network.with_parameters(weights=[[[1e200, 1e200]]])
    assert outcome(huge, of.dataset, split(of.settings, 5)) == Outcome()


def test_what_runs_are_told_apart_by() -> None:
    of = project("tanh", learning_rate=0.05, batch_size=4, weight_seed=7, shuffle=True, optimizer="adam")
    assert traits(of) == ("0.05", "tanh", "4", "Adam", "7, order 0", "2-2-1")
    assert run(of).description == "η = 0.05, tanh, batch 4, Adam, seed 7, order 0, 2-2-1"


def test_of_a_training_that_was_changed_on_the_way_the_start_is_named() -> None:
    simulation = Simulation(project().network, DATA, Settings(learning_rate=0.5))
    simulation.step("epoch")
    simulation = simulation.edited(settings=Settings(learning_rate=0.1))
    assert traits(Project.of(simulation)).learning_rate == "0.5 …"


def test_a_name_says_what_differs() -> None:
    assert suggested_name(project(), []) == "η = 0.5"
    assert suggested_name(project(), [run(project())]) == "η = 0.5"
    assert suggested_name(project(), [run(project(), "η = 0.5")]) == "η = 0.5 (2)"
    others = [run(project(), "η = 0.5"), run(project(), "η = 0.5 (2)")]
    assert suggested_name(project(), others) == "η = 0.5 (3)"
    assert suggested_name(project(batch_size=4, learning_rate=1), others) == "η = 1, batch 4"
    assert traits(project(learning_rate=0.123456789)).learning_rate == "0.123456789"
    assert traits(project(learning_rate=1e-5)).learning_rate == "1e-05"
    assert suggested_name(project("tanh"), others) == "η = 0.5, tanh"


def test_a_name_that_is_taken_gets_a_number() -> None:
    assert free_name("a", ()) == "a"
    assert free_name("a", ("a", "b", "a (2)")) == "a (3)"


def test_a_run_can_be_renamed() -> None:
    assert run(project()).renamed("b").name == "b"
