"""Project files: opened as they were saved, bit for bit, or refused with the path to the fault."""

import copy
import json
import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from bpsim import running, storage
from bpsim.activations import ACTIVATIONS
from bpsim.columns import default_name
from bpsim.datasets import Dataset
from bpsim.kept_run import KeptRun, Outcome, keep
from bpsim.network import Network
from bpsim.optimizers import OPTIMIZERS
from bpsim.project import Project, ProjectError
from bpsim.scaling import SCALINGS
from bpsim.schedules import SCHEDULES
from bpsim.settings import Settings
from bpsim.simulation import Change, Simulation
from bpsim.splitting import split
from bpsim.stopping import Stopping
from bpsim.storage import decode, encode, load, migrated, save

FINITE = st.floats(allow_nan=False, allow_infinity=False)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
NAMES = TEXTS.filter(str.strip)
ANYWHERE = [a.name for a in ACTIVATIONS.values() if a.where == "anywhere"]


@st.composite
def networks(draw: st.DrawFn, sizes: tuple[int, ...]) -> Network:
    pairs = list(pairwise(sizes))
    return Network(
        tuple(draw(arrays(np.float64, (n_out, n_in), elements=FINITE)) for n_in, n_out in pairs),
        tuple(draw(arrays(np.float64, n_out, elements=FINITE)) for _, n_out in pairs),
        tuple(draw(arrays(np.bool_, (n_out, n_in))) for n_in, n_out in pairs),
        tuple(draw(st.sampled_from(ANYWHERE)) for _ in pairs),
    )


@st.composite
def datasets(draw: st.DrawFn, inputs: int, targets: int) -> Dataset:
    rows = draw(st.integers(1, 4))
    modest = st.floats(-1e6, 1e6)
    dataset = Dataset(
        draw(arrays(np.float64, (rows, inputs), elements=modest)),
        draw(arrays(np.float64, (rows, targets), elements=FINITE)),
        draw(st.lists(NAMES, min_size=inputs, max_size=inputs, unique=True)),
        draw(st.lists(NAMES, min_size=targets, max_size=targets, unique=True)),
        draw(TEXTS),
        targets > 1 and draw(st.booleans()),
    )
    if np.ptp(dataset.inputs, axis=0).min() < 1e-3 or draw(st.booleans()):
        return dataset
    return dataset.with_scaled_inputs(draw(st.sampled_from(list(SCALINGS))))


LIMITS = st.none() | st.floats(0, exclude_min=True, allow_infinity=False)
SETTINGS = st.builds(
    Settings,
    learning_rate=st.floats(0, exclude_min=True, allow_infinity=False),
    batch_size=st.integers(1, 10**30),
    shuffle=st.booleans(),
    seed=st.integers(0, 2**70),
    update_biases=st.booleans(),
    initializer=st.sampled_from(["uniform", "he"]),
    initializer_scale=FINITE,
    weight_seed=st.integers(0, 2**70),
    optimizer=st.sampled_from(list(OPTIMIZERS)),
    momentum=st.floats(0, 1, exclude_max=True),
    l1=st.floats(0, 1e300),
    l2=st.floats(0, 1e300),
    schedule=st.sampled_from(list(SCHEDULES)),
    schedule_epochs=st.integers(1, 10**30),
    stopping=st.builds(
        Stopping,
        epochs=st.none() | st.integers(1, 10**30),
        error_below=LIMITS,
        patience=st.none() | st.integers(1, 10**30),
        gradient_below=LIMITS,
        seconds=LIMITS,
    ),
)


@st.composite
def projects(draw: st.DrawFn) -> Project:
    sizes = tuple(draw(st.lists(st.integers(1, 3), min_size=2, max_size=4)))
    dataset = draw(datasets(sizes[0], sizes[-1]))
    divided = {"test_share": draw(st.floats(0, 0.99)), "split_seed": draw(st.integers(0, 2**70))}
    chosen = SETTINGS.map(lambda chosen: chosen.with_(**divided))
    rows = split(Settings(**divided), len(dataset)).train
    orders = st.none() | st.permutations(rows).map(tuple)
    times = draw(st.lists(st.integers(1, 10**6), max_size=2, unique=True).map(sorted))
    changes = [Change(time, draw(networks(sizes)), draw(chosen), draw(orders)) for time in times]
    cursor = (draw(st.integers(0, 2**60)), draw(st.integers(0, 5)))
    return Project(
        draw(networks(sizes)), dataset, draw(chosen), tuple(changes), cursor, draw(orders),
        draw(TEXTS), draw(TEXTS),
    )  # fmt: skip


@st.composite
def runs(draw: st.DrawFn, name: str, dataset: Dataset) -> KeptRun:
    sizes = (dataset.inputs.shape[1], 2, dataset.targets.shape[1])
    chosen = draw(SETTINGS).with_(test_share=draw(st.sampled_from([0.0, 0.5])))
    begun = Project(
        draw(networks(sizes)), dataset, chosen, title=draw(TEXTS), notes=draw(TEXTS),
        compiled_from=draw(st.none() | st.integers(0, 9)),
    )  # fmt: skip
    epochs, spacing = draw(st.integers(0, 9)), draw(st.integers(1, 3))
    kept = -(-epochs // spacing)
    tested = kept if split(chosen, len(dataset)).test else 0
    errors = st.floats(width=64)  # what is not finite is a gap
    shares = st.none() | st.floats(0, 1)
    return KeptRun(
        name, begun, epochs, draw(arrays(np.float64, kept, elements=errors)),
        draw(arrays(np.float64, tested, elements=errors)), spacing, draw(st.integers(1, 99)),
        Outcome(draw(st.none() | FINITE), draw(st.none() | FINITE), draw(shares), draw(shares)), draw(TEXTS),
        draw(st.integers(0, 40)), draw(st.booleans()),
    )  # fmt: skip


@st.composite
def projects_with_runs(draw: st.DrawFn) -> Project:
    mine, other = draw(datasets(2, 1)), draw(datasets(1, 2))
    names = draw(st.lists(NAMES, max_size=3, unique=True))
    kept = [draw(runs(name, draw(st.sampled_from([mine, other])))) for name in names]
    return Project(draw(networks((2, 1))), mine, runs=tuple(kept))


def trained() -> Project:
    """A project that uses every part of the format."""
    network = Network.dense((2, 2, 2), seed=3).with_disconnected(0, 1, 0).with_bias(1, 1, -0.0)
    dataset = Dataset([[0.05, 0.1], [0.8, 0.3]], [[0, 1], [1, 0]], target_names=["ja", "nein"], one_hot=True)
    chosen = Settings(optimizer="adam", l2=0.01, schedule="step", stopping=Stopping(seconds=2.5))
    simulation = Simulation(network, dataset.with_scaled_inputs("minmax"), chosen).taking_next(1)
    simulation.step("instance")
    simulation = simulation.edited(settings=simulation.settings.with_(learning_rate=0.25)).taking_next(0)
    simulation.step("phase")
    return replace(Project.of(simulation, "Größe", "θ → θ + Δθ"), runs=kept_runs(simulation))


def kept_runs(simulation: Simulation) -> tuple[KeptRun, ...]:
    """A run of these data with a change on the way, and one of other data with a gap in its test errors."""
    begun = replace(Project.of(simulation, "of a run"), cursor=(0, 0), recorded=0)
    other = Dataset([[0.25], [0.75], [0.5], [1.0]], [[0.5], [0.0], [1.0], [0.25]], name="other")
    halved = Project(Network.dense((1, 1), seed=1), other, Settings(test_share=0.5))
    return (
        KeptRun("first", begun, 1, np.array([0.25]), np.empty(0), 1, 2, Outcome(0.2, None, 0.5), style=1),
        KeptRun(
            "second", halved, 3, np.array([0.5, 0.125]), np.array([0.75, np.nan]), 2, 2, Outcome(),
            "too large", shown=False,
        ),
    )  # fmt: skip


CONTENT = encode(trained())
TREE = json.loads(CONTENT)


def refused(content: bytes) -> ProjectError:
    with pytest.raises(ProjectError) as caught:
        decode(content)
    assert all(fault.path.startswith("$") for fault in caught.value.faults)
    assert caught.value.faults
    return caught.value


def fault_in(change: Callable[[Any], object]) -> str:
    tree = copy.deepcopy(TREE)
    change(tree)
    return "\n".join(map(str, refused(json.dumps(tree).encode()).faults))


# -- the round trip -----------------------------------------------


@settings(max_examples=50)
@given(projects())
def test_what_was_saved_is_opened_bit_for_bit(project: Project) -> None:
    assert decode(encode(project)) == project


@settings(max_examples=50)
@given(projects_with_runs())
def test_kept_runs_are_opened_bit_for_bit(project: Project) -> None:
    assert decode(encode(project)) == project


def test_a_kept_run_is_trained_again_bit_for_bit_from_its_file() -> None:
    simulation = Simulation(
        Network.dense((2, 2, 1), seed=2),
        Dataset([[0.0, 1.0], [1.0, 1.0], [0.5, 0.0]], [[1.0], [0.0], [1.0]]),
        Settings(shuffle=True, optimizer="adam", stopping=Stopping(error_below=0.9)),
    )
    simulation.step("epoch")
    simulation = simulation.edited(settings=simulation.settings.with_(learning_rate=0.25))
    simulation.go_to(8)
    run = keep("a", Project.of(simulation), simulation.moment, simulation.series)
    (again,) = decode(encode(Project(Network.dense((2, 1)), simulation.dataset, runs=(run,)))).runs
    assert again == run
    repeated = again.again.simulation()
    start, stopping = repeated.run_start(), repeated.settings.stopping
    for progress in running.run(start, stopping, lambda wait: None):
        repeated.extend(progress)
    assert repeated.series.epoch_errors.tolist() == run.epoch_errors.tolist()
    assert len(run.epoch_errors) == 3
    assert repeated.settings.stopping == stopping  # after the change, too


def test_a_saved_training_goes_on_where_it_was(tmp_path: Path) -> None:
    project = trained()
    save(project, tmp_path / "a.bpsim")
    opened = load(os.fspath(tmp_path / "a.bpsim"))
    assert opened == project
    simulation, again = project.simulation(), opened.simulation()
    for _ in range(5):
        assert again.step("phase")
        simulation.step("phase")
        assert again.network == simulation.network
        assert again.position == simulation.position


def test_a_drawing_that_does_not_fit_its_data_is_kept() -> None:
    project = Project(Network.dense((3, 2)), Dataset([[1.0, 2.0]], [[1.0]]))
    assert decode(encode(project)) == project


def test_a_file_can_be_read_by_people() -> None:
    lines = CONTENT.decode().splitlines()
    assert lines[:4] == ["{", ' "format": "bpsim project",', ' "version": 3,', ' "title": "Größe",']
    assert "   [0.0, 1.0]," in lines
    assert any(line.strip().startswith('["missing", ') for line in lines)


def test_soft_targets_are_kept() -> None:
    dataset = Dataset([[0.0], [1.0]], [[0, 1], [1, 0]], one_hot=True).with_soft_targets()
    opened = decode(encode(Project(Network.dense((1, 2)), dataset))).dataset
    assert opened == dataset
    assert opened.has_soft_targets
    assert opened.class_names == ("y₁", "y₂")


def test_default_names_are_kept_too() -> None:
    assert TREE["dataset"]["input_names"] == [default_name("x", 0), default_name("x", 1)]


def test_a_file_with_a_byte_order_mark_is_opened() -> None:
    assert decode(b"\xef\xbb\xbf" + CONTENT) == trained()


# -- files that are damaged -----------------------------------------------


def test_a_file_cut_off_anywhere_is_refused() -> None:
    for length in range(len(CONTENT)):
        refused(CONTENT[:length])


def opened(content: bytes) -> Project | None:
    """Return the project of a content, or None where that is refused as it should be."""
    try:
        return decode(content)
    except ProjectError:
        refused(content)
        return None


@given(st.integers(0, len(CONTENT) - 1), st.binary(max_size=3))
def test_a_file_altered_anywhere_is_refused_or_a_project(place: int, other: bytes) -> None:
    assert isinstance(opened(CONTENT[:place] + other + CONTENT[place + 1 :]), Project | None)


def places(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    if path:
        yield path
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in parts:
        yield from places(part, (*path, key))


def named(path: tuple[str | int, ...]) -> str:
    return "$" + "".join(f"[{key}]" if isinstance(key, int) else f".{key}" for key in path)


def holder(tree: Any, path: tuple[str | int, ...]) -> Any:
    for key in path[:-1]:
        tree = tree[key]
    return tree


PLACES = tuple(places(TREE))
OTHERS = (None, True, 7, 1.5, "text", [], {}, [[[1.0]]], float("nan"), float("-inf"), 10**400)


def test_every_field_that_is_missing_is_named() -> None:
    for path in PLACES:
        *_, key = path
        if isinstance(key, str):
            first = fault_in(lambda tree, path=path, key=key: holder(tree, path).pop(key))
            assert first.startswith(named(path))


def test_every_field_of_another_type_is_refused() -> None:
    for path in PLACES:
        *_, key = path
        old = holder(TREE, path)[key]
        for other in OTHERS:
            tree = copy.deepcopy(TREE)
            holder(tree, path)[key] = other
            if opened(json.dumps(tree).encode()) is not None:
                assert may_stand_for(old, other, not OPTIONAL.isdisjoint(path)), named(path)


OPTIONAL = {"stopping", "compiled_from", "outcome", "epoch_errors", "test_errors"}


def may_stand_for(old: object, other: object, optional: bool) -> bool:
    """Tell whether a file is still sound with one value in place of another."""
    if optional and not isinstance(old, dict | list):
        return other is None or (isinstance(other, int | float) and not isinstance(other, bool))
    if isinstance(old, bool) or isinstance(other, bool):
        return isinstance(old, bool) and isinstance(other, bool)
    if other is None:
        return old is None or isinstance(old, list | dict)  # no order of its own, no scaling
    if "missing" in (old, other):
        return isinstance(other, int | float)
    if isinstance(old, int | float):
        return isinstance(other, int | float) and (isinstance(old, float) or isinstance(other, int))
    return isinstance(other, type(old)) and other != {}


def test_every_field_that_stands_there_twice_is_refused() -> None:
    for path in PLACES:
        *_, key = path
        if isinstance(key, str):
            marked = copy.deepcopy(TREE)
            holder(marked, path)["TWICE"] = holder(marked, path)[key]
            text = json.dumps(marked).replace('"TWICE"', json.dumps(key))
            (fault,) = refused(text.encode()).faults
            assert str(fault) == f"{named(path)}: stands here more than once"


# -- what is said -----------------------------------------------


def set_to(value: object, *path: str | int) -> Callable[[Any], None]:
    def change(tree: Any) -> None:
        holder(tree, path)[path[-1]] = value

    return change


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (
            set_to("abc", "network", "weights", 0, 1, 0),
            "$.network.weights[0][1][0]: a number or “missing” is needed here, and no other text",
        ),
        (
            set_to(None, "network", "weights", 0, 1, 0),
            "$.network.weights[0][1][0]: a number or “missing” is needed here, not null",
        ),
        (
            set_to("0.5", "settings", "learning_rate"),
            "$.settings.learning_rate: a number is needed here, not a text",
        ),
        (
            set_to(1.5, "settings", "batch_size"),
            "$.settings.batch_size: a whole number is needed here, not a decimal number",
        ),
        (set_to(True, "cursor", "steps"), "$.cursor.steps: a whole number is needed here, not true or false"),
        (set_to({}, "order"), "$.order: a list or null is needed here, not an object"),
        (set_to(1, "dataset", "input_scaling"), "$.dataset.input_scaling: an object or null is needed here, "
         "not a whole number"),
        (
            set_to("1", "settings", "stopping", "seconds"),
            "$.settings.stopping.seconds: a number or null is needed here, not a text",
        ),
        (
            set_to(1.5, "settings", "stopping", "epochs"),
            "$.settings.stopping.epochs: a whole number or null is needed here, not a number",
        ),
        (
            set_to(0, "settings", "stopping", "epochs"),
            "$.settings: The limit “epochs” must be a whole number from 1, not 0.",
        ),
        (
            set_to(0.5, "changes", 0, "settings", "test_share"),
            "$.changes[0].settings: chooses other test instances than those at the start",
        ),
        (set_to(1, "colour"), "$.colour: is unknown to this version of bpsim"),
        (set_to(1, "a\n" * 50), "$." + "a\\n" * 20 + ": is unknown to this version of bpsim"),
        (set_to(1, "network", "a - at `$.b"), "$.network.a - at `$.b: is unknown to this version of bpsim"),
        (set_to(float("nan"), "dataset", "inputs", 1, 0), "$.dataset.inputs[1][0]: is no finite number"),
        (set_to(10**4000, "settings", "seed"), "$.settings.seed: is no finite number"),
        (set_to(10**350, "network", "biases", 0, 0), "$.network.biases[0][0]: is too large a number"),
        (set_to("\ud800", "title"), "$.title: has a character that is not complete"),
        (set_to(0, "\ud800"), "$.\\ud800: has a character that is not complete"),
        (
            set_to([[1.0]], "network", "weights", 1),
            "$.network.weights[1]: has 1 rows, but there are 2 biases\n"
            "$.network.weights[1][0]: has 1 numbers, but 2 are needed",
        ),
        (set_to([], "network", "weights", 0), "$.network.weights[0]: has no input"),
        (set_to([[], []], "network", "weights", 0), "$.network.weights[0]: has no input"),
        (
            set_to([[0.0]], "network", "biases"),
            "$.network: needs weights, biases and an activation for every layer but the input layer; "
            "it has 2, 1 and 2 of them",
        ),
        (
            set_to([[], [0.0, 0.0]], "network", "biases"),
            "$.network.biases[0]: has no node\n"
            "$.network.weights[0]: has 2 rows, but there are 0 biases\n"
            "$.network.weights[1][0]: has 2 numbers, but 0 are needed\n"
            "$.network.weights[1][1]: has 2 numbers, but 0 are needed",
        ),
        (set_to([1.0], "dataset", "inputs", 1), "$.dataset.inputs[1]: has 1 numbers, but 2 are needed"),
        (
            set_to([1.0], "dataset", "input_scaling", "originals", 1),
            "$.dataset.input_scaling.originals[1]: has 1 numbers, but 2 are needed",
        ),
        (set_to([0, 0], "order"), "$.order: needs each of the 2 rows of the data once, counted from 0"),
        (set_to("", "runs", 0, "name"), "$.runs[0].name: is empty"),
        (set_to("first", "runs", 1, "name"), "$.runs[1].name: is the name of an earlier run"),
        (set_to(1, "runs", 0, "shown"), "$.runs[0].shown: true or false is needed here, not a whole number"),
        (set_to(0, "runs", 0, "spacing"), "$.runs[0].spacing: is 0, but has to be from 1 to 2147483648"),
        (set_to(5, "runs", 1, "epochs"), "$.runs[1].epoch_errors: has 2 numbers, but 3 are needed\n"
         "$.runs[1].test_errors: has 2 numbers, but 3 are needed"),
        (set_to([0.5], "runs", 1, "test_errors"), "$.runs[1].test_errors: has 1 numbers, but 2 are needed"),
        (set_to(2, "runs", 0, "outcome", "accuracy"), "$.runs[0].outcome.accuracy: is no share from 0 to 1"),
        (
            set_to("1", "runs", 0, "outcome", "error"),
            "$.runs[0].outcome.error: a number or null is needed here, not a text",
        ),
        (set_to(1, "runs", 1, "dataset"), "$.runs[1].dataset: is 1, but run_datasets has 1"),
        (set_to([1.0, 2.0], "run_datasets", 0, "inputs", 1), "$.run_datasets[0].inputs[1]: has 2 numbers, "
         "but 1 are needed"),
        (
            set_to([[1.0]], "runs", 0, "network", "weights", 1),
            "$.runs[0].network.weights[1]: has 1 rows, but there are 2 biases\n"
            "$.runs[0].network.weights[1][0]: has 1 numbers, but 2 are needed",
        ),
        (
            set_to([0], "runs", 0, "changes", 0, "order"),
            "$.runs[0].changes[0].order: needs each of the 2 rows of the data once, counted from 0",
        ),
        (set_to(0, "changes", 0, "time"), "$.changes[0].time: is 0, but has to be later than 0"),
        (set_to(99, "cursor", "steps"), "$.cursor: shows 99 steps of an instance that has 17"),
        (set_to(-1, "recorded"), "$.recorded: counts what is done, from 0 on"),
    ],
)  # fmt: skip
def test_a_fault_is_named_in_plain_words_with_its_path(change: Callable[[Any], None], fault: str) -> None:
    assert fault_in(change) == fault


def test_every_fault_is_named_not_only_the_first() -> None:
    def change(tree: Any) -> None:
        tree["network"]["loss"] = "?"
        tree["dataset"]["input_names"] = ["a", "a"]
        tree["dataset"]["input_scaling"]["method"] = "?"
        tree["settings"]["learning_rate"] = 0
        tree["changes"][0]["network"]["activations"][1] = "?"
        tree["changes"][0]["settings"]["seed"] = -1
        tree["runs"][0]["settings"]["seed"] = -1
        tree["runs"][1]["dataset"] = 7

    assert [line.split(":")[0] for line in fault_in(change).splitlines()] == [
        "$.dataset", "$.network", "$.settings", "$.changes[0].network", "$.changes[0].settings",
        "$.runs[0].settings", "$.runs[1].dataset",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"", "$: this is not complete JSON (line 1, column 1: expecting value)"),
        (b"\x89PNG\r\n", "$: this is not complete JSON (byte 1 is no UTF-8 text)"),
        (b"x1;x2;y\n0;1;1\n", "$: this is not complete JSON (line 1, column 1: expecting value)"),
        (b"[" * 100_000, "$: this is not complete JSON (its lists are nested too deeply)"),
        (b"[]", "$.format: “bpsim project” is needed here"),
        (b'{"a": 1}', "$.format: “bpsim project” is needed here"),
    ],
)
def test_a_file_of_another_kind_is_refused(content: bytes, fault: str) -> None:
    assert [str(f) for f in refused(content).faults] == [fault]


@pytest.mark.parametrize("version", [0, -1, "1", 1.0, True, None])
def test_a_version_is_a_whole_number(version: object) -> None:
    assert fault_in(set_to(version, "version")) == "$.version: a whole number from 1 is needed here"


def test_a_file_of_a_newer_program_is_refused() -> None:
    tree = {**TREE, "version": 4, "something": "new"}
    assert str(refused(json.dumps(tree).encode())).splitlines() == [
        "It was made by a newer bpsim:",
        "$.version: is 4, and this bpsim reads up to 3",
        "Open it with that version, or bring this one up to date.",
    ]


def test_older_files_are_brought_up_to_date_step_by_step() -> None:
    migrations = {
        1: lambda tree: {**tree, "rate": tree["eta"]},
        2: lambda tree: {**tree, "rate": tree["rate"] * 2},
    }
    assert migrated({"version": 1, "eta": 1}, migrations)["rate"] == 2
    assert migrated({"version": 2, "rate": 3}, migrations)["rate"] == 6
    assert migrated({"version": 3, "rate": 3}, migrations)["rate"] == 3


# -- the file on the disk -----------------------------------------------


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("missing.bpsim", "there is no such file or folder"),
        ("missing/a.bpsim", "there is no such file or folder"),
        (".", "it is a folder"),
        ("a\0b", "its name has a character that no file can have"),
    ],
)
def test_what_cannot_be_opened_says_why(tmp_path: Path, name: str, why: str) -> None:
    path = f"{tmp_path}/{name}"
    with pytest.raises(ProjectError) as caught:
        load(path)
    assert str(caught.value) == f"“{path}” cannot be opened: {why}."


def test_a_huge_file_is_refused_without_reading_it(tmp_path: Path) -> None:
    path = tmp_path / "huge.bpsim"
    path.touch()
    os.truncate(path, 100 * 10**6)
    with pytest.raises(ProjectError, match=r"huge.bpsim” cannot be opened: the file is too large\.$"):
        load(path)


def test_a_faulty_file_is_named_with_its_faults(tmp_path: Path) -> None:
    path = tmp_path / "a.bpsim"
    path.write_bytes(CONTENT.replace(b'"sigmoid"', b'"sigmund"', 1))
    with pytest.raises(ProjectError) as caught:
        load(path)
    first, fault, advice = str(caught.value).splitlines()
    assert first == f"“{path}” cannot be opened. It has faults:"
    assert fault.startswith("$.network: ")
    assert "sigmund" in fault
    assert advice == "Correct them if the file was edited by hand, or open an earlier copy."


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("missing/a.bpsim", "there is no such file or folder"),
        ("folder", "it is a folder"),
        ("a\0b", "its name has a character that no file can have"),
        ("n" * 300, "the name is too long"),
    ],
)
def test_what_cannot_be_saved_says_why_and_what_to_do(tmp_path: Path, name: str, why: str) -> None:
    (tmp_path / "folder").mkdir()
    path = f"{tmp_path}/{name}"
    with pytest.raises(ProjectError) as caught:
        save(trained(), path)
    assert str(caught.value) == (
        f"“{path}” was not saved: {why}.\nSave it in another place or under another name."
    )
    assert [p.name for p in tmp_path.iterdir()] == ["folder"]


def test_a_project_that_could_not_be_opened_again_is_not_saved(tmp_path: Path) -> None:
    network, data = Network.dense((2, 1)), Dataset([[0.0, 1.0]], [[1.0]])
    diverged = network.stepped([np.array([[0.0, np.inf]])], [np.zeros(1)])
    path = tmp_path / "a.bpsim"
    save(Project(network, data), path)
    before = path.read_bytes()
    for project, fault in (
        (Project(diverged, data), "$.network.weights[0][0][1]: is no finite number"),
        (Project(network, data, title="\ud800"), "$.title: has a character that is not complete"),
    ):
        with pytest.raises(ProjectError) as caught:
            save(project, path)
        assert str(caught.value) == f"“{path}” was not saved. It has faults:\n{fault}"
    assert path.read_bytes() == before


def test_a_project_too_large_to_be_opened_is_not_saved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(storage, "LARGEST", 2**20)
    project = Project(Network.dense((2, 1)), Dataset([[0.0, 1.0]], [[1.0]]), notes="n" * 2**20)
    with pytest.raises(ProjectError, match="It would be larger than 1 MB, the largest project that opens"):
        save(project, tmp_path / "a.bpsim")
    assert list(tmp_path.iterdir()) == []


def test_kept_runs_that_make_a_project_too_large_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(storage, "LARGEST", 2**10)
    with pytest.raises(
        ProjectError, match=r"the largest project that opens\.\nDelete some of its kept runs\.$"
    ):
        save(trained(), tmp_path / "a.bpsim")


def test_what_the_compiled_loop_has_trained_is_kept() -> None:
    project = Project(Network.dense((1, 1)), Dataset([[1.0]], [[1.0]]), compiled_from=12)
    assert decode(encode(project)).compiled_from == 12
    with pytest.raises(ProjectError, match="compiled_from"):
        Project(project.network, project.dataset, compiled_from=-1)
