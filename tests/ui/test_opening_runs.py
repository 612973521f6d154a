import numpy as np
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from bpsim.datasets import Dataset
from bpsim.kept_run import keep
from bpsim.network import Network
from bpsim.project import Project
from bpsim.settings import Settings
from bpsim.stopping import Stopping
from tests.helpers import XOR_INPUTS, XOR_TARGETS, kept_run, xor_project, xor_session
from ui.opening_runs import open_run
from ui.session import Session
from ui.trainer import Trainer


def test_a_run_is_opened_at_its_start_as_one_undo_step(qapp: QApplication) -> None:
    session = xor_session(learning_rate=3.0)
    session.step("epoch")
    before = session.moment
    said: list[str] = []
    session.noticed.connect(lambda notice: said.append(notice.text))
    open_run(session, kept_run("slow", np.ones(7)))
    assert "Run trains the same 7 epochs again" in said[-1]
    assert session.moment.network == xor_project().network
    seven = Stopping(epochs=7)  # as many as the run had, and nothing else ends it
    assert session.moment.settings == xor_project().settings.with_(stopping=seven)
    assert session.moment.instances_done == 0
    assert session.undo_stack.undoText() == "Open run “slow”"
    session.undo_stack.undo()
    assert session.moment.settings == before.settings
    assert session.moment.position == before.position


def test_a_run_that_diverged_is_trained_until_it_diverges_again(qtbot: QtBot) -> None:
    data = Dataset(XOR_INPUTS * 3, XOR_TARGETS)
    session = Session(Project(Network.dense([2, 1], "linear", seed=1), data, Settings(learning_rate=1e12)))
    session.go_to(1000)
    series = session.series
    assert series is not None
    run = keep("too fast", session.project, session.moment, series, session.divergence)
    session.open(xor_project())
    said: list[str] = []
    session.noticed.connect(lambda notice: said.append(notice.text))
    open_run(session, run)
    assert "Run trains it again until it diverges; undo" in said[-1]
    trainer = Trainer(session)
    with qtbot.waitSignal(session.run_ended, timeout=20000) as ended:
        trainer.start()
    assert ended.args[0].divergence is not None
    assert session.divergence == run.diverged
