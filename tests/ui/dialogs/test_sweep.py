import csv
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QMainWindow
from pytestqt.qtbot import QtBot

from bpsim.network import Network
from bpsim.project import Project
from bpsim.sweep import Sweep
from tests.helpers import xor_project, xor_session
from ui.appearance import Appearance
from ui.dialogs.sweep import LEAST_SIZE, MOST_DRAWN, SweepDialog, cost_text, duration, open_sweep
from ui.kept_runs import KeptRuns
from ui.main_window import MainWindow
from ui.plots.loss import LossPlot
from ui.plots.sweep import NOTHING_YET
from ui.session import Session

pytestmark = pytest.mark.timeout(180)  # the loop may have to be compiled

Key = Qt.Key


class Opened:
    """The dialog beside a window on the XOR project."""

    def __init__(self, qtbot: QtBot, qapp: QApplication, session: Session) -> None:
        self.session, self.runs = session, KeptRuns()
        self.window = QMainWindow()
        qtbot.addWidget(self.window)
        self.appearance = Appearance(qapp, "light")
        with qtbot.waitExposed(self.window):
            self.window.show()
        open_sweep(session, self.appearance, self.runs, self.window)
        self.dialog = self.window.findChild(SweepDialog)
        self.dialog.activateWindow()


@pytest.fixture
def opened(qtbot: QtBot, qapp: QApplication) -> Iterator[Opened]:
    opened = Opened(qtbot, qapp, xor_session())
    yield opened
    opened.window.close()


def type_into(field: QLineEdit, text: str, qtbot: QtBot) -> None:
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, text)
    qtbot.keyClick(field, Key.Key_Tab)


def small(opened: Opened, qtbot: QtBot, epochs: int = 30) -> None:
    """Make it η = 0.1 and 1, two start weights each."""
    dialog = opened.dialog
    type_into(dialog.form.low_field, "0.1", qtbot)
    type_into(dialog.form.high_field, "1", qtbot)
    type_into(dialog.form.count_field.lineEdit(), "2", qtbot)
    type_into(dialog.form.seeds_field.lineEdit(), "2", qtbot)
    type_into(dialog.form.epochs_field.lineEdit(), str(epochs), qtbot)


def train(opened: Opened, qtbot: QtBot) -> None:
    dialog = opened.dialog
    with qtbot.waitSignal(dialog.sweeper.ended, timeout=120_000):
        qtbot.mouseClick(dialog.start_button, Qt.MouseButton.LeftButton)


def no_thread_works() -> bool:
    return not [thread for thread in threading.enumerate() if thread.name.startswith("sweep")]


def test_what_it_costs_is_said_first(opened: Opened, qtbot: QtBot) -> None:
    assert opened.dialog.cost_label.text().startswith("35 runs, ")
    small(opened, qtbot)
    assert opened.dialog.cost_label.text().startswith("4 runs, 480 instances in all: less than a second")


def test_a_sweep_gives_one_plot_one_table_and_runs_to_keep(opened: Opened, qtbot: QtBot) -> None:
    dialog = opened.dialog
    small(opened, qtbot)
    train(opened, qtbot)
    assert [row.values for row in dialog.model.rows] == [(0.1,), (1.0,)]
    assert [len(row.runs) for row in dialog.model.rows] == [2, 2]
    assert len(dialog.plot._pairs) == 2
    assert len(opened.runs.all) == 4
    assert sum(kept.shown for kept in opened.runs.all) == 2
    assert {kept.name for kept in opened.runs.all} == {
        f"η = {rate}, seed {seed}" for rate in ("0.1", "1") for seed in (1, 2)
    }
    assert dialog.state_label.text().startswith("4 runs · ")
    assert no_thread_works()


def test_what_was_edited_in_the_window_meanwhile_is_trained(opened: Opened, qtbot: QtBot) -> None:
    session, dialog = opened.session, opened.dialog
    small(opened, qtbot)
    session.edit("Change batch size", settings=session.moment.settings.with_(batch_size=4))
    train(opened, qtbot)
    runs = [run for row in dialog.model.rows for run in row.runs]
    assert len(runs) == 4
    assert {run.project.settings.batch_size for run in runs} == {4}


def test_every_row_can_be_opened_and_undone(opened: Opened, qtbot: QtBot) -> None:
    session, dialog = opened.session, opened.dialog
    small(opened, qtbot)
    train(opened, qtbot)
    before = session.moment.network
    assert not dialog.open_button.isEnabled()
    dialog.table.selectRow(1)
    dialog.table.setFocus()
    qtbot.keyClick(dialog.table, Key.Key_Return)
    best = dialog.model.rows[1].best
    assert session.moment.settings.learning_rate == 1
    assert dialog.state_label.text() == f"“{best.name}” is open at its start in the window behind"
    assert session.moment.network == best.project.network
    session.step("epoch")
    assert session.series is not None
    assert session.series.epoch_errors[0] == pytest.approx(best.epoch_errors[0])
    session.undo_stack.undo()
    assert session.moment.network == before


def test_the_window_can_be_used_meanwhile_and_it_can_be_stopped(opened: Opened, qtbot: QtBot) -> None:
    dialog, session = opened.dialog, opened.session
    small(opened, qtbot, epochs=1_000_000)
    assert dialog.plot.nothing.text() == NOTHING_YET
    qtbot.mouseClick(dialog.start_button, Qt.MouseButton.LeftButton)
    assert "not finished" in dialog.plot.nothing.text()
    assert not dialog.isModal()
    qtbot.waitUntil(lambda: dialog.progress.isVisible())
    session.step("epoch")
    assert session.moment.instances_done == 3
    assert not dialog.form.isEnabled()
    qtbot.mouseClick(dialog.stop_button, Qt.MouseButton.LeftButton)
    assert no_thread_works()
    assert dialog.form.isEnabled()
    assert not dialog.progress.isVisible()
    assert dialog.plot.nothing.text() == NOTHING_YET
    assert dialog.state_label.text() == "Stopped: none of 4 runs is done"


def test_after_stop_it_is_said_how_many_runs_are_done(opened: Opened, qtbot: QtBot) -> None:
    dialog = opened.dialog
    small(opened, qtbot, epochs=50_000)
    qtbot.mouseClick(dialog.start_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(dialog.sweeper.finished) > 0, timeout=120_000)
    qtbot.mouseClick(dialog.stop_button, Qt.MouseButton.LeftButton)
    done = len(dialog.sweeper.finished)
    assert 0 < done < 4
    are = "is done; it is" if done == 1 else "are done; they are"
    assert dialog.state_label.text() == f"Stopped: {done} of 4 runs {are} in the panel “Runs”, too"


def test_all_columns_of_two_things_that_are_varied_are_in_sight(opened: Opened, qtbot: QtBot) -> None:
    session, dialog, form = opened.session, opened.dialog, opened.dialog.form
    session.edit("Change test share", settings=session.moment.settings.with_(test_share=0.25))
    dialog.resize(LEAST_SIZE)
    small(opened, qtbot)
    form.activations_field.action("tanh").trigger()
    form.activations_field.action("leaky_relu").trigger()
    train(opened, qtbot)
    header = dialog.table.horizontalHeader()
    assert not dialog.table.isColumnHidden(len(dialog.model.heads) - 2)  # accuracy
    qtbot.waitUntil(lambda: header.length() <= dialog.table.viewport().width())


@pytest.mark.parametrize("closed", ["dialog", "window", "Esc"])
def test_closing_ends_the_training(opened: Opened, qtbot: QtBot, closed: str) -> None:
    dialog = opened.dialog
    small(opened, qtbot, epochs=1_000_000)
    qtbot.mouseClick(dialog.start_button, Qt.MouseButton.LeftButton)
    qtbot.wait(100)
    if closed == "Esc":
        qtbot.keyClick(dialog, Key.Key_Escape)
    else:
        (dialog if closed == "dialog" else opened.window).close()
    assert no_thread_works()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert opened.window.findChild(SweepDialog) is None


def test_closing_the_program_during_a_sweep_leaves_no_thread(qtbot: QtBot) -> None:
    window = MainWindow(xor_session())
    window.resize(1440, 900)
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    window.findChild(QAction, "sweep").trigger()
    dialog = window.findChild(SweepDialog)
    dialog.form.epochs_field.setValue(1_000_000)
    qtbot.mouseClick(dialog.start_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: dialog.progress.isVisible())
    assert not no_thread_works()
    window.close()
    assert not window.isVisible()
    assert no_thread_works()


def test_the_runs_of_a_sweep_are_drawn_in_the_window(qtbot: QtBot) -> None:
    window = MainWindow(xor_session())
    window.resize(1440, 900)
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    qtbot.waitUntil(lambda: window.findChild(LossPlot) is not None)
    window.findChild(QAction, "sweep").trigger()
    dialog = window.findChild(SweepDialog)
    dialog.form.epochs_field.setValue(20)
    with qtbot.waitSignal(dialog.sweeper.ended, timeout=120_000):
        qtbot.mouseClick(dialog.start_button, Qt.MouseButton.LeftButton)
    assert len(window.findChild(LossPlot)._chart.overlays) == MOST_DRAWN
    assert len(window.session.runs.all) == 35
    assert window.isWindowModified()
    window.session.saved_as(None)
    window.close()


def test_what_is_wrong_is_said_in_the_form(opened: Opened, qtbot: QtBot) -> None:
    dialog = opened.dialog
    for field, text, problem in (
        (dialog.form.low_field, "-1", "η must be a number above 0."),
        (dialog.form.batches_field, "1, x", "Batch sizes are whole numbers"),
    ):
        field.setFocus()
        field.selectAll()
        qtbot.keyClicks(field, text)
        assert problem in dialog.form.problem_label.text()
        assert not dialog.start_button.isEnabled()
        field.selectAll()
        qtbot.keyClicks(field, "1")
        assert dialog.form.problem == ""
        assert dialog.start_button.isEnabled()


def test_activations_batch_sizes_and_optimizers_can_be_compared(opened: Opened, qtbot: QtBot) -> None:
    dialog, form = opened.dialog, opened.dialog.form
    small(opened, qtbot)
    type_into(form.count_field.lineEdit(), "1", qtbot)
    form.activations_field.action("tanh").trigger()
    form.activations_field.action("sigmoid").trigger()
    form.optimizers_field.action("adam").trigger()
    type_into(form.batches_field, "1 4", qtbot)
    assert form.activations_field.text() == "sigmoid, tanh"
    assert not form.activations_field.action("step").isEnabled()
    train(opened, qtbot)
    assert dialog.model.heads[:4] == ["η", "hidden activation", "batch size", "optimizer"]
    assert dialog.model.texts(dialog.model.rows[0])[:4] == ["0.1", "sigmoid", "1", "Adam"]
    assert len(dialog.model.rows) == 4


def test_a_diverged_configuration_is_a_result(qtbot: QtBot, qapp: QApplication) -> None:
    base = xor_project()
    linear = Network.dense([2, 3, 1], "linear", seed=0)
    opened = Opened(qtbot, qapp, Session(Project(linear, base.dataset)))
    small(opened, qtbot, epochs=500)
    type_into(opened.dialog.form.high_field, "50", qtbot)
    train(opened, qtbot)
    first, last = opened.dialog.model.rows
    assert first.diverged == 0
    assert last.diverged == 2
    assert last.mean is None
    assert opened.dialog.model.texts(last)[-1] == "2"
    opened.window.close()


def test_the_table_is_saved_with_all_digits(opened: Opened, qtbot: QtBot, tmp_path: Path) -> None:
    dialog, path = opened.dialog, tmp_path / "table.csv"
    assert not dialog.save_button.isEnabled()
    small(opened, qtbot)
    train(opened, qtbot)

    def choose() -> None:
        chooser = QApplication.activeModalWidget()
        assert isinstance(chooser, QFileDialog)
        name = chooser.findChild(QLineEdit)
        name.setText(str(path))
        qtbot.keyClick(name, Key.Key_Return)

    QTimer.singleShot(100, choose)
    qtbot.mouseClick(dialog.save_button, Qt.MouseButton.LeftButton)
    rows = list(csv.reader(path.read_text(encoding="utf-8").splitlines()))
    assert rows[0] == dialog.model.heads
    assert float(rows[2][2]) == dialog.model.rows[1].mean


def test_the_plot_and_the_table_take_the_theme(opened: Opened, qtbot: QtBot) -> None:
    small(opened, qtbot)
    train(opened, qtbot)
    before = opened.dialog.plot._pairs[-1][1].curve.opts["pen"].color()
    opened.appearance.choose("dark")
    after = opened.dialog.plot._pairs[-1][1].curve.opts["pen"].color()
    assert after != before
    assert after == opened.appearance.theme.color("run_2")


def test_where_nothing_can_be_trained_it_says_why(qtbot: QtBot, qapp: QApplication) -> None:
    session = xor_session()
    session.edit("Add node", network=session.moment.network.with_node_added(0, 2))
    with qtbot.waitSignal(session.noticed) as said:
        open_sweep(session, Appearance(qapp, "light"), KeptRuns(), QMainWindow())
    assert "3 inputs" in said.args[0].text


def test_what_a_sweep_costs_in_words() -> None:
    project = xor_project()
    assert cost_text(Sweep(project, {"learning_rate": [1.0]}, 1)).startswith("1 run, 4 instances in all")
    assert "1\u202f000 instances" in cost_text(Sweep(project, {"learning_rate": [1.0]}, 250))


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0.2, "less than a second"), (1.4, "about 1 second"), (75, "about 75 seconds"),
        (600, "about 10 minutes"), (7300, "about 2 hours"),
    ],
)  # fmt: skip
def test_lengths_of_time_in_words(seconds: float, text: str) -> None:
    assert duration(seconds) == text
