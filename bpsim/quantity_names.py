"""The numbers of a moment in words: "δ of hidden node 1", "weight from input 1 to hidden node 2"."""

from collections.abc import Mapping

from bpsim.network import Network
from bpsim.quantity import OF_MEMORY, Quantity

LECTURE_LETTERS = {
    "target": "y", "z": "z", "a": "a", "output": "ŷ", "slope": "g′", "error_part": "E", "error": "E",
    "downhill": "−∂E/∂ŷ", "back_sum": "−∂E/∂a", "delta": "δ", "learning_rate": "η",
    "step": "Δθ", "mean_step": "mean Δθ", "bias_step": "Δθ₀", "mean_bias_step": "mean Δθ₀",
    "weight": "weight", "new_weight": "new weight", "bias": "bias", "new_bias": "new bias",
    "momentum": "μ", "l1": "λ₁", "l2": "λ₂", "penalty": "penalty", "decay_step": "decay",
    "old_velocity": "old v", "velocity": "v", "old_average": "old m", "average": "m",
    "old_square": "old s", "square": "s",
}  # fmt: skip
"""What each kind of number is called in the lecture."""

_WEIGHTS = ("weight", "new_weight")


def name_of(quantity: Quantity, network: Network, letters: Mapping[str, str] = LECTURE_LETTERS) -> str:
    """Return what a quantity is called in a sentence."""
    name = _name(quantity, network, letters)
    return name if quantity.instance is None else f"{name}, instance {quantity.instance + 1}"


def _name(quantity: Quantity, network: Network, letters: Mapping[str, str]) -> str:
    kind, layer, node, source, _instance = quantity
    if layer is None or node is None:
        return letters[kind]
    here = network.node_name(layer, node)
    if kind == "input":
        return here
    is_output = layer == len(network.sizes) - 1
    if is_output and kind in ("a", "back_sum"):
        kind = "output" if kind == "a" else "downhill"
    if source is None:
        return f"{letters[kind]} of {'the bias of ' * (kind in OF_MEMORY)}{here}"
    ends = f"from {network.node_name(layer - 1, source)} to {here}"
    return f"{letters[kind]} {ends}" if kind in _WEIGHTS else f"{letters[kind]} of the weight {ends}"
