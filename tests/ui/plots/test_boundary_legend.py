import pytest
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from ui.field_colors import calm, value_color
from ui.numbers import NumberFormat
from ui.plots.boundary_legend import BoundaryLegend, Entry
from ui.theme import load_theme

LIGHT = load_theme("light")
ENTRIES = [Entry("setosa", "o", LIGHT.color("class_1")), Entry("test", "o", LIGHT.color("text"), hollow=True)]


@pytest.fixture
def legend(qtbot: QtBot) -> BoundaryLegend:
    legend = BoundaryLegend(LIGHT, NumberFormat())
    qtbot.addWidget(legend)
    legend.resize(200, 10)
    legend.show()
    return legend


def test_a_scale_says_its_ends_and_its_middle(legend: BoundaryLegend) -> None:
    legend.show_legend(("ŷ₁", (-1.0, 1.0)), ENTRIES)
    assert legend.scale_texts == ("−1", "ŷ₁ = 0", "1")
    assert legend.accessibleName() == "Legend: −1 to 1, setosa, test"
    legend.show_legend(("ŷ₁", (0.1, 0.9)), [])
    legend.set_number_format(NumberFormat(3, ","))
    assert legend.scale_texts == ("0,1", "ŷ₁ = 0,5", "0,9")


def test_without_a_scale_there_are_marks_only(legend: BoundaryLegend) -> None:
    legend.show_legend(("ŷ₁", (0.0, 1.0)), ENTRIES)
    height = legend.height()
    legend.show_legend(None, ENTRIES)
    assert legend.scale_texts == ()
    assert legend.height() < height


def test_entries_take_as_many_lines_as_they_need(legend: BoundaryLegend) -> None:
    legend.show_legend(None, ENTRIES)
    one_line = legend.height()
    legend.show_legend(None, ENTRIES * 4)
    assert legend.height() > one_line
    legend.resize(900, legend.height())
    assert legend.height() == one_line


def test_the_scale_has_the_colours_of_the_field(legend: BoundaryLegend) -> None:
    legend.show_legend(("ŷ₁", (0.0, 1.0)), [])
    image: QImage = legend.grab().toImage()
    for x, share in ((3, 0.0), (100, 0.5), (196, 1.0)):
        expected = calm(LIGHT, value_color(LIGHT, share, (0.0, 1.0)))
        assert _near(image.pixelColor(x, 5), expected)


def test_marks_are_painted_filled_and_hollow(legend: BoundaryLegend) -> None:
    legend.show_legend(None, ENTRIES)
    image = legend.grab().toImage()
    middle = legend.height() // 2
    assert _near(image.pixelColor(4, middle), LIGHT.color("class_1"))
    second = list(legend._placed(legend.width()))[1][1]
    assert _near(image.pixelColor(second + 4, middle), LIGHT.color("canvas"))


def _near(one: QColor, other: QColor) -> bool:
    return max(abs(a - b) for a, b in zip(one.getRgb(), other.getRgb(), strict=True)) <= 24
