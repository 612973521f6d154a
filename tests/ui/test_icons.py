from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon, QImage, QPalette
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ui.appearance import palette
from ui.icons import icon
from ui.theme import load_theme

NAMES = [path.stem for path in (Path(__file__).parents[2] / "resources" / "icons").glob("*.svg")]


@pytest.fixture(autouse=True)
def light(qapp: QApplication) -> Iterator[None]:
    before = QPalette(qapp.palette())
    qapp.setPalette(palette(load_theme("light")))
    yield
    qapp.setPalette(before)


@pytest.mark.parametrize("name", NAMES)
def test_every_icon_is_drawn_inside_its_frame(name: str) -> None:
    image = icon(name).pixmap(QSize(32, 32)).toImage()
    ink = [(x, y) for x in range(32) for y in range(32) if image.pixelColor(x, y).alpha() > 40]
    assert len(ink) > 20
    assert all(0 < x < 31 and 0 < y < 31 for x, y in ink)


def test_an_icon_that_is_not_there_is_an_error() -> None:
    with pytest.raises(FileNotFoundError):
        icon("perpetual-motion")


def test_icons_follow_the_palette(qapp: QApplication, qtbot: QtBot) -> None:
    step = icon("step")
    assert _ink(step) == load_theme("light").color("text")
    qapp.setPalette(palette(load_theme("dark")))
    assert _ink(step) == load_theme("dark").color("text")
    assert _ink(icon("step", QPalette.ColorRole.BrightText)) == load_theme("dark").color("on_accent")


def test_a_disabled_icon_is_quieter_and_a_switched_on_one_has_the_accent() -> None:
    theme = load_theme("light")
    assert _ink(icon("step"), QIcon.Mode.Disabled) == theme.color("text_disabled")
    assert _ink(icon("step"), state=QIcon.State.On) == theme.color("accent")
    assert _ink(icon("step"), QIcon.Mode.Active) == theme.color("text")


@pytest.mark.parametrize("ratio", [1.0, 1.5, 2.0, 3.0])
def test_icons_are_crisp_on_every_screen(ratio: float) -> None:
    pixmap = icon("to-start").pixmap(QSize(16, 16), ratio)
    assert pixmap.size() == QSize(16, 16) * ratio
    assert pixmap.deviceIndependentSize() == QSize(16, 16).toSizeF()
    drawn_large = icon("to-start").pixmap(QSize(16, 16) * ratio, 1.0)
    assert _bits(pixmap.toImage()) == _bits(drawn_large.toImage())


def test_a_copied_icon_paints_the_same() -> None:
    first = icon("undo")
    copy = QIcon(first)
    copy.addPixmap(first.pixmap(8, 8))  # makes Qt clone the engine
    assert _ink(copy) == _ink(first)


def _ink(of: QIcon, mode: QIcon.Mode = QIcon.Mode.Normal, state: QIcon.State = QIcon.State.Off) -> QColor:
    """Return the colour of the most opaque pixel."""
    image = of.pixmap(QSize(64, 64), mode, state).toImage()
    pixels = [image.pixelColor(x, y) for x in range(0, 64, 2) for y in range(0, 64, 2)]
    return max(pixels, key=QColor.alpha)


def _bits(image: QImage) -> bytes:
    plain = image.convertToFormat(QImage.Format.Format_ARGB32)
    return bytes(plain.constBits())
