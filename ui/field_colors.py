"""Fields as pictures: a colour for every cell."""

from functools import cache

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor, QImage

from bpsim.arrays import Array
from bpsim.planes import Range
from bpsim.scoring import Classes
from ui.theme import Theme

CLASS_COLORS = 8
"""Colours of classes in a theme; further classes have them again, with other marks."""

_CALM = 0.72  # how much of its colour a field of values keeps, so that points stand out on it
_STEPS = 127  # of the colours of δ, to each side of the neutral one
_FAINTEST, _STRONGEST = 0.12, 0.72  # how much of its colour a class has where it is unclear, and clear

Pixels = NDArray[np.uint8]
"""Red, green, blue and opacity of every cell, shape (rows, columns, 4)."""


def value_color(theme: Theme, value: float, scale: Range) -> QColor:
    """Return the colour of a value on a scale: blue at its lower end, neutral in the middle, red above."""
    low, high = scale
    return theme.delta_color(value - (low + high) / 2, (high - low) / 2)


def calm(theme: Theme, color: QColor) -> QColor:
    """Return the colour that a value has in a field: paler than in a point."""
    pairs = zip(_parts(color)[:3], _parts(theme.color("canvas"))[:3], strict=True)
    return QColor(*(round(_CALM * part + (1 - _CALM) * under) for part, under in pairs))


def class_colors(theme: Theme, classes: Classes) -> list[QColor]:
    """Return the colour of each class; those of a single target are the ends of the scale of ŷ."""
    if not classes.names:
        return [theme.delta_color(-1, 1), theme.delta_color(1, 1)]
    return [theme.color(f"class_{number % CLASS_COLORS + 1}") for number in range(classes.count)]


def value_pixels(theme: Theme, values: Array, scale: Range) -> Pixels:
    """Return the colours of ŷ or a over a grid; what is no number is transparent."""
    low, high = scale
    with np.errstate(invalid="ignore", over="ignore"):
        shares = (values - (low + high) / 2) * (2 / (high - low))
    known = np.isfinite(shares) | np.isinf(values)
    steps = np.rint(np.clip(np.where(known, shares, 0.0), -1, 1) * _STEPS).astype(np.intp)
    pixels = _value_table(theme)[steps + _STEPS]
    if not known.all():
        pixels[~known] = 0
    return np.asarray(pixels)


def class_pixels(theme: Theme, numbers: Array, clarity: Array, classes: Classes) -> Pixels:
    """Return the colours of winning classes over a grid, fainter where they are less clear."""
    ground = _parts(theme.color("canvas"))
    colors = np.array([_parts(color) for color in class_colors(theme, classes)])[numbers.astype(np.intp)]
    share = _FAINTEST + (_STRONGEST - _FAINTEST) * np.nan_to_num(clarity)[..., np.newaxis]
    return np.asarray(np.rint(share * colors + (1 - share) * ground), dtype=np.uint8)


def image_of(pixels: Pixels) -> QImage:
    """Return pixels as a picture; the first row of them is its lowest line."""
    flipped = np.ascontiguousarray(pixels[::-1])
    rows, columns = flipped.shape[:2]
    return QImage(flipped.data, columns, rows, 4 * columns, QImage.Format.Format_RGBA8888).copy()


@cache
def _value_table(theme: Theme) -> Pixels:
    """Return the colours of fields from the lower end to the upper one, shape (2 · 127 + 1, 4)."""
    steps = range(-_STEPS, _STEPS + 1)
    return np.array([_parts(calm(theme, theme.delta_color(step, _STEPS))) for step in steps], dtype=np.uint8)


def _parts(color: QColor) -> tuple[int, int, int, int]:
    return color.red(), color.green(), color.blue(), color.alpha()
