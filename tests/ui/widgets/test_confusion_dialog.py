import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTableView, QWidget
from pytestqt.qtbot import QtBot

from ui.widgets.confusion_dialog import ConfusionDialog

COUNTS = np.array([[5, 0, 1], [0, 0, 2], [0, 0, 9]])
Role = Qt.ItemDataRole


@pytest.fixture
def dialog(qtbot: QtBot) -> ConfusionDialog:
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.show()
    dialog = ConfusionDialog(parent)
    dialog.keep = parent  # type: ignore[attr-defined]
    dialog.show_tables(("a", "b", "c"), [("Training instances", COUNTS)])
    return dialog


def test_rows_are_true_classes_and_columns_what_the_network_says(dialog: ConfusionDialog) -> None:
    (model,) = dialog.models
    texts = [[model.index(row, column).data() for column in range(3)] for row in range(3)]
    assert texts == [["5", "·", "1"], ["·", "0", "2"], ["·", "·", "9"]]
    assert [model.headerData(n, Qt.Orientation.Horizontal) for n in range(3)] == ["a", "b", "c"]
    assert model.index(0, 2).data(Role.AccessibleTextRole) == "1 of class a: taken for c"
    assert model.index(2, 2).data(Role.ToolTipRole) == "9 of class c: right"


def test_what_is_right_stands_in_bold(dialog: ConfusionDialog) -> None:
    (model,) = dialog.models
    assert model.index(0, 0).data(Role.FontRole).bold()
    assert model.index(0, 1).data(Role.FontRole) is None


def test_other_counts_keep_the_table_other_groups_make_it_anew(dialog: ConfusionDialog) -> None:
    (model,) = dialog.models
    dialog.show_tables(("a", "b", "c"), [("Training instances", COUNTS + 1)])
    assert dialog.models == [model]
    assert model.index(1, 1).data() == "1"
    dialog.show_tables(("a", "b", "c"), [("Training instances", COUNTS), ("Test instances", COUNTS)])
    assert len(dialog.models) == 2
    assert model not in dialog.models


def test_it_opens_within_the_screen_and_esc_closes_it(dialog: ConfusionDialog) -> None:
    parent = dialog.parentWidget()
    dialog.open_at(parent)
    assert dialog.isVisible()
    assert parent.screen().availableGeometry().contains(dialog.pos())
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_a_table_is_as_large_as_it_needs_to_be(dialog: ConfusionDialog) -> None:
    dialog.open_at(dialog.parentWidget())
    (table,) = dialog.findChildren(QTableView)
    assert not table.horizontalScrollBar().isVisible()
    assert not table.verticalScrollBar().isVisible()
