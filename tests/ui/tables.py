"""Typing into tables as a learner does, and waiting for panels that follow."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QTableView, QWidget
from pytestqt.qtbot import QtBot

from ui.afterwards import Afterwards
from ui.session import Session
from ui.widgets.epsilon_slider import EpsilonSlider

Show = Callable[[QWidget, Session], QWidget]
"""Shows a panel in a window of its own."""


def type_into(table: QTableView, row: int, column: int, text: str) -> None:
    """Open the editor of a cell with F2, replace its text and press Enter."""
    table.setFocus()
    table.setCurrentIndex(table.model().index(row, column))
    QTest.keyClick(table, Qt.Key.Key_F2)
    editor = cell_editor(table)
    assert editor is not None
    editor.selectAll()
    QTest.keyClick(editor, Qt.Key.Key_Delete)
    QTest.keyClicks(editor, text)
    QTest.keyClick(editor, Qt.Key.Key_Return)
    QApplication.processEvents()  # Qt takes the text after the key


def cell_editor(table: QTableView) -> QLineEdit | None:
    """Return the editor that is open in a cell."""
    editors = table.viewport().findChildren(QLineEdit)
    return editors[-1] if editors else None


def texts(table: QTableView, row: int) -> list[str]:
    """Return what a row shows."""
    return [str(table.model().index(row, c).data()) for c in range(table.model().columnCount())]


def click(table: QTableView, row: int, column: int) -> None:
    """Click in the middle of a cell."""
    place = table.visualRect(table.model().index(row, column)).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)


def settle(widget: QWidget, qtbot: QtBot) -> None:
    """Wait until everything in a widget has followed the last step or gesture."""
    qtbot.waitUntil(lambda: not any(later.waiting for later in widget.findChildren(Afterwards)))


def keep_settled(panel: QWidget, session: Session, qtbot: QtBot) -> None:
    """Have a panel follow before a test reads what it shows; a learner sees it a frame later."""
    signals = [session.moment_changed, session.selection_changed, session.focus_changed, session.view_changed]
    signals += [slider.epsilon_changed for slider in panel.findChildren(EpsilonSlider)]
    for signal in signals:
        signal.connect(lambda *_: settle(panel, qtbot))
