"""The undo command: what it merges with, and that it goes with its session."""

import gc
import weakref

import pytest

from tests.helpers import xor_session
from ui.commands import EditCommand


@pytest.mark.usefixtures("qapp")
def test_a_session_with_many_edits_and_its_stack_are_taken_apart_together() -> None:
    gone = []
    for number in range(20):
        session = xor_session()
        for rate in (0.1, 0.2, 0.3):
            session.edit("Change η", settings=session.moment.settings.with_(learning_rate=rate + number))
        session.undo()
        session.circle = session  # as a closure that is connected somewhere makes it
        gone.append(weakref.ref(session))
        del session
    gc.collect()
    assert not [session for session in gone if session() is not None]


@pytest.mark.usefixtures("qapp")
def test_edits_of_one_move_become_one() -> None:
    session = xor_session()
    for rate in (0.1, 0.2, 0.3):
        settings = session.moment.settings.with_(learning_rate=rate)
        session.edit("Change η", settings=settings, merge="move")
    assert session.undo_stack.count() == 1
    command = session.undo_stack.command(0)
    assert isinstance(command, EditCommand)
    session.undo()
    assert session.moment.settings == xor_session().moment.settings
    session.redo()
    assert session.moment.settings.learning_rate == 0.3
