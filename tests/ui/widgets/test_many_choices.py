import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from ui.widgets.many_choices import ManyChoices


@pytest.fixture
def many(qtbot: QtBot) -> ManyChoices:
    many = ManyChoices([("a", "apple"), ("b", "pear"), ("c", "plum")], "as it is")
    qtbot.addWidget(many)
    many.resize(240, 30)
    with qtbot.waitExposed(many):
        many.show()
    return many


def test_several_are_ticked_with_the_list_open(many: ManyChoices, qtbot: QtBot) -> None:
    assert many.text() == "as it is"
    menu = many.menu()
    assert menu is not None
    menu.popup(many.mapToGlobal(many.rect().bottomLeft()))
    for name in ("a", "c"):
        place = menu.actionGeometry(many.action(name)).center()
        with qtbot.waitSignal(many.chosen_changed):
            QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=place)
    assert menu.isVisible()
    assert many.chosen == ["a", "c"]
    assert many.text() == "apple, plum"
    menu.close()


def test_two_are_counted_where_there_is_no_room_for_their_names(many: ManyChoices, qtbot: QtBot) -> None:
    for name in "ab":
        many.action(name).trigger()
    many.resize(400, many.height())
    qtbot.waitUntil(lambda: many.text() == "apple, pear")
    many.resize(90, many.height())
    qtbot.waitUntil(lambda: many.text() == "2 chosen")


def test_many_are_counted(many: ManyChoices) -> None:
    for name in "abc":
        many.action(name).trigger()
    assert many.text() == "3 chosen"
    assert many.toolTip() == "apple, pear, plum"
    many.action("a").trigger()
    assert many.chosen == ["b", "c"]


def test_what_cannot_be_chosen_is_not_ticked(many: ManyChoices) -> None:
    many.action("b").setEnabled(False)
    menu = many.menu()
    assert menu is not None
    menu.popup(many.mapToGlobal(many.rect().bottomLeft()))
    place = menu.actionGeometry(many.action("b")).center()
    QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=place)
    assert many.chosen == []
    menu.close()
