import numpy as np
from pytestqt.qtbot import QtBot

from bpsim.stopping import Stopping
from tests.helpers import kept_run, xor_project, xor_session
from ui.opening_runs import open_run


def test_a_run_is_opened_at_its_start_as_one_undo_step(qtbot: QtBot) -> None:
    session = xor_session(learning_rate=3.0)
    session.step("epoch")
    before = session.moment
    with qtbot.waitSignal(session.noticed):
        open_run(session, kept_run("slow", np.ones(7)))
    assert session.moment.network == xor_project().network
    seven = Stopping(epochs=7)  # as many as the run had, and nothing else ends it
    assert session.moment.settings == xor_project().settings.with_(stopping=seven)
    assert session.moment.instances_done == 0
    assert session.undo_stack.undoText() == "Open run “slow”"
    session.undo_stack.undo()
    assert session.moment.settings == before.settings
    assert session.moment.position == before.position
