import numpy as np
import pytest
from PySide6.QtGui import QColor

from bpsim.scoring import Classes
from ui.field_colors import calm, class_colors, class_pixels, image_of, value_color, value_pixels
from ui.theme import GRAPHICS_CONTRAST, THEMES, Theme, contrast, load_theme


@pytest.fixture(params=THEMES)
def theme(request: pytest.FixtureRequest) -> Theme:
    return load_theme(request.param)


def color_at(pixels: np.ndarray, row: int, column: int) -> QColor:
    return QColor(*pixels[row, column].tolist())


def test_values_take_the_colours_of_delta_around_the_middle_of_the_scale(theme: Theme) -> None:
    values = np.array([[0.0, 0.5, 1.0], [-9.0, 0.75, np.inf]])
    pixels = value_pixels(theme, values, (0.0, 1.0))
    for place in np.ndindex(2, 3):
        expected = calm(theme, value_color(theme, float(values[place]), (0.0, 1.0)))
        distance = np.abs(np.subtract(color_at(pixels, *place).getRgb(), expected.getRgb())).max()
        assert distance <= 2  # half a step of the table
    assert color_at(pixels, 0, 1) == calm(theme, theme.delta_color(0, 1))
    assert color_at(pixels, 1, 0) == calm(theme, theme.delta_color(-1, 1))


def test_points_stand_out_on_a_field_of_their_own_value(theme: Theme) -> None:
    ground = theme.color("canvas")
    for value in (-1, 1):
        color = theme.delta_color(value, 1)
        assert contrast(color, ground) > contrast(calm(theme, color), ground)


def test_what_is_no_number_is_transparent(theme: Theme) -> None:
    pixels = value_pixels(theme, np.array([[np.nan, 1.0]]), (0.0, 1.0))
    assert pixels[0, 0].tolist() == [0, 0, 0, 0]
    assert pixels[0, 1, 3] == 255


def test_the_two_classes_of_a_single_target_have_the_ends_of_the_scale(theme: Theme) -> None:
    assert class_colors(theme, Classes()) == [theme.delta_color(-1, 1), theme.delta_color(1, 1)]


def test_classes_have_colours_of_their_own_as_far_as_they_go(theme: Theme) -> None:
    colors = class_colors(theme, Classes(names=tuple("abcdefghi")))
    assert len({color.name() for color in colors}) == 8
    assert colors[8] == colors[0] == theme.color("class_1")


def test_a_clear_class_stands_out_more_than_an_unclear_one(theme: Theme) -> None:
    classes = Classes(names=("a", "b"))
    pixels = class_pixels(theme, np.array([[0.0, 0.0, 1.0]]), np.array([[0.0, 1.0, 1.0]]), classes)
    ground = theme.color("canvas")
    faint, strong, other = (color_at(pixels, 0, column) for column in range(3))
    assert contrast(faint, ground) < contrast(strong, ground)
    assert contrast(strong, ground) > GRAPHICS_CONTRAST - 1
    assert strong != other


def test_a_picture_has_the_first_row_below() -> None:
    pixels = np.zeros((2, 3, 4), dtype=np.uint8)
    pixels[0, 2] = 10, 20, 30, 255
    image = image_of(pixels)
    assert (image.width(), image.height()) == (3, 2)
    assert image.pixelColor(2, 1) == QColor(10, 20, 30)
    assert image.pixelColor(2, 0).alpha() == 0
