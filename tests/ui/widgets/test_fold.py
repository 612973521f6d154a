"""A heading that unfolds what is below it, by mouse and by keys."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from tests.helpers import press
from ui.widgets.fold import Fold


def fold(qtbot: QtBot) -> tuple[Fold, QLabel]:
    made, content = Fold("Optimizer", "How steps are made"), QLabel("content")
    made.column.addWidget(content)
    qtbot.addWidget(made)
    made.show()
    return made, content


def test_it_unfolds_by_mouse_and_folds_by_space(qtbot: QtBot) -> None:
    made, content = fold(qtbot)
    assert not content.isVisible()
    assert made.button.text() == "▸ Optimizer"
    qtbot.mouseClick(made.button, Qt.MouseButton.LeftButton)
    assert content.isVisible()
    assert made.button.text() == "▾ Optimizer"
    made.button.setFocus()
    press(made.button, Qt.Key.Key_Space)
    assert not content.isVisible()


def test_how_things_are_is_said_beside_the_heading_and_to_screen_readers(qtbot: QtBot) -> None:
    made, _ = fold(qtbot)
    made.set_summary("Adam")
    assert made.summary.text() == "Adam"
    assert made.button.accessibleName() == "Optimizer: Adam"
    made.set_summary("")
    assert made.button.accessibleName() == "Optimizer"
    assert made.button.toolTip() == "How steps are made"
