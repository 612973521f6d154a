import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from bpsim.quantity import Quantity
from ui.numbers import NumberFormat
from ui.widgets.reading_table import ReadingRow, ReadingTable, ReadingTableModel

pytestmark = pytest.mark.usefixtures("qapp")
Z, E = Quantity("z", 1, 0), Quantity("error")
ROWS = (ReadingRow(Z, "z²₁", "z of hidden node 1", (0.25, None)), ReadingRow(E, "E", "E", (-1e-9, 2.0)))
HEADS = (("", "quantity"), ("Δ", "how much it changes"), ("predicted", "derivative times ε"))


def filled() -> ReadingTableModel:
    model = ReadingTableModel(HEADS, NumberFormat())
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal, model)
    model.show(ROWS, NumberFormat())
    return model


def shown(
    model: ReadingTableModel, role: Qt.ItemDataRole = Qt.ItemDataRole.DisplayRole
) -> list[list[object]]:
    return [
        [model.index(r, c).data(role) for c in range(model.columnCount())] for r in range(model.rowCount())
    ]


def test_numbers_and_what_is_not_known() -> None:
    model = filled()
    assert shown(model) == [["z²₁", "0.250", "–"], ["E", "−1.0e−9", "2.000"]]
    assert shown(model, Qt.ItemDataRole.EditRole) == [["z²₁", "0.25", ""], ["E", "-1e-09", "2"]]
    assert shown(model, Qt.ItemDataRole.AccessibleTextRole)[0] == [
        "z of hidden node 1",
        "z of hidden node 1, how much it changes: 0.25",
        "z of hidden node 1, derivative times ε: not known yet",
    ]
    heads = [model.headerData(column, Qt.Orientation.Horizontal) for column in range(3)]
    assert heads == ["", "Δ", "predicted"]
    assert (
        model.headerData(1, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole) == "how much it changes"
    )


def test_no_numpy_number_reaches_the_table() -> None:
    model = filled()
    for role in Qt.ItemDataRole:
        for row in shown(model, role):
            assert not any(isinstance(value, np.generic) for value in row)


def test_rows_about_the_same_are_shown_in_place_and_others_anew() -> None:
    model, resets, changes = filled(), [], []
    model.modelReset.connect(lambda: resets.append(1))
    model.dataChanged.connect(lambda *_: changes.append(1))
    model.show(ROWS, NumberFormat(5))
    assert (len(resets), len(changes)) == (0, 1)
    model.show(ROWS, NumberFormat(5))
    assert (len(resets), len(changes)) == (0, 1)  # the same as before
    model.show(ROWS[:1], NumberFormat(5))
    assert (len(resets), len(changes)) == (1, 1)


def test_rows_are_pointed_at_and_chosen(qtbot: QtBot) -> None:
    model = filled()
    table = ReadingTable(model, "What changes")
    qtbot.addWidget(table)
    table.show()
    table.fit(10)
    pointed: list[object] = []
    chosen: list[object] = []
    table.quantity_pointed.connect(pointed.append)
    table.quantity_chosen.connect(chosen.append)
    place = table.visualRect(model.index(1, 0)).center()
    QTest.mouseMove(table.viewport(), QPoint(place))
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    QApplication.sendEvent(table, QEvent(QEvent.Type.Leave))
    qtbot.keyClick(table, Qt.Key.Key_Up)
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert pointed == [E, None]
    assert chosen == [E, Z]


def test_it_is_as_high_as_its_rows_up_to_a_number(qtbot: QtBot) -> None:
    model = filled()
    table = ReadingTable(model, "What changes")
    qtbot.addWidget(table)
    table.fit(10)
    two = table.height()
    table.fit(1)
    assert table.height() < two
    assert model.columnCount() == 3
