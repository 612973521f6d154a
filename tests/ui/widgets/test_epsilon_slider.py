import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from ui.widgets.epsilon_slider import LARGEST, EpsilonSlider


@pytest.fixture
def slider(qtbot: QtBot) -> EpsilonSlider:
    slider = EpsilonSlider()
    qtbot.addWidget(slider)
    slider.resize(200, 22)
    slider.show()
    return slider


def test_it_is_symmetric_and_fine_near_0(slider: EpsilonSlider) -> None:
    numbers = []
    for position in (-100, -50, -1, 0, 1, 50, 100):
        slider.setValue(position)
        numbers.append(slider.epsilon)
    assert numbers == [-LARGEST, -0.25, -2e-6, 0.0, 2e-6, 0.25, LARGEST]


def test_a_drag_ends_at_0(slider: EpsilonSlider) -> None:
    numbers: list[float] = []
    slider.epsilon_changed.connect(numbers.append)
    QTest.mousePress(slider, Qt.MouseButton.LeftButton, pos=QPoint(180, 11))
    assert slider.epsilon > 0.5
    QTest.mouseMove(slider, QPoint(20, 11))
    assert slider.epsilon < -0.5
    QTest.mouseRelease(slider, Qt.MouseButton.LeftButton, pos=QPoint(20, 11))
    assert slider.epsilon == 0
    assert numbers[-1] == 0


def test_escape_lets_go_and_is_the_windows_otherwise(slider: EpsilonSlider, qtbot: QtBot) -> None:
    qtbot.keyClick(slider, Qt.Key.Key_PageUp)
    assert slider.epsilon > 0
    qtbot.keyClick(slider, Qt.Key.Key_Escape)
    assert slider.epsilon == 0
