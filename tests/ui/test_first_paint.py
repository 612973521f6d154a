"""What waits for the first paint of a window."""

from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ui.first_paint import FirstPaint


class Painted(QWidget):
    def __init__(self, happened: list[str]) -> None:
        super().__init__()
        self._happened = happened

    # -- Qt --

    def paintEvent(self, event: QPaintEvent) -> None:
        self._happened.append("painted")


def test_it_is_done_after_the_first_paint_and_once(qtbot: QtBot) -> None:
    happened: list[str] = []
    widget = Painted(happened)
    qtbot.addWidget(widget)
    FirstPaint(widget, lambda: happened.append("done"))
    qtbot.wait(20)
    assert happened == []
    widget.show()
    qtbot.waitUntil(lambda: "done" in happened)
    assert happened[0] == "painted"
    widget.update()
    qtbot.waitUntil(lambda: happened[-1] == "painted" and len(happened) > 2)
    qtbot.wait(20)
    assert happened.count("done") == 1
