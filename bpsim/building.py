"""From the records of a project file to its project.

Everything that does not make sense is collected, each with the path to its field.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import msgspec
import numpy as np

from bpsim.data_errors import DataError
from bpsim.datasets import Dataset
from bpsim.errors import NetworkError, SettingsError
from bpsim.history import Change
from bpsim.kept_run import KeptRun, Outcome
from bpsim.network import Network
from bpsim.project import Fault, Project, ProjectError
from bpsim.records import (
    ChangeRecord,
    DatasetRecord,
    NetworkRecord,
    ProjectRecord,
    RunRecord,
    ScalingRecord,
    SettingsRecord,
)
from bpsim.scaling import Scaling
from bpsim.settings import Settings
from bpsim.stopping import Stopping


def build(record: ProjectRecord) -> Project:
    """Return the project of a record.

    Raises
    ------
    ProjectError
        With every fault and its path.
    """
    faults: list[Fault] = []
    dataset = _dataset(record.dataset, "$.dataset", faults)
    cursor = (record.cursor.instances, record.cursor.steps)
    project = _project(record, dataset, cursor, "$", faults, record.recorded)
    others = [
        _dataset(r, f"$.run_datasets[{number}]", faults) for number, r in enumerate(record.run_datasets)
    ]
    runs = [_run(r, dataset, others, f"$.runs[{number}]", faults) for number, r in enumerate(record.runs)]
    if faults or project is None:
        raise ProjectError("The project has faults:", faults)
    try:
        return replace(project, runs=tuple(run for run in runs if run is not None))
    except ProjectError as error:
        found = [Fault(f"$.{fault.path}", fault.reason) for fault in error.faults]
        raise ProjectError("The project has faults:", found) from None


def _project(
    record: ProjectRecord | RunRecord,
    dataset: Dataset | None,
    cursor: tuple[int, int],
    path: str,
    faults: list[Fault],
    recorded: int = 0,
) -> Project | None:
    """Return the project of a record, without runs; None where a part of it has faults."""
    known = len(faults)
    network = _network(record.network, f"{path}.network", faults)
    settings = _settings(record.settings, f"{path}.settings", faults)
    changes = [_change(c, f"{path}.changes[{number}]", faults) for number, c in enumerate(record.changes)]
    if len(faults) > known or network is None or dataset is None or settings is None:
        return None
    try:
        return Project(
            network, dataset, settings, tuple(c for c in changes if c is not None), cursor,
            _tuple(record.order), record.title, record.notes, record.compiled_from, recorded=recorded,
        )  # fmt: skip
    except ProjectError as error:
        faults.extend(Fault(f"{path}.{fault.path}", fault.reason) for fault in error.faults)
        return None


def _run(
    record: RunRecord,
    shared: Dataset | None,
    others: Sequence[Dataset | None],
    path: str,
    faults: list[Fault],
) -> KeptRun | None:
    dataset = shared
    if record.dataset is not None:
        if not 0 <= record.dataset < len(others):
            faults.append(
                Fault(f"{path}.dataset", f"is {record.dataset}, but run_datasets has {len(others)}")
            )
            return None
        dataset = others[record.dataset]
    project = _project(record, dataset, (0, 0), path, faults)
    if project is None:
        return None
    return KeptRun(
        record.name, project, record.epochs, np.array(record.epoch_errors, dtype=np.float64),
        np.array(record.test_errors, dtype=np.float64), record.spacing, record.updates_per_epoch,
        Outcome(**msgspec.structs.asdict(record.outcome)), record.diverged, record.style, record.shown,
    )  # fmt: skip


def _tuple(order: list[int] | None) -> tuple[int, ...] | None:
    return None if order is None else tuple(order)


def _change(record: ChangeRecord, path: str, faults: list[Fault]) -> Change | None:
    network = _network(record.network, f"{path}.network", faults)
    settings = _settings(record.settings, f"{path}.settings", faults)
    if network is None or settings is None:
        return None
    return Change(record.time, network, settings, _tuple(record.order))


def _network(record: NetworkRecord, path: str, faults: list[Fault]) -> Network | None:
    found = tuple(_faults_of_shape(record, path))
    faults.extend(found)
    if found:
        return None
    masks = [[[cell != "missing" for cell in row] for row in rows] for rows in record.weights]
    weights = [
        [[0.0 if cell == "missing" else cell for cell in row] for row in rows] for rows in record.weights
    ]
    try:
        return Network(
            tuple(np.array(rows) for rows in weights), tuple(np.array(row) for row in record.biases),
            tuple(np.array(rows) for rows in masks), tuple(record.activations), record.loss,
        )  # fmt: skip
    except NetworkError as error:
        faults.append(Fault(path, str(error)))
        return None


def _faults_of_shape(record: NetworkRecord, path: str) -> Iterator[Fault]:
    """Yield what keeps lists of numbers from being the weights and biases of neighbouring layers."""
    pairs = len(record.weights)
    if not pairs == len(record.biases) == len(record.activations) or not pairs:
        yield Fault(
            path,
            "needs weights, biases and an activation for every layer but the input layer; it has "
            f"{pairs}, {len(record.biases)} and {len(record.activations)} of them",
        )
        return
    source = len(record.weights[0][0]) if record.weights[0] else 0
    if not source:
        yield Fault(f"{path}.weights[0]", "has no input")
        return
    for l, (rows, biases) in enumerate(zip(record.weights, record.biases, strict=True)):
        if not biases:
            yield Fault(f"{path}.biases[{l}]", "has no node")
        if len(rows) != len(biases):
            yield Fault(f"{path}.weights[{l}]", f"has {len(rows)} rows, but there are {len(biases)} biases")
        yield from _faults_of_rows(rows, source, f"{path}.weights[{l}]")
        source = len(biases)


def _faults_of_rows(rows: Sequence[Sequence[object]], width: int, path: str) -> Iterator[Fault]:
    for number, row in enumerate(rows):
        if len(row) != width:
            yield Fault(f"{path}[{number}]", f"has {len(row)} numbers, but {width} are needed")


def _dataset(record: DatasetRecord, path: str, faults: list[Fault]) -> Dataset | None:
    tables = [("inputs", record.inputs), ("targets", record.targets)]
    for name, scaling in (("input_scaling", record.input_scaling), ("target_scaling", record.target_scaling)):
        if scaling is not None:
            tables.append((f"{name}.originals", scaling.originals))
    found = [
        fault
        for name, rows in tables
        for fault in _faults_of_rows(rows, len(rows[0]) if rows else 0, f"{path}.{name}")
    ]
    faults.extend(found)
    if found:
        return None
    try:
        return Dataset(
            record.inputs, record.targets, record.input_names, record.target_names, record.name,
            record.one_hot, _scaling(record.input_scaling), _scaling(record.target_scaling),
        )  # fmt: skip
    except DataError as error:
        faults.append(Fault(path, str(error)))
        return None


def _scaling(record: ScalingRecord | None) -> Scaling | None:
    if record is None:
        return None
    return Scaling(
        record.method, np.array(record.shifts), np.array(record.spreads), np.array(record.originals)
    )


def _settings(record: SettingsRecord, path: str, faults: list[Fault]) -> Settings | None:
    try:
        stopping = Stopping(**msgspec.structs.asdict(record.stopping))
        return Settings(**{**msgspec.structs.asdict(record), "stopping": stopping})
    except SettingsError as error:
        faults.append(Fault(path, str(error)))
        return None
