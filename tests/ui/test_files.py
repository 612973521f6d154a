"""Opening and saving through the real window, with the real question about unsaved changes."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QDockWidget, QLabel, QLineEdit, QMessageBox
from pytestqt.qtbot import QtBot

import bpsim
from bpsim.project import Project
from bpsim.stopping import Stopping
from tests.helpers import kept_run, same_moment, xor_project, xor_session
from ui.dialogs.sweep import SweepDialog
from ui.main_window import MainWindow
from ui.opening_runs import open_run
from ui.panels.runs_panel import RunsPanel
from ui.plots.loss import LossPlot
from ui.widgets.runs_table import NAME, SHOWN

Answer = QMessageBox.StandardButton


@pytest.fixture
def window(qtbot: QtBot) -> MainWindow:
    window = MainWindow(xor_session())
    qtbot.addWidget(window, before_close_func=lambda w: w.session.saved_as(None))
    return window


def answering(button: Answer, seen: list[str]) -> None:
    """Click a button of the message box that comes up next, and note what the box said."""

    def click() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        seen.append(f"{box.text()} {box.informativeText()}")
        box.button(button).click()

    QTimer.singleShot(50, click)


def change_something(window: MainWindow) -> None:
    session = window.session
    session.edit("Change θ", network=session.moment.network.with_weight(0, 0, 0, 0.125))


def test_saves_and_opens_again_where_it_was(window: MainWindow, tmp_path: Path) -> None:
    path = str(tmp_path / "mine.bpsim")
    change_something(window)
    window.session.step("instance")
    window.session.step("phase")
    assert window.files.save_to(path)
    assert window.windowTitle() == "mine.bpsim[*] — bpsim"
    assert not window.isWindowModified()
    saved = window.session.moment
    window.files.new()
    assert window.session.path is None
    window.files.open_path(path)
    assert window.session.moment.position == saved.position
    assert window.session.moment.network == saved.network
    assert window.files.recent == [path]
    assert bpsim.load(path) == window.session.project


@pytest.mark.parametrize("steps", [0, 2])
def test_title_and_notes_are_saved_and_told_on_opening(
    window: MainWindow, tmp_path: Path, steps: int
) -> None:
    path = str(tmp_path / "mine.bpsim")
    window.session.describe("Mine", "Look at the twins.")
    for _ in range(steps):
        window.session.step()
    assert window.files.save_to(path)
    window.files.new()
    notice = window.findChild(QLabel, "notice_text")
    assert notice.text() == ""
    window.files.open_path(path)
    assert notice.text().startswith("Look at the twins.")
    assert window.session.moment.shown == steps
    assert window.session.project.title == "Mine"
    assert window.session.clean


def test_what_was_trained_after_the_place_that_was_gone_back_to_is_still_there(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    path, session = str(tmp_path / "mine.bpsim"), window.session
    session.edit("Stop", settings=session.moment.settings.with_(stopping=Stopping(epochs=1000)))
    window.trainer.set_pace("full")
    with qtbot.waitSignal(session.run_ended, timeout=20_000):
        window.trainer.start()
    end, series = session.moment.network, session.series
    session.go_to(1999)
    assert window.files.save_to(path)
    saved = session.moment
    window.files.new()
    window.files.open_path(path)
    qtbot.waitUntil(lambda: session.moment.instances_done == 1999, timeout=20_000)
    assert same_moment(session.moment, saved)
    assert session.recorded == 4000
    for ours, theirs in zip(session.series, series, strict=True):
        assert np.array_equal(ours, theirs)
    window.player.go_to(3999)
    qtbot.waitUntil(lambda: session.moment.instances_done == 3999)
    assert session.moment.network == end


@dataclass
class KeepingTwoRuns:
    """The window with two runs kept by mouse and keys, the second one renamed and hidden."""

    window: MainWindow
    qtbot: QtBot

    def __post_init__(self) -> None:
        window, qtbot = self.window, self.qtbot
        window.resize(1440, 900)
        with qtbot.waitExposed(window):
            window.show()
        window.findChild(QDockWidget, "runs_dock").raise_()
        qtbot.waitUntil(lambda: window.findChild(RunsPanel) is not None)
        self.panel = window.findChild(RunsPanel)
        window.session.go_to(19)
        self.keep()
        settings = window.session.moment.settings.with_(learning_rate=3.0, batch_size=2)
        window.session.edit("Change η", settings=settings)
        window.session.go_to(39)
        self.keep()
        self.select(1)
        qtbot.keyClick(self.panel.table, Qt.Key.Key_F2)
        editor = self.panel.table.findChild(QLineEdit)
        editor.selectAll()
        qtbot.keyClicks(editor, "three times")
        qtbot.keyClick(editor, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: self.panel.table.findChild(QLineEdit) is None)
        self.select(1, SHOWN)
        qtbot.keyClick(self.panel.table, Qt.Key.Key_Space)

    def keep(self) -> None:
        self.qtbot.mouseClick(self.panel.keep_button, Qt.MouseButton.LeftButton)

    def select(self, row: int, column: int = NAME) -> None:
        table = self.panel.table
        place = table.visualRect(self.panel.model.index(row, column)).center()
        self.qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
        table.setFocus()


def test_kept_runs_come_back_with_their_file(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    path = str(tmp_path / "compared.bpsim")
    KeepingTwoRuns(window, qtbot)
    kept = window.session.runs.all
    assert [(run.name, run.shown, run.epochs) for run in kept] == [
        ("η = 0.5", True, 5), ("three times", False, 10),
    ]  # fmt: skip
    assert window.files.save_to(path)
    assert window.close()
    again = MainWindow(xor_session())
    qtbot.addWidget(again)
    with qtbot.waitExposed(again):
        again.show()
    again.files.open_path(path)
    assert again.session.runs.all == kept
    assert again.session.runs.all[0] is not kept[0]
    assert not again.isWindowModified()
    qtbot.waitUntil(lambda: again.findChild(LossPlot) is not None)
    overlays = again.findChild(LossPlot)._chart.overlays
    assert [overlay.run.epoch_errors.tolist() for overlay in overlays] == [kept[0].epoch_errors.tolist()]
    again.files.new()
    assert again.session.runs.all == ()


def test_every_change_of_the_kept_runs_is_unsaved(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    path = str(tmp_path / "compared.bpsim")
    used, runs, file = (
        KeepingTwoRuns(window, qtbot),
        window.session.runs,
        window.findChild(QLabel, "status_file"),
    )

    def saved_again() -> None:
        assert window.isWindowModified()
        assert file.text().endswith("changed")
        assert window.files.save_to(path)
        assert not window.isWindowModified()
        assert file.text() == "compared.bpsim — saved"

    saved_again()
    used.keep()
    saved_again()
    runs.rename(runs.all[0], "first")
    saved_again()
    runs.show(runs.all[0], False)
    saved_again()
    used.select(2)
    qtbot.keyClick(used.panel.table, Qt.Key.Key_Delete)
    saved_again()
    runs.show(runs.all[0], True)
    runs.show(runs.all[0], False)
    assert not window.isWindowModified()  # as it is in the file


def test_only_kept_runs_unsaved_are_asked_about_and_undo_leaves_them(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.session.step("epoch")
    window.session.runs.keep(kept_run("a", np.ones(3)))
    seen: list[str] = []
    answering(Answer.Cancel, seen)
    window.files.new()
    assert seen
    assert len(window.session.runs.all) == 1
    open_run(window.session, window.session.runs.all[0])
    window.session.undo()
    assert [run.name for run in window.session.runs.all] == ["a"]
    assert [run.name for run in window.session.project.runs] == ["a"]
    answering(Answer.Discard, seen)
    window.files.open_example(bpsim.examples.EXAMPLES[0])
    assert window.session.runs.all == ()
    assert not window.isWindowModified()


def test_a_comparison_under_way_ends_and_its_runs_are_asked_about(window: MainWindow, qtbot: QtBot) -> None:
    window.show()
    window.findChild(QAction, "sweep").trigger()
    dialog = window.findChild(SweepDialog)
    dialog.form.epochs_field.setValue(200_000)
    qtbot.mouseClick(dialog.start_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(dialog.sweeper.finished) > 0, timeout=50_000)
    seen: list[str] = []
    answering(Answer.Cancel, seen)
    assert not window.close()
    assert seen
    assert not dialog.sweeper.is_active
    assert window.session.runs.all


@pytest.mark.parametrize(
    ("button", "replaced", "kept"),
    [(Answer.Save, True, True), (Answer.Discard, True, False), (Answer.Cancel, False, False)],
)
def test_asks_before_changes_are_lost(
    window: MainWindow, tmp_path: Path, button: Answer, replaced: bool, kept: bool
) -> None:
    path = str(tmp_path / "mine.bpsim")
    assert window.files.save_to(path)
    change_something(window)
    assert window.isWindowModified()
    seen: list[str] = []
    answering(button, seen)
    window.files.new()
    assert seen == ["Save your changes? Without saving, what you changed since the last save is lost."]
    assert (window.session.path is None) == replaced
    assert (bpsim.load(path).network.weights[0][0, 0] == 0.125) == kept


def test_closing_asks_too_and_can_be_cancelled(window: MainWindow, qtbot: QtBot) -> None:
    window.show()
    change_something(window)
    answering(Answer.Cancel, [])
    assert not window.close()
    assert window.isVisible()
    answering(Answer.Discard, [])
    assert window.close()


def test_stepping_alone_is_no_change(window: MainWindow) -> None:
    window.session.step("epoch")
    assert window.session.undo_stack.isClean()
    window.files.new()
    assert window.session.moment.instances_done == 0


def test_a_run_under_way_is_asked_about_too(window: MainWindow) -> None:
    window.trainer.start()
    assert window.session.undo_stack.isClean()
    seen: list[str] = []
    answering(Answer.Cancel, seen)
    window.files.new()
    assert seen
    assert not window.session.running
    assert window.session.undo_stack.undoText().startswith("Train")


def test_saving_ends_a_run_so_that_undo_leads_away_from_what_is_saved(
    window: MainWindow, tmp_path: Path
) -> None:
    path = str(tmp_path / "run.bpsim")
    window.trainer.start()
    assert window.files.save_to(path)
    assert not window.session.running
    assert bpsim.load(path) == window.session.project
    assert not window.isWindowModified()
    window.session.undo()
    assert window.isWindowModified()


def test_saving_while_an_opened_training_is_computed_again_keeps_its_place(
    window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    rng = np.random.default_rng(0)
    data = bpsim.Dataset(rng.uniform(size=(200, 2)), rng.uniform(size=(200, 1)))
    simulation = Project(bpsim.Network.dense([2, 40, 40, 1]), data, bpsim.Settings()).simulation()
    simulation.go_to(1999)
    simulation.go_to(1500, 2)
    first, copy = str(tmp_path / "first.bpsim"), str(tmp_path / "copy.bpsim")
    bpsim.save(Project.of(simulation), first)
    window.files.open_path(first)
    assert window.session.moment.instances_done == 0  # it takes longer than a slice
    assert window.files.save_to(copy)
    qtbot.waitUntil(lambda: window.session.moment.instances_done == 1500, timeout=20_000)
    assert bpsim.load(copy) == bpsim.load(first)
    assert window.session.project == bpsim.load(first)
    window.session.go_to(0, 0)
    assert window.files.save_to(copy)
    assert bpsim.load(copy).cursor == (0, 0)  # a place that was chosen


def test_a_file_that_cannot_be_read_changes_nothing_and_is_named(window: MainWindow, tmp_path: Path) -> None:
    path = tmp_path / "bad.bpsim"
    path.write_text('{"format": "bpsim"', encoding="utf-8")
    before = window.session.moment
    seen: list[str] = []
    answering(Answer.Ok, seen)
    window.files.open_path(str(path))
    assert "bad.bpsim" in seen[0]
    assert window.session.moment is before
    assert window.files.recent == []


def test_a_file_that_cannot_be_written_is_named_and_the_work_stays_changed(
    window: MainWindow, tmp_path: Path
) -> None:
    change_something(window)
    seen: list[str] = []
    answering(Answer.Ok, seen)
    assert not window.files.save_to(str(tmp_path / "missing" / "mine.bpsim"))
    assert "could not be saved" in seen[0]
    assert window.isWindowModified()


def test_recent_files_that_are_gone_are_not_listed(window: MainWindow, tmp_path: Path) -> None:
    first, second = tmp_path / "a.bpsim", tmp_path / "b.bpsim"
    assert window.files.save_to(str(first))
    assert window.files.save_to(str(second))
    first.unlink()
    assert window.files.recent == [str(second)]


def test_every_example_opens(window: MainWindow) -> None:
    for example in bpsim.examples.EXAMPLES:
        window.files.open_example(example)
        assert window.session.moment.misfit is None
        assert window.session.path is None
        window.session.step("instance")
        assert window.session.moment.finished


def test_a_new_project_is_a_small_network_with_data_that_fit(window: MainWindow) -> None:
    window.files.new()
    assert window.session.moment.network.sizes == (2, 2, 1)
    assert window.session.moment.misfit is None
    assert len(window.session.moment.dataset) == len(xor_project().dataset)
