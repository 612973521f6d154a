"""A project: what goes together, and the training that comes out of it."""

from dataclasses import replace

import numpy as np
import pytest

from bpsim.datasets import Dataset
from bpsim.errors import MisfitError
from bpsim.kept_run import KeptRun, Outcome
from bpsim.network import Network
from bpsim.project import Fault, Project, ProjectError
from bpsim.settings import Settings
from bpsim.simulation import Change, Simulation

NETWORK = Network.dense((2, 3, 2))
DATA = Dataset([[0.05, 0.10], [0.80, 0.30], [0.5, 0.5]], [[0.01, 0.99], [0.90, 0.10], [0.5, 0.5]])


def faults_of(**parts: object) -> list[str]:
    with pytest.raises(ProjectError) as caught:
        Project(**{"network": NETWORK, "dataset": DATA, **parts})  # type: ignore[arg-type]
    return [str(fault) for fault in caught.value.faults]


def test_a_project_starts_at_the_very_first_step() -> None:
    project = Project(NETWORK, DATA)
    assert project.settings == Settings()
    simulation = project.simulation()
    assert simulation.cursor == (0, 0)
    assert simulation.network == NETWORK
    assert Project.of(simulation) == project


def test_a_training_with_changes_on_the_way_goes_on_as_it_would_have() -> None:
    simulation = Simulation(NETWORK, DATA, Settings(shuffle=True, batch_size=2))
    simulation.step("epoch")
    simulation = simulation.edited(settings=simulation.settings.with_(learning_rate=2.0, shuffle=False))
    simulation.step("instance")
    simulation.step("layer")
    simulation = simulation.edited(network=simulation.network.with_bias(0, 0, -0.0))
    simulation.step("phase")
    again = Project.of(simulation).simulation()
    assert again.cursor == simulation.cursor == (4, 7)
    for _ in range(8):
        assert again.network == simulation.network
        assert again.position == simulation.position
        assert again.settings == simulation.settings
        again.step("phase")
        simulation.step("phase")
    while simulation.back("instance"):
        again.back("instance")
        assert again.network == simulation.network


@pytest.mark.parametrize("back", [(0, 0), (4, 3), (10, 2), (11, 0), (11, 8)])
def test_what_was_trained_after_the_cursor_is_not_forgotten(back: tuple[int, int]) -> None:
    simulation = Simulation(NETWORK, DATA, Settings(test_share=0.3, shuffle=True))
    simulation.go_to(11)
    simulation.go_to(*back)
    project = Project.of(simulation)
    assert project.recorded == 12
    again = project.simulation()
    assert again.cursor == back
    assert again.seen == 12
    assert Project.of(again) == project
    again.go_to(11)
    again.go_to(*back)
    for ours, theirs in zip(again.series, simulation.series, strict=True):
        assert np.array_equal(ours, theirs)
    assert again.network == simulation.network


def test_at_least_what_the_cursor_has_shown_is_recorded() -> None:
    recorded = [
        Project(NETWORK, DATA, cursor=cursor).recorded for cursor in ((0, 8), (0, 9), (7, 0), (7, 17))
    ]
    assert recorded == [0, 1, 7, 8]
    assert Project(NETWORK, DATA, cursor=(3, 0), recorded=20).recorded == 20
    assert faults_of(recorded=-1) == ["recorded: counts what is done, from 0 on"]


def test_an_instance_that_was_chosen_first_stays_the_first() -> None:
    simulation = Simulation(NETWORK, DATA).taking_next(2)
    project = Project.of(simulation, title="chosen", notes="by hand")
    assert project.order == (2, 0, 1)
    assert (project.title, project.notes) == ("chosen", "by hand")
    assert project.simulation().position.instance == 2


def test_projects_are_equal_bit_for_bit() -> None:
    project = Project(NETWORK.with_bias(0, 0, 0.0), DATA)
    assert project == Project(NETWORK.with_bias(0, 0, 0.0), DATA, Settings(), [], [0, 0])  # type: ignore[arg-type]
    assert project != Project(NETWORK.with_bias(0, 0, -0.0), DATA)
    assert project != Project(NETWORK.with_bias(0, 0, 0.0), DATA, cursor=(0, 1))
    assert project != Project(NETWORK.with_bias(0, 0, 0.0), DATA, title="another")


def test_a_drawing_in_progress_is_a_project_but_cannot_be_trained() -> None:
    project = Project(Network.dense((3, 2)), DATA)
    with pytest.raises(MisfitError):
        project.simulation()
    with pytest.raises(ProjectError) as caught:
        Project(Network.dense((3, 2)), DATA, cursor=(0, 1))
    assert caught.value.faults[0].path == "cursor"
    assert str(caught.value.faults[0]).startswith(
        "cursor: nothing can have been trained, for network and data do not fit. The network has 3 inputs"
    )


def test_every_part_that_does_not_go_with_the_others_is_named() -> None:
    early, late = Change(3, NETWORK, Settings()), Change(2, Network.dense((2, 2)), Settings(), (0, 0, 1))
    assert faults_of(changes=(early, late), order=(0, 1)) == [
        "order: needs each of the 3 rows of the data once, counted from 0",
        "changes[1].time: is 2, but has to be later than 3",
        "changes[1].network: does not have the layer sizes of the network at the start",
        "changes[1].order: needs each of the 3 rows of the data once, counted from 0",
    ]
    assert faults_of(changes=(Change(0, NETWORK, Settings()),)) == [
        "changes[0].time: is 0, but has to be later than 0"
    ]


def test_a_change_to_an_error_function_that_the_data_does_not_allow_is_named() -> None:
    data = Dataset([[0.0, 1.0]], [[2.0, 0.0]])
    change = Change(1, NETWORK.with_loss("cross_entropy"), Settings())
    (fault,) = faults_of(dataset=data, changes=(change,))
    assert fault.startswith("changes[0].network: Cross-entropy")


@pytest.mark.parametrize(
    ("cursor", "batch_size", "fault"),
    [
        ((0, 20), 1, None),
        ((0, 21), 1, "cursor: shows 21 steps of an instance that has 20"),
        ((0, 20), 2, "cursor: shows 20 steps of an instance that has 19"),
        ((1, 20), 2, None),
        ((2, 20), 2, None),  # the last, smaller batch of the epoch updates too
        ((3, 20), 2, "cursor: shows 20 steps of an instance that has 19"),
        ((-1, 0), 1, "cursor: counts what is done, from 0 on"),
        ((0, -1), 1, "cursor: counts what is done, from 0 on"),
    ],
)
def test_a_cursor_stays_within_its_instance(
    cursor: tuple[int, int], batch_size: int, fault: str | None
) -> None:
    settings = Settings(batch_size=batch_size)
    if fault is None:
        assert Project(NETWORK, DATA, settings, cursor=cursor).simulation().cursor == cursor
    else:
        assert faults_of(cursor=cursor, settings=settings) == [fault]


def test_the_batches_at_the_cursor_are_those_of_the_latest_change() -> None:
    change = Change(3, NETWORK, Settings(batch_size=2))
    assert faults_of(changes=(change,), cursor=(3, 20)) == [
        "cursor: shows 20 steps of an instance that has 19"
    ]


def test_kept_runs_have_names_of_their_own_and_what_is_wrong_with_one_is_named() -> None:
    errors, none = np.array([0.5, 0.25]), np.empty(0)
    run = KeptRun("a", Project(NETWORK, DATA), 2, errors, none, 1, 3, Outcome(0.2))
    project = Project(NETWORK, DATA, runs=[run, run.renamed("b")])  # type: ignore[arg-type]
    assert project.runs == (run, run.renamed("b"))
    assert project != Project(NETWORK, DATA)
    assert project == Project(NETWORK, DATA, runs=(run, run.renamed("b")))
    assert faults_of(runs=(run, run, replace(run, name="c", spacing=0))) == [
        "runs[1].name: is the name of an earlier run",
        "runs[2].spacing: is 0, but has to be from 1 to 2147483648",
    ]


def test_a_long_list_of_faults_is_cut_short_in_the_message_only() -> None:
    faults = [Fault(f"$.a[{i}]", "is wrong") for i in range(23)]
    error = ProjectError("Faults:", faults, "Mend them.")
    lines = str(error).splitlines()
    assert len(error.faults) == 23
    assert lines[:2] == ["Faults:", "$.a[0]: is wrong"]
    assert lines[-3:] == ["$.a[19]: is wrong", "and 3 more", "Mend them."]


def test_arrays_of_a_project_cannot_be_written_to() -> None:
    project = Project(NETWORK, DATA)
    with pytest.raises(ValueError, match="read-only"):
        project.network.weights[0][0, 0] = 1.0
    assert np.array_equal(project.dataset.inputs[0], [0.05, 0.10])
