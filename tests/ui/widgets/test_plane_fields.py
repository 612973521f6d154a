import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from bpsim.datasets import Dataset
from bpsim.planes import Plane
from tests.helpers import press
from ui.numbers import NumberFormat
from ui.widgets.plane_fields import PlaneFields

DATA = Dataset([[0.0, 1.0, 2.0, 3.0], [4.0, 5.0, 6.0, 7.0]], [0.0, 1.0], input_names=["a", "b", "c", "d"])


@pytest.fixture
def fields(qtbot: QtBot) -> PlaneFields:
    fields = PlaneFields(NumberFormat())
    qtbot.addWidget(fields)
    fields.show()
    fields.activateWindow()
    show(fields, Plane())
    return fields


def show(fields: PlaneFields, plane: Plane) -> None:
    fields.show_plane(DATA, plane, plane.values(DATA, 1))


def chosen(fields: PlaneFields) -> list[Plane]:
    planes: list[Plane] = []
    fields.plane_chosen.connect(planes.append)
    return planes


def test_the_axes_are_shown_by_name(fields: PlaneFields) -> None:
    assert [field.currentText() for field in fields.axes] == ["a", "b"]
    show(fields, Plane((3, 0)))
    assert [field.currentText() for field in fields.axes] == ["d", "a"]


def test_another_axis_can_be_chosen(fields: PlaneFields) -> None:
    planes = chosen(fields)
    fields.axes[1].setFocus()
    press(fields.axes[1], Qt.Key.Key_Down)
    assert planes == [Plane((0, 2))]


def test_choosing_the_input_of_the_other_axis_exchanges_them(fields: PlaneFields) -> None:
    planes = chosen(fields)
    fields.axes[0].setFocus()
    press(fields.axes[0], Qt.Key.Key_Down)
    assert planes == [Plane((1, 0))]


def test_the_button_says_how_the_others_are_held_and_opens_their_values(fields: PlaneFields) -> None:
    assert fields.button.text() == "others at mean ▾"
    show(fields, Plane(held="instance"))
    assert fields.button.text() == "others as here ▾"
    show(fields, Plane(held=(0.0, 0.0, 1.0, 2.0)))
    assert fields.button.text() == "others as chosen ▾"
    QTest.mouseClick(fields.button, Qt.MouseButton.LeftButton)
    assert fields.popup.isVisible()
    QTest.keyClick(fields.popup, Qt.Key.Key_Escape)
    assert not fields.popup.isVisible()


def test_values_that_are_chosen_keep_the_axes(fields: PlaneFields) -> None:
    show(fields, Plane((2, 1)))
    planes = chosen(fields)
    fields.held.rows[0].slider.setFocus()
    press(fields.held.rows[0].slider, Qt.Key.Key_Home)
    assert [plane.axes for plane in planes] == [(2, 1)]
    assert isinstance(planes[0].held, tuple)
    np.testing.assert_allclose(planes[0].held, [-0.6, 3.0, 4.0, 5.0])
