import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from bpsim.datasets import Dataset
from bpsim.scoring import Classes, classes
from tests.helpers import press
from ui.numbers import NumberFormat
from ui.widgets.target_chooser import TargetChooser

ONE_HOT = Dataset(np.zeros((3, 2)), np.eye(3), target_names=["a", "b", "c"], one_hot=True)
NUMBERS = Dataset(np.zeros((2, 2)), [[1.0, 10.0], [3.0, 20.0]])


@pytest.fixture
def chooser(qtbot: QtBot) -> TargetChooser:
    chooser = TargetChooser(NumberFormat())
    qtbot.addWidget(chooser)
    chooser.show()
    chooser.activateWindow()
    return chooser


def show(chooser: TargetChooser, data: Dataset, output: int = 0) -> None:
    chooser.show_data(data, classes(data), output, NumberFormat())


def test_the_chosen_class_gives_the_targets(chooser: TargetChooser) -> None:
    show(chooser, ONE_HOT)
    assert chooser.targets(second=False) == (1, 0, 0)
    chooser.choice.setFocus()
    press(chooser.choice, Qt.Key.Key_Down)
    assert chooser.targets(second=False) == (0, 1, 0)
    assert chooser.targets(second=True) == (0, 0, 1)
    press(chooser.choice, Qt.Key.Key_Down)
    assert chooser.targets(second=True) == (1, 0, 0)


def test_a_single_target_has_two_classes(chooser: TargetChooser) -> None:
    data = Dataset(np.zeros((2, 1)), [0.1, 0.9])
    assert classes(data) == Classes(0.1, 0.9)
    show(chooser, data)
    assert (chooser.targets(second=False), chooser.targets(second=True)) == ((0.1,), (0.9,))


def test_the_choice_stays_while_the_data_grows(chooser: TargetChooser) -> None:
    show(chooser, ONE_HOT)
    chooser.choice.setFocus()
    press(chooser.choice, Qt.Key.Key_End)
    show(chooser, ONE_HOT.with_instance_added(0, (0.0, 0.0), (0.0, 0.0, 1.0)))
    assert chooser.targets(second=False) == (0, 0, 1)


def test_numbers_are_typed_the_others_take_their_mean(chooser: TargetChooser) -> None:
    show(chooser, NUMBERS, output=1)
    assert not chooser.choice.isVisible()
    assert chooser.targets(second=False) == (2.0, 15.0)
    chooser.number.setFocus()
    chooser.number.selectAll()
    QTest.keyClicks(chooser.number, "7.5")
    press(chooser.number, Qt.Key.Key_Return)
    assert chooser.targets(second=True) == (2.0, 7.5)
    assert chooser.with_target(4.0) == (2.0, 4.0)
