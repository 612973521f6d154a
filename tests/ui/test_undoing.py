import pytest
from PySide6.QtCore import QObject
from PySide6.QtGui import QAction

from tests.helpers import xor_session
from ui.session import Session
from ui.undoing import undo_actions


@pytest.fixture
def session(qapp: object) -> Session:
    return xor_session()


def actions(session: Session, parent: QObject) -> tuple[QAction, QAction]:
    made = undo_actions(session, parent)
    return made["undo"], made["redo"]


def test_they_say_what_they_would_undo_and_redo(session: Session) -> None:
    parent = QObject()
    undo, redo = actions(session, parent)
    assert not undo.isEnabled()
    assert not redo.isEnabled()
    session.edit("Change η", settings=session.moment.settings.with_(learning_rate=0.25))
    assert undo.text() == "Undo Change η"
    undo.trigger()
    assert session.moment.settings.learning_rate != 0.25
    assert (undo.isEnabled(), redo.text()) == (False, "Redo Change η")
    redo.trigger()
    assert session.moment.settings.learning_rate == 0.25
    assert not redo.isEnabled()


def test_a_run_under_way_can_be_undone(session: Session) -> None:
    parent = QObject()
    undo, _redo = actions(session, parent)
    session.begin_run()
    assert undo.isEnabled()
    session.end_run()  # nothing was trained
    assert not undo.isEnabled()
