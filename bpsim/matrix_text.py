"""Matrix equations as plain text, LaTeX, and a sentence that is read aloud."""

from collections.abc import Callable

from bpsim.formula import Formula, Number, Words
from bpsim.formula_latex import to_latex
from bpsim.formula_spoken import to_spoken
from bpsim.formula_text import to_text
from bpsim.formula_writer import Write
from bpsim.matrices import Entry, Matrix, MatrixEquation, Sign
from bpsim.numbers import counted

UNKNOWN = "?"
"""What stands where a number is not known yet."""

AND_ABOUT = r"&\approx"

Render = Callable[[Formula, Write], str]


def matrix_to_text(
    equation: MatrixEquation, write: Write, result: Write | None = None, about: bool = False
) -> str:
    """Return the letters on one line and the numbers on the next, rows divided by semicolons.

    `result` writes the numbers before the = where these are written in another way; `about`: whether numbers
    have ≈ for =.
    """

    def numbers(matrix: Matrix) -> str:
        digits = result if result is not None and matrix is equation.matrices[0] else write
        if matrix.is_scalar:
            return _number(matrix.entries[0][0], to_text, digits, "⋯")
        rows = (" ".join(_number(e, to_text, digits, "⋯") for e in row) for row in matrix.entries)
        return f"[{'; '.join(rows)}]"

    letters = _joined(equation, lambda matrix: _text_letter(matrix, write))
    return f"{letters}\n{_related(_joined(equation, numbers), about)}"


def matrix_to_latex(
    equation: MatrixEquation, write: Write, result: Write | None = None, about: bool = False
) -> str:
    """Return the letters on one line of `aligned` and the numbers on the next, as `matrix_to_text` does."""

    def numbers(matrix: Matrix) -> str:
        digits, dots = (
            result if result is not None and matrix is equation.matrices[0] else write,
            _dots(matrix),
        )
        if matrix.is_scalar:
            return _number(matrix.entries[0][0], to_latex, digits, r"\cdots")
        rows = (" & ".join(_number(e, to_latex, digits, dots) for e in row) for row in matrix.entries)
        return r"\begin{pmatrix} " + r" \\ ".join(rows) + r" \end{pmatrix}"

    lines = (
        _joined(equation, lambda matrix: to_latex(matrix.letter, write)),
        _joined(equation, numbers),
    )
    letters, written = (_latex_signs(line).replace("=", "&=", 1) for line in lines)
    body = f"{letters} \\\\\n{written.replace('&=', AND_ABOUT, 1) if about else written}"
    return f"\\begin{{aligned}}\n{body}\n\\end{{aligned}}"


def matrix_to_spoken(equation: MatrixEquation, write: Write) -> str:
    """Return what the equation says, and how large each matrix is."""
    rule = _joined(equation, lambda matrix: _spoken_letter(matrix, write), spoken=True)
    sizes = [
        f"{_spoken_letter(matrix, write)} has {counted(matrix.shape[0], 'row')} and "
        f"{counted(matrix.shape[1], 'column')}"
        for matrix in equation.matrices
        if not matrix.is_scalar
    ]
    return f"{rule}. {', '.join(dict.fromkeys(sizes))}."


def _related(line: str, about: bool) -> str:
    return line.replace("=", "≈", 1) if about else line


def _text_letter(matrix: Matrix, write: Write) -> str:
    letter = to_text(matrix.symbol, write)
    return (
        f"{letter}ᵀ"
        if matrix.turned and not isinstance(matrix.symbol, Words)
        else to_text(matrix.letter, write)
    )


def _spoken_letter(matrix: Matrix, write: Write) -> str:
    return f"{to_spoken(matrix.symbol, write)}{' transposed' * matrix.turned}"


def _joined(equation: MatrixEquation, write: Callable[[Matrix], str], spoken: bool = False) -> str:
    parts = (
        (part.spoken if spoken else part.text) if isinstance(part, Sign) else write(part)
        for part in equation.parts
    )
    return " ".join(part for part in parts if part).replace("( ", "(").replace(" )", ")")


def _number(entry: Entry | None, render: Render, write: Write, dots: str) -> str:
    if entry is None:
        return dots
    return UNKNOWN if entry.value is None else render(Number(entry.value), write)


def _dots(matrix: Matrix) -> str:
    return r"\vdots" if matrix.shape[1] == 1 else r"\cdots"


def _latex_signs(line: str) -> str:
    return line.replace("∘", r"\circ").replace("−", "-").replace("σ(", r"\sigma(")
