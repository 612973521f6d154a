"""A heading that unfolds what is below it, by mouse and by keys."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from tests.helpers import press
from ui.widgets.fold import Fold
from ui.widgets.panel import Panel


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


@pytest.mark.parametrize("rows", [4, 40])
@pytest.mark.parametrize("number", [0, 5])
def test_what_unfolds_is_scrolled_into_sight(qtbot: QtBot, rows: int, number: int) -> None:
    panel, folds = Panel(), [Fold(f"Group {n}", "") for n in range(6)]
    for one in folds:
        for row in range(rows):
            one.column.addWidget(QLabel(f"row {row}"))
        panel.column.addWidget(one)
    panel.column.addStretch(1)
    qtbot.addWidget(panel)
    panel.resize(260, 220)
    with qtbot.waitExposed(panel):
        panel.show()
    made = folds[number]

    def seen() -> tuple[int, int]:
        top = made.mapTo(panel.viewport(), QPoint(0, 0)).y()
        return top, top + made.height()

    def is_in_sight() -> bool:
        top, bottom = seen()
        height = panel.viewport().height()
        return made.height() > rows * 10 and (
            (0 <= top and bottom <= height) if made.height() <= height else top == 0
        )

    made.button.setFocus()
    press(made.button, Qt.Key.Key_Space)
    qtbot.waitUntil(is_in_sight)
