"""Laying out matrix equations: a line of letters, and below it the numbers in brackets."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from bpsim.formula import Formula, Number
from bpsim.matrices import ABOUT, EQUALS, Entry, Matrix, MatrixEquation, Sign
from bpsim.matrix_text import UNKNOWN
from ui.formula import boxes
from ui.formula.boxes import Box, Part, Stretched
from ui.formula.faces import italics
from ui.formula.layout import Setting, lay_out
from ui.formula.lines import Atom, broken
from ui.formula.paint import Picture

_WIDE, _THIN = 0.24, 0.14  # around signs, and between factors, as shares of the size of the letters
_COLUMN, _ROW = 0.7, 0.28  # between columns and rows
_ARM, _INSIDE, _OVER = 0.26, 0.16, 0.16  # of brackets: their short lines, and room inside and above
_LINES = 0.5  # between the letters and the numbers
_UNLIMITED = 1e6


def lay_out_matrices(
    equation: MatrixEquation,
    setting: Setting,
    width: float,
    result: Setting | None = None,
    about: bool = False,
) -> Picture:
    """Return a matrix equation laid out; a line that is wider than `width` is broken between matrices.

    Only a single matrix that is too wide comes out wider. `result` is for the numbers before the =, where
    these are written in another way; `about`: whether numbers have ≈ for =.
    """
    size, first = setting.size, equation.matrices[0]

    def numbers(matrix: Matrix) -> Box:
        return _matrix(matrix, result if result is not None and matrix is first else setting)

    written = [ABOUT if about and part == EQUALS else part for part in equation.parts]
    letters = partial(_letter, setting=setting)
    lines = [
        broken([_atom(part, draw, setting, n) for n, part in enumerate(parts)], width, 0.0, size)
        for parts, draw in ((equation.parts, letters), (written, numbers))
    ]
    return Picture(boxes.column(lines, round(_LINES * size)))


def _atom(part: Matrix | Sign, draw: Callable[[Matrix], Box], setting: Setting, place: int) -> Atom:
    """Return a matrix, or a sign; a line may end before a matrix that follows "=", "+" or "∘"."""
    size = setting.size
    if isinstance(part, Matrix):
        return Atom(draw(part), _THIN * size if place else 0.0, 1)
    gap = _WIDE * size if part.text in "=≈+−∘" and part.text else 0.0
    return Atom(boxes.written(italics(part.text), size), gap, 0 if gap else None)


def _letter(matrix: Matrix, setting: Setting) -> Box:
    return _laid(matrix.letter, setting)


def _matrix(matrix: Matrix, setting: Setting) -> Box:
    """Return numbers in brackets, in columns flush right."""
    first = matrix.entries[0][0]
    if matrix.is_scalar and first is not None:
        return _written(first, setting)
    dotted = [column for column, entries in enumerate(zip(*matrix.entries, strict=True)) if not any(entries)]
    rows = [
        [
            _written(entry, setting) if entry is not None else _dots(not any(row), c in dotted, setting)
            for c, entry in enumerate(row)
        ]
        for row in matrix.entries
    ]
    widths = [max(box.width for box in column) for column in zip(*rows, strict=True)]
    gap = _COLUMN * setting.size
    lines = [_line(row, widths, gap) for row in rows]
    body = boxes.on_axis(boxes.column(lines, _ROW * setting.size, _strut(setting)), setting.size)
    left, right = (_bracket(body, setting.size, opening) for opening in (True, False))
    return boxes.row((left, body, right))


def _bracket(body: Box, size: int, opening: bool) -> Box:
    """Return a thin square bracket beside what it embraces."""
    line, arm, room = max(1.0, round(size / 14)), round(_ARM * size), round(_INSIDE * size)
    ascent, descent = body.ascent + _OVER * size, body.descent + _OVER * size
    upright = Stretched("", line, ascent + descent)
    x = 0.0 if opening else float(arm + room) - line
    arms = 0.0 if opening else float(room)
    ends = Stretched("", float(arm), line)
    parts = (Part(x, -ascent, upright), Part(arms, -ascent, ends), Part(arms, descent - line, ends))
    return Box(float(arm + room), ascent, descent, parts)


def _line(row: list[Box], widths: list[float], gap: float) -> Box:
    parts, x = [], 0.0
    for box, width in zip(row, widths, strict=True):
        shift = (width - box.width) / (1 if box.quantity is not None else 2)  # dots stand in the middle
        parts.append(Part(x + shift, 0.0, box))
        x += width + gap
    ascent, descent = max(box.ascent for box in row), max(box.descent for box in row)
    return Box(x - gap, ascent, descent, tuple(parts))


def _written(entry: Entry, setting: Setting) -> Box:
    if entry.value is None:
        return boxes.meaning(boxes.written(UNKNOWN, setting.size), entry.quantity)
    box = boxes.meaning(_laid(Number(entry.value), setting), entry.quantity)
    return replace(box, quiet=True) if entry.absent else box


def _dots(of_rows: bool, of_columns: bool, setting: Setting) -> Box:
    """Return the dots for rows that are not written, for columns, or for both."""
    return boxes.written("⋱" if of_rows and of_columns else "⋮" if of_rows else "⋯", setting.size)


def _laid(formula: Formula, setting: Setting) -> Box:
    return lay_out(formula, setting, _UNLIMITED).box


def _strut(setting: Setting) -> tuple[float, float]:
    return 0.72 * setting.size, 0.1 * setting.size
