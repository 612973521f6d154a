"""The worked solution of one instance: every number of every phase with its rule, as a document.

One list of explanations is written in several ways (`to_markdown`, `to_latex`, `to_html`), each by a renderer
of the formula tree, so the documents cannot differ in what they say.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape

import numpy as np

from bpsim.backprop import Trace
from bpsim.explain import Explanation, explain, worked
from bpsim.formula_latex import to_latex as formula_to_latex
from bpsim.formula_mathml import to_mathml
from bpsim.formula_text import to_text
from bpsim.narration import phase_explanation
from bpsim.network import Network
from bpsim.notation import NOTATIONS
from bpsim.quantity import Quantity

MOST_NODES = 48
"""Nodes up to which a solution is written: a longer one nobody reads; its numbers go to a table."""

Write = Callable[[float], str]


@dataclass(frozen=True)
class Section:
    """One phase: its name, what it does, and where each of its numbers came from."""

    title: str
    text: str
    explanations: tuple[Explanation, ...]


@dataclass(frozen=True)
class Solution:
    """A worked solution, to be written down.

    Parameters
    ----------
    title : str
    sections : tuple of Section
        One a phase.
    write : callable
        How a number is written.
    rounded : callable
        The number that is read when one is written so; it decides between = and ≈.
    """

    title: str
    sections: tuple[Section, ...]
    write: Write
    rounded: Callable[[float], float]


def work_out(
    trace: Trace,
    write: Write,
    rounded: Callable[[float], float],
    notation: str = "lecture",
    title: str = "Worked solution",
) -> Solution:
    """Return the worked solution of an instance.

    Raises
    ------
    ValueError
        If the network has more than `MOST_NODES` nodes.
    """
    nodes = sum(trace.network.sizes)
    if nodes > MOST_NODES:
        raise ValueError(
            f"A worked solution is written for up to {MOST_NODES} nodes; this network has {nodes}. "
            "Its numbers can be written as a CSV table."
        )
    sections = tuple(
        Section(
            phase.capitalize(),
            phase_explanation(phase, NOTATIONS[notation]),
            tuple(explain(trace, quantity, notation) for quantity in asked),
        )
        for phase, asked in _by_phase(trace)
    )
    return Solution(title, sections, write, rounded)


def to_markdown(solution: Solution) -> str:
    """Return the solution as Markdown, formulas in plain Unicode."""
    lines = [f"# {solution.title}", ""]
    for number, section in enumerate(solution.sections, start=1):
        lines += [f"## {number} {section.title}", "", section.text, ""]
        for explanation in section.explanations:
            lines += [f"**{explanation.title}**", ""]
            lines += [
                f"    {to_text(formula, solution.write)}" for formula in worked(explanation, solution.rounded)
            ]
            lines += ["", *(f"*{note}*" for note in explanation.notes), ""]
    return "\n".join(lines).rstrip() + "\n"


def to_latex(solution: Solution) -> str:
    """Return the solution as a LaTeX document of its own."""
    body = [f"\\title{{{_tex(solution.title)}}}\\date{{}}", "\\begin{document}", "\\maketitle"]
    for section in solution.sections:
        body += [f"\\section{{{section.title}}}", _tex(section.text)]
        for explanation in section.explanations:
            body += [f"\\paragraph{{{_tex(explanation.title)}}}", "\\begin{align*}"]
            steps = [formula_to_latex(f, solution.write) for f in worked(explanation, solution.rounded)]
            body += [" \\\\\n".join(f"  & {step}" for step in steps), "\\end{align*}"]
            body += [f"\\emph{{{_tex(note)}}}" for note in explanation.notes]
    return "\n".join([*_PREAMBLE, *body, "\\end{document}"]) + "\n"


def to_html(solution: Solution) -> str:
    """Return the solution as a page of its own, formulas in MathML."""
    body = [f"<h1>{escape(solution.title)}</h1>"]
    for number, section in enumerate(solution.sections, start=1):
        body += [f"<h2>{number} {section.title}</h2>", f"<p>{escape(section.text)}</p>"]
        for explanation in section.explanations:
            body.append(f"<h3>{escape(explanation.title)}</h3>")
            body += [f"<p>{to_mathml(f, solution.write)}</p>" for f in worked(explanation, solution.rounded)]
            body += [f"<p><em>{escape(note)}</em></p>" for note in explanation.notes]
    head = f'<meta charset="utf-8"><title>{escape(solution.title)}</title>'
    top = f'<!DOCTYPE html>\n<html lang="en">\n<head>{head}</head>\n<body>'
    return "\n".join([top, *body, "</body>\n</html>"]) + "\n"


_SIGNS = {
    "θ": "\\theta", "δ": "\\delta", "Δ": "\\Delta", "η": "\\eta", "σ": "\\sigma", "Σ": "\\Sigma",
    "∂": "\\partial", "ŷ": "\\hat y", "′": "'", "−": "-", "±": "\\pm", "·": "\\cdot",
    "→": "\\to", "≥": "\\ge", "₀": "_0", "₁": "_1", "²": "^2",
}  # fmt: skip
"""What titles and words are written with that LaTeX knows as mathematics only."""

_PREAMBLE = (
    "\\documentclass{article}",
    "\\usepackage[a4paper,margin=2cm]{geometry}",
    "\\usepackage{amsmath}",
    *(
        f"\\DeclareUnicodeCharacter{{{ord(sign):04X}}}{{\\ensuremath{{{tex}}}}}"
        for sign, tex in _SIGNS.items()
    ),
    "\\setlength{\\parindent}{0pt}",
    "\\allowdisplaybreaks",
)


def _by_phase(trace: Trace) -> Iterator[tuple[str, list[Quantity]]]:
    network, last = trace.network, len(trace.network.weights)
    hidden_and_output = [(l, i) for l in range(1, last + 1) for i in range(network.sizes[l])]
    backwards = [(l, i) for l in range(last, 0, -1) for i in range(network.sizes[l])]
    outputs = range(network.sizes[-1])
    yield (
        "receive",
        [
            *(Quantity("input", 0, j) for j in range(network.sizes[0])),
            *(Quantity("target", last, k) for k in outputs),
        ],
    )
    yield "forward", [Quantity(kind, *node) for node in hidden_and_output for kind in ("z", "a")]
    yield "error", [*(Quantity("error_part", last, k) for k in outputs), Quantity("error")]
    yield "backward", [Quantity(kind, *node) for node in backwards for kind in ("slope", "delta")]
    yield "gradient", list(_parameters(network, backwards, "step", "bias_step"))
    if trace.closes_batch:
        yield "update", list(_parameters(network, hidden_and_output, "new_weight", "new_bias"))


def _parameters(network: Network, nodes: list[tuple[int, int]], weight: str, bias: str) -> Iterator[Quantity]:
    for layer, node in nodes:
        for source in np.flatnonzero(network.masks[layer - 1][node]):
            yield Quantity(weight, layer, node, int(source))
        yield Quantity(bias, layer, node)


_SPECIAL = str.maketrans({sign: f"\\{sign}" for sign in "&%_#$"})


def _tex(text: str) -> str:
    return text.translate(_SPECIAL)
