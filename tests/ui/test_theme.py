import re
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtGui import QColor

from ui.theme import GRAPHICS_CONTRAST, INKS, TEXT_CONTRAST, THEMES, Theme, contrast, load_theme

ROOT = Path(__file__).parents[2]

TERMS = ("term_activation", "term_delta", "term_sum", "term_given", "result")
TEXT_PAIRS = [
    *((text, ground) for text in ("text", "text_quiet") for ground in ("canvas", "panel", "field")),
    *((text, ground) for text in ("text", "chip_text") for ground in ("chip", "hover")),
    *((text, ground) for text in ("accent", "right", "wrong") for ground in ("canvas", "panel", "field")),
    *((text, ground) for text in ("weight_positive", "weight_negative") for ground in ("canvas", "panel")),
    *((text, ground) for text in ("text", "accent_text", "accent") for ground in ("accent_wash",)),
    *((term, ground) for term in TERMS for ground in ("canvas", "panel", "field", "accent_wash")),
    ("on_accent", "accent"),
    ("on_accent", "accent_hover"),
    ("text", "warning_wash"),
    ("warning", "warning_wash"),
    ("text", "wrong_wash"),
    ("wrong", "wrong_wash"),
    ("tip_text", "tip"),
]
GRAPHICS_PAIRS = [
    *((sign, ground) for sign in ("outline", "accent", "warning") for ground in ("canvas", "panel", "field")),
    ("outline", "hover"),
    *((curve, "canvas") for curve in ("test", *(f"run_{number}" for number in range(1, 11)))),
    *((f"class_{number}", "canvas") for number in range(1, 9)),
]


@pytest.fixture(params=THEMES)
def theme(request: pytest.FixtureRequest) -> Theme:
    return load_theme(request.param)


def test_contrast_is_from_1_to_21() -> None:
    white, black = QColor(255, 255, 255), QColor(0, 0, 0)
    assert contrast(white, black) == pytest.approx(21)
    assert contrast(black, white) == contrast(white, black)
    assert contrast(white, white) == 1
    assert contrast(QColor(118, 118, 118), white) == pytest.approx(4.54, abs=0.005)  # the known grey of WCAG


@pytest.mark.parametrize(("text", "ground"), TEXT_PAIRS)
def test_text_can_be_read(theme: Theme, text: str, ground: str) -> None:
    assert contrast(theme.color(text), theme.color(ground)) >= TEXT_CONTRAST


@pytest.mark.parametrize(("sign", "ground"), GRAPHICS_PAIRS)
def test_what_has_to_be_seen_can_be_seen(theme: Theme, sign: str, ground: str) -> None:
    assert contrast(theme.color(sign), theme.color(ground)) >= GRAPHICS_CONTRAST


def test_both_themes_have_the_same_roles() -> None:
    light, dark = load_theme("light"), load_theme("dark")
    assert light.roles.keys() == dark.roles.keys()
    assert all(QColor.isValidColorName(color) for color in [*light.roles.values(), *dark.roles.values()])
    assert (light.is_dark, dark.is_dark) == (False, True)


def test_a_colour_that_is_handed_out_cannot_change_the_theme(theme: Theme) -> None:
    before = theme.color("accent").name()
    theme.color("accent").setRed(1)
    assert theme.color("accent").name() == before
    colored = theme.delta_color(0.5, 1).name()
    theme.delta_color(0.5, 1).setRed(1)
    assert theme.delta_color(0.5, 1).name() == colored


def test_an_unknown_role_is_an_error(theme: Theme) -> None:
    with pytest.raises(KeyError, match="colour_of_the_sky"):
        theme.color("colour_of_the_sky")


def test_delta_is_blue_below_0_and_red_above(theme: Theme) -> None:
    below, above = theme.delta_color(-1, 1), theme.delta_color(1, 1)
    assert below.blue() > 2 * below.red()
    assert above.red() > 2 * above.blue()


def test_delta_is_neutral_at_0_and_grows_to_both_sides_alike(theme: Theme) -> None:
    neutral = theme.delta_color(0, 1)
    assert neutral.hslSaturation() < 60
    for side in (-1, 1):
        distances = [_distance(neutral, theme.delta_color(side * k / 8, 1)) for k in range(9)]
        assert all(near < far for near, far in pairwise(distances))


def test_the_limit_sets_the_scale_of_delta(theme: Theme) -> None:
    assert theme.delta_color(0.07, 0.14) == theme.delta_color(5, 10)
    assert theme.delta_color(99, 10) == theme.delta_color(10, 10)
    assert theme.delta_color(-99, 10) == theme.delta_color(-10, 10)
    assert theme.delta_color(0.0, 0.0) == theme.delta_color(0, 1)


def test_text_on_every_colour_of_delta_can_be_read(theme: Theme) -> None:
    for k in range(-127, 128):
        color = theme.delta_color(k, 127)
        assert contrast(theme.text_on(color), color) >= TEXT_CONTRAST


def test_text_has_the_ink_that_is_read_best(theme: Theme) -> None:
    for k in range(-127, 128):
        color = theme.delta_color(k, 127)
        assert contrast(theme.text_on(color), color) == max(
            contrast(theme.color(role), color) for role in INKS
        )


def test_text_on_every_grey_can_be_read(theme: Theme) -> None:
    greys = (QColor(level, level, level) for level in range(256))
    assert all(contrast(theme.text_on(grey), grey) >= TEXT_CONTRAST for grey in greys)


def test_the_theme_alone_does_not_import_the_plots() -> None:
    program = "import sys, ui.appearance, ui.icons, ui.numbers; sys.exit('pyqtgraph' in sys.modules)"
    subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=True)


def test_no_other_file_names_a_colour() -> None:
    literal = re.compile(r"#[0-9a-fA-F]{6}\b|Qt\.GlobalColor\.(?!transparent)|QColor\(\s*\d|\brgba?\(")
    sources = [
        *ROOT.glob("ui/**/*.py"),
        *ROOT.glob("resources/themes/*.qss"),
        *ROOT.glob("resources/**/*.svg"),
    ]
    named = [f"{path}: {found[0]}" for path in sources if (found := literal.search(path.read_text("utf-8")))]
    assert not named


def _distance(one: QColor, other: QColor) -> float:
    pairs = zip(one.getRgb(), other.getRgb(), strict=True)
    return float(sum((a - b) ** 2 for a, b in pairs) ** 0.5)
