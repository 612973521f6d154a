import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication

from bpsim.datasets import Dataset
from bpsim.evaluation import evaluate
from bpsim.made_data import DATASETS
from bpsim.network import Network
from bpsim.notation import NOTATIONS
from bpsim.project import Project
from bpsim.settings import Settings
from ui.appearance import Appearance
from ui.numbers import NumberFormat
from ui.session import Session
from ui.widgets.instance_table import BLOCK, InstanceTableModel

Role = Qt.ItemDataRole


@pytest.fixture(scope="module")
def appearance(qapp: QApplication) -> Appearance:
    return Appearance(qapp, "light")


def model_of(session: Session, appearance: Appearance) -> InstanceTableModel:
    model = InstanceTableModel(session.moment, NumberFormat(), appearance)
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal, model)
    session.moment_changed.connect(lambda new, _old: model.show_moment(new))
    return model


def session_on(data: Dataset, sizes: list[int]) -> Session:
    return Session(Project(Network.dense(sizes), data, Settings()))


def test_numbers_of_every_block_are_those_of_the_engine(appearance: Appearance) -> None:
    data = DATASETS["clusters"].make(size=2 * BLOCK + 7)
    session = session_on(data, [2, 4, 3])
    model = model_of(session, appearance)
    for _ in range(2):
        whole = evaluate(session.moment.network, data.inputs, data.targets)
        for row in (0, BLOCK - 1, BLOCK, 2 * BLOCK + 6):
            texts = [model.index(row, column).data(Role.EditRole) for column in range(6, 10)]
            expected = [whole.errors[row], *whole.predictions[row]]
            np.testing.assert_allclose([float(text) for text in texts], expected, rtol=1e-12)
        session.step("instance")


def test_names_for_people_and_screen_readers(appearance: Appearance) -> None:
    model = model_of(session_on(DATASETS["clusters"].make(), [2, 3]), appearance)
    heads = [model.headerData(column, Qt.Orientation.Horizontal) for column in range(model.columnCount())]
    assert heads == ["p", "x₁", "x₂", "class 1", "class 2", "class 3", "E", "ŷ₁", "ŷ₂", "ŷ₃"]
    spoken = model.index(2, 1).data(Role.AccessibleTextRole)
    assert spoken.startswith("x₁ of instance 3: ")
    assert model.index(0, 0).data(Role.AccessibleTextRole) == "Instance 1, the present one"
    assert (
        model.headerData(3, Qt.Orientation.Horizontal, Role.ToolTipRole)
        == "Class class 1: 1 for its instances"
    )


def test_test_instances_are_marked(appearance: Appearance) -> None:
    session = session_on(DATASETS["xor"].make(), [2, 1])
    model = model_of(session, appearance)
    assert [model.index(row, 0).data() for row in range(4)] == ["▸ 1", "2", "3", "4"]
    session.edit("x", settings=Settings(test_share=0.5))
    train, test = session.moment.split
    for row in test:
        assert model.index(row, 0).data() == f"test {row + 1}"
        spoken = model.index(row, 0).data(Role.AccessibleTextRole)
        assert spoken == f"Instance {row + 1}, kept for testing: it is not trained"
    assert model.index(train[0], 0).data() == f"▸ {train[0] + 1}"
    assert model.index(train[1], 0).data() == f"{train[1] + 1}"
    session.undo_stack.undo()
    assert not [row for row in range(4) if "test" in model.index(row, 0).data()]


def test_while_a_run_goes_on_results_and_the_present_instance_are_unknown(appearance: Appearance) -> None:
    session = session_on(DATASETS["xor"].make(), [2, 1])
    model = model_of(session, appearance)
    model.forget_results()
    assert [model.index(row, 0).data() for row in range(4)] == ["1", "2", "3", "4"]
    assert [model.index(0, column).data() for column in (4, 5)] == ["–", "–"]
    session.step("instance")
    session.step("node")
    assert [model.index(row, 0).data() for row in range(4)] == ["1", "▸ 2", "3", "4"]
    assert "–" not in [model.index(0, column).data() for column in (4, 5)]


def test_no_numpy_number_reaches_the_table(appearance: Appearance) -> None:
    model = model_of(session_on(DATASETS["xor"].make(), [2, 1]), appearance)
    for role in Role:
        for column in range(model.columnCount()):
            assert not isinstance(model.index(0, column).data(role), np.generic)


def test_a_number_too_large_is_shown_as_such(appearance: Appearance) -> None:
    network = Network.dense([1, 1], "linear").with_parameters([[[1e300]]], [[0]])
    session = Session(Project(network, Dataset([[1e300]], [[0.0]]), Settings()))
    model = model_of(session, appearance)
    assert [model.index(0, column).data() for column in (3, 4)] == ["∞", "∞"]


def test_rows_and_columns_come_and_go(appearance: Appearance) -> None:
    session = session_on(DATASETS["xor"].make(), [2, 1])
    model = model_of(session, appearance)
    data = session.moment.dataset
    session.edit("Add", dataset=data.with_instance_added(4, [1, 2], [3]))
    assert model.rowCount() == 5
    session.edit("Widen", dataset=data.with_inputs_sized(3))
    assert model.columnCount() == 7
    assert model.index(0, 5).data() == "–"
    session.undo_stack.undo()
    session.undo_stack.undo()
    assert (model.rowCount(), model.columnCount()) == (4, 6)


def test_headings_follow_the_notation(appearance: Appearance) -> None:
    model = model_of(session_on(DATASETS["xor"].make(), [2, 2, 1]), appearance)
    model.show_notation(NOTATIONS["bishop"])
    heads = [model.headerData(column, Qt.Orientation.Horizontal) for column in range(model.columnCount())]
    assert heads == ["p", "x₁", "x₂", "t₁", "E", "y₁"]
    model.show_notation(NOTATIONS["nielsen"])
    assert model.headerData(4, Qt.Orientation.Horizontal) == "C"
    tips = [model.headerData(column, Qt.Orientation.Horizontal, Role.ToolTipRole) for column in (4, 5)]
    assert tips == ["Error C of the instance, with the present weights", "a for y₁, with the present weights"]
    model.show_notation(NOTATIONS["words"])
    assert model.headerData(5, Qt.Orientation.Horizontal) == "ŷ₁"
