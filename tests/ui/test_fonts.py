import pytest
from PySide6.QtGui import QFontInfo, QRawFont
from pytestqt.qtbot import QtBot

from ui.fonts import FORMULA_SIZE, TEXT_SIZE, math_family, math_font, text_font

TEXT_SIGNS = "θδηŷΣ∂Δσ′½−·→←↑↓×≈≤–∞₀₁₂₉¹²³⁹"


def test_the_maths_face_is_the_bundled_one(qtbot: QtBot) -> None:
    assert math_family() == "STIX Two Math"
    assert QRawFont.fromFont(math_font()).familyName() == "STIX Two Math"
    assert QFontInfo(math_font()).pixelSize() == FORMULA_SIZE
    assert QFontInfo(math_font(24)).pixelSize() == 24


@pytest.mark.parametrize("sign", TEXT_SIGNS)
def test_every_sign_is_in_the_bundled_face_or_before_it(qtbot: QtBot, sign: str) -> None:
    assert QRawFont.fromFont(math_font()).supportsCharacter(ord(sign))
    assert math_family() in text_font().families()


def test_text_is_13_pixels_high(qtbot: QtBot) -> None:
    assert QFontInfo(text_font()).pixelSize() == TEXT_SIZE == 13
    assert QFontInfo(text_font(11)).pixelSize() == 11
