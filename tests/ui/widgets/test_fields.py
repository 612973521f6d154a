import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAction, QWheelEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from bpsim.numbers import whole_text
from ui.appearance import Appearance
from ui.widgets.fields import ChoiceField, WholeField

Key, Modifier = Qt.Key, Qt.KeyboardModifier
CHOICES = (("a", "first", "the first one"), ("b", "second", "the second one"), ("c", "third", ""))


class Both(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.choice, self.number = ChoiceField(CHOICES), WholeField(1, 99)
        column = QVBoxLayout(self)
        column.addWidget(self.choice)
        column.addWidget(self.number)
        self.chosen: list[str] = []
        self.entered: list[int] = []
        self.undone: list[bool] = []
        self.choice.value_chosen.connect(self.chosen.append)
        self.number.value_entered.connect(self.entered.append)
        undo = QAction(self)
        undo.setShortcut("Ctrl+Z")
        undo.triggered.connect(lambda _checked=False: self.undone.append(True))
        self.addAction(undo)


@pytest.fixture
def both(qtbot: QtBot) -> Both:
    both = Both()
    qtbot.addWidget(both)
    with qtbot.waitExposed(both):
        both.show()
    both.activateWindow()
    return both


def turn_wheel(widget: QWidget) -> None:
    center = QPointF(widget.rect().center())
    event = QWheelEvent(
        center, QPointF(widget.mapToGlobal(center)), QPoint(), QPoint(0, -120),
        Qt.MouseButton.NoButton, Modifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(widget, event)


def test_setting_a_choice_tells_nobody(both: Both) -> None:
    both.choice.set_value("c")
    both.choice.set_refusals({"a": "not now"})
    both.choice.set_choices([*CHOICES, ("d", "fourth", "")])
    assert both.choice.value == "c"
    assert both.chosen == []


def test_keys_choose_and_pass_over_what_is_refused(both: Both, qtbot: QtBot) -> None:
    both.choice.set_refusals({"b": "It does not go with this."})
    both.choice.setFocus()
    qtbot.keyClick(both.choice, Key.Key_Down)
    assert both.chosen == ["c"]
    assert both.choice.itemData(1, Qt.ItemDataRole.ToolTipRole) == "It does not go with this."
    both.choice.set_refusals({})
    assert both.choice.itemData(1, Qt.ItemDataRole.ToolTipRole) == "the second one"


def test_the_tip_explains_field_and_choice(both: Both) -> None:
    both.choice.set_tip("Which one")
    assert both.choice.toolTip() == "Which one\nfirst: the first one"
    both.choice.set_value("c")
    assert both.choice.toolTip() == "Which one"


def test_the_wheel_changes_nothing_by_the_way(both: Both) -> None:
    both.choice.clearFocus()
    turn_wheel(both.choice)
    turn_wheel(both.number)
    both.number.setFocus()
    assert (both.choice.value, both.number.value()) == ("a", 1)
    both.choice.setFocus()
    turn_wheel(both.choice)
    assert both.choice.value == "a"


def test_a_placeholder_stands_where_nothing_is_chosen(both: Both) -> None:
    both.choice.setPlaceholderText("all of them")
    both.choice.set_value("")
    assert both.choice.currentIndex() == -1
    both.choice.grab()


def test_a_number_is_entered_once_it_is_complete(both: Both, qtbot: QtBot) -> None:
    both.number.setFocus()
    both.number.selectAll()
    qtbot.keyClicks(both.number, "42")
    assert both.entered == []
    qtbot.keyClick(both.number, Key.Key_Return)
    assert both.entered == [42]
    both.number.set_value(1)
    assert both.number.text() == "1"
    assert both.entered == [42]


def test_what_is_being_typed_stays_while_the_same_number_is_shown(both: Both, qtbot: QtBot) -> None:
    both.number.set_value(5)
    both.number.setFocus()
    both.number.selectAll()
    qtbot.keyClicks(both.number, "17")
    both.number.set_value(5)
    qtbot.keyClick(both.number, Key.Key_Return)
    assert both.entered == [17]


def test_undo_takes_back_what_is_typed_and_then_is_the_programs(both: Both, qtbot: QtBot) -> None:
    both.number.set_value(5)
    both.number.setFocus()
    both.number.selectAll()
    qtbot.keyClicks(both.number, "17")
    qtbot.keyClick(both.number, Key.Key_Z, Modifier.ControlModifier)
    assert (both.number.text(), both.undone) == ("5", [])
    qtbot.keyClick(both.number, Key.Key_Z, Modifier.ControlModifier)
    assert (both.undone, both.entered) == ([True], [])


def test_esc_takes_back_what_is_typed(both: Both, qtbot: QtBot) -> None:
    both.number.setFocus()
    both.number.selectAll()
    qtbot.keyClicks(both.number, "17")
    qtbot.keyClick(both.number, Key.Key_Escape)
    both.choice.setFocus()
    assert (both.number.text(), both.entered) == ("1", [])


def test_a_press_elsewhere_enters_the_number_and_enter_is_announced(both: Both, qtbot: QtBot) -> None:
    confirmed: list[bool] = []
    both.number.confirmed.connect(lambda: confirmed.append(True))
    both.number.setFocus()
    both.number.selectAll()
    qtbot.keyClicks(both.number, "17")
    qtbot.mouseClick(both, Qt.MouseButton.LeftButton, pos=QPoint(1, 1))
    assert both.entered == [17]
    assert not both.number.hasFocus()
    assert confirmed == []
    qtbot.keyClick(both.number, Key.Key_Return)
    assert confirmed == [True]


def test_every_choice_is_seen_whole_in_the_list(both: Both, qapp: QApplication, qtbot: QtBot) -> None:
    Appearance(qapp, "light")
    both.choice.set_choices((str(n), f"a choice with quite a long name {n}", "") for n in range(9))
    both.choice.setFixedWidth(60)
    both.choice.showPopup()
    view = both.choice.view()
    qtbot.waitUntil(view.isVisible)
    for row in range(9):
        assert view.viewport().rect().contains(view.visualRect(view.model().index(row, 0)))
    assert view.verticalScrollBar().maximum() == view.horizontalScrollBar().maximum() == 0
    both.choice.hidePopup()


@pytest.mark.parametrize(("typed", "value"), [("1000000", 1000000), ("12 345", 12345), ("1 2", 5)])
def test_thousands_stand_apart_and_may_be_typed_so(qtbot: QtBot, typed: str, value: int) -> None:
    field = WholeField(0, 10**9)
    qtbot.addWidget(field)
    with qtbot.waitExposed(field):
        field.show()
    field.set_value(5)
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, typed)
    qtbot.keyClick(field, Key.Key_Return)
    assert field.value() == value
    assert field.text() == whole_text(value)


def test_a_number_is_copied_with_its_thousands_apart(qtbot: QtBot) -> None:
    field, other = WholeField(0, 10**9), WholeField(0, 10**9)
    for one in (field, other):
        qtbot.addWidget(one)
    field.set_value(63050)
    field.selectAll()
    qtbot.keyClick(field, Key.Key_C, Modifier.ControlModifier)
    other.selectAll()
    qtbot.keyClick(other, Key.Key_V, Modifier.ControlModifier)
    qtbot.keyClick(other, Key.Key_Return)
    assert other.value() == 63050


def test_a_digit_is_taken_away_between_thousands(qtbot: QtBot) -> None:
    field = WholeField(0, 10**9)
    qtbot.addWidget(field)
    field.set_value(63050)
    field.lineEdit().setCursorPosition(1)
    qtbot.keyClick(field, Key.Key_Backspace)
    qtbot.keyClick(field, Key.Key_Return)
    assert (field.value(), field.text()) == (3050, "3\u202f050")
