"""What the network answers to an instance that is not trained, in words."""

from bpsim.datasets import Dataset
from bpsim.evaluation import evaluate
from bpsim.network import Network
from bpsim.notation import Notation
from bpsim.scoring import classes
from ui.class_names import output_letter
from ui.numbers import NumberFormat

_MOST_OUTPUTS = 3  # that are all named


def answer_to_test(
    network: Network, dataset: Dataset, row: int, numbers: NumberFormat, notation: Notation
) -> str:
    """Return what is said of a test instance that was chosen: what ŷ is now, and what it should be.

    Parameters
    ----------
    network : Network
        With its present weights.
    row : int
        The instance, from 0.
    """

    def letter(output: int) -> str:
        return output_letter(output, network, notation)

    inputs, targets = dataset.inputs[row : row + 1], dataset.targets[row : row + 1]
    found = evaluate(network, inputs, targets)
    meaning = classes(dataset)
    if meaning is not None and meaning.names:
        winner, right = int(meaning.of(found.predictions)[0]), int(meaning.of(targets)[0])
        value = numbers.text(found.predictions[0, winner])
        says = f"{meaning.names[winner]} ({letter(winner)} = {value})"
        should = meaning.names[right]
    else:
        outputs = range(min(len(dataset.target_names), _MOST_OUTPUTS))
        says = ", ".join(f"{letter(k)} = {numbers.text(found.predictions[0, k])}" for k in outputs)
        should = ", ".join(f"{dataset.target_names[k]} = {numbers.given(targets[0, k])}" for k in outputs)
    error = f"{notation.error_letter} = {numbers.text(found.errors[0])}"
    return (
        f"Instance {row + 1} is kept for testing: it is not trained. "
        f"The network now answers {says} for {should}, {error}."
    )
