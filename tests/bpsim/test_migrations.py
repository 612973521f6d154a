"""Older project files: opened as they were, with what they did not have yet at its default."""

import json
from pathlib import Path

import pytest

from bpsim.migrations import MIGRATIONS, OTHER_SPLIT
from bpsim.project import ProjectError
from bpsim.settings import Settings
from bpsim.stopping import Stopping
from bpsim.storage import VERSION, decode, encode, load

OLD = Path(__file__).with_name("version_1.bpsim")
OLD_2 = Path(__file__).with_name("version_2.bpsim")
SPLIT_2 = Path(__file__).with_name("version_2_split.bpsim")


def test_there_is_a_migration_from_every_version() -> None:
    assert list(MIGRATIONS) == list(range(1, VERSION))


def test_a_file_of_version_1_opens_and_goes_on_as_it_did() -> None:
    project = load(OLD)
    assert project.settings == Settings()
    assert [change.settings for change in project.changes] == [Settings(learning_rate=0.25)]
    simulation = project.simulation()
    assert simulation.position == (0, 0, "receive", 0, 1)
    # what the program that wrote the file had there, and two epochs later
    assert simulation.network.weights[1].tolist() == [
        [-0.034325457404261225, -0.6431195415435902],
        [0.46397988341002283, -0.7982156884408481],
    ]
    simulation.step("epoch")
    simulation.step("epoch")
    assert simulation.network.weights[1].tolist() == [
        [-0.044557391340917324, -0.6458049023928342],
        [0.4826464639532928, -0.7789068378118686],
    ]


def test_a_file_of_version_2_opens_and_goes_on_as_it_did() -> None:
    project = load(OLD_2)
    assert project.runs == ()
    assert (
        project.recorded
        == project.cursor[0]
        == json.loads(OLD_2.read_text(encoding="utf-8"))["cursor"]["instances"]
    )
    assert project.settings.stopping == Stopping(error_below=0.01)
    simulation = project.simulation()
    assert simulation.position == (1, 2, "receive", 0, 1)
    # what the program of version 2 had there, and two epochs later
    assert simulation.network.weights[1].tolist() == [[0.3946977916762797, -0.2136525194451943]]
    simulation.step("epoch")
    simulation.step("epoch")
    assert simulation.network.weights[1].tolist() == [[0.41258923655009394, -0.11599126885047134]]


def test_a_training_of_version_2_with_test_instances_begins_anew() -> None:
    old = json.loads(SPLIT_2.read_text(encoding="utf-8"))
    assert old["cursor"]["instances"] == old["changes"][0]["time"] == 20
    assert old["changes"][0]["order"]
    project = load(SPLIT_2)
    assert (project.cursor, project.recorded, project.changes, project.order) == ((0, 0), 0, (), None)
    assert project.network.weights[1].tolist() == old["network"]["weights"][1]
    assert project.notes == f"{OTHER_SPLIT}\n\nof version 2"
    assert decode(encode(project)) == project
    simulation = project.simulation()
    assert (len(simulation.split.train), len(simulation.split.test)) == (9, 3)
    simulation.step("epoch")
    assert simulation.network != project.network


def test_so_does_one_with_an_order_or_a_compiled_loop_from_the_start() -> None:
    tree = json.loads(SPLIT_2.read_text(encoding="utf-8"))
    order = tree["changes"][0]["order"]
    changed = {"changes": [], "order": order, "compiled_from": 9, "notes": ""}
    project = decode(json.dumps({**tree, **changed}).encode())
    assert (project.order, project.compiled_from, project.notes) == (None, None, OTHER_SPLIT)


@pytest.mark.parametrize(
    ("part", "value", "fault"),
    [
        ("settings", 7, "$.settings: an object is needed here, not a whole number"),
        ("notes", None, "$.notes: a text is needed here, not null"),
        ("title", [], "$.title: a text is needed here, not a list"),
    ],
)
def test_a_damaged_part_of_a_file_of_version_2_with_test_instances_is_named(
    part: str, value: object, fault: str
) -> None:
    tree = {**json.loads(SPLIT_2.read_text(encoding="utf-8")), part: value}
    with pytest.raises(ProjectError) as caught:
        decode(json.dumps(tree).encode())
    assert fault in [str(f) for f in caught.value.faults]


@pytest.mark.parametrize("share", ["0.25", [], None, True])
def test_a_damaged_share_of_test_instances_is_named(share: object) -> None:
    tree = json.loads(SPLIT_2.read_text(encoding="utf-8"))
    tree["settings"]["test_share"] = share
    with pytest.raises(ProjectError) as caught:
        decode(json.dumps(tree).encode())
    assert [f.path for f in caught.value.faults] == ["$.settings.test_share"]


@pytest.mark.parametrize(
    ("part", "fault"),
    [
        ("settings", "$.settings: an object is needed here, not a text"),
        ("changes", "$.changes: a list is needed here, not a text"),
    ],
)
def test_a_damaged_part_of_an_old_file_is_named(part: str, fault: str) -> None:
    tree = {**json.loads(OLD.read_text(encoding="utf-8")), part: "?"}
    with pytest.raises(ProjectError) as caught:
        decode(json.dumps(tree).encode())
    assert [str(f) for f in caught.value.faults] == [fault]


def test_a_damaged_change_of_an_old_file_is_named() -> None:
    tree = json.loads(OLD.read_text(encoding="utf-8"))
    with pytest.raises(ProjectError) as caught:
        decode(json.dumps({**tree, "changes": [7]}).encode())
    assert [str(f) for f in caught.value.faults] == [
        "$.changes[0]: an object is needed here, not a whole number"
    ]
