"""The typefaces: the desktop's own for text, STIX Two Math (bundled) for formulas."""

from functools import cache
from importlib import resources

from PySide6.QtGui import QFont, QFontDatabase

TEXT_SIZE = 13
SMALL_SIZE = 12
FORMULA_SIZE = 18


def text_font(size: int = TEXT_SIZE) -> QFont:
    """Return the typeface of all text, `size` in pixels, with figures of one width.

    Signs that the desktop's typeface lacks (₁, ′, δ) come from DejaVu Sans, then from the maths face.
    """
    own = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).families()
    font = QFont([*own, "DejaVu Sans", math_family()])
    font.setPixelSize(size)
    font.setFeature(QFont.Tag("tnum"), 1)
    return font


def math_font(size: int = FORMULA_SIZE) -> QFont:
    """Return the typeface of formulas, `size` in pixels."""
    font = QFont([math_family(), "DejaVu Serif", "DejaVu Sans"])
    font.setPixelSize(size)
    return font


@cache
def math_family() -> str:
    """Return the name of the bundled maths face; the first call makes it known to Qt."""
    data = resources.files("resources").joinpath("fonts", "STIXTwoMath-Regular.ttf").read_bytes()
    number = QFontDatabase.addApplicationFontFromData(data)
    return QFontDatabase.applicationFontFamilies(number)[0]
