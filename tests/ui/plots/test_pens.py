from itertools import combinations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from ui.plots.pens import RUN_COLORS, SWATCH, pen, run_pen, swatch
from ui.theme import THEMES, contrast, load_theme


def test_a_pen_is_as_wide_at_every_zoom() -> None:
    made = pen(load_theme("light"), "accent", 2, (4, 2))
    assert made.isCosmetic()
    assert made.dashPattern() == [4, 2]
    assert pen(load_theme("light"), "accent", 1, Qt.PenStyle.DashLine).style() == Qt.PenStyle.DashLine


@pytest.mark.parametrize("name", THEMES)
def test_each_of_100_runs_looks_different(name: str) -> None:
    theme = load_theme(name)
    looks = {
        (run_pen(theme, style).color().name(), *run_pen(theme, style).dashPattern()) for style in range(100)
    }
    assert len(looks) == 100


@pytest.mark.parametrize("name", THEMES)
def test_the_first_runs_differ_in_dashes_too_for_who_does_not_see_colours(name: str) -> None:
    theme = load_theme(name)
    pens = [run_pen(theme, style) for style in range(RUN_COLORS)]
    assert all(one.dashPattern() != other.dashPattern() for one, other in combinations(pens, 2))
    assert all(one.color() != other.color() for one, other in combinations(pens, 2))
    assert all(contrast(one.color(), theme.color("canvas")) >= 3 for one in pens)


def test_a_swatch_shows_the_line(qapp: QApplication) -> None:
    theme = load_theme("light")
    image = swatch(run_pen(theme, 0)).pixmap(SWATCH).toImage()
    middle = image.pixelColor(image.width() // 2, image.height() // 2)
    assert middle.name() == theme.color("run_1").name()
    assert image.pixelColor(image.width() // 2, 0).alpha() == 0
