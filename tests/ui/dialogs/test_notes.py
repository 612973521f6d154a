"""Title and notes of a project, typed and read in real dialogs."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from ui.dialogs.notes import NO_NOTES, UNTITLED, NotesDialog, ShownNotes, edit_notes, show_notes
from ui.session import Session

Buttons = QDialogButtonBox.StandardButton


def editing(session: Session, window: QWidget, qtbot: QtBot) -> NotesDialog:
    edit_notes(session, window)
    dialog = window.findChild(NotesDialog)
    qtbot.waitUntil(dialog.isVisible)
    return dialog


def shown(session: Session, window: QWidget) -> ShownNotes:
    show_notes(session, window)
    return next(d for d in window.findChildren(ShownNotes) if d.isVisible())


def test_what_is_typed_is_one_undo_step(session: Session, window: QWidget, qtbot: QtBot) -> None:
    dialog = editing(session, window, qtbot)
    qtbot.keyClicks(dialog.title_field, " XOR ")
    qtbot.keyClick(dialog.title_field, Qt.Key.Key_Tab)
    qtbot.keyClicks(QApplication.focusWidget() or dialog.notes_field, "after Rumelhart")
    qtbot.mouseClick(dialog.buttons.button(Buttons.Ok), Qt.MouseButton.LeftButton)
    assert (session.project.title, session.project.notes) == ("XOR", "after Rumelhart")
    assert session.undo_stack.undoText() == "Edit notes"
    session.undo()
    assert (session.project.title, session.project.notes) == ("", "")


def test_cancel_changes_nothing(session: Session, window: QWidget, qtbot: QtBot) -> None:
    session.describe("XOR", "after Rumelhart")
    dialog = editing(session, window, qtbot)
    assert (dialog.title_field.text(), dialog.notes_field.toPlainText()) == ("XOR", "after Rumelhart")
    dialog.notes_field.setPlainText("something else")
    qtbot.mouseClick(dialog.buttons.button(Buttons.Cancel), Qt.MouseButton.LeftButton)
    assert session.project.notes == "after Rumelhart"
    assert session.undo_stack.count() == 1


def test_long_notes_are_read_as_they_were_typed(session: Session, window: QWidget, qtbot: QtBot) -> None:
    session.describe("<b>XOR</b>", "<i>One</i> line of many\n" * 100)
    dialog = shown(session, window)
    qtbot.waitUntil(dialog.isVisible)
    assert dialog.title.text() == "<b>XOR</b>"
    assert dialog.title.textFormat() == dialog.notes.textFormat() == Qt.TextFormat.PlainText
    assert dialog.height() < 400
    [area] = dialog.findChildren(QScrollArea)
    assert area.verticalScrollBar().maximum() > 0
    assert area.horizontalScrollBar().maximum() == 0
    dialog.close()


def test_where_there_are_none_it_says_how_to_add_some(session: Session, window: QWidget) -> None:
    dialog = shown(session, window)
    assert (dialog.title.text(), dialog.notes.text()) == (UNTITLED, NO_NOTES)
    dialog.close()
