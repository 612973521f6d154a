"""What classes and outputs are called on the screen."""

from bpsim.datasets import Dataset
from bpsim.scoring import Classes
from ui.numbers import NumberFormat

_LOW = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


def class_names(classes: Classes, dataset: Dataset, numbers: NumberFormat) -> list[str]:
    """Return the name of each class: of a single target what it is, such as "y₁ = 0"."""
    target = dataset.target_names[0]
    return list(classes.names) or [f"{target} = {numbers.given(v)}" for v in (classes.low, classes.high)]


def output_letter(output: int) -> str:
    """Return how an output is written: ŷ₁ for the first one."""
    return f"ŷ{str(output + 1).translate(_LOW)}"


def output_name(dataset: Dataset, output: int) -> str:
    """Return ŷ₁, or "ŷ₁ setosa" where the target has a name of its own."""
    letter, name = output_letter(output), dataset.target_names[output]
    return letter if name == letter.replace("ŷ", "y") else f"{letter} {name}"
