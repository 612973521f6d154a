from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest

from bpsim import compiled
from bpsim.datasets import Dataset
from bpsim.errors import MisfitError, NetworkError, SettingsError
from bpsim.kept_run import KeptRun, Outcome
from bpsim.loops import MakeLoop, PhaseLoop
from bpsim.network import Network
from bpsim.project import Project
from bpsim.settings import Settings
from bpsim.sweep import (
    Configuration,
    Sweep,
    as_now,
    label_of,
    median_curve,
    run_configuration,
    spread,
    summary,
)

DATA = Dataset([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0], [0.5, 0.1]], [[0], [1], [1], [0], [1]])
BASE = Project(Network.dense([2, 2, 1], seed=1), DATA, Settings())


def trained(configuration: Configuration, epochs: int, make: MakeLoop = PhaseLoop) -> KeptRun:
    *shares, run = run_configuration(configuration, epochs, make)
    assert isinstance(run, KeptRun)
    assert shares == sorted(shares)
    return run


def curve(errors: list[float], spacing: int = 1, diverged: str = "") -> KeptRun:
    reached = Outcome() if diverged else Outcome(errors[-1], accuracy=0.5)
    return KeptRun(
        "a", BASE, len(errors) * spacing, np.array(errors), np.empty(0), spacing, 5, reached, diverged
    )


def test_a_sweep_is_every_combination() -> None:
    sweep = Sweep(BASE, {"weight_seed": [1, 2, 3], "learning_rate": [0.1, 1.0]}, epochs=20)
    configurations = sweep.configurations()
    assert sweep.size == len(configurations) == 6
    assert sweep.instances == 6 * 20 * 5
    assert [(c.project.settings.learning_rate, c.project.settings.weight_seed) for c in configurations] == [
        (rate, seed) for rate in (0.1, 1.0) for seed in (1, 2, 3)
    ]
    assert configurations[0].project.network == configurations[3].project.network
    assert configurations[0].project.network != configurations[1].project.network
    assert [c.group for c in configurations] == [(0.1,)] * 3 + [(1.0,)] * 3


def test_without_seeds_every_run_begins_with_the_weights_as_drawn() -> None:
    for configuration in Sweep(BASE, {"learning_rate": [0.1, 1.0]}).configurations():
        assert configuration.project.network == BASE.network


def test_activation_batch_size_and_optimizer_can_be_varied() -> None:
    sweep = Sweep(BASE, {"activation": ["tanh"], "batch_size": [5], "optimizer": ["adam"]})
    (configuration,) = sweep.configurations()
    assert configuration.project.network.activations == ("tanh", "sigmoid")
    assert configuration.project.settings.batch_size == 5
    assert configuration.project.settings.optimizer == "adam"
    assert configuration.project.settings.stopping.epochs == 100


def test_an_activation_is_that_of_the_hidden_layers_and_the_outputs_keep_theirs() -> None:
    network = Network.dense([2, 3, 3, 2], ["tanh", "tanh", "softmax"], loss="cross_entropy", seed=1)
    data = Dataset(DATA.inputs, [[1, 0], [0, 1], [0, 1], [1, 0], [0, 1]])
    sweep = Sweep(Project(network, data, Settings()), {"activation": ["relu"]})
    (configuration,) = sweep.configurations()
    assert configuration.project.network.activations == ("relu", "relu", "softmax")
    assert trained(configuration, 2).name == "ReLU"
    assert label_of("activation", network) == "hidden activation"
    with pytest.raises(NetworkError):
        Sweep(BASE, {"activation": ["softmax"]}).configurations()


def test_without_hidden_layers_an_activation_is_that_of_the_outputs() -> None:
    perceptron = Network.dense([2, 1], "sigmoid", seed=1)
    (configuration,) = Sweep(Project(perceptron, DATA, Settings()), {"activation": ["step"]}).configurations()
    assert configuration.project.network.activations == ("step",)
    assert label_of("activation", perceptron) == "output activation"
    assert label_of("learning_rate", perceptron) == "η"


def test_a_sweep_of_a_changed_training_has_the_settings_of_now_and_the_weights_of_the_start() -> None:
    simulation = BASE.simulation()
    simulation.step("epoch")
    network = simulation.network.with_activation(1, "tanh").with_disconnected(0, 0, 1)
    simulation = simulation.edited(network, Settings(learning_rate=0.1, batch_size=4))
    project = as_now(Project.of(simulation), simulation.moment)
    assert project.settings == Settings(learning_rate=0.1, batch_size=4)
    assert project.network.activations == ("tanh", "sigmoid")
    assert project.network.weights[1].tolist() == BASE.network.weights[1].tolist()
    assert project.network.weights[0][0].tolist() == [BASE.network.weights[0][0, 0], 0]
    assert (project.changes, project.cursor) == ((), (0, 0))


def test_a_run_of_a_sweep_does_not_take_over_when_another_training_was_compiled() -> None:
    trained_before = replace(BASE, cursor=(9, 0), compiled_from=5)
    moment = trained_before.simulation().moment
    assert as_now(trained_before, moment).compiled_from is None
    (configuration,) = Sweep(trained_before).configurations()
    assert configuration.project.compiled_from is None


def test_what_cannot_be_is_said_before_anything_is_trained() -> None:
    with pytest.raises(SettingsError, match="η"):
        Sweep(BASE, {"learning_rate": [0.0]}).configurations()
    with pytest.raises(NetworkError, match="step function"):
        Sweep(BASE, {"activation": ["step"]}).configurations()
    with pytest.raises(MisfitError, match="3 inputs"):
        Sweep(Project(Network.dense([3, 1]), DATA))


def test_a_run_is_the_training_of_its_project() -> None:
    base = Project(BASE.network, DATA, Settings(batch_size=2, shuffle=True, test_share=0.2, momentum=0.5))
    (configuration,) = Sweep(base, {"optimizer": ["momentum"]}, epochs=7).configurations()
    run = trained(configuration, 7)
    simulation = configuration.project.simulation()
    for _ in range(7):
        simulation.step("epoch")
    np.testing.assert_allclose(run.epoch_errors, simulation.series.epoch_errors, rtol=1e-14)
    np.testing.assert_allclose(run.test_errors, simulation.series.test_errors, rtol=1e-14)
    assert run.outcome.error is not None
    assert (run.epochs, run.spacing, run.updates_per_epoch, run.diverged) == (7, 1, 2, "")
    assert run.name == "momentum"


@pytest.mark.timeout(180)
def test_compiled_runs_agree() -> None:
    (configuration,) = Sweep(BASE, {"learning_rate": [0.7]}).configurations()
    compiled.warm_up()
    run, slow = trained(configuration, 50, compiled.CompiledLoop), trained(configuration, 50)
    np.testing.assert_allclose(run.epoch_errors, slow.epoch_errors, rtol=1e-11)
    assert run.outcome == pytest.approx(slow.outcome)


def test_a_run_that_diverges_says_so_and_is_no_error() -> None:
    base = Project(Network.dense([2, 3, 1], ["linear", "linear"], seed=0), DATA)
    (configuration,) = Sweep(base, {"learning_rate": [30.0]}).configurations()
    run = trained(configuration, 500)
    assert "too large" in run.diverged
    assert run.epochs < 500
    assert len(run.epoch_errors) == run.epochs
    assert run.outcome == Outcome()


def test_a_run_can_be_left_at_any_time() -> None:
    (configuration,) = Sweep(BASE, {"learning_rate": [0.5]}).configurations()
    steps: Iterator[float | KeptRun] = run_configuration(configuration, 1_000_000)
    assert 0 < float(next(steps)) < 0.01  # type: ignore[arg-type]


def test_a_long_run_keeps_every_so_many_errors() -> None:
    data = Dataset([[0.5]], [[1.0]])
    (configuration,) = Sweep(Project(Network.dense([1, 1]), data), {"learning_rate": [0.5]}).configurations()
    run = trained(configuration, 10_000)
    assert run.epochs == 10_000
    assert run.spacing == 16
    assert len(run.epoch_errors) == 625


def test_the_summary_of_seeds() -> None:
    sweep = Sweep(BASE, {"learning_rate": [0.1, 1.0], "weight_seed": [1, 2, 3]})
    runs = [curve([e]) for e in (0.3, 0.1, 0.2, 0.5)] + [curve([0.9], diverged="too large")] * 2
    first, second = summary(list(zip(sweep.configurations(), runs, strict=True)))
    assert first[2:] == (pytest.approx(0.2), 0.1, 0.3, None, 0.5, 0)
    assert first.best is runs[1]
    assert second[2:] == (0.5, 0.5, 0.5, None, 0.5, 2)


def test_where_all_diverged_there_is_no_error() -> None:
    sweep = Sweep(BASE, {"learning_rate": [0.1]})
    (row,) = summary(list(zip(sweep.configurations(), [curve([0.9], diverged="too large")], strict=True)))
    assert row[2:] == (None, None, None, None, None, 1)


def test_the_median_of_curves() -> None:
    epochs, errors = median_curve([curve([5, 1, 1]), curve([3, 2, 2]), curve([4, 9], diverged="too large")])
    assert epochs.tolist() == [1, 2, 3]
    assert errors.tolist() == [4, 2, 2]
    epochs, errors = median_curve([curve([4, 3, 2, 1]), curve([2, 1], spacing=2)])
    assert epochs.tolist() == [1, 3]
    assert errors.tolist() == [3, 1.5]


def test_values_are_spread_by_equal_steps_or_factors() -> None:
    assert spread(0.01, 10, 4, logarithmic=True) == [0.01, 0.1, 1, 10]
    assert spread(1, 2, 3, logarithmic=False) == [1, 1.5, 2]
    assert spread(1, 1, 3, logarithmic=False) == [1]
