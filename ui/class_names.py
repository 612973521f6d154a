"""What classes and outputs are called on the screen."""

from bpsim.columns import default_name
from bpsim.datasets import Dataset
from bpsim.network import Network
from bpsim.notation import Notation
from bpsim.scoring import Classes
from ui.numbers import NumberFormat


def class_names(classes: Classes, dataset: Dataset, numbers: NumberFormat) -> list[str]:
    """Return the name of each class: of a single target what it is, such as "y₁ = 0"."""
    target = dataset.target_names[0]
    return list(classes.names) or [f"{target} = {numbers.given(v)}" for v in (classes.low, classes.high)]


def output_letter(output: int, network: Network, notation: Notation) -> str:
    """Return how an output is written: ŷ₁ for the first one in the lecture's letters."""
    return notation.node_text(len(network.sizes) - 1, output, network)


def output_name(dataset: Dataset, output: int, letter: str) -> str:
    """Return ŷ₁, or "ŷ₁ setosa" where the target has a name of its own."""
    name = dataset.target_names[output]
    return letter if name == default_name("y", output) else f"{letter} {name}"
