"""Pens and typefaces."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor

from ui.canvas.brushes import WIDTHS, dense_pen, elided, fitting_size, metrics, mixed, weight_pen
from ui.theme import THEMES, contrast, load_theme


def test_the_sign_of_a_weight_is_colour_and_style() -> None:
    for name in THEMES:
        theme = load_theme(name)
        positive, negative = weight_pen(theme, True, 2), weight_pen(theme, False, 2)
        assert positive.color() == theme.color("weight_positive")
        assert negative.color() == theme.color("weight_negative")
        assert positive.style() == Qt.PenStyle.SolidLine
        assert negative.style() == Qt.PenStyle.CustomDashLine


def test_larger_weights_have_thicker_lines() -> None:
    widths = [weight_pen(load_theme("light"), True, step).widthF() for step in range(WIDTHS)]
    assert widths == sorted(widths)
    assert widths[-1] > 3 * widths[0]


def test_what_takes_no_part_steps_back() -> None:
    for name in THEMES:
        theme = load_theme(name)
        for pen in (weight_pen, dense_pen):
            near, away = pen(theme, True, 3), pen(theme, True, 3, away=True)
            canvas = theme.color("canvas")
            assert contrast(away.color(), canvas) < contrast(near.color(), canvas)
            assert contrast(away.color(), canvas) > 1


def test_a_mixed_colour_lies_between() -> None:
    black, white = QColor(0, 0, 0), QColor(255, 255, 255)
    assert mixed(black, 0.0, white) == white
    assert mixed(black, 1.0, white) == black
    assert mixed(black, 0.2, white) == QColor(204, 204, 204)


def test_numbers_shrink_and_then_give_way(qapp: object) -> None:
    assert fitting_size("0.5", 60, 15, 8) == 15
    size = fitting_size("−0.0059", 45, 15, 8)
    assert size is not None
    assert 8 <= size < 15
    assert metrics("text", size).horizontalAdvance("−0.0059") <= 46
    assert fitting_size("−0.0059", 20, 15, 8) is None


def test_a_text_too_wide_ends_in_dots(qapp: object) -> None:
    assert elided("sigmoid", 200, 12) == "sigmoid"
    assert elided("leaky ReLU", 40, 12).endswith("…")
