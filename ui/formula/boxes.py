"""Boxes that formulas are built of: each has a width, and reaches above and below its baseline."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple

from bpsim.quantity import Quantity
from ui.formula.faces import axis, extent

_SUM = 1.4  # size of Σ, as a share of the size of the letters
_GROWN = 1.25  # up to here parentheses are not stretched but written


@dataclass(frozen=True, slots=True)
class Glyphs:
    """A written text; its place is the start of its baseline."""

    text: str
    size: int
    bold: bool = False
    words: bool = False


@dataclass(frozen=True, slots=True)
class Stretched:
    """A sign stretched to a box, or without a sign the box itself; its place is the top left corner."""

    sign: str
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Box:
    """What has been laid out: the start of the baseline is its origin, y grows downwards.

    Parameters
    ----------
    width, ascent, descent : float
    parts : tuple of Part
    quantity : Quantity or None
        The number that the whole box stands for.
    ink : Quantity or None
        The number whose colour it has; None: that of the box around it.
    dots : bool
        Whether it is the dots of a sum that can be opened.
    quiet : bool
        Whether it does not apply now.
    """

    width: float
    ascent: float
    descent: float
    parts: "tuple[Part, ...]" = ()
    quantity: Quantity | None = None
    ink: Quantity | None = None
    dots: bool = False
    quiet: bool = False

    @property
    def height(self) -> float:
        """From its top to its bottom."""
        return self.ascent + self.descent


class Part(NamedTuple):
    """Something in a box, and where."""

    x: float
    y: float
    what: "Box | Glyphs | Stretched"


def space(width: float) -> Box:
    """Return room without anything in it."""
    return Box(width, 0.0, 0.0)


@lru_cache(maxsize=2048)
def written(text: str, size: int, bold: bool = False, words: bool = False) -> Box:
    """Return a text."""
    width, ascent, descent = extent(text, size, bold, words)
    return Box(width, ascent, descent, (Part(0.0, 0.0, Glyphs(text, size, bold, words)),))


def standing_for(box: Box, quantity: Quantity | None) -> Box:
    """Return a box that stands for a quantity."""
    return box if quantity is None else replace(box, quantity=quantity)


def meaning(box: Box, quantity: Quantity | None) -> Box:
    """Return a letter or number that stands for a quantity and has its colour."""
    if quantity is None:
        return box
    return Box(box.width, box.ascent, box.descent, box.parts, quantity, quantity)  # `replace` takes longer


def inked(box: Box, quantity: Quantity | None) -> Box:
    """Return a box in the colour of a quantity."""
    return box if quantity is None else replace(box, ink=quantity)


def row(boxes: Iterable[Box]) -> Box:
    """Return boxes side by side on one baseline."""
    parts, x, ascent, descent = [], 0.0, 0.0, 0.0
    for box in boxes:
        parts.append(Part(x, 0.0, box))
        x += box.width
        ascent, descent = max(ascent, box.ascent), max(descent, box.descent)
    return Box(x, ascent, descent, tuple(parts))


def column(lines: Sequence[Box], gap: float, strut: tuple[float, float] = (0.0, 0.0)) -> Box:
    """Return lines below each other; the baseline is that of the first one.

    Every line reaches at least as far up and down as `strut` says, so that plain lines stand evenly.
    """
    parts, y = [], 0.0
    lines = [replace(b, ascent=max(b.ascent, strut[0]), descent=max(b.descent, strut[1])) for b in lines]
    for above, line in zip([None, *lines], lines, strict=False):
        if above is not None:
            y += above.descent + gap + line.ascent
        parts.append(Part(0.0, float(round(y)), line))
    width = max(line.width for line in lines)
    return Box(width, lines[0].ascent, round(y) + lines[-1].descent, tuple(parts))


def on_axis(box: Box, size: int) -> Box:
    """Return a box moved so that its middle is where minus signs are."""
    drop = round((box.ascent - box.descent) / 2 - axis(size))
    return Box(box.width, box.ascent - drop, box.descent + drop, (Part(0.0, float(drop), box),))


def scripts(base: Box, upper: Box | None, lower: Box | None, size: int) -> Box:
    """Return a letter with an upper and a lower index, one above the other."""
    lift = max(round(0.36 * size), round(base.ascent - 0.44 * size))
    drop = max(round(0.2 * size), round(base.descent - 0.06 * size))
    parts, width, ascent, descent = [Part(0.0, 0.0, base)], base.width, base.ascent, base.descent
    left = base.width + 0.04 * size
    if upper is not None:
        parts.append(Part(left + 0.03 * size, -float(lift), upper))
        width, ascent = left + 0.03 * size + upper.width, max(ascent, lift + upper.ascent)
    if lower is not None:
        parts.append(Part(left, float(drop), lower))
        width, descent = max(width, left + lower.width), max(descent, drop + lower.descent)
    return Box(width, ascent, descent, tuple(parts))


def hatted(base: Box, size: int) -> Box:
    """Return a letter with a hat."""
    hat = written("ˆ", size)
    x_height = extent("x", size).ascent
    lift = max(0.0, base.ascent - x_height)
    x = (base.width - hat.width) / 2 + 0.06 * size
    parts = (Part(0.0, 0.0, base), Part(x, -lift, hat))
    return Box(base.width, max(base.ascent, hat.ascent + lift), base.descent, parts)


def fraction(above: Box, below: Box, size: int) -> Box:
    """Return one box over another with a line between them."""
    gap, overhang, line = 0.18 * size, 0.14 * size, max(1.0, round(size / 18))
    width = max(above.width, below.width) + 2 * overhang
    middle = -round(axis(size))
    up = round(gap + above.descent)
    down = round(gap + line + below.ascent)
    parts = (
        Part((width - above.width) / 2, float(middle - up), above),
        Part(0.0, float(middle), Stretched("", width, line)),
        Part((width - below.width) / 2, float(middle + down), below),
    )
    return Box(width, above.ascent + up - middle, below.descent + down + middle, parts)


def big_sum(lower: Box | None, upper: Box | None, size: int) -> Box:
    """Return Σ with its limits below and above."""
    sign = on_axis(written("∑", round(size * _SUM)), size)
    width = max(box.width for box in (sign, lower, upper) if box is not None)
    parts, ascent, descent = [Part((width - sign.width) / 2, 0.0, sign)], sign.ascent, sign.descent
    gap = 0.14 * size
    if lower is not None:
        y = float(round(descent + gap + lower.ascent))
        parts.append(Part((width - lower.width) / 2, y, lower))
        descent = y + lower.descent
    if upper is not None:
        y = float(round(ascent + gap + upper.descent))
        parts.append(Part((width - upper.width) / 2, -y, upper))
        ascent = y + upper.ascent
    return Box(width, ascent, descent, tuple(parts))


def bracket(sign: str, ascent: float, descent: float, size: int) -> Box:
    """Return a parenthesis, brace or bar that embraces what reaches so far up and down."""
    plain = written(sign, size)
    half = max(ascent - axis(size), descent + axis(size)) + 0.06 * size
    if 2 * half <= _GROWN * plain.height:
        return plain
    scale = 2 * half / plain.height
    thickness = 0.05 * size if sign == "|" else plain.width * 0.8 * min(1.6, scale**0.35)
    width, margin = thickness, 0.08 * size
    top = -axis(size) - half
    shape = Stretched(sign, width, 2 * half)
    return Box(width + 2 * margin, half + axis(size), half - axis(size), (Part(margin, top, shape),))
