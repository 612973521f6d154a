"""What the tool tip says of a node or weight, in plain words and with all digits that are known."""

import textwrap

from bpsim.network import Network
from ui.canvas.picture import Picture, Target
from ui.canvas.reading import Reading
from ui.numbers import NumberFormat
from ui.view_state import Edge

LINE = 60
"""So many letters a line of a tool tip has at most."""


def wrapped(text: str) -> str:
    """Return a text in lines that can be read at a glance; its own lines stay apart."""
    return "\n".join(textwrap.fill(line, LINE) for line in text.split("\n"))


def describe(picture: Picture, target: Target) -> str:
    """Return the text about what is at a place, "" where there is nothing to say."""
    reading = picture.reading
    if target.edge is not None:
        return _weight(reading, target.edge)
    if target.node is not None:
        text, fields = _node(reading, *target.node), picture.fields
        if fields is None or target.layer == 0:
            return text
        return f"{text}\n{fields.describe(*target.node, reading.numbers)}"
    if target.kind == "head" and reading.drawing:
        return "Choose the activation of this layer"
    return ""


def node_sentence(network: Network, layer: int, node: int) -> str:
    """Return a node's name as the beginning of a sentence."""
    name = network.node_name(layer, node)
    return name[0].upper() + name[1:]


def weight_sentence(network: Network, edge: Edge) -> str:
    """Return what a weight leads from and to."""
    l, i, j = edge
    return f"Weight from {network.node_name(l, j)} to {network.node_name(l + 1, i)}"


def _node(reading: Reading, layer: int, node: int) -> str:
    numbers, lines = _fine(reading), [node_sentence(reading.network, layer, node)]
    if layer == 0:
        lines.extend(_input(reading, node))
        return "\n".join(lines)
    for letter, value in (
        (reading.notation.letters["z"], reading.pre_activation(layer, node)),
        (reading.notation.letters["a"], reading.activation(layer, node)),
        (reading.delta_letter, reading.delta(layer, node)),
    ):
        if value is not None:
            lines.append(f"{letter} = {numbers.text(value)}")
    lines.append(
        f"bias {reading.bias_letter} = {numbers.given(float(reading.network.biases[layer - 1][node]))}"
    )
    lines.extend(reading.beside(node) if layer == reading.last else ())
    return "\n".join(lines)


def _input(reading: Reading, node: int) -> list[str]:
    dataset, value = reading.moment.dataset, reading.input(node)
    fits = len(dataset.input_names) == reading.network.sizes[0]
    name = dataset.input_names[node] if fits else ""
    own_name = [] if not fits or name == reading.symbol(0, node) else [f"column “{name}” of the data"]
    return [
        *own_name,
        *([] if value is None else [f"{_input_letters(reading, node)} = {_fine(reading).given(value)}"]),
    ]


def _input_letters(reading: Reading, node: int) -> str:
    """Return what an input is called, and what formulas call it where that differs: x₁ = a¹₁."""
    return " = ".join(dict.fromkeys((reading.symbol(0, node), reading.letter("input", 0, node))))


def _weight(reading: Reading, edge: Edge) -> str:
    l, i, j = edge
    numbers, trace, letter = _fine(reading), reading.moment.trace, reading.weight_letter
    lines = [weight_sentence(reading.network, edge)]
    if trace is not None and reading.moment.knows("update"):
        lines.append(f"before the update {letter} = {numbers.given(float(trace.network.weights[l][i, j]))}")
    lines.append(f"{letter} = {numbers.given(float(reading.network.weights[l][i, j]))}")
    if trace is not None and reading.moment.knows("gradient", l + 1, i):
        lines.append(f"step Δ{letter} = {numbers.signed(float(trace.weight_steps[l][i, j]))}")
    return "\n".join(lines)


def _fine(reading: Reading) -> NumberFormat:
    return reading.numbers.finer(5)
