"""A share in percent, typed with real keys."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.helpers import press
from ui.numbers import NumberFormat
from ui.widgets.share_field import ShareField

Key = Qt.Key


class Shown:
    """A field for shares up to 90 %."""

    def __init__(self, qtbot: QtBot) -> None:
        self.field = ShareField(90, NumberFormat())
        qtbot.addWidget(self.field)
        with qtbot.waitExposed(self.field):
            self.field.show()
        self.field.activateWindow()
        self.field.setFocus()
        self.entered: list[float] = []
        self.field.share_entered.connect(self.entered.append)

    def type(self, text: str) -> None:
        self.field.selectAll()
        QTest.keyClicks(self.field, text)
        press(self.field, Key.Key_Return)


@pytest.fixture
def shown(qtbot: QtBot) -> Shown:
    return Shown(qtbot)


@pytest.mark.parametrize(
    ("share", "text"), [(0.125, "12.5 %"), (0.07, "7 %"), (0.0, "0 %"), (0.9, "90 %"), (0.00625, "0.625 %")]
)
def test_a_share_is_shown_with_the_parts_of_a_percent(shown: Shown, share: float, text: str) -> None:
    shown.field.set_share(share)
    assert shown.field.text() == text
    assert shown.entered == []


@pytest.mark.parametrize(
    ("typed", "share"), [("12.5", 0.125), ("33,3", 0.333), ("7", 0.07), (".5", 0.005), ("90", 0.9)]
)
def test_a_share_is_typed_in_percent(shown: Shown, typed: str, share: float) -> None:
    shown.type(typed)
    assert shown.entered == [share]


def test_what_is_no_share_is_not_taken(shown: Shown) -> None:
    shown.field.set_share(0.125)
    shown.type("")
    assert (shown.field.text(), shown.entered) == ("12.5 %", [])
    shown.type("x")
    assert (shown.field.text(), shown.entered) == ("12.5 %", [])
    shown.type("95")  # the 5 is not taken
    assert (shown.field.text(), shown.entered) == ("9 %", [0.09])


def test_arrows_go_by_tens(shown: Shown) -> None:
    shown.field.set_share(0.125)
    press(shown.field, Key.Key_Up)
    press(shown.field, Key.Key_Up)
    press(shown.field, Key.Key_Down)
    assert shown.entered == [0.225, 0.325, 0.225]


def test_esc_takes_back_what_is_typed(shown: Shown) -> None:
    shown.field.set_share(0.125)
    shown.field.selectAll()
    QTest.keyClicks(shown.field, "3")
    press(shown.field, Key.Key_Escape)
    assert (shown.field.cleanText(), shown.entered) == ("12.5", [])


def test_the_decimal_sign_can_be_a_comma(shown: Shown) -> None:
    shown.field.set_share(0.125)
    shown.field.set_number_format(NumberFormat(3, ","))
    assert (shown.field.text(), shown.entered) == ("12,5 %", [])
