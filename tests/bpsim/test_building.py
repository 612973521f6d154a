"""From the records of a file to the project: all of it, or every fault with its path."""

from dataclasses import replace

import numpy as np
import pytest

from bpsim.building import build
from bpsim.datasets import Dataset
from bpsim.kept_run import KeptRun, Outcome
from bpsim.network import Network
from bpsim.project import Project, ProjectError
from bpsim.records import ProjectRecord, record_of

NETWORK = Network.dense((2, 1), seed=1)
MINE, OTHER = Dataset([[0.0, 1.0]], [[0.5]]), Dataset([[1.0, 1.0]], [[0.25]])
RUN = KeptRun("a", Project(NETWORK, MINE), 1, np.array([0.5]), np.empty(0), 1, 1, Outcome(0.2))
RUNS = (RUN, replace(RUN, name="b", project=Project(NETWORK, OTHER)))


def record() -> ProjectRecord:
    return record_of(Project(NETWORK, MINE, runs=RUNS))


def faults_of(changed: ProjectRecord) -> list[str]:
    with pytest.raises(ProjectError) as caught:
        build(changed)
    return [str(fault) for fault in caught.value.faults]


def test_a_project_is_what_it_was_and_its_runs_share_its_data() -> None:
    project = build(record())
    assert project == Project(NETWORK, MINE, runs=RUNS)
    assert project.runs[0].project.dataset is project.dataset


def test_faults_of_a_run_have_its_path() -> None:
    changed = record()
    changed.runs[0].settings.learning_rate = -1.0
    changed.runs[0].network.activations = []
    changed.runs[1].order = [1]
    assert [fault.split(":")[0] for fault in faults_of(changed)] == [
        "$.runs[0].network", "$.runs[0].settings", "$.runs[1].order",
    ]  # fmt: skip


@pytest.mark.parametrize("place", [-1, 1])
def test_a_run_refers_to_data_that_are_there(place: int) -> None:
    changed = record()
    changed.runs[1].dataset = place
    assert faults_of(changed) == [f"$.runs[1].dataset: is {place}, but run_datasets has 1"]


def test_faulty_data_are_named_once() -> None:
    changed = record()
    changed.dataset.inputs = [[]]
    changed.run_datasets[0].targets = [[0.5], [0.5]]
    assert [fault.split(":")[0] for fault in faults_of(changed)] == ["$.dataset", "$.run_datasets[0]"]
