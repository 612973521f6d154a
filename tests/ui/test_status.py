"""The status bar: only what is shown already."""

import pytest
from PySide6.QtGui import QStatusTipEvent
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow
from pytestqt.qtbot import QtBot

from bpsim.stopping import Stopping
from tests.helpers import xor_session
from ui.session import Session
from ui.status import Status, place_text
from ui.trainer import Trainer

pytestmark = pytest.mark.usefixtures("qapp")


class Foot:
    """A window whose status bar follows the runs of a session."""

    def __init__(self, qtbot: QtBot, width: int, **settings: object) -> None:
        self.session: Session = xor_session(**settings)
        self.status = Status(self.session)
        self.window = QMainWindow()
        self.window.setStatusBar(self.status)
        self.trainer = Trainer(self.session, self.window)
        self.trainer.set_pace("full")
        self.trainer.progressed.connect(lambda progress: self.status.show_run(progress, ""))
        qtbot.addWidget(self.window)
        self.window.resize(width, 100)
        with qtbot.waitExposed(self.window):
            self.window.show()

    def text(self, name: str) -> str:
        label = self.status.findChild(QLabel, f"status_{name}")
        assert isinstance(label, QLabel)
        return label.text()

    @property
    def read(self) -> str:
        """What can be read of the run."""
        label = self.status._run
        return label.fitting(label.contentsRect().width())

    def run(self, qtbot: QtBot) -> None:
        self.trainer.start()
        qtbot.waitUntil(lambda: not self.session.running, timeout=20000)


@pytest.mark.parametrize("width", [700, 1024, 1440])
def test_what_stopped_a_run_is_read_in_full(qtbot: QtBot, width: int) -> None:
    foot = Foot(qtbot, width, stopping=Stopping(1000, 1e-9, 5000, 1e-12, 60.0), l2=1e-6)
    foot.run(qtbot)
    assert foot.read.startswith("·  Stopped: 1\u202f000 epochs are done.")
    assert "epoch 1\u202f000" in foot.text("place")
    assert "|gradient| = " in foot.text("run")
    foot.status.grab()
    assert "60 seconds" in (foot.status._run.toolTip() or foot.read)
    foot.session.back("instance")
    assert foot.text("run") == ""
    assert foot.text("place") == place_text(foot.session)


def test_what_a_command_says_of_itself_does_not_hide_the_run(qtbot: QtBot) -> None:
    foot = Foot(qtbot, 1024, stopping=Stopping(epochs=20))

    def point_at_a_command() -> bool:
        QApplication.sendEvent(foot.window, QStatusTipEvent("Train on and on"))
        return foot.status.currentMessage() != ""

    assert point_at_a_command()
    foot.trainer.start()
    assert not foot.status.currentMessage()
    assert not point_at_a_command()
    qtbot.waitUntil(lambda: not foot.session.running, timeout=20000)
    assert not point_at_a_command()
    assert foot.status._run.isVisible()
    foot.session.back("instance")
    assert point_at_a_command()


def test_the_error_is_named_once_it_is_shown_and_the_mean_once_the_epoch_is_complete() -> None:
    session = xor_session()
    assert place_text(session) == "epoch 1  ·  instance 1 of 4"
    session.go_to_phase("forward")
    assert "E" not in place_text(session)
    session.go_to_phase("error")
    assert session.moment.trace is not None
    assert place_text(session).endswith(f"instance 1 of 4  ·  E = {session.moment.trace.error:.3f}")
    session.step("epoch")
    assert session.series is not None
    assert place_text(session).endswith(f"mean E of epoch 1 = {session.series.epoch_errors[0]:.3f}")


def test_the_penalty_stands_beside_the_error() -> None:
    session = xor_session(l2=0.01)
    session.go_to_phase("error")
    trace = session.moment.trace
    assert trace is not None
    assert place_text(session).endswith(f"  ·  E = {trace.error:.3f} + penalty {trace.penalty:.3f}")


def test_a_misfit_is_named() -> None:
    session = xor_session()
    session.edit("Add node", network=session.moment.network.with_node_added(0, 2))
    assert place_text(session) == "Network and data do not fit each other"


def test_the_file_and_whether_it_is_saved() -> None:
    session = xor_session()
    status = Status(session)
    shown = status.findChild(type(status._file), "status_file")
    assert shown.text() == "not saved yet"
    session.edit("Change bias", network=session.moment.network.with_bias(0, 0, 2.0))
    assert shown.text() == "not saved yet — changed"
    session.saved_as("/folder/mine.bpsim")
    assert shown.text() == "mine.bpsim — saved"
    session.edit("Change bias", network=session.moment.network.with_bias(0, 0, 3.0))
    assert shown.text() == "mine.bpsim — changed"
    status.deleteLater()


def test_the_error_has_the_letter_of_the_notation() -> None:
    session = xor_session()
    session.set_view(notation="nielsen")
    session.go_to_phase("error")
    assert "  ·  C = " in place_text(session)
