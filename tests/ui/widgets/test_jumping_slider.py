import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from ui.widgets.jumping_slider import JumpingSlider

LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton


@pytest.fixture
def slider(qtbot: QtBot) -> JumpingSlider:
    slider = JumpingSlider()
    qtbot.addWidget(slider)
    slider.setRange(0, 100)
    slider.resize(240, 24)
    slider.show()
    return slider


def test_a_press_takes_the_handle_there_at_once(slider: JumpingSlider) -> None:
    QTest.mousePress(slider, LEFT, pos=QPoint(120, 12))
    assert slider.value() == 50
    assert slider.isSliderDown()
    QTest.mouseMove(slider, QPoint(239, 12))
    QTest.mouseRelease(slider, LEFT, pos=QPoint(239, 12))
    assert slider.value() == 100
    assert not slider.isSliderDown()


@pytest.mark.parametrize("beside", [-1, 0, 1])
def test_a_press_on_the_handle_leaves_it_where_it_is(slider: JumpingSlider, beside: int) -> None:
    slider.setValue(50)
    QTest.mouseClick(slider, LEFT, pos=QPoint(120 + beside, 12))
    assert slider.value() == 50


@pytest.mark.parametrize(("x", "value"), [(0, 0), (239, 100)])
def test_the_ends_are_reached(slider: JumpingSlider, x: int, value: int) -> None:
    slider.setValue(50)
    QTest.mouseClick(slider, LEFT, pos=QPoint(x, 12))
    assert slider.value() == value


def test_another_button_does_not_jump(slider: JumpingSlider) -> None:
    QTest.mouseClick(slider, RIGHT, pos=QPoint(120, 12))
    assert slider.value() != 50
