from collections.abc import Iterator

import pytest
from PySide6.QtGui import QFontMetricsF
from pytestqt.qtbot import QtBot

from ui.fonts import SMALL_SIZE, text_font
from ui.plots.axis_name import AXIS_HEIGHT, AxisName
from ui.plots.plot_widget import plot_widget


@pytest.fixture
def name(qtbot: QtBot) -> Iterator[AxisName]:
    widget = plot_widget()
    qtbot.addWidget(widget)
    axis = widget.getPlotItem().getAxis("bottom")
    name = AxisName(axis)
    assert axis.height() == AXIS_HEIGHT
    yield name
    widget.hide()


def test_the_name_ends_where_the_axis_does_and_no_number_touches_it(name: AxisName) -> None:
    name.set_name("epoch")
    numbers = name.fit((0.0, 10.0), 200, 10, lambda tick: f"{tick:g}")
    width = QFontMetricsF(text_font(SMALL_SIZE)).horizontalAdvance
    assert name.text() == "epoch"
    assert name.pos().x() == 200 - width("epoch")
    assert numbers[0] == (0, "0")
    assert all(20 * tick + width(text) / 2 < name.pos().x() for tick, text in numbers)


@pytest.mark.parametrize("length", [80, 120, 500])
def test_a_long_name_leaves_half_of_the_axis_to_at_least_two_numbers(name: AxisName, length: float) -> None:
    name.set_name("a name that is longer than the axis")
    numbers = name.fit((-1.2, 1.2), length, 2, lambda tick: f"{tick:g}")
    assert len(numbers) >= 2
    assert name.pos().x() >= length / 2
    assert name.name == "a name that is longer than the axis"


def test_what_is_counted_has_whole_numbers(name: AxisName) -> None:
    name.set_name("epoch")
    assert name.fit((0.0, 3.2), 300, 20, lambda tick: f"{tick:g}", 1) == [(0, "0"), (1, "1"), (2, "2")]
