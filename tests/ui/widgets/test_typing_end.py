import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLabel, QLineEdit, QMenu, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.widgets.typing_end import OutsidePress, is_undo

LEFT = Qt.MouseButton.LeftButton


class Place(QWidget):
    """A field that is watched, and a label that takes no keyboard."""

    def __init__(self) -> None:
        super().__init__()
        self.field, self.label = QLineEdit(), QLabel("elsewhere")
        column = QVBoxLayout(self)
        column.addWidget(self.field)
        column.addWidget(self.label)
        self.press = OutsidePress(self.field)


@pytest.fixture
def place(qtbot: QtBot) -> Place:
    place = Place()
    qtbot.addWidget(place)
    with qtbot.waitExposed(place):
        place.show()
    place.activateWindow()
    place.field.setFocus()
    place.press.watch()
    return place


def test_a_press_elsewhere_takes_the_keyboard(place: Place, qtbot: QtBot) -> None:
    qtbot.mouseClick(place.field, LEFT)
    assert place.field.hasFocus()
    qtbot.mouseClick(place.label, LEFT)
    assert not place.field.hasFocus()


def test_a_press_in_a_menu_does_not(place: Place, qtbot: QtBot) -> None:
    menu = QMenu(place)
    menu.addAction("Copy")
    menu.popup(place.mapToGlobal(QPoint(5, 5)))
    qtbot.mouseClick(menu, LEFT, pos=menu.actionGeometry(menu.actions()[0]).center())
    assert place.field.hasFocus()


def test_after_rest_nothing_is_taken(place: Place, qtbot: QtBot) -> None:
    place.press.rest()
    qtbot.mouseClick(place.label, LEFT)
    assert place.field.hasFocus()


@pytest.mark.parametrize("command", ["Undo", "Redo", "Cut"])
def test_the_keys_of_undo_and_redo_are_known(qapp: object, command: str) -> None:
    for keys in QKeySequence.keyBindings(QKeySequence.StandardKey[command]):
        event = QKeyEvent(QEvent.Type.KeyPress, keys[0].key(), keys[0].keyboardModifiers())
        assert is_undo(event) == (command != "Cut")
