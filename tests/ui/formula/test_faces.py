import pytest
from PySide6.QtGui import QRawFont
from pytestqt.qtbot import QtBot

from ui.formula.faces import axis, extent, face, italic, italics, outline, script_size

LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZαβγδεηθλσ"
SIGNS = "∑∂Δ∇′ˆ·−+=≈←→⋯…(){}½×⊙∘∞ℓ,.0123456789|⟨⟩"


@pytest.mark.parametrize("letter", [*LETTERS, *SIGNS])
def test_every_sign_is_in_the_bundled_face(qtbot: QtBot, letter: str) -> None:
    font = QRawFont.fromFont(face(18))
    assert font.familyName() == "STIX Two Math"
    assert font.supportsCharacter(ord(italic(letter)))


def test_letters_are_italic_and_figures_and_names_are_not() -> None:
    assert [italic(letter) for letter in "az"] == ["𝑎", "𝑧"]
    assert italic("h") == "ℎ"
    assert italic("θ") == "𝜃"
    assert italic("1") == "1"
    assert italics("ij") == "𝑖𝑗"
    assert italics("1j") == "1𝑗"
    assert italics("g′") == "𝑔′"
    assert (italics("ln"), italics("tanh")) == ("ln", "tanh")


def test_a_text_reaches_above_and_below_its_baseline(qtbot: QtBot) -> None:
    high, low = extent("h", 18), extent("g", 18)
    assert high.ascent > low.ascent > 0
    assert low.descent > high.descent >= 0
    assert extent("hh", 18).width == pytest.approx(2 * high.width, abs=0.5)
    assert 0 < axis(18) < extent("x", 18).ascent


def test_an_outline_fills_its_box(qtbot: QtBot) -> None:
    box = outline("(", 8, 40).boundingRect()
    assert (box.left(), box.top()) == pytest.approx((0, 0), abs=0.01)
    assert (box.width(), box.height()) == pytest.approx((8, 40), abs=0.01)


def test_indices_are_smaller_and_never_too_small() -> None:
    assert script_size(18) == 13
    assert script_size(script_size(18)) == 9
    assert script_size(9) == 9
