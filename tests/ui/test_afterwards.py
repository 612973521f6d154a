from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ui.afterwards import Afterwards


class Paints(QObject):
    """Notes in a list when a widget is painted."""

    def __init__(self, widget: QWidget, notes: list[str]) -> None:
        super().__init__(widget)
        self._notes = notes
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self._notes.append("painted")
        return False


def test_it_comes_after_the_paint_and_once(qtbot: QtBot):
    widget, notes = QWidget(), []
    qtbot.addWidget(widget)
    with qtbot.waitExposed(widget):
        widget.show()
    qtbot.wait(20)
    paints = Paints(widget, notes)
    afterwards = Afterwards(lambda: notes.append("done"), widget)
    afterwards.ask()
    widget.update()
    afterwards.ask()
    assert afterwards.waiting
    assert notes == []
    qtbot.waitUntil(lambda: not afterwards.waiting)
    assert notes == ["painted", "done"]
    qtbot.wait(20)
    assert notes == ["painted", "done"]
    assert paints.parent() is widget


def test_at_once_does_not_come_again(qtbot: QtBot):
    widget, notes = QWidget(), []
    qtbot.addWidget(widget)
    afterwards = Afterwards(lambda: notes.append("done"), widget)
    afterwards.ask()
    afterwards.at_once()
    assert notes == ["done"]
    assert not afterwards.waiting
    qtbot.wait(20)
    assert notes == ["done"]
