"""A defect of the program itself: the learner reads a sentence, once, and the details go to stderr too."""

import sys

import pytest
from PySide6.QtWidgets import QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from ui.crash import report_uncaught


def fail() -> None:
    raise RuntimeError("planted")


def report_one() -> None:
    try:
        fail()
    except RuntimeError:
        sys.excepthook(*sys.exc_info())  # type: ignore[arg-type]


def test_an_uncaught_exception_is_shown_once(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)  # so that it is put back
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    report_uncaught(window)
    report_one()
    report_one()
    boxes = window.findChildren(QMessageBox)
    assert [box.text() for box in boxes] == ["Something went wrong inside bpsim."]
    assert "RuntimeError: planted" in boxes[0].detailedText()
    assert capsys.readouterr().err.count("RuntimeError: planted") == 2
