import numpy as np
import pytest

from bpsim.datasets import Dataset
from bpsim.evaluation import evaluate
from bpsim.kept_run import KeptRun, Outcome, keep, outcome, suggested_name, traits
from bpsim.network import Network
from bpsim.project import Project
from bpsim.settings import Settings
from bpsim.simulation import Simulation
from bpsim.splitting import split

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
    assert kept.project.settings.stopping.epochs == 3
    simulation.back("epoch")
    simulation.back("epoch")
    earlier = keep("a", Project.of(simulation), simulation.moment, simulation.series)
    assert earlier.epochs == len(earlier.epoch_errors) < 3


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
    assert suggested_name(project("tanh"), others) == "η = 0.5, tanh"


def test_a_run_can_be_renamed() -> None:
    assert run(project()).renamed("b").name == "b"
