"""Runs in the real thread: what they leave, stopping at any moment, and the window in use meanwhile."""

import random
import threading
import time

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from bpsim.compiling import COMPILER
from bpsim.datasets import Dataset
from bpsim.network import Network
from bpsim.project import Project
from bpsim.settings import Settings
from bpsim.stopping import Stopping
from tests.helpers import press, shown_window, xor_project
from ui.main_window import MainWindow
from ui.panels.training_panel import TrainingPanel
from ui.session import Session
from ui.trainer import SETTLED_MS, Trainer

Key = Qt.Key
ENDLESS = Stopping(epochs=None)


@pytest.fixture(scope="module", autouse=True)
def compiled() -> None:
    """The compiled loop is there: a run starts with it."""
    assert COMPILER.loop(wait=True) is not None, COMPILER.failure


def xor_with(**settings: object) -> Session:
    return Session(xor_project(**settings))


@pytest.fixture
def window(qtbot: QtBot) -> MainWindow:
    window = shown_window(qtbot, xor_with(stopping=ENDLESS))
    window.trainer.set_pace("full")
    return window


def at_full_speed(session: Session) -> Trainer:
    trainer = Trainer(session)
    trainer.set_pace("full")
    return trainer


def run_to_the_end(qtbot: QtBot, session: Session) -> None:
    trainer = at_full_speed(session)
    with qtbot.waitSignal(session.run_ended):
        trainer.start()


def wait_for_training(qtbot: QtBot, session: Session, instances: int = 200) -> None:
    qtbot.waitUntil(lambda: session.running and session.recorded >= instances)


class TestRun:
    def test_ends_by_its_criterion_and_is_one_undo_step(self, qtbot: QtBot) -> None:
        session = xor_with(stopping=Stopping(epochs=240))
        session.step("phase")
        before = session.moment.network
        run_to_the_end(qtbot, session)
        assert session.moment.instances_done == 4 * 240 - 1
        assert session.moment.finished
        assert session.undo_stack.undoText() == "Train 240 epochs"
        after = session.moment.network
        session.undo()
        assert session.moment.network == before
        assert (session.moment.instances_done, session.moment.position.phase) == (0, "receive")
        session.redo()
        assert session.moment.network == after
        assert not session.undo_stack.canRedo()

    def test_the_moment_follows_and_is_always_one_that_stepping_shows(self, qtbot: QtBot) -> None:
        session = xor_with(stopping=Stopping(epochs=20_000), shuffle=True, batch_size=3)
        trainer, seen = at_full_speed(session), []
        session.moment_changed.connect(lambda new, old: seen.append((new, session.running)))
        with qtbot.waitSignal(session.run_ended):
            trainer.start()
        live = [moment for moment, running in seen if running]
        assert live
        for moment in live[:: max(1, len(live) // 8)]:
            session.go_to(moment.instances_done)
            assert session.moment.network == moment.network
            assert session.moment.position == moment.position

    def test_paused_rewound_stepped_and_resumed_is_the_same(self, qtbot: QtBot) -> None:
        straight, broken = (xor_with(stopping=Stopping(epochs=3000), shuffle=True) for _ in range(2))
        run_to_the_end(qtbot, straight)
        trainer = at_full_speed(broken)
        broken.edit("Stop", settings=broken.moment.settings.with_(stopping=ENDLESS))
        trainer.start()
        wait_for_training(qtbot, broken, 50)
        trainer.stop()
        broken.go_to(29, 3)
        for size in ("node", "phase", "instance", "epoch"):
            broken.step(size)
        broken.back("instance")
        left = 3000 - broken.moment.instances_done // 4
        broken.edit("Stop", settings=broken.moment.settings.with_(stopping=Stopping(epochs=left)))
        with qtbot.waitSignal(broken.run_ended):
            trainer.start()
        broken.go_to(straight.moment.instances_done)
        assert broken.moment.network == straight.moment.network

    def test_stops_within_a_moment_whenever(self, qtbot: QtBot) -> None:
        session = xor_with(stopping=ENDLESS)
        trainer, chance = at_full_speed(session), random.Random(1)
        for _ in range(8):
            trainer.start()
            qtbot.wait(chance.randrange(0, 60))
            began = time.perf_counter()
            trainer.stop()
            assert time.perf_counter() - began < 1  # asked for: 0.1 s; `bench_run.py` measures it
            assert not session.running
            assert not [thread for thread in threading.enumerate() if thread.name == "training"]
            assert session.moment.finished

    def test_diverged_says_where_and_offers_a_smaller_rate(self, qtbot: QtBot) -> None:
        rng = np.random.default_rng(0)
        data = Dataset(rng.normal(size=(20, 2)), rng.normal(size=(20, 1)))
        project = Project(Network.dense([2, 4, 1], "linear", seed=1), data, Settings(learning_rate=4.0))
        session, notices = Session(project), []
        session.noticed.connect(notices.append)
        run_to_the_end(qtbot, session)
        said = notices[-1]
        assert "became too large to compute at instance" in said.text
        assert [label for label, _ in said.cures][1] == "Start again with η = 0.4"
        assert all(np.isfinite(weights).all() for weights in session.moment.network.weights)
        said.cures[1][1]()
        assert session.moment.settings.learning_rate == 0.4
        assert session.moment.network == project.network

    def test_nothing_to_train(self, qtbot: QtBot) -> None:
        session = Session(Project(Network.dense([3, 1]), Dataset([[0.0, 1.0]], [[1.0]])))
        Trainer(session).start()
        assert not session.running


class TestWindowInUse:
    def test_run_and_pause_by_key_and_button(self, window: MainWindow, qtbot: QtBot) -> None:
        session = window.session
        press(window.canvas.surface, Key.Key_F5)
        wait_for_training(qtbot, session)
        run = window._actions["run"]
        assert run.isChecked()
        assert run.text() == "&Pause"
        press(window.canvas.surface, Key.Key_F5)
        assert not session.running
        assert run.text() == "&Run"

    def test_a_step_an_edit_and_an_undo_end_the_run_first(self, window: MainWindow, qtbot: QtBot) -> None:
        session = window.session
        press(window.canvas.surface, Key.Key_F5)
        wait_for_training(qtbot, session)
        press(window.canvas.surface, Key.Key_Left)
        assert not session.running
        assert not session.moment.finished  # a step back from the end of the last instance
        press(window.canvas.surface, Key.Key_F5)
        wait_for_training(qtbot, session, session.recorded + 10)
        session.edit("Change η", settings=session.moment.settings.with_(learning_rate=0.125))
        assert not session.running
        assert session.moment.settings.learning_rate == 0.125
        press(window.canvas.surface, Key.Key_F5)
        wait_for_training(qtbot, session, session.recorded + 10)
        press(window, Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        assert not session.running
        assert session.undo_stack.redoText().startswith("Train")
        assert session.undo_stack.undoText() == "Change η"

    def test_selecting_and_zooming_do_not(self, window: MainWindow, qtbot: QtBot) -> None:
        session, surface = window.session, window.canvas.surface
        press(surface, Key.Key_F5)
        wait_for_training(qtbot, session)
        QTest.mouseClick(surface, Qt.MouseButton.LeftButton, pos=surface.rect().center())
        press(surface, Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
        for x in range(100, 600, 50):
            QTest.mouseMove(surface, QPoint(x, 200))
            qtbot.wait(10)
        assert session.running
        window.trainer.stop()

    def test_the_status_says_how_it_stands_and_why_it_ended(self, window: MainWindow, qtbot: QtBot) -> None:
        said = window.findChild(QLabel, "status_run")
        window.trainer.start()
        qtbot.waitUntil(lambda: "instances a second" in said.text())
        window.trainer.stop()
        assert said.text() == "·  Paused."
        stopping = Stopping(epochs=5, error_below=1e-9)
        session = window.session
        session.edit("Stop", settings=session.moment.settings.with_(stopping=stopping))
        with qtbot.waitSignal(session.run_ended):
            window.trainer.start()
        assert said.text().startswith("·  Stopped: 5 epochs are done.  ·  mean E = ")

    def test_closing_the_window_ends_it(self, window: MainWindow, qtbot: QtBot) -> None:
        window.trainer.start()
        wait_for_training(qtbot, window.session)
        window.trainer.stop()
        window.session.undo_stack.setClean()
        window.trainer.start()
        qtbot.waitUntil(lambda: window.session.running)
        window.files.may_replace = lambda: True  # nobody is there to answer
        window.close()
        assert not window.session.running
        assert not [thread for thread in threading.enumerate() if thread.name == "training"]


class TestDrawingWhileItRuns:
    def test_weights_and_colours_follow_and_numbers_wait(self, window: MainWindow, qtbot: QtBot) -> None:
        surface = window.canvas.surface
        assert surface.picture.labels
        window.trainer.start()
        wait_for_training(qtbot, window.session)
        qtbot.waitUntil(lambda: surface.picture.live)
        seen = surface.picture.reading.moment
        assert not surface.picture.labels
        assert surface.picture.lit.drawn == 0
        assert surface.picture.shown.complete
        qtbot.waitUntil(lambda: surface.picture.reading.moment is not seen)
        window.trainer.stop()
        assert not surface.picture.live
        assert surface.picture.labels
        assert surface.picture.reading.moment is window.session.moment

    def test_weights_are_drawn_as_when_nothing_stands_out(self, window: MainWindow, qtbot: QtBot) -> None:
        session, surface = window.session, window.canvas.surface
        session.set_view(mode="draw")

        def paint() -> list[tuple[str, int]]:
            edges = surface._scene._edges[0]
            return [(pen.color().name(), len(lines)) for pen, lines in edges.lines]

        window.trainer.start()
        wait_for_training(qtbot, session)
        qtbot.waitUntil(lambda: surface.picture.live)
        assert sum(count for _, count in paint()) == 4
        window.trainer.stop()


class TestPace:
    def test_a_run_begins_slowly_so_that_it_can_be_watched(self, qtbot: QtBot) -> None:
        session = xor_with(stopping=Stopping(epochs=1000))
        trainer, epochs = Trainer(session), []
        session.moment_changed.connect(lambda new, _old: epochs.append(new.position.epoch))
        with qtbot.waitSignal(session.run_ended, timeout=20_000):
            trainer.start()
        assert len(epochs) > 30
        assert np.median(epochs) < 400

    def test_another_pace_on_the_way_is_the_same_run(self, window: MainWindow, qtbot: QtBot) -> None:
        session = window.session
        session.edit("Stop", settings=session.moment.settings.with_(stopping=Stopping(epochs=800)))
        window.trainer.set_pace("10")
        window.trainer.start()
        qtbot.waitUntil(lambda: session.recorded >= 8)
        window.findChild(QAction, "pace_full").trigger()
        with qtbot.waitSignal(session.run_ended, timeout=20_000):
            pass
        assert session.moment.position.epoch == 799
        assert session.undo_stack.undoText() == "Train 800 epochs"


class TestOtherSettings:
    def test_they_hold_from_here_on_or_from_the_start(self, window: MainWindow, qtbot: QtBot) -> None:
        session, start = window.session, window.session.project.network
        session.edit("Stop", settings=session.moment.settings.with_(stopping=Stopping(epochs=20)))
        run_to_the_end(qtbot, session)
        field = window.findChild(TrainingPanel).rate_field
        field.setFocus()
        field.selectAll()
        QTest.keyClicks(field, "2")
        press(field, Key.Key_Return)
        text = window.findChild(QLabel, "notice_text")
        assert "from here on" in text.text()
        button = next(b for b in text.parentWidget().findChildren(QPushButton) if b.isVisible())
        assert button.text() == "Start again with these settings"
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        assert session.moment.settings.learning_rate == 2
        assert session.moment.network == start
        assert session.recorded == 0

    def test_a_run_that_they_have_ended_goes_on_with_them(self, window: MainWindow, qtbot: QtBot) -> None:
        session = window.session
        slider = window.findChild(TrainingPanel).rate_slider
        window.trainer.findChildren(QTimer)[-1].setInterval(1500)  # a loaded machine is slow with the keys
        window.trainer.start()
        wait_for_training(qtbot, session)
        slider.setFocus()
        for _ in range(3):
            press(slider, Key.Key_Right)
        assert not session.running
        assert session.undo_stack.count() == 2  # the run and one edit, of the whole way of the slider
        rate, recorded = session.moment.settings.learning_rate, session.recorded
        assert rate > 0.5
        wait_for_training(qtbot, session, recorded + 50)
        assert session.running
        assert session.moment.settings.learning_rate == rate
        window.trainer.stop()
        qtbot.wait(2 * SETTLED_MS)
        assert not session.running
        texts = [session.undo_stack.text(number) for number in range(session.undo_stack.count())]
        assert texts[1] == "Change η"
        assert [text.split()[0] for text in texts] == ["Train", "Change", "Train"]

    def test_pausing_right_after_them_is_pausing(self, window: MainWindow, qtbot: QtBot) -> None:
        session = window.session
        window.trainer.start()
        wait_for_training(qtbot, session)
        session.edit("Change η", settings=session.moment.settings.with_(learning_rate=0.125))
        window.trainer.stop()
        qtbot.wait(2 * SETTLED_MS)
        assert not session.running
        session.edit("Change η", settings=session.moment.settings.with_(learning_rate=0.25))
        qtbot.wait(2 * SETTLED_MS)
        assert not session.running  # there was no run that it could have ended

    def test_what_they_say_stays_while_the_run_goes_on(self, window: MainWindow, qtbot: QtBot) -> None:
        session, text = window.session, window.findChild(QLabel, "notice_text")
        window.trainer.start()
        wait_for_training(qtbot, session)
        recorded = session.recorded
        session.edit("Change η", settings=session.moment.settings.with_(learning_rate=0.125))
        wait_for_training(qtbot, session, recorded + 50)
        assert session.running
        assert "from here on" in text.text()
        button = next(b for b in text.parentWidget().findChildren(QPushButton) if b.isVisible())
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        assert not session.running
        assert (session.recorded, session.moment.settings.learning_rate) == (0, 0.125)
        qtbot.wait(2 * SETTLED_MS)
        assert not session.running

    @pytest.mark.parametrize("name", ["start", "back", "undo", "edit", "again"])
    def test_whatever_else_is_done_right_after_them_no_run_begins(
        self, window: MainWindow, qtbot: QtBot, name: str
    ) -> None:
        session = window.session
        window.trainer.start()
        wait_for_training(qtbot, session)
        session.edit("Change η", settings=session.moment.settings.with_(learning_rate=0.125))
        now = session.moment
        {
            "start": lambda: window.player.go_to(0, 0),
            "back": lambda: session.back("node"),
            "undo": session.undo,
            "edit": lambda: session.edit("Bias", network=now.network.with_bias(0, 0, 0.5)),
            "again": lambda: session.edit("Again", settings=now.settings, restart=True),
        }[name]()
        qtbot.wait(2 * SETTLED_MS)
        assert not session.running

    def test_an_edit_of_the_network_ends_a_run_for_good(self, window: MainWindow, qtbot: QtBot) -> None:
        session = window.session
        window.trainer.start()
        wait_for_training(qtbot, session)
        session.edit("Change bias", network=session.moment.network.with_bias(0, 0, 0.5))
        qtbot.wait(2 * SETTLED_MS)
        assert not session.running

    def test_an_edit_of_what_is_seen_is_made_there(self, window: MainWindow, qtbot: QtBot) -> None:
        session = window.session
        for _ in range(3):
            window.trainer.start()
            wait_for_training(qtbot, session, session.recorded + 50)
            time.sleep(0.05)  # the thread has gone on, and nobody has seen it
            seen = session.moment
            session.edit("Change bias", network=seen.network.with_bias(0, 0, 0.5))
            assert session.moment.instances_done == seen.instances_done + 1
            for ours, theirs in zip(session.moment.network.weights, seen.network.weights, strict=True):
                assert np.array_equal(ours, theirs)
