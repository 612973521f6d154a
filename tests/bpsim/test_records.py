"""The records of a project file: what is written of a project, and how often."""

from dataclasses import replace

import numpy as np

from bpsim.datasets import Dataset
from bpsim.kept_run import KeptRun, Outcome
from bpsim.network import Network
from bpsim.project import Project
from bpsim.records import record_of

NETWORK = Network.dense((2, 1), seed=1)
ROWS = np.arange(8.0).reshape(4, 2)
MINE, OTHER = Dataset(ROWS, ROWS[:, :1] / 8), Dataset(ROWS + 0.5, ROWS[:, :1] / 9)
RUN = KeptRun("a", Project(NETWORK, MINE), 2, np.array([0.5, np.inf]), np.empty(0), 1, 4, Outcome(0.2))


def test_the_data_of_runs_are_written_once_and_those_of_the_project_not_again() -> None:
    begun = [Project(NETWORK, data) for data in (MINE, OTHER, MINE, OTHER, OTHER)]
    runs = tuple(replace(RUN, name=str(number), project=of) for number, of in enumerate(begun))
    record = record_of(Project(NETWORK, MINE, runs=runs))
    assert [run.dataset for run in record.runs] == [None, 0, None, 0, 0]
    assert [data.inputs for data in record.run_datasets] == [OTHER.inputs.tolist()]


def test_a_number_that_was_too_large_is_null() -> None:
    (run,) = record_of(Project(NETWORK, MINE, runs=(RUN,))).runs
    assert run.epoch_errors == [0.5, None]


def test_a_missing_connection_is_written_as_such() -> None:
    record = record_of(Project(NETWORK.with_disconnected(0, 0, 1), MINE))
    assert record.network.weights == [[[NETWORK.weights[0][0, 0], "missing"]]]
