import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QTableWidget, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.helpers import press
from ui.widgets.header_editor import NARROWEST, HeaderEditor

Key = Qt.Key


class Shown:
    """A table of three columns, 60 wide each, with the field over its head, and another field."""

    def __init__(self, qtbot: QtBot) -> None:
        self.window, self.table, self.other = QWidget(), QTableWidget(2, 3), QLineEdit()
        qtbot.addWidget(self.window)
        column = QVBoxLayout(self.window)
        for widget in (self.table, self.other):
            column.addWidget(widget)
        for section in range(3):
            self.table.setColumnWidth(section, 60)
        self.editor = HeaderEditor(self.table)
        self.named: list[tuple[int, str]] = []
        self.editor.named.connect(lambda section, name: self.named.append((section, name)))
        self.window.resize(240, 200)
        with qtbot.waitExposed(self.window):
            self.window.show()
        self.window.activateWindow()

    def type(self, qtbot: QtBot, text: str) -> None:
        qtbot.keyClicks(self.editor, text)


@pytest.fixture
def shown(qtbot: QtBot) -> Shown:
    return Shown(qtbot)


def test_it_opens_over_the_head_with_the_old_name_selected(shown: Shown) -> None:
    assert not shown.editor.isVisible()
    shown.editor.open(1, "width")
    assert shown.editor.isVisible()
    assert shown.editor.hasFocus()
    assert shown.editor.selectedText() == "width"
    header = shown.table.horizontalHeader()
    assert shown.editor.geometry().left() == header.sectionViewportPosition(1)
    assert shown.editor.width() == NARROWEST
    shown.table.setColumnWidth(1, 120)
    shown.editor.open(1, "width")
    assert shown.editor.width() == 120


def test_over_a_narrow_last_column_it_stays_within_the_table(shown: Shown) -> None:
    shown.editor.open(2, "height")
    assert shown.editor.geometry().right() <= shown.table.horizontalHeader().width()
    assert shown.editor.width() == NARROWEST


@pytest.mark.parametrize("key", [Key.Key_Return, Key.Key_Enter])
def test_enter_takes_the_name_and_leads_back_to_the_table(shown: Shown, qtbot: QtBot, key: Qt.Key) -> None:
    shown.editor.open(1, "width")
    shown.type(qtbot, " length ")
    press(shown.editor, key)
    assert shown.named == [(1, "length")]
    assert not shown.editor.isVisible()
    assert shown.table.hasFocus()


def test_escape_leaves_the_old_name(shown: Shown, qtbot: QtBot) -> None:
    shown.editor.open(1, "width")
    shown.type(qtbot, "length")
    press(shown.editor, Key.Key_Escape)
    assert shown.named == []
    assert not shown.editor.isVisible()
    assert shown.table.hasFocus()


def test_leaving_the_field_takes_the_name_once(shown: Shown, qtbot: QtBot) -> None:
    shown.editor.open(0, "width")
    shown.type(qtbot, "length")
    shown.other.setFocus()
    qtbot.waitUntil(lambda: not shown.editor.isVisible())
    assert shown.named == [(0, "length")]
    assert shown.other.hasFocus()


@pytest.mark.parametrize("text", ["width", "  "])
def test_the_same_name_or_none_changes_nothing(shown: Shown, qtbot: QtBot, text: str) -> None:
    shown.editor.open(0, "width")
    shown.type(qtbot, text)
    press(shown.editor, Key.Key_Return)
    assert shown.named == []
