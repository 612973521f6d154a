"""The parts of a project file as typed records: what the present version may hold, and nothing else.

Reading has two stages. `msgspec` parses a file into these records, which settles the types; `build` then
makes the project of them and collects everything that does not make sense, each with the path to its field.
"""

from collections.abc import Iterator, Sequence
from typing import Literal, TypeVar

import msgspec
import numpy as np

from bpsim.arrays import Array, Mask
from bpsim.data_errors import DataError
from bpsim.datasets import Dataset
from bpsim.errors import NetworkError, SettingsError
from bpsim.history import Change
from bpsim.network import Network
from bpsim.project import Fault, Project, ProjectError
from bpsim.scaling import Scaling
from bpsim.settings import Settings
from bpsim.stopping import Stopping

T = TypeVar("T")
Table = list[list[float]]
Missing = Literal["missing"]
"""What stands in place of a weight where a connection is missing."""


class NetworkRecord(msgspec.Struct, forbid_unknown_fields=True):
    """A `Network`; `weights[l][i][j]` leads to node i of layer l + 1 from node j of layer l."""

    loss: str
    activations: list[str]
    weights: list[list[list[float | Missing]]]
    biases: Table


class ScalingRecord(msgspec.Struct, forbid_unknown_fields=True):
    """A `Scaling`."""

    method: str
    shifts: list[float]
    spreads: list[float]
    originals: Table


class DatasetRecord(msgspec.Struct, forbid_unknown_fields=True):
    """A `Dataset`."""

    name: str
    input_names: list[str]
    target_names: list[str]
    inputs: Table
    targets: Table
    one_hot: bool
    input_scaling: ScalingRecord | None
    target_scaling: ScalingRecord | None


class StoppingRecord(msgspec.Struct, forbid_unknown_fields=True):
    """The `Stopping` criteria, null where one is off."""

    epochs: int | None
    error_below: float | None
    patience: int | None
    gradient_below: float | None
    seconds: float | None


class SettingsRecord(msgspec.Struct, forbid_unknown_fields=True):
    """The `Settings`."""

    learning_rate: float
    batch_size: int
    shuffle: bool
    seed: int
    update_biases: bool
    initializer: str
    initializer_scale: float
    weight_seed: int
    optimizer: str
    momentum: float
    l1: float
    l2: float
    schedule: str
    schedule_epochs: int
    test_share: float
    split_seed: int
    stopping: StoppingRecord


class CursorRecord(msgspec.Struct, forbid_unknown_fields=True):
    """Instances done before the present one, and how many smallest steps of it are shown."""

    instances: int
    steps: int


class ChangeRecord(msgspec.Struct, forbid_unknown_fields=True):
    """A `Change` on the way; `time` counts the instances done before."""

    time: int
    settings: SettingsRecord
    order: list[int] | None
    network: NetworkRecord


class ProjectRecord(msgspec.Struct, forbid_unknown_fields=True):
    """A `Project`, beside the format and version of its file."""

    title: str
    notes: str
    network: NetworkRecord
    dataset: DatasetRecord
    settings: SettingsRecord
    order: list[int] | None
    cursor: CursorRecord
    compiled_from: int | None
    changes: list[ChangeRecord]


# -- from values to records ------------------------------


def record_of(project: Project) -> ProjectRecord:
    """Return the record of a project."""
    return ProjectRecord(
        project.title,
        project.notes,
        _network_record(project.network),
        _dataset_record(project.dataset),
        _settings_record(project.settings),
        _list(project.order),
        CursorRecord(*project.cursor),
        project.compiled_from,
        [
            ChangeRecord(c.time, _settings_record(c.settings), _list(c.order), _network_record(c.network))
            for c in project.changes
        ],
    )


def _list(order: Sequence[int] | None) -> list[int] | None:
    return None if order is None else [int(row) for row in order]


def _network_record(network: Network) -> NetworkRecord:
    weights = [_cells(w, m) for w, m in zip(network.weights, network.masks, strict=True)]
    biases = [biases.tolist() for biases in network.biases]
    return NetworkRecord(network.loss, list(network.activations), weights, biases)


def _cells(weights: Array, mask: Mask) -> list[list[float | Missing]]:
    return [
        [value if present else "missing" for value, present in zip(row, row_mask, strict=True)]
        for row, row_mask in zip(weights.tolist(), mask.tolist(), strict=True)
    ]


def _dataset_record(dataset: Dataset) -> DatasetRecord:
    return DatasetRecord(
        dataset.name,
        list(dataset.input_names),
        list(dataset.target_names),
        dataset.inputs.tolist(),
        dataset.targets.tolist(),
        dataset.one_hot,
        _scaling_record(dataset.input_scaling),
        _scaling_record(dataset.target_scaling),
    )


def _scaling_record(scaling: Scaling | None) -> ScalingRecord | None:
    if scaling is None:
        return None
    return ScalingRecord(
        scaling.method, scaling.shifts.tolist(), scaling.spreads.tolist(), scaling.originals.tolist()
    )


def _settings_record(settings: Settings) -> SettingsRecord:
    stopping = StoppingRecord(**vars(settings.stopping))
    return SettingsRecord(**{**vars(settings), "stopping": stopping})


# -- from records to values ------------------------------


def build(record: ProjectRecord) -> Project:
    """Return the project of a record.

    Raises
    ------
    ProjectError
        With every fault and its path.
    """
    faults: list[Fault] = []
    network = _network(record.network, "$.network", faults)
    dataset = _dataset(record.dataset, "$.dataset", faults)
    settings = _settings(record.settings, "$.settings", faults)
    changes = [_change(c, f"$.changes[{number}]", faults) for number, c in enumerate(record.changes)]
    if faults or network is None or dataset is None or settings is None:
        raise ProjectError("The project has faults:", faults)
    try:
        return Project(
            network, dataset, settings, tuple(c for c in changes if c is not None),
            (record.cursor.instances, record.cursor.steps), _tuple(record.order), record.title, record.notes,
            record.compiled_from,
        )  # fmt: skip
    except ProjectError as error:
        found = [Fault(f"$.{fault.path}", fault.reason) for fault in error.faults]
        raise ProjectError("The project has faults:", found) from None


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
