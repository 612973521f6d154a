"""Numbers as people write them: one reader for cells, files and fields."""

import re
from collections.abc import Iterable
from math import isinf

THIN_SPACE = "\u202f"
"""What stands between the thousands of a count; no line breaks there."""

_NUMBER = re.compile(r"[+-]?(?:[0-9]+[.,]?[0-9]*|[.,][0-9]+)(?:[eE][+-]?[0-9]+)?")
_NOT_FINITE = re.compile(r"[+-]?(?:nan|inf|infinity)", re.IGNORECASE)
_GROUPED = re.compile(r"[+-]?[1-9][0-9]{0,2}(?:[.,'’ \u00a0\u202f][0-9]{3})+(?:[.,][0-9]+)?")


def quoted(text: str, longest: int = 40) -> str:
    """Return `text` in quotation marks for a message, on one line and shortened to `longest` characters."""
    line = " ".join(text.split())
    return f"'{line}'" if len(line) <= longest else f"'{line[: longest - 1]}…'"


def whole_text(count: float) -> str:
    """Return a count with its thousands apart: 200 000."""
    return f"{count:,.0f}".replace(",", THIN_SPACE)


def counted(number: int, noun: str) -> str:
    """Return "1 input" or "3 inputs"."""
    return f"{whole_text(number)} {noun}{'' if number == 1 else 's'}"


def parse_number(text: str, decimal: str | None = None) -> float:
    """Read one number.

    Both ``0.5`` and ``0,5`` are understood, ``1e-3``, ``+5``, ``.5`` and the minus sign of print (−).
    Thousands separators are refused, because ``1.234,5`` read by guess is a wrong number sooner or later.

    Parameters
    ----------
    text : str
        Spaces around the number do not matter.
    decimal : {".", ","} or None
        The only decimal sign to accept; None accepts both.

    Raises
    ------
    ValueError
        With a plain sentence that says what is wrong with the text: nothing there, no number, not finite.
    """
    written = text.strip().replace("−", "-")
    if not _NUMBER.fullmatch(written):
        raise ValueError(_why_not(text.strip()))
    if decimal is not None and (other := "," if decimal == "." else ".") in written:
        raise ValueError(f"{quoted(text)} has a '{other}', but the decimal sign is '{decimal}'")
    value = float(written.replace(",", "."))
    if isinf(value):
        raise ValueError(f"{quoted(text)} is too large: the largest number is about 1.8e308")
    return value


def is_number(text: str) -> bool:
    """Tell whether `text` is written as a number."""
    return _NUMBER.fullmatch(text.strip().replace("−", "-")) is not None


def _why_not(text: str) -> str:
    if not text:
        return "there is no number here"
    if _NOT_FINITE.fullmatch(text):
        return f"{quoted(text)} is not a finite number"
    if _GROUPED.fullmatch(text.replace("−", "-")):
        return f"{quoted(text)} has thousands separators: write the number without them"
    return f"{quoted(text)} is not a number"


def decimal_sign(texts: Iterable[str], otherwise: str = ".") -> str:
    """Return the decimal sign, "." or ",", of a set of cells.

    Cells that can be read in one way only decide: ``0,5`` says ",", ``0.5`` says "."; where both occur, the
    more frequent one. ``1,234`` and ``1.234`` may be a thousand and more; where no cell says more than that,
    the sign is `otherwise`. Cells written with the other sign are then for `parse_number` to report.
    """
    cells = [text.strip().replace("−", "-") for text in texts if "," in text or "." in text]
    commas = [text for text in cells if "," in text]
    if not commas and any(map(_is_clear, cells)):
        return "."
    clear_commas = sum(map(_is_clear, commas))
    clear_points = sum(_is_clear(text) for text in cells if "." in text)
    if clear_commas == clear_points:
        return otherwise
    return "," if clear_commas > clear_points else "."


def _is_clear(text: str) -> bool:
    return _NUMBER.fullmatch(text) is not None and not _GROUPED.fullmatch(text)
