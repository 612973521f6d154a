"""Opening and saving through the real window, with the real question about unsaved changes."""

from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

import bpsim
from tests.helpers import xor_project, xor_session
from ui.main_window import MainWindow

Answer = QMessageBox.StandardButton


@pytest.fixture
def window(qtbot: QtBot) -> MainWindow:
    window = MainWindow(xor_session())
    qtbot.addWidget(window, before_close_func=lambda w: w.session.undo_stack.setClean())
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
