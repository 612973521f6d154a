from itertools import pairwise
from math import log10

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ui.widgets.log_slider import LogSlider


class Heard:
    def __init__(self, slider: LogSlider) -> None:
        self.moved: list[float] = []
        self.released: list[float] = []
        slider.number_changed.connect(self.moved.append)
        slider.released.connect(self.released.append)


@pytest.fixture
def slider(qtbot: QtBot) -> LogSlider:
    slider = LogSlider(1e-4, 10)
    qtbot.addWidget(slider)
    slider.resize(240, 24)
    with qtbot.waitExposed(slider):
        slider.show()
    slider.activateWindow()
    slider.setFocus()
    slider.set_number(0.5)
    return slider


def test_setting_is_exact_and_tells_nobody(slider: LogSlider) -> None:
    heard = Heard(slider)
    for number in (0.123456789, 1e-4, 10.0, 1e-9, 1e9):
        slider.set_number(number)
        assert slider.number == number
    assert (heard.moved, heard.released) == ([], [])


def test_each_power_of_ten_has_the_same_length(slider: LogSlider) -> None:
    positions = []
    for power in range(-4, 2):
        slider.set_number(10.0**power)
        positions.append(slider.value())
    assert positions == [0, 100, 200, 300, 400, 500]


@pytest.mark.parametrize(
    ("key", "grows"),
    [
        (Qt.Key.Key_Right, True),
        (Qt.Key.Key_Up, True),
        (Qt.Key.Key_Left, False),
        (Qt.Key.Key_PageUp, True),
        (Qt.Key.Key_PageDown, False),
    ],
)
def test_keys_change_the_number_each_time(slider: LogSlider, qtbot: QtBot, key: Qt.Key, grows: bool) -> None:
    heard = Heard(slider)
    before = slider.number
    qtbot.keyClick(slider, key)
    assert (slider.number > before) == grows
    assert heard.moved == heard.released == [slider.number]


def test_every_arrow_key_makes_a_difference_of_about_12_percent(slider: LogSlider, qtbot: QtBot) -> None:
    slider.set_number(1e-4)
    numbers = [slider.number]
    while slider.value() < slider.maximum():
        qtbot.keyClick(slider, Qt.Key.Key_Right)
        numbers.append(slider.number)
    steps = [after / before for before, after in pairwise(numbers)]
    assert all(1.05 < step < 1.2 for step in steps)
    assert numbers[-1] == 10
    assert all(float(f"{number:.1e}") == number for number in numbers)


def test_home_and_end_lead_to_the_ends(slider: LogSlider, qtbot: QtBot) -> None:
    qtbot.keyClick(slider, Qt.Key.Key_Home)
    assert slider.number == 1e-4
    qtbot.keyClick(slider, Qt.Key.Key_End)
    assert slider.number == 10


def test_a_click_takes_the_handle_there(slider: LogSlider, qtbot: QtBot) -> None:
    heard = Heard(slider)
    qtbot.mouseClick(slider, Qt.MouseButton.LeftButton, pos=QPoint(120, 12))
    assert slider.number == pytest.approx(10**-1.5, rel=0.2)
    assert heard.moved == heard.released == [slider.number]


def test_a_drag_is_heard_on_the_way_and_released_once(slider: LogSlider, qtbot: QtBot) -> None:
    heard = Heard(slider)
    _press(slider, QPoint(60, 12))
    for x in (80, 100, 140):
        QTest.mouseMove(slider, QPoint(x, 12))
    assert len(heard.moved) > 2
    assert heard.released == []
    slider.set_number(0.5)  # from outside, in the middle of the drag
    assert slider.number == heard.moved[-1]
    QTest.mouseRelease(slider, Qt.MouseButton.LeftButton, pos=QPoint(140, 12))
    assert heard.released == [heard.moved[-1]]


def test_a_press_on_the_handle_changes_nothing(slider: LogSlider, qtbot: QtBot) -> None:
    heard = Heard(slider)
    share = log10(0.5 / 1e-4) / 5
    handle = QPoint(round(8 + share * (slider.width() - 16)), 12)
    qtbot.mouseClick(slider, Qt.MouseButton.LeftButton, pos=handle)
    assert (heard.moved, heard.released) == ([], [])
    assert slider.number == 0.5


@pytest.mark.parametrize("focused", [True, False])
def test_the_wheel_turns_only_a_slider_with_the_focus(slider: LogSlider, focused: bool) -> None:
    heard = Heard(slider)
    if not focused:
        slider.clearFocus()
    event = _wheel(slider)
    QApplication.sendEvent(slider, event)
    assert bool(heard.released) == focused
    assert event.isAccepted() == focused


def _press(slider: LogSlider, place: QPoint) -> None:
    QTest.mousePress(slider, Qt.MouseButton.LeftButton, pos=place)


def _wheel(slider: LogSlider) -> QWheelEvent:
    place = QPointF(slider.rect().center())
    no_buttons, no_keys = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
    return QWheelEvent(
        place, place, QPoint(0, 0), QPoint(0, 120), no_buttons, no_keys, Qt.ScrollPhase.NoScrollPhase, False
    )
