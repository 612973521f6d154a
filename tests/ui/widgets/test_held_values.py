import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from bpsim.datasets import Dataset
from bpsim.planes import Plane
from tests.helpers import press
from ui.numbers import NumberFormat
from ui.widgets.held_values import HeldValues

DATA = Dataset([[0.0, 1.0, 2.0, 3.0], [4.0, 5.0, 6.0, 7.0]], [0.0, 1.0], input_names=["a", "b", "c", "d"])


@pytest.fixture
def held(qtbot: QtBot) -> HeldValues:
    held = HeldValues(NumberFormat())
    qtbot.addWidget(held)
    held.show()
    held.activateWindow()
    show(held, Plane())
    return held


def show(held: HeldValues, plane: Plane) -> None:
    held.show_plane(DATA, plane, plane.values(DATA, 1))


def chosen(held: HeldValues) -> list[object]:
    choices: list[object] = []
    held.held_chosen.connect(choices.append)
    return choices


def test_every_input_that_is_no_axis_has_a_row(held: HeldValues) -> None:
    assert [row.label.text() for row in held.rows] == ["c", "d"]
    assert [row.field.value for row in held.rows] == [4.0, 5.0]
    assert [row.slider.value() for row in held.rows] == [50, 50]
    show(held, Plane((3, 1), "instance"))
    assert [row.label.text() for row in held.rows] == ["a", "c"]
    assert [row.field.value for row in held.rows] == [4.0, 6.0]
    assert held.how.value == "instance"


def test_how_they_are_held_can_be_chosen(held: HeldValues) -> None:
    choices = chosen(held)
    held.how.setFocus()
    press(held.how, Qt.Key.Key_Down)
    press(held.how, Qt.Key.Key_Down)
    assert choices == ["instance", (2.0, 3.0, 4.0, 5.0)]


def test_a_number_can_be_typed(held: HeldValues) -> None:
    choices = chosen(held)
    field = held.rows[1].field
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, "0,25")
    press(field, Qt.Key.Key_Return)
    assert choices == [(2.0, 3.0, 4.0, 0.25)]


def test_a_slider_goes_over_the_range_of_the_data(held: HeldValues) -> None:
    choices = chosen(held)
    slider = held.rows[0].slider
    slider.setFocus()
    press(slider, Qt.Key.Key_End)
    assert len(choices) == 1
    np.testing.assert_allclose(choices[0], (2.0, 3.0, 6.6, 5.0))


def test_showing_values_tells_nobody(held: HeldValues) -> None:
    choices = chosen(held)
    show(held, Plane(held=(0.0, 0.0, 2.0, 99.0)))
    assert held.how.value == "chosen"
    assert [row.field.value for row in held.rows] == [2.0, 99.0]
    held.set_number_format(NumberFormat(3, ","))
    assert choices == []
