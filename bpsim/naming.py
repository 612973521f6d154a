"""Nodes, layers and numbers in words: "both inputs", "hidden nodes 1 and 3", "the 128 hidden nodes"."""

from collections.abc import Sequence

from bpsim.network import Network
from bpsim.numbers import whole_text

_COUNTS = (
    "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
)  # fmt: skip
FEW = 3
"""Up to here things are named one by one."""


def count(number: int) -> str:
    """Return a number as a word, from thirteen on in digits."""
    return _COUNTS[number] if number < len(_COUNTS) else whole_text(number)


def listed(names: Sequence[str]) -> str:
    """Return "a", "a and b" or "a, b and c"."""
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def capitalized(text: str) -> str:
    """Return a text with a capital first letter; the others stay as they are."""
    return text[0].upper() + text[1:]


def all_of(number: int, plural: str, article: str = "all") -> str:
    """Return "both nodes", or "all three nodes" with the article, which may be "the"."""
    return f"both {plural}" if number == 2 else f"{article} {count(number)} {plural}"


def layer_name(network: Network, layer: int) -> str:
    """Return a layer in a sentence: "the output layer", "hidden layer 2"."""
    title = network.layer_title(layer).lower()
    return title if title[-1].isdigit() else f"the {title}"


def whole_layer(network: Network, layer: int, article: str = "all") -> str:
    """Return all nodes of a layer: "both inputs", "all three hidden nodes", or the name of its only node."""
    size = network.sizes[layer]
    if size == 1:
        return network.node_name(layer, 0)
    before, after = _plural(network, layer)
    return all_of(size, before + after, article)


def every_node(network: Network, layer: int) -> str:
    """Return all nodes of a layer without counting them: "the inputs", "the nodes of hidden layer 2"."""
    return "the " + "".join(_plural(network, layer))


def nodes(network: Network, layer: int, indices: Sequence[int], article: str = "all") -> str:
    """Return some nodes of a layer, in rising order: one by one, as a range, or how many they are."""
    if len(indices) == network.sizes[layer]:
        return whole_layer(network, layer, article)
    if len(indices) == 1:
        return network.node_name(layer, indices[0])
    before, after = _plural(network, layer)
    before = "outputs" if before == "output nodes" else before
    if len(indices) <= FEW:
        return f"{before} {listed([str(index + 1) for index in indices])}{after}"
    if indices[-1] - indices[0] == len(indices) - 1:
        return f"{before} {indices[0] + 1} to {indices[-1] + 1}{after}"
    return f"{count(len(indices))} {before}{after}"


def _plural(network: Network, layer: int) -> tuple[str, str]:
    """Return what several nodes of a layer are called, before and after their numbers."""
    if layer == 0:
        return "inputs", ""
    if layer == len(network.sizes) - 1:
        return "output nodes", ""
    return ("hidden nodes", "") if len(network.sizes) == 3 else ("nodes", f" of hidden layer {layer}")
