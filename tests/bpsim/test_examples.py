"""The examples: the files that are there, and what their numbers do."""

from itertools import groupby
from pathlib import Path

import numpy as np
import pytest

from bpsim.backprop import Trace, backpropagate
from bpsim.evaluation import evaluate
from bpsim.examples import EXAMPLES, load_example
from bpsim.network import Network
from bpsim.project import Project
from bpsim.scoring import accuracy
from bpsim.splitting import split
from bpsim.training import Snapshot, train
from docs import make_examples

NAMES = [example.name for example in EXAMPLES]


def first_instance(project: Project) -> Trace:
    return backpropagate(
        project.network, project.dataset.inputs[0], project.dataset.targets[0], project.settings
    )


def predictions(network: Network, project: Project) -> list[float]:
    pairs = zip(project.dataset.inputs, project.dataset.targets, strict=True)
    return [float(backpropagate(network, x, y).prediction[0]) for x, y in pairs]


def trained(project: Project, epochs: int) -> list[Snapshot]:
    return list(train(project.network, project.dataset, project.settings, epochs))


# -- the table and the files ---------------------------------------------------------------------------------


def test_the_files_are_what_the_script_makes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.argv", ["make_examples.py", str(tmp_path)])
    make_examples.main()
    made = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert made == {path.name: path.read_bytes() for path in make_examples.FOLDER.iterdir()}
    assert list(make_examples.PARTS) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_every_example_opens_ready_to_be_stepped_through(name: str) -> None:
    project = load_example(name)
    simulation = project.simulation()
    assert simulation.cursor == (0, 0)
    for _ in range(13):
        simulation.step("phase")
    assert project.title
    assert project.notes.count("\n\n") == 1


def test_a_menu_lists_the_examples_group_by_group() -> None:
    groups = [group for group, _ in groupby(EXAMPLES, key=lambda example: example.group)]
    assert groups == [
        "The lecture", "From the perceptron to XOR", "Worked by hand", "Cases that teach one thing",
        "Press Run and watch",
    ]  # fmt: skip
    assert EXAMPLES[0].name == "lecture_demo"
    assert len({example.title for example in EXAMPLES}) == len(EXAMPLES)
    assert all(example.source.endswith(".") and example.description.endswith(".") for example in EXAMPLES)


def test_an_example_that_is_not_there_is_refused() -> None:
    with pytest.raises(KeyError):
        load_example("../examples/xor")


# -- their numbers -------------------------------------------------------------------------------------------


def test_the_demo_has_the_numbers_of_the_design() -> None:
    trace = first_instance(load_example("lecture_demo"))
    assert trace.network.sizes == (2, 3, 2)
    assert trace.pre_activations[1] == pytest.approx([0.3775, 0.3925, 0.1375])
    assert trace.activations[1] == pytest.approx([0.59327, 0.59688, 0.53432], abs=5e-6)
    assert trace.pre_activations[2] == pytest.approx([0.78531, 0.75536], abs=5e-6)
    assert trace.prediction == pytest.approx([0.68682, 0.68035], abs=5e-6)
    assert trace.error == pytest.approx(0.27699, abs=5e-6)
    assert trace.deltas[2] == pytest.approx([-0.146, 0.067], abs=5e-4)
    assert trace.deltas[1][:2] == pytest.approx([-0.0059, -0.0247], abs=1e-4)


@pytest.mark.parametrize(
    ("name", "sizes"), [("lecture_figure", (3, 3, 4, 2)), ("lecture_derivation", (2, 1, 1))]
)
def test_the_networks_of_the_lecture_learn_their_instances(name: str, sizes: tuple[int, ...]) -> None:
    project = load_example(name)
    assert project.network.sizes == sizes
    errors = [snapshot.error for snapshot in trained(project, 100)]
    assert errors == sorted(errors, reverse=True)


def test_the_perceptron_learns_and_for_good() -> None:
    project = load_example("perceptron_and")
    snapshots = trained(project, 12)
    errors = [snapshot.error for snapshot in snapshots]
    learned = errors.index(0)
    assert 2 <= learned <= 8
    assert set(errors[learned:]) == {0}
    assert snapshots[-1].network == snapshots[learned].network


def test_the_perceptron_goes_round_in_a_circle_on_xor() -> None:
    project = load_example("perceptron_xor")
    snapshots = trained(project, 24)
    assert min(snapshot.error for snapshot in snapshots) > 0
    assert snapshots[-1].network in [snapshot.network for snapshot in snapshots[:-1]]


def test_two_hidden_nodes_learn_xor() -> None:
    project = load_example("xor")
    settings = project.settings
    drawn = project.network.initialized(
        settings.initializer, settings.weight_seed, settings.initializer_scale
    )
    assert drawn == project.network
    last = trained(project, 400)[-1]
    assert last.error < 0.005
    assert [round(y) for y in predictions(last.network, project)] == [0, 1, 1, 0]


def test_mazur() -> None:
    project = load_example("mazur")
    trace = first_instance(project)
    assert trace.error == pytest.approx(0.298371108760, abs=1e-12)
    assert trace.updated.weights[0].ravel() == pytest.approx(
        [0.149780716133, 0.199561432266, 0.249751143632, 0.299502287265], abs=1e-12
    )
    assert trained(project, 1)[0].error == pytest.approx(0.29102777369359933, rel=1e-14)


def test_han_and_kamber() -> None:
    trace = first_instance(load_example("han_kamber"))
    assert trace.pre_activations[2] == pytest.approx([-0.104539505845], abs=1e-12)
    assert trace.deltas[1] == pytest.approx([-0.008724561965, -0.006542085064], abs=1e-12)
    assert trace.updated.biases[0] == pytest.approx([-0.407852105769, 0.194112123442], abs=1e-12)


def test_relu_by_hand() -> None:
    trace = first_instance(load_example("relu_by_hand"))
    assert trace.prediction == pytest.approx([0.76])
    assert trace.updated.weights[0].ravel() == pytest.approx([0.61728, 0.8072, 0.29424, 0.3976])
    assert trace.updated.biases[1] == pytest.approx([0.124])


def test_softmax() -> None:
    trace = first_instance(load_example("softmax"))
    assert trace.error == pytest.approx(0.874343420, abs=1e-9)
    assert trace.deltas[2] == pytest.approx([0.582864187, -0.256049895, -0.326814292], abs=1e-9)


def test_twins_stay_equal() -> None:
    network = trained(load_example("twins"), 50)[-1].network
    assert np.array_equal(network.weights[0][0], network.weights[0][1])
    assert np.all(network.weights[0] != 0)


def test_delta_vanishes() -> None:
    deltas = [float(abs(delta[0])) for delta in first_instance(load_example("vanishing")).deltas[1:]]
    assert deltas[::-1] == pytest.approx([0.1481, 0.03327, 0.007467, 0.001669, 3.662e-4, 7.199e-5], rel=1e-3)


def test_xor_by_hand_has_nothing_to_learn() -> None:
    project = load_example("xor_by_hand")
    assert predictions(project.network, project) == [0, 1, 1, 0]
    (snapshot,) = trained(project, 1)
    assert snapshot.error == 0
    assert snapshot.network == project.network


def test_the_clusters_are_told_apart_in_the_first_epochs() -> None:
    project = load_example("clusters")
    rows = split(project.settings, len(project.dataset))
    assert len(rows.test) == 33
    network = trained(project, 5)[-1].network
    assert (
        accuracy(network, project.dataset, rows.train) == accuracy(network, project.dataset, rows.test) == 1
    )


def test_the_spirals_are_learned_by_heart() -> None:
    project = load_example("spirals")
    rows = split(project.settings, len(project.dataset))
    inputs, targets = (part[list(rows.test)] for part in (project.dataset.inputs, project.dataset.targets))
    networks = [project.network, *(snapshot.network for snapshot in trained(project, 1000))]
    errors = [float(evaluate(network, inputs, targets).errors.mean()) for network in networks]
    right = [accuracy(network, project.dataset, rows.train) for network in networks]
    assert max(right[:70]) < 0.7
    assert set(right[150:]) == {1}
    assert errors[0] < errors[150] < errors[300] < errors[500] < errors[700] < errors[1000]
    for network in networks[150:]:
        assert accuracy(network, project.dataset, rows.test) == pytest.approx(0.75, abs=0.051)
