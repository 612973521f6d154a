"""Laying out matrix equations: a line of letters, and below it the numbers in brackets."""

from dataclasses import replace
from functools import partial

from bpsim.formula import Formula, Number
from bpsim.matrices import Entry, Matrix, MatrixEquation, Sign
from bpsim.matrix_text import UNKNOWN
from ui.formula import boxes
from ui.formula.boxes import Box, Part
from ui.formula.faces import italics
from ui.formula.layout import Setting, lay_out
from ui.formula.lines import Atom, broken
from ui.formula.paint import Picture

_WIDE, _THIN = 0.24, 0.14  # around signs, and between factors, as shares of the size of the letters
_COLUMN, _ROW = 0.7, 0.28  # between columns and rows
_LINES = 0.5  # between the letters and the numbers
_UNLIMITED = 1e6


def lay_out_matrices(equation: MatrixEquation, setting: Setting, width: float) -> Picture:
    """Return a matrix equation laid out; a line that is wider than `width` is broken between matrices.

    Only a single matrix that is too wide comes out wider.
    """
    size = setting.size
    letters, numbers = partial(_letter, setting=setting), partial(_matrix, setting=setting)
    lines = [
        broken([_atom(part, draw, setting, n) for n, part in enumerate(equation.parts)], width, 0.0, size)
        for draw in (letters, numbers)
    ]
    return Picture(boxes.column(lines, round(_LINES * size)))


def _atom(part: Matrix | Sign, draw: "partial[Box]", setting: Setting, place: int) -> Atom:
    """Return a matrix, or a sign; a line may end before a matrix that follows "=", "+" or "∘"."""
    size = setting.size
    if isinstance(part, Matrix):
        return Atom(draw(part), _THIN * size if place else 0.0, 1)
    gap = _WIDE * size if part.text in "=+−∘" and part.text else 0.0
    return Atom(boxes.written(italics(part.text), size), gap, 0 if gap else None)


def _letter(matrix: Matrix, setting: Setting) -> Box:
    return _laid(matrix.letter, setting)


def _matrix(matrix: Matrix, setting: Setting) -> Box:
    """Return numbers in brackets, in columns flush right."""
    if matrix.is_scalar:
        return _entry(matrix.entries[0][0], matrix, setting)
    rows = [[_entry(entry, matrix, setting) for entry in row] for row in matrix.entries]
    widths = [max(box.width for box in column) for column in zip(*rows, strict=True)]
    gap = _COLUMN * setting.size
    lines = [_line(row, widths, gap) for row in rows]
    body = boxes.on_axis(boxes.column(lines, _ROW * setting.size, _strut(setting)), setting.size)
    left, right = (boxes.bracket(sign, body.ascent, body.descent, setting.size) for sign in "[]")
    inside = boxes.space(0.12 * setting.size)
    return boxes.row((left, inside, body, inside, right))


def _line(row: list[Box], widths: list[float], gap: float) -> Box:
    parts, x = [], 0.0
    for box, width in zip(row, widths, strict=True):
        shift = (width - box.width) / (1 if box.quantity is not None else 2)  # dots stand in the middle
        parts.append(Part(x + shift, 0.0, box))
        x += width + gap
    ascent, descent = max(box.ascent for box in row), max(box.descent for box in row)
    return Box(x - gap, ascent, descent, tuple(parts))


def _entry(entry: Entry | None, matrix: Matrix, setting: Setting) -> Box:
    if entry is None:
        return boxes.written("⋮" if matrix.shape[1] == 1 else "⋯", setting.size)
    if entry.value is None:
        return boxes.meaning(boxes.written(UNKNOWN, setting.size), entry.quantity)
    box = boxes.meaning(_laid(Number(entry.value), setting), entry.quantity)
    return replace(box, quiet=True) if entry.absent else box


def _laid(formula: Formula, setting: Setting) -> Box:
    return lay_out(formula, setting, _UNLIMITED).box


def _strut(setting: Setting) -> tuple[float, float]:
    return 0.72 * setting.size, 0.1 * setting.size
