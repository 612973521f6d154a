"""Titles and notes of explanations, in a notation's letters."""

from bpsim.network import Network
from bpsim.notation import TURNED, Notation
from bpsim.quantity import OF_MEMORY, Quantity
from bpsim.quantity_names import name_of

_ROLES = {
    "input": "what the network is given",
    "target": "what this output should be",
    "z": "the weighted sum of what comes in",
    "a": "what this node passes on",
    "slope": "how steep the activation function is here",
    "error_part": "what this output adds to the error",
    "error": "how far the outputs are from their targets",
    "downhill": "how the error changes with this output",
    "back_sum": "the error that comes back, before the slope",
    "delta": "the error that reaches this node",
    "step": "how this instance changes the weight",
    "bias_step": "how this instance changes the bias",
    "mean_step": "how the batch changes the weight",
    "mean_bias_step": "how the batch changes the bias",
    "weight": "before the update",
    "bias": "before the update",
    "new_weight": "after the update",
    "new_bias": "after the update",
    "learning_rate": "how far each step goes",
    "momentum": "how much of v is kept",
    "l1": "how much every weight costs",
    "l2": "how much the square of every weight costs",
    "penalty": "what large weights cost",
    "decay_step": "how weight decay changes the weight",
    "old_velocity": "before the update",
    "velocity": "the steps so far, older ones counting less",
    "old_average": "before the update",
    "average": "the gradients so far, older ones counting less",
    "old_square": "before the update",
    "square": "the squared gradients so far, older ones counting less",
}


OF_BIASES = frozenset({"bias", "bias_step", "mean_bias_step", "new_bias"}) | OF_MEMORY
"""What belongs to a bias where it has no source."""


def title_of(quantity: Quantity, network: Network, notation: Notation) -> str:
    """Return what a quantity is called: "δ of hidden node 1"."""
    return name_of(quantity, network, notation.plain_letters)


def subtitle_of(quantity: Quantity, network: Network, notation: Notation) -> str:
    """Return where it stands and what it is: "layer 2 · the error that reaches this node".

    What belongs to a weight stands between two layers, and so does a bias that is the weight of a constant 1.
    """
    role = _ROLES[quantity.kind]
    if quantity.kind == "a" and quantity.layer == len(network.sizes) - 1:
        role = "what the network answers"
    return role if quantity.layer is None else f"{_place(quantity, quantity.layer, notation)} · {role}"


def _place(quantity: Quantity, layer: int, notation: Notation) -> str:
    here = f"layer {notation.layer_number(layer)}"
    is_weight = quantity.source is not None
    if is_weight or (quantity.kind in OF_BIASES and notation.bias_index):
        return f"from layer {notation.layer_number(layer - 1)} to {here}"
    return f"to {here}" if quantity.kind in OF_BIASES else here


def sign_note(quantity: Quantity, notation: Notation) -> str:
    """Return what is to be said of the sign; nothing where it is the lecture's."""
    if notation.delta_sign > 0 or quantity.kind not in (*TURNED, "step", "bias_step"):
        return ""
    if quantity.kind in TURNED:
        return "The lecture's δ is −∂E/∂z, so there this number has the other sign."
    return f"{notation.plain_letters['delta']} points uphill, so the step goes against it: hence the minus."
