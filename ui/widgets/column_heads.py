"""What the columns of the data are called: their own names, or the letters of a notation. No Qt."""

from bpsim.columns import default_name
from bpsim.datasets import Dataset
from bpsim.network import Network
from bpsim.notation import Notation
from bpsim.quantity import Quantity


def column_name(dataset: Dataset, column: int, notation: Notation) -> str:
    """Return the name of a column of the data, the inputs first; a target without one has its letter."""
    inputs = len(dataset.input_names)
    if column < inputs:
        return dataset.input_names[column]
    target = column - inputs
    name = dataset.target_names[target]
    return default_name(notation.letters["target"], target) if name == default_name("y", target) else name


def output_name(output: int, network: Network | None, notation: Notation) -> str:
    """Return how the answer of an output is written: ŷ₁; with its layer where there is a network."""
    if network is None:
        return default_name(notation.letters["output"], output)
    return notation.text(Quantity("a", len(network.sizes) - 1, output), network)


def column_tip(dataset: Dataset, column: int, notation: Notation) -> str:
    """Return what a column of the data holds."""
    name, inputs = column_name(dataset, column, notation), len(dataset.input_names)
    if column < inputs:
        return f"Input {column + 1}: {name}"
    if dataset.one_hot:
        return f"Class {name}: {0.9 if dataset.has_soft_targets else 1} for its instances"
    return f"Target of output {column - inputs + 1}: {name}"
