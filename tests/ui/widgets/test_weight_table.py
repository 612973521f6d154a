import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from bpsim.network import Network
from bpsim.notation import NOTATIONS
from ui.numbers import NumberFormat
from ui.widgets.number_table import PADDING
from ui.widgets.weight_table import MISSING, WeightTable, WeightTableModel

pytestmark = pytest.mark.usefixtures("qapp")
NETWORK = Network.dense([3, 2, 1]).with_parameters(
    [[[0.1, -0.2, 0.3], [0.4, 0.5, 0.123456789]], [[1, 2]]], [[0.01, 0.02], [0.03]]
)


def shown(model: WeightTableModel, role: Qt.ItemDataRole = Qt.ItemDataRole.DisplayRole) -> list[list[object]]:
    return [
        [model.index(row, column).data(role) for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def checked(model: WeightTableModel) -> WeightTableModel:
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal, model)
    return model


def test_biases_then_weights_of_each_target_node() -> None:
    model = checked(WeightTableModel(NETWORK, 0, NumberFormat()))
    assert shown(model) == [["0.01", "0.1", "−0.2", "0.3"], ["0.02", "0.4", "0.5", "0.123"]]
    heads = [model.headerData(column, Qt.Orientation.Horizontal) for column in range(4)]
    assert heads == ["θ₀", "x₁", "x₂", "x₃"]
    assert [model.headerData(row, Qt.Orientation.Vertical) for row in range(2)] == ["a²₁", "a²₂"]


def test_all_digits_for_editing_and_words_for_screen_readers() -> None:
    model = WeightTableModel(NETWORK.with_disconnected(0, 0, 0), 0, NumberFormat(3, ","))
    cell = model.index(1, 3)
    assert cell.data(Qt.ItemDataRole.EditRole) == "0,123456789"
    spoken = shown(model, Qt.ItemDataRole.AccessibleTextRole)
    assert spoken[1][3] == "weight from input 3 to hidden node 2: 0,123456789"
    assert spoken[0][1] == "weight from input 1 to hidden node 1: not connected"
    assert spoken[0][0] == "bias θ₀ of hidden node 1: 0,01"
    assert shown(model)[0][1] == MISSING


def test_no_numpy_number_reaches_the_table() -> None:
    model = WeightTableModel(NETWORK, 0, NumberFormat())
    for role in Qt.ItemDataRole:
        for row in shown(model, role):
            assert not any(isinstance(value, np.generic) for value in row)


def test_other_networks_are_shown_in_place() -> None:
    model = checked(WeightTableModel(NETWORK, 0, NumberFormat()))
    model.show(NETWORK.with_weight(0, 0, 0, 9.0), 0, NumberFormat())
    assert shown(model)[0][1] == "9"
    model.show(NETWORK, 1, NumberFormat())
    assert shown(model) == [["0.03", "1", "2"]]
    assert model.headerData(0, Qt.Orientation.Vertical) == "ŷ₁"
    model.show(Network.dense([64, 128]), 0, NumberFormat())
    assert (model.rowCount(), model.columnCount()) == (128, 65)


def test_typing_is_announced_and_changes_nothing_itself() -> None:
    model = checked(WeightTableModel(NETWORK, 0, NumberFormat()))
    entered: list[tuple[int, int, float]] = []
    refused: list[str] = []
    model.value_entered.connect(lambda *cell: entered.append(cell))
    model.refused.connect(refused.append)
    assert model.setData(model.index(0, 0), "−1,5")
    assert not model.setData(model.index(0, 1), "0.1")
    assert not model.setData(model.index(0, 1), "1e999")
    assert entered == [(0, -1, -1.5)]
    assert "too large" in refused[0]
    assert shown(model)[0][:2] == ["0.01", "0.1"]


def test_headings_follow_the_notation() -> None:
    model = WeightTableModel(Network.dense([2, 3, 1]), 1, NumberFormat())
    model.show_notation(NOTATIONS["bishop"])
    columns = [model.headerData(column, Qt.Orientation.Horizontal) for column in range(4)]
    assert columns == ["w₀", "z⁽¹⁾₁", "z⁽¹⁾₂", "z⁽¹⁾₃"]
    assert model.headerData(0, Qt.Orientation.Vertical) == "y₁"
    model.show_notation(NOTATIONS["nielsen"])
    assert model.name(0, 0) == "bias b of output 1"
    model.show_notation(NOTATIONS["words"])
    assert model.headerData(0, Qt.Orientation.Vertical) == "ŷ₁"


def test_every_number_of_a_small_table_has_room(qtbot: QtBot) -> None:
    model = WeightTableModel(NETWORK.with_weight(0, 1, 0, -0.12345), 0, NumberFormat())
    table = WeightTable(model)
    qtbot.addWidget(table)
    table.fit(NumberFormat(), 6)
    width = table.horizontalHeader().sectionSize(1)
    assert model.index(1, 1).data() == "−0.12345"
    assert width >= table.fontMetrics().horizontalAdvance("−0.12345") + PADDING
    model.show(Network.dense([64, 128, 1], seed=1), 0, NumberFormat())
    table.fit(NumberFormat(), 6)
    assert table.horizontalHeader().sectionSize(1) == table.width_of_number(NumberFormat())
