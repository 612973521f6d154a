"""The parts of a project file as typed records: what the present version may hold, and nothing else.

Reading has two stages. `msgspec` parses a file into these records, which settles the types;
`bpsim.building.build` then makes the project of them.
"""

from collections.abc import Sequence
from typing import Literal

import msgspec

from bpsim.arrays import Array, Mask
from bpsim.datasets import Dataset
from bpsim.kept_run import KeptRun
from bpsim.network import Network
from bpsim.project import Project
from bpsim.scaling import Scaling
from bpsim.settings import Settings

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


class OutcomeRecord(msgspec.Struct, forbid_unknown_fields=True):
    """An `Outcome`, null where there is no such number."""

    error: float | None
    test_error: float | None
    accuracy: float | None
    test_accuracy: float | None


class RunRecord(msgspec.Struct, forbid_unknown_fields=True):
    """A `KeptRun` and what it begins from.

    `dataset` is null for that of the project, else the place of another one in `run_datasets`. In the curves
    null stands for a number that is too large to compute.
    """

    name: str
    shown: bool
    style: int
    epochs: int
    spacing: int
    updates_per_epoch: int
    outcome: OutcomeRecord
    diverged: str
    title: str
    notes: str
    network: NetworkRecord
    dataset: int | None
    settings: SettingsRecord
    order: list[int] | None
    compiled_from: int | None
    changes: list[ChangeRecord]
    epoch_errors: list[float | None]
    test_errors: list[float | None]


class ProjectRecord(msgspec.Struct, forbid_unknown_fields=True):
    """A `Project`, beside the format and version of its file."""

    title: str
    notes: str
    network: NetworkRecord
    dataset: DatasetRecord
    settings: SettingsRecord
    order: list[int] | None
    cursor: CursorRecord
    recorded: int
    compiled_from: int | None
    changes: list[ChangeRecord]
    run_datasets: list[DatasetRecord]
    runs: list[RunRecord]


# -- from values to records ------------------------------


def record_of(project: Project) -> ProjectRecord:
    """Return the record of a project."""
    others = _other_datasets(project)
    return ProjectRecord(
        project.title,
        project.notes,
        _network_record(project.network),
        _dataset_record(project.dataset),
        _settings_record(project.settings),
        _list(project.order),
        CursorRecord(*project.cursor),
        project.recorded,
        project.compiled_from,
        _change_records(project),
        [_dataset_record(dataset) for dataset in others],
        [_run_record(run, others) for run in project.runs],
    )


def _other_datasets(project: Project) -> list[Dataset]:
    """Return the data sets that runs begin from, but for that of the project, each once."""
    others: list[Dataset] = []
    for run in project.runs:
        if run.project.dataset not in (project.dataset, *others):
            others.append(run.project.dataset)
    return others


def _run_record(run: KeptRun, others: Sequence[Dataset]) -> RunRecord:
    begun = run.project
    return RunRecord(
        run.name, run.shown, run.style, run.epochs, run.spacing, run.updates_per_epoch,
        OutcomeRecord(*run.outcome), run.diverged, begun.title, begun.notes, _network_record(begun.network),
        others.index(begun.dataset) if begun.dataset in others else None, _settings_record(begun.settings),
        _list(begun.order), begun.compiled_from, _change_records(begun), _curve(run.epoch_errors),
        _curve(run.test_errors),
    )  # fmt: skip


def _curve(errors: Array) -> list[float | None]:
    return [None if error != error else error for error in errors.tolist()]


def _change_records(project: Project) -> list[ChangeRecord]:
    return [
        ChangeRecord(c.time, _settings_record(c.settings), _list(c.order), _network_record(c.network))
        for c in project.changes
    ]


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
