"""The letters of formulas: their typeface and how much room each text takes."""

import re
from functools import cache, lru_cache
from typing import NamedTuple

from PySide6.QtCore import QPointF
from PySide6.QtGui import QFont, QFontMetricsF, QPainterPath, QTransform

from ui.fonts import math_font, text_font

SCRIPT = 0.72
"""Size of an index, as a share of the size of its letter."""
SMALLEST = 9

_AXIS = 0.258  # height of the line that minus signs and fractions stand on, of STIX Two Math
_DRAWN_AT = 200  # outlines are taken at this size and scaled down

_LETTERS = re.compile(r"[a-zA-Zα-ω]+")
_NAMES = {"ln"}
_ITALIC_PLANCK = "ℎ"  # Unicode has no mathematical italic h beside the constant's


class Extent(NamedTuple):
    """How far a text reaches from the start of its baseline, in pixels."""

    width: float
    ascent: float
    descent: float


@cache
def face(size: int, bold: bool = False, words: bool = False) -> QFont:
    """Return the typeface of formulas, or that of words in them."""
    font = text_font(size) if words else math_font(size)
    font.setBold(bold)
    return font


@cache
def _metrics(size: int, bold: bool, words: bool) -> QFontMetricsF:
    return QFontMetricsF(face(size, bold, words))


@lru_cache(maxsize=4096)
def extent(text: str, size: int, bold: bool = False, words: bool = False) -> Extent:
    """Return how much room a text takes."""
    metrics = _metrics(size, bold, words)
    ink = metrics.tightBoundingRect(text)
    return Extent(metrics.horizontalAdvance(text), max(0.0, -ink.top()), max(0.0, ink.bottom()))


@lru_cache(maxsize=256)
def outline(text: str, width: float, height: float) -> QPainterPath:
    """Return the shape of a sign, stretched to a box with its top left corner at the origin."""
    path = QPainterPath()
    path.addText(QPointF(0, 0), face(_DRAWN_AT), text)
    ink = path.boundingRect()
    stretch = QTransform.fromScale(width / ink.width(), height / ink.height())
    return stretch.map(path.translated(-ink.left(), -ink.top()))


def script_size(size: int) -> int:
    """Return the size of the indices of a letter."""
    return max(SMALLEST, round(size * SCRIPT))


def axis(size: int) -> float:
    """Return how high above the baseline the middle of a minus sign is."""
    return _AXIS * size


def italic(text: str) -> str:
    """Return a one-letter name as mathematics writes it, in italics; everything else as it is."""
    if len(text) != 1:
        return text
    for first, last, start in (("a", "z", 0x1D44E), ("A", "Z", 0x1D434), ("α", "ω", 0x1D6FC)):
        if first <= text <= last:
            return _ITALIC_PLANCK if text == "h" else chr(start + ord(text) - ord(first))
    return text


def italics(text: str) -> str:
    """Return an index or a name: single letters in italics, figures and names such as "ln" upright."""
    return _LETTERS.sub(_italic_letters, text)


def _italic_letters(found: re.Match[str]) -> str:
    letters = found[0]
    return letters if len(letters) > 2 or letters in _NAMES else "".join(map(italic, letters))
