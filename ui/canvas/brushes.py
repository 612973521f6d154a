"""Pens and typefaces of the drawing, from the roles of the theme.

What is cached is shared: nobody changes a pen or typeface from here.
"""

from functools import cache

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPen

from ui.fonts import math_font, text_font
from ui.theme import Theme

WIDTHS = 6
"""Steps from the thinnest to the thickest line."""

ZERO = -1
"""The step of a weight that is exactly 0."""

_THINNEST, _THICKEST = 1.1, 4.6
_DASH, _PAUSE = 7.0, 4.0  # of a negative weight's line, in pixels
_AWAY = 0.3  # how much of its colour a line keeps that takes no part


@cache
def face(kind: str, size: int, bold: bool = False) -> QFont:
    """Return a typeface: "text" or "math", `size` in pixels."""
    font = math_font(size) if kind == "math" else text_font(size)
    font.setBold(bold)
    return font


@cache
def metrics(kind: str, size: int, bold: bool = False) -> QFontMetricsF:
    """Return the measures of a typeface."""
    return QFontMetricsF(face(kind, size, bold))


def mixed(color: QColor, share: float, ground: QColor) -> QColor:
    """Return `share` of a colour over a ground as an opaque colour, which paints faster."""
    pairs = (
        (color.red(), ground.red()),
        (color.green(), ground.green()),
        (color.blue(), ground.blue()),
    )
    return QColor(*(round(share * part + (1 - share) * under) for part, under in pairs))


@cache
def weight_pen(theme: Theme, positive: bool, step: int, away: bool = False) -> QPen:
    """Return the pen of a weight's line in a drawing where every line can be told apart.

    Parameters
    ----------
    positive : bool
        The sign: colour, and solid or dashed.
    step : int
        Its size, 0 to `WIDTHS` − 1; `ZERO` for a weight of exactly 0: thin and quiet, with no sign.
    away : bool
        Whether it steps back because others are lit.
    """
    color = theme.color("outline") if step == ZERO else _weight_color(theme, positive)
    if away:
        color = mixed(color, _AWAY, theme.color("canvas"))
    if step == ZERO:
        return QPen(color, _THINNEST)
    width = _THINNEST + (_THICKEST - _THINNEST) * step / (WIDTHS - 1)
    pen = QPen(color, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap)
    if not positive:
        pen.setDashPattern([_DASH / width, _PAUSE / width])
    return pen


@cache
def dense_pen(theme: Theme, positive: bool, step: int, away: bool = False) -> QPen:
    """Return the pen of a weight's line among thousands: thin, solid, stronger for larger weights."""
    least, most = (0.07, 0.28) if away else (0.2, 0.75)
    if step == ZERO:
        return QPen(mixed(theme.color("outline"), least, theme.color("canvas")), 1.0)
    share = least + (most - least) * step / (WIDTHS - 1)
    return QPen(mixed(_weight_color(theme, positive), share, theme.color("canvas")), 1.0)


@cache
def lit_dense_pen(theme: Theme, positive: bool, step: int) -> QPen:
    """Return the pen of a lit weight's line where there are thousands of others."""
    if step == ZERO:
        return QPen(theme.color("outline"), 1.0)
    return QPen(_weight_color(theme, positive), 1.0 + step / (WIDTHS - 1))


def value_color(theme: Theme, value: float) -> QColor:
    """Return the colour of the text of a weight or bias."""
    return theme.color("text_quiet") if value == 0 else _weight_color(theme, value > 0)


def _weight_color(theme: Theme, positive: bool) -> QColor:
    return theme.color("weight_positive" if positive else "weight_negative")


def fitting_size(text: str, room: float, largest: int, smallest: int) -> int | None:
    """Return the size of typeface at which a text fits into `room` pixels, None if none does."""
    width = metrics("text", largest).horizontalAdvance(text)
    size = largest if width <= room else int(largest * room / width)
    return size if size >= smallest else None


def elided(text: str, width: float, size: int) -> str:
    """Return a text that ends in … if it is wider than `width`."""
    return metrics("text", size).elidedText(text, Qt.TextElideMode.ElideRight, width)
