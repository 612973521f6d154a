"""The worked solution as files, by the command of the real window."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QMessageBox
from pytestqt.qtbot import QtBot

import bpsim
from tests.helpers import xor_session
from ui.exporting import export_solution, write_solution
from ui.main_window import MainWindow
from ui.session import Session
from ui.view_state import ViewState


def choosing(path: Path, qtbot: QtBot) -> None:
    """Choose a file in the dialog that comes up next."""

    def choose() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QFileDialog)
        name = dialog.findChild(QLineEdit)
        name.setText(str(path))
        qtbot.keyClick(name, Qt.Key.Key_Return)

    QTimer.singleShot(100, choose)


@pytest.mark.parametrize(
    ("ending", "begins"),
    [
        (".md", b"# Instance 1 of epoch 1, worked out"),
        (".tex", b"\\documentclass"),
        (".html", b"<!DOCTYPE html>"),
        (".pdf", b"%PDF-"),
        (".csv", b"kind,symbol,layer,node,source,value"),
    ],
)
def test_every_form_is_written(qapp: QApplication, tmp_path: Path, ending: str, begins: bytes) -> None:
    path = tmp_path / f"solution{ending}"
    write_solution(xor_session().moment, ViewState(), str(path))
    assert path.read_bytes().startswith(begins)
    assert path.stat().st_size > 1000


def test_numbers_are_written_as_the_window_writes_them(qapp: QApplication, tmp_path: Path) -> None:
    path = tmp_path / "solution.md"
    session = Session(bpsim.load_example("mazur"))
    write_solution(session.moment, ViewState(digits=4, decimal_separator=",", notation="nielsen"), str(path))
    text = path.read_text(encoding="utf-8")
    assert "0,2984" in text
    assert "w²₁₁" in text


def test_an_unknown_ending_is_refused_with_those_that_are_known(qapp: QApplication, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"“\.docx” is no form of a solution: choose \.md, \.tex"):
        write_solution(xor_session().moment, ViewState(), str(tmp_path / "solution.docx"))
    assert list(tmp_path.iterdir()) == []


def test_the_command_asks_where_and_adds_the_ending(qtbot: QtBot, tmp_path: Path) -> None:
    window = MainWindow(xor_session())
    qtbot.addWidget(window)

    choosing(tmp_path / "mine", qtbot)
    export_solution(window.session, window)
    assert (tmp_path / "mine.md").is_file()


def test_what_cannot_be_written_is_said(qtbot: QtBot, tmp_path: Path) -> None:
    window = MainWindow(xor_session())
    qtbot.addWidget(window)

    choosing(tmp_path / "mine.docx", qtbot)
    export_solution(window.session, window)
    box = window.findChild(QMessageBox)
    assert "is no form of a solution" in box.informativeText()


def test_a_misfit_is_said_instead(qtbot: QtBot) -> None:
    window = MainWindow(xor_session())
    qtbot.addWidget(window, before_close_func=lambda w: w.session.undo_stack.setClean())
    session, said = window.session, []
    session.edit("Add node", network=session.moment.network.with_node_added(0, 2))
    session.noticed.connect(lambda notice: said.append(notice.text))
    export_solution(session, window)
    assert said == [session.moment.misfit]


def test_a_batch_is_explained_by_its_instances(qtbot: QtBot, tmp_path: Path) -> None:
    window = MainWindow(xor_session(batch_size=2))
    qtbot.addWidget(window)
    for _ in range(2):
        window.session.step("instance")

    choosing(tmp_path / "batch.md", qtbot)
    export_solution(window.session, window)
    text = (tmp_path / "batch.md").read_text(encoding="utf-8")
    assert "mean Δθ¹₁₁ = (Σₚ Δθ¹₁₁,ₚ) / 2" in text
    assert "not at hand" not in text


def test_of_a_large_network_the_numbers_are_offered(qtbot: QtBot, tmp_path: Path) -> None:
    network = bpsim.Network.dense([2, 60, 1], seed=1)
    window = MainWindow(xor_session())
    qtbot.addWidget(window, before_close_func=lambda w: w.session.undo_stack.setClean())
    window.session.edit("Widen", network=network)

    choosing(tmp_path / "large.pdf", qtbot)
    export_solution(window.session, window)
    box = window.findChild(QMessageBox)
    assert "up to 48 nodes; this network has 63." in box.informativeText()
    choosing(tmp_path / "numbers.csv", qtbot)
    (button,) = (each for each in box.buttons() if "numbers" in each.text())
    button.click()
    assert (tmp_path / "numbers.csv").read_text(encoding="utf-8").startswith("kind,symbol,")
    assert not (tmp_path / "large.pdf").exists()
