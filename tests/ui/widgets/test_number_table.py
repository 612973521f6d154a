import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QGuiApplication, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.tables import cell_editor, type_into
from ui.widgets.number_table import EDITOR_WIDTH, NumberTable

Key, Modifier = Qt.Key, Qt.KeyboardModifier


class Host(QWidget):
    """A table in a window whose shortcuts are keys that the table needs."""

    def __init__(self) -> None:
        super().__init__()
        model = QStandardItemModel(self)
        for row in range(3):
            model.appendRow([QStandardItem(f"{row}{column}") for column in range(3)])
        self.table = NumberTable()
        self.table.setModel(model)
        QVBoxLayout(self).addWidget(self.table)
        self.heard: list[str] = []
        for keys in ("Right", "Del", "Ctrl+C", "Ctrl+A", "F1", "Ctrl+Z"):
            action = QAction(self)
            action.setShortcut(keys)
            action.triggered.connect(lambda _checked=False, keys=keys: self.heard.append(keys))
            self.addAction(action)
        self.table.enter_pressed.connect(lambda index: self.heard.append(f"enter {index.data()}"))
        self.table.delete_pressed.connect(lambda: self.heard.append("delete"))
        self.table.text_pasted.connect(lambda text: self.heard.append(f"paste {text}"))


@pytest.fixture
def host(qtbot: QtBot) -> Host:
    host = Host()
    qtbot.addWidget(host)
    with qtbot.waitExposed(host):
        host.show()
    host.activateWindow()
    host.table.setFocus()
    host.table.setCurrentIndex(host.table.model().index(1, 1))
    return host


def test_keys_of_the_table_are_no_shortcuts_of_the_window(host: Host, qtbot: QtBot) -> None:
    qtbot.keyClick(host.table, Key.Key_Right)
    assert host.table.currentIndex().column() == 2
    qtbot.keyClick(host.table, Key.Key_Delete)
    qtbot.keyClick(host.table, Key.Key_Return)
    qtbot.keyClick(host.table, Key.Key_A, Modifier.ControlModifier)
    assert host.heard == ["delete", "enter 12"]
    assert host.table.selected_rows() == [0, 1, 2]


def test_other_keys_are_the_windows(host: Host, qtbot: QtBot) -> None:
    qtbot.keyClick(host.table, Key.Key_F1)
    qtbot.keyClick(host.table, Key.Key_Z, Modifier.ControlModifier)
    assert host.heard == ["F1", "Ctrl+Z"]


def test_a_digit_opens_the_cell_and_enter_closes_it_only(host: Host, qtbot: QtBot) -> None:
    qtbot.keyClick(host.table, Key.Key_7)
    editor = cell_editor(host.table)
    assert editor is not None
    assert editor.text() == "7"
    type_into(host.table, 0, 0, "5")
    assert host.table.model().index(0, 0).data() == "5"
    assert host.heard == []


def test_cells_are_copied_as_a_spreadsheet_takes_them(host: Host, qtbot: QtBot) -> None:
    qtbot.keyClick(host.table, Key.Key_Down, Modifier.ShiftModifier)
    qtbot.keyClick(host.table, Key.Key_Right, Modifier.ShiftModifier)
    qtbot.keyClick(host.table, Key.Key_C, Modifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "11\t12\n21\t22"
    qtbot.keyClick(host.table, Key.Key_V, Modifier.ControlModifier)
    assert host.heard == ["paste 11\t12\n21\t22"]


@pytest.mark.parametrize("column", [0, 2])
def test_a_number_has_room_to_be_typed_in_a_narrow_column(host: Host, qtbot: QtBot, column: int) -> None:
    for narrow in range(3):
        host.table.setColumnWidth(narrow, 30)
    host.resize(130, 160)
    host.table.setCurrentIndex(host.table.model().index(0, column))
    qtbot.keyClick(host.table, Key.Key_F2)
    editor = cell_editor(host.table)
    assert editor is not None
    assert editor.width() >= EDITOR_WIDTH
    assert host.table.viewport().rect().contains(editor.geometry())


def test_tab_goes_on_typing_in_the_next_cell_that_takes_a_number(host: Host, qtbot: QtBot) -> None:
    model = host.table.model()
    for row in range(3):
        model.item(row, 2).setEditable(False)
    host.table.setCurrentIndex(model.index(0, 0))
    qtbot.keyClick(host.table, Key.Key_5)
    for digit in "678":
        qtbot.keyClick(cell_editor(host.table), Key.Key_Tab)
        qtbot.keyClicks(cell_editor(host.table), digit)
    qtbot.keyClick(cell_editor(host.table), Key.Key_Backtab)
    qtbot.keyClicks(cell_editor(host.table), "9")
    qtbot.keyClick(cell_editor(host.table), Key.Key_Return)
    qtbot.waitUntil(lambda: not host.table.is_editing)
    rows = [[model.index(row, column).data() for column in range(3)] for row in range(3)]
    assert rows == [["5", "6", "02"], ["9", "8", "12"], ["20", "21", "22"]]
    host.table.setCurrentIndex(model.index(2, 1))
    qtbot.keyClick(host.table, Key.Key_4)
    qtbot.keyClick(cell_editor(host.table), Key.Key_Tab)  # there is no next one
    assert not host.table.is_editing
    assert model.index(2, 1).data() == "4"
