import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from bpsim.numbers import parse_number
from ui.numbers import NumberFormat
from ui.widgets.number_field import NumberField

TOO_SMALL = "The learning rate η must be greater than 0."


class Form(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.field = NumberField(NumberFormat(), lambda value: "" if value > 0 else TOO_SMALL)
        self.other = QLineEdit()
        self.undone: list[str] = []
        for text, keys in (("undo", QKeySequence.StandardKey.Undo), ("redo", QKeySequence.StandardKey.Redo)):
            action = QAction(self)
            action.setShortcuts(keys)
            action.triggered.connect(lambda _checked=False, text=text: self.undone.append(text))
            self.addAction(action)
        column = QVBoxLayout(self)
        column.addWidget(self.field)
        column.addWidget(self.other)
        self.entered: list[float] = []
        self.problems: list[str] = []
        self.field.value_entered.connect(self.entered.append)
        self.field.problem_changed.connect(self.problems.append)
        self.field.set_value(0.123456)


@pytest.fixture
def form(qtbot: QtBot) -> Form:
    form = Form()
    qtbot.addWidget(form)
    with qtbot.waitExposed(form):
        form.show()
    form.activateWindow()
    form.other.setFocus()
    assert form.other.hasFocus()
    return form


@pytest.mark.parametrize("value", [0.123456, 0.0316, 1 / 3, 1e-7, 1.5e20, 1234567.5])
def test_a_number_is_shown_exactly(form: Form, value: float) -> None:
    form.field.set_value(value)
    assert parse_number(form.field.text()) == value


def test_a_number_without_room_is_rounded_and_says_so_until_it_is_edited(form: Form, qtbot: QtBot) -> None:
    form.field.set_value(-1.2345678e-5)
    assert form.field.text() == "−1.2345678e−5"
    form.field.setFixedWidth(72)
    assert form.field.text() == "≈ −1.2e−5"
    qtbot.mouseClick(form.field, Qt.MouseButton.LeftButton)
    assert form.field.text() == "-1.2345678e-05"
    form.field.setFixedWidth(80)
    form.other.setFocus()
    assert form.field.text() == "≈ −1.2e−5"
    form.field.setFixedWidth(200)
    assert form.field.text() == "−1.2345678e−5"
    assert form.entered == []


@pytest.mark.parametrize(("typed", "value"), [("0.25", 0.25), ("0,25", 0.25), ("1e-3", 0.001), (" 3 ", 3.0)])
def test_enter_hands_the_number_on_with_every_digit(
    form: Form, qtbot: QtBot, typed: str, value: float
) -> None:
    _type(form, qtbot, typed)
    qtbot.keyClick(form.field, Qt.Key.Key_Return)
    assert form.entered == [value]
    assert form.field.value == value
    qtbot.keyClick(form.field, Qt.Key.Key_Return)
    form.other.setFocus()
    assert form.entered == [value]


def test_leaving_the_field_hands_the_number_on(form: Form, qtbot: QtBot) -> None:
    _type(form, qtbot, "0.3333333333333333")
    qtbot.keyClick(form.field, Qt.Key.Key_Tab)
    assert form.entered == [0.3333333333333333]
    assert form.field.text() == "0.3333333333333333"


def test_the_same_number_again_is_not_handed_on(form: Form, qtbot: QtBot) -> None:
    _type(form, qtbot, "0.1234560")
    qtbot.keyClick(form.field, Qt.Key.Key_Return)
    assert form.entered == []
    assert form.field.text() == "0.123456"


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("abc", "'abc' is not a number."),
        ("-1", TOO_SMALL),
        ("1.234,5", "'1.234,5' has thousands separators: write the number without them."),
    ],
)
def test_what_cannot_be_taken_stays_and_is_explained(
    form: Form, qtbot: QtBot, typed: str, problem: str
) -> None:
    form.field.setToolTip("How far each update goes.")
    _type(form, qtbot, typed)
    qtbot.keyClick(form.field, Qt.Key.Key_Return)
    assert form.field.text() == typed
    assert form.field.problem == form.field.toolTip() == form.field.accessibleDescription() == problem
    assert form.field.property("invalid") is True
    assert (form.entered, form.field.value) == ([], 0.123456)
    assert form.field.hasFocus()
    qtbot.keyClick(form.field, Qt.Key.Key_Escape)
    assert form.field.text() == "0.123456"
    assert form.field.property("invalid") is False
    assert form.field.toolTip() == "How far each update goes."
    assert form.problems[-2:] == [problem, ""]


@pytest.mark.parametrize("typed", ["", "-", "0", "0,0", "1e", "1e-", "+."])
def test_what_may_become_a_number_is_no_problem_yet(form: Form, qtbot: QtBot, typed: str) -> None:
    _type(form, qtbot, typed)
    assert form.problems == []
    qtbot.keyClick(form.field, Qt.Key.Key_Return)
    assert form.field.problem or form.field.text() == "0.123456"


def test_what_is_wrong_is_said_while_it_is_typed(form: Form, qtbot: QtBot) -> None:
    _type(form, qtbot, "-1")
    assert form.field.problem == TOO_SMALL
    _type(form, qtbot, "1")
    assert form.field.problem == ""
    assert form.entered == []


@pytest.mark.parametrize("typed", ["abc", "-1"])
def test_leaving_the_field_brings_the_number_back_in_place_of_what_is_wrong(
    form: Form, qtbot: QtBot, typed: str
) -> None:
    _type(form, qtbot, typed)
    form.other.setFocus()
    assert (form.field.text(), form.field.problem, form.entered) == ("0.123456", "", [])
    _type(form, qtbot, typed)
    form.field.give_up()
    assert (form.field.text(), form.field.problem) == ("0.123456", "")
    _type(form, qtbot, "2")
    form.field.give_up()
    assert form.field.text() == "2"


def test_a_button_that_takes_no_keyboard_finds_the_number_entered(form: Form, qtbot: QtBot) -> None:
    found: list[list[float]] = []
    button = QPushButton(form)
    button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    button.clicked.connect(lambda: found.append(list(form.entered)))
    button.show()
    _type(form, qtbot, "0.5")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert found == [[0.5]]
    assert not form.field.hasFocus()


def test_enter_is_announced_where_nothing_is_wrong(form: Form, qtbot: QtBot) -> None:
    confirmed: list[bool] = []
    form.field.confirmed.connect(lambda: confirmed.append(True))
    _type(form, qtbot, "-1")
    qtbot.keyClick(form.field, Qt.Key.Key_Return)
    assert confirmed == []
    _type(form, qtbot, "1")
    qtbot.keyClick(form.field, Qt.Key.Key_Return)
    assert confirmed == [True]


def test_a_right_number_takes_the_problem_away(form: Form, qtbot: QtBot) -> None:
    _type(form, qtbot, "-1")
    qtbot.keyClick(form.field, Qt.Key.Key_Return)
    _type(form, qtbot, "1")
    qtbot.keyClick(form.field, Qt.Key.Key_Return)
    assert form.problems == [TOO_SMALL, ""]
    assert form.entered == [1.0]


def test_esc_is_the_windows_where_nothing_was_typed(form: Form, qtbot: QtBot) -> None:
    escaped: list[bool] = []
    action = QAction(form, shortcut=QKeySequence(Qt.Key.Key_Escape))
    action.triggered.connect(lambda: escaped.append(True))
    form.addAction(action)
    _type(form, qtbot, "7")
    qtbot.keyClick(form.field, Qt.Key.Key_Escape)
    assert (form.field.text(), escaped) == ("0.123456", [])
    qtbot.keyClick(form.field, Qt.Key.Key_Escape)
    assert escaped == [True]


def test_undo_takes_back_what_is_typed_and_then_is_the_programs(form: Form, qtbot: QtBot) -> None:
    _type(form, qtbot, "abc")
    QTest.keySequence(form.field, QKeySequence(QKeySequence.StandardKey.Undo))
    assert (form.field.text(), form.field.problem, form.undone) == ("0.123456", "", [])
    QTest.keySequence(form.field, QKeySequence(QKeySequence.StandardKey.Undo))
    QTest.keySequence(form.field, QKeySequence(QKeySequence.StandardKey.Redo))
    assert form.undone == ["undo", "redo"]


def test_undo_leaves_the_number_in_the_field_without_a_program(qtbot: QtBot) -> None:
    field = NumberField(NumberFormat())
    qtbot.addWidget(field)
    field.set_value(0)
    qtbot.keyClicks(field, "12")
    for _ in range(2):
        qtbot.keyClick(field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        assert field.text() == "0"


def test_what_is_being_typed_survives_the_same_number_but_not_another(form: Form, qtbot: QtBot) -> None:
    _type(form, qtbot, "0.7")
    form.field.set_value(0.123456)
    form.field.set_number_format(NumberFormat(5))
    assert form.field.text() == "0.7"
    form.field.set_value(0.9)
    assert form.field.text() == "0.9"
    form.other.setFocus()
    assert form.entered == []


def test_the_format_can_be_changed(form: Form) -> None:
    form.field.set_number_format(NumberFormat(5, ","))
    assert form.field.text() == "0,123456"
    form.field.setFocus()
    assert form.field.text() == "0,123456"


def test_an_unknown_number_is_a_dash_and_an_empty_field_to_edit(form: Form, qtbot: QtBot) -> None:
    form.field.set_value(None)
    assert (form.field.value, form.field.text()) == (None, "–")
    form.field.setFocus()
    assert form.field.text() == ""
    qtbot.keyClicks(form.field, "2")
    qtbot.keyClick(form.field, Qt.Key.Key_Enter)
    assert form.entered == [2.0]


def test_a_menu_over_the_field_does_not_end_the_editing(form: Form, qtbot: QtBot) -> None:
    _type(form, qtbot, "1.")
    menu = form.field.createStandardContextMenu()
    menu.popup(form.mapToGlobal(QPoint(5, 5)))
    menu.close()
    menu.deleteLater()
    assert form.entered == []
    assert form.field.text() == "1."


def _type(form: Form, qtbot: QtBot, text: str) -> None:
    form.field.setFocus()
    form.field.selectAll()
    qtbot.keyClick(form.field, Qt.Key.Key_Delete)
    qtbot.keyClicks(form.field, text)
    assert form.field.text() == text
