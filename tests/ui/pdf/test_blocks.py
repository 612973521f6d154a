import pytest
from PySide6.QtGui import QImage, QPainter
from pytestqt.qtbot import QtBot

from bpsim.formula import Equation, Number, Symbol
from ui.formula.layout import Setting, lay_out
from ui.formula.paint import Picture
from ui.pdf.blocks import POINT, Block, Formulas, Row, Text, font, ink


def picture(digits: int = 1) -> Picture:
    return lay_out(Equation(Symbol("z", "2", "1"), Number(10.0**digits)), Setting("{:.0f}".format, 100), 1e6)


def inked(block: Block, width: int) -> QImage:
    """Return a block painted, and fail if it is not all on its own area."""
    image = QImage(width + 200, round(block.height) + 200, QImage.Format.Format_Grayscale8)
    image.fill(255)
    painter = QPainter(image)
    painter.translate(100, 100)
    block.paint(painter)
    painter.end()
    return image


def rows_with_ink(image: QImage) -> list[int]:
    return [
        y for y in range(image.height()) if any(image.pixel(x, y) & 0xFF < 128 for x in range(image.width()))
    ]


def test_text_is_wrapped(qtbot: QtBot) -> None:
    short, long = (Text("some words " * n, font(10), 1500.0) for n in (1, 12))
    assert long.height > 2.5 * short.height
    rows = rows_with_ink(inked(long, 1500))
    assert rows[0] >= 100
    assert rows[-1] <= 100 + long.height


def test_formulas_stand_side_by_side_while_there_is_room(qtbot: QtBot) -> None:
    one = picture()
    width = 2 * one.width + 10 * POINT
    pair, three = Formulas([one] * 2, width, 50.0), Formulas([one] * 3, width, 50.0)
    assert pair.height == pytest.approx(one.height)
    assert three.height > 2 * one.height
    rows = rows_with_ink(inked(three, round(width)))
    assert rows[0] >= 100
    assert rows[-1] <= 101 + three.height


def test_numbers_of_a_column_end_below_each_other(qtbot: QtBot) -> None:
    image = inked(Row([picture(), picture(1), picture(3)], [600.0, 900.0, 900.0], 100, ruled=True), 2400)
    line = max(rows_with_ink(image))
    assert image.pixel(100 + 2399, line) & 0xFF < 128
    assert image.pixel(100 + 2401, line) & 0xFF == 255


def test_what_does_not_hold_is_grey() -> None:
    assert ink(None, False).lightness() == 0
    assert ink(None, True).lightness() > 100
