"""A worked solution as Markdown, as a LaTeX document and as a web page."""

from collections.abc import Callable
from html import escape

from bpsim.explain import Explanation
from bpsim.export.tables import Table
from bpsim.export.worked_solution import DERIVED, Solution, Write, derived, lines_of
from bpsim.formula import Equation, Formula
from bpsim.formula_latex import to_latex as formula_to_latex
from bpsim.formula_mathml import to_mathml
from bpsim.formula_text import to_text


def to_markdown(solution: Solution) -> str:
    """Return the solution as Markdown, formulas in plain Unicode."""
    lines = [f"# {solution.title}", "", solution.setting, ""]
    for number, section in enumerate(solution.sections, start=1):
        lines += [f"## {number} {section.title}", "", section.text, ""]
        for explanation in section.explanations:
            lines += [f"**{explanation.title}**", ""]
            lines += [f"    {line}" for line in _lines(explanation, solution, to_text)]
            lines += ["", *(f"*{note}*" for note in explanation.notes), ""]
            lines += _markdown_derivation(derived(explanation), solution)
    lines += ["## All numbers", ""]
    for table in solution.tables:
        lines += [_markdown_row(table.heads), _markdown_row(("---", *("---:",) * (len(table.heads) - 1)))]
        lines += [_markdown_row([to_text(cell, solution.write) for cell in row]) for row in table.rows]
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def to_latex(solution: Solution) -> str:
    """Return the solution as a LaTeX document of its own."""
    body = [f"\\title{{{_tex(solution.title)}}}\\date{{}}", "\\begin{document}", "\\maketitle"]
    body.append(_tex(solution.setting))
    for section in solution.sections:
        body += [f"\\section{{{section.title}}}", _tex(section.text)]
        for explanation in section.explanations:
            body += [f"\\paragraph{{{_tex(explanation.title)}}}", "\\begin{align*}"]
            steps = _lines(explanation, solution, formula_to_latex)
            body += [" \\\\\n".join(f"  & {step}" for step in steps), "\\end{align*}"]
            body += [f"\\emph{{{_tex(note)}}}" for note in explanation.notes]
            body += _latex_derivation(derived(explanation), solution)
    body.append("\\section{All numbers}")
    for table in solution.tables:
        body += _latex_table(table, solution)
    return "\n".join([*_PREAMBLE, *body, "\\end{document}"]) + "\n"


def to_html(solution: Solution) -> str:
    """Return the solution as a page of its own, formulas in MathML."""
    body = [f"<h1>{escape(solution.title)}</h1>", f"<p>{escape(solution.setting)}</p>"]
    for number, section in enumerate(solution.sections, start=1):
        body += [f"<h2>{number} {section.title}</h2>", f"<p>{escape(section.text)}</p>"]
        for explanation in section.explanations:
            body.append(f"<h3>{escape(explanation.title)}</h3>")
            body += [f"<p>{line}</p>" for line in _lines(explanation, solution, to_mathml)]
            body += [f"<p><em>{escape(note)}</em></p>" for note in explanation.notes]
            lines = derived(explanation)
            body += [f"<p>{escape(DERIVED)}</p>"] if lines else []
            body += [f"<p>{to_mathml(line, solution.write)}</p>" for line in lines]
    body.append("<h2>All numbers</h2>")
    for table in solution.tables:
        body += _html_table(table, solution)
    head = f'<meta charset="utf-8"><title>{escape(solution.title)}</title>'
    top = f'<!DOCTYPE html>\n<html lang="en">\n<head>{head}</head>\n<body>'
    return "\n".join([top, *body, "</body>\n</html>"]) + "\n"


_POWERS, _INDICES = "⁰¹²³⁴⁵⁶⁷⁸⁹", "₀₁₂₃₄₅₆₇₈₉"
_SIGNS = {
    "θ": "\\theta", "δ": "\\delta", "Δ": "\\Delta", "η": "\\eta", "σ": "\\sigma", "Σ": "\\Sigma",
    "∂": "\\partial", "ŷ": "\\hat y", "′": "'", "−": "-", "±": "\\pm", "·": "\\cdot", "×": "\\times",
    "λ": "\\lambda", "μ": "\\mu", "ε": "\\varepsilon", "→": "\\to", "≥": "\\ge", "≈": "\\approx",
    **{sign: f"^{digit}" for digit, sign in enumerate(_POWERS)},
    **{sign: f"_{digit}" for digit, sign in enumerate(_INDICES)},
}  # fmt: skip
"""What titles and words are written with that LaTeX knows as mathematics only."""

_PREAMBLE = (
    "\\documentclass{article}",
    "\\usepackage[a4paper,margin=2cm]{geometry}",
    "\\usepackage{amsmath}",
    "\\usepackage{longtable}",
    *(
        f"\\DeclareUnicodeCharacter{{{ord(sign):04X}}}{{\\ensuremath{{{tex}}}}}"
        for sign, tex in _SIGNS.items()
    ),
    "\\setlength{\\parindent}{0pt}",
    "\\allowdisplaybreaks",
)
_SPECIAL = str.maketrans({sign: f"\\{sign}" for sign in "&%_#$"})


def _lines(
    explanation: Explanation, solution: Solution, render: Callable[[Formula, Write], str]
) -> list[str]:
    return [render(line.equation, line.numbers.given) for line in lines_of(explanation, solution)]


def _tex(text: str) -> str:
    return text.translate(_SPECIAL)


def _markdown_derivation(lines: tuple[Equation, ...], solution: Solution) -> list[str]:
    if not lines:
        return []
    return [DERIVED, "", *(f"    {to_text(line, solution.write)}" for line in lines), ""]


def _latex_derivation(lines: tuple[Equation, ...], solution: Solution) -> list[str]:
    if not lines:
        return []
    written = " \\\\\n".join(f"  & {formula_to_latex(line, solution.write)}" for line in lines)
    return ["", DERIVED, "\\begin{align*}", written, "\\end{align*}"]


def _markdown_row(cells: tuple[str, ...] | list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _latex_table(table: Table, solution: Solution) -> list[str]:
    rows = [" & ".join(f"${formula_to_latex(cell, solution.write)}$" for cell in row) for row in table.rows]
    heads = " & ".join(map(_tex, table.heads))
    return [
        f"\\begin{{longtable}}{{l{'r' * (len(table.heads) - 1)}}}",
        f"{heads} \\\\ \\hline \\endhead",
        *(f"{row} \\\\" for row in rows),
        "\\end{longtable}",
    ]


def _html_table(table: Table, solution: Solution) -> list[str]:
    heads = "".join(f"<th>{escape(head)}</th>" for head in table.heads)
    rows = [
        "".join(f"<td>{to_mathml(cell, solution.write, block=False)}</td>" for cell in row)
        for row in table.rows
    ]
    return ["<table>", f"<tr>{heads}</tr>", *(f"<tr>{row}</tr>" for row in rows), "</table>"]
