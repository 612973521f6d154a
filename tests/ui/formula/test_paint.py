import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QImage, QPainter
from pytestqt.qtbot import QtBot

from bpsim.quantity import Quantity
from tests.ui.formula.examples import ALL, DELTA, delta_rule
from ui.formula.colors import role_of
from ui.formula.layout import Setting, lay_out
from ui.formula.paint import Picture, paint, paint_ground
from ui.numbers import NumberFormat
from ui.theme import load_theme

THEME = load_theme("light")
SETTING = Setting(NumberFormat().given, 18)
MARGIN = 4


def color(quantity: Quantity | None, quiet: bool) -> QColor:
    return THEME.color("text_quiet" if quiet else role_of(quantity, DELTA))


def painted(picture: Picture, ratio: float = 1.0) -> QImage:
    width, height = (round(length) + 2 * MARGIN for length in (picture.width, picture.height))
    image = QImage(round(width * ratio), round(height * ratio), QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    image.fill(THEME.color("field"))
    painter = QPainter(image)
    painter.translate(MARGIN, MARGIN)
    paint(painter, picture, color)
    painter.end()
    return image


def ink(image: QImage) -> set[str]:
    return {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}


@pytest.mark.parametrize("ratio", [1.0, 1.5, 2.0])
def test_terms_have_the_colours_of_their_quantities(qtbot: QtBot, ratio: float) -> None:
    seen = ink(painted(lay_out(delta_rule(), SETTING, 300), ratio))
    for role in ("text", "result", "term_sum"):
        assert THEME.color(role).name() in seen, role


@pytest.mark.parametrize("name", ALL)
def test_ink_stays_inside_of_the_box(qtbot: QtBot, name: str) -> None:
    image, ground = painted(lay_out(ALL[name], SETTING, 300)), THEME.color("field").name()
    edges = [
        *((x, y) for x in range(image.width()) for y in (0, 1, image.height() - 2, image.height() - 1)),
        *((x, y) for y in range(image.height()) for x in (0, 1, image.width() - 2, image.width() - 1)),
    ]
    assert all(image.pixelColor(x, y).name() == ground for x, y in edges)


def test_a_term_has_a_ground_of_its_own(qtbot: QtBot) -> None:
    picture = lay_out(delta_rule(), SETTING, 300)
    area = next(area for area in picture.areas if area.quantity == DELTA)
    image = QImage(300, 100, QImage.Format.Format_RGB32)
    image.fill(THEME.color("field"))
    painter = QPainter(image)
    painter.translate(MARGIN, MARGIN)
    paint_ground(painter, area, THEME.color("accent_wash"))
    painter.end()
    inside = (area.rect.center() + QPointF(MARGIN, MARGIN)).toPoint()
    assert image.pixelColor(inside).name() == THEME.color("accent_wash").name()
    assert image.pixelColor(299, 99).name() == THEME.color("field").name()


def test_nothing_is_found_beside_the_terms(qtbot: QtBot) -> None:
    picture = lay_out(delta_rule(), SETTING, 300)
    assert picture.area_at(QPointF(-50, -50)) is None
