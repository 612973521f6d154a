from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from ui.widgets.later import Later


def test_what_is_behind_is_made_once_it_is_seen(qtbot: QtBot):
    made: list[QLabel] = []

    def make() -> QLabel:
        made.append(QLabel("here"))
        return made[-1]

    later = Later(make)
    qtbot.addWidget(later)
    assert not made
    later.resize(100, 50)
    later.show()
    qtbot.waitUntil(lambda: bool(made))
    later.repaint()
    qtbot.wait(10)
    assert len(made) == 1
    assert made[0].isVisible()
