"""How the numbers are written: one table of notations, none of which changes what is computed."""

from dataclasses import dataclass
from typing import Literal

from bpsim.formula import Apply, Formula, Symbol
from bpsim.naming import layer_name
from bpsim.network import Network
from bpsim.quantity import Quantity

_WEIGHT_KINDS = ("weight", "step", "mean_step", "new_weight")
_BIAS_KINDS = ("bias", "bias_step", "mean_bias_step", "new_bias")


@dataclass(frozen=True)
class Notation:
    """One way of writing the subject down.

    Parameters
    ----------
    name, label, note, source : str
        How programs name it, how a list does, how it differs in a sentence, and the publication.
    weight, bias, z, a, delta, error, target, prediction : str
        The letters. An empty `bias` writes the bias as weight 0, on an input that is always 1.
    order : {"from_to", "to_from"}
        Which index of a weight comes first.
    layer : str
        How a layer number is written as an upper index, "{}" standing for it.
    first_weights : int
        Number of the layer of weights that leads out of the input layer, and
    first_layer : int
        the number of the input layer itself.
    delta_sign : {+1, −1}
        +1: δ = −∂E/∂z as in the lecture; −1: δ = ∂E/∂z, so that the number shown changes its sign.
    words : bool
        Whether quantities are named in words.
    """

    name: str
    label: str
    note: str
    source: str
    weight: str = "θ"
    bias: str = ""
    z: str = "z"
    a: str = "a"
    delta: str = "δ"
    error: str = "E"
    target: str = "y"
    prediction: str = "y"
    function: str = "g"
    order: Literal["from_to", "to_from"] = "to_from"
    layer: str = "{}"
    first_layer: int = 1
    first_weights: int = 1
    delta_sign: int = 1
    words: bool = False

    def sign_of(self, quantity: Quantity) -> int:
        """Return the sign that a number is shown with, against the one in the trace."""
        return self.delta_sign if quantity.kind in ("delta", "back_sum", "downhill") else 1

    def symbol(self, quantity: Quantity, network: Network) -> Formula:
        """Return how a number is written, such as δ²₁."""
        if self.words:
            return Symbol(_in_words(quantity, network), quantity=quantity)
        kind, layer, node, source, _ = quantity
        if kind in _WEIGHT_KINDS:
            return self.weight_symbol(kind, layer or 0, _number(node), _number(source), quantity)
        if kind in _BIAS_KINDS:
            return self._bias_symbol(kind, layer or 0, _number(node), quantity)
        if kind == "slope":
            return Apply(
                f"{self.function}′", self.node_symbol("z", layer or 0, _number(node)), quantity=quantity
            )
        if kind == "a" and layer == len(network.sizes) - 1:
            hat = self.prediction == self.target
            return Symbol(self.prediction, lower=_number(node), hat=hat, quantity=quantity)
        return self.node_symbol(kind, layer or 0, _number(node), quantity)

    def node_symbol(self, kind: str, layer: int, index: str, quantity: Quantity | None = None) -> Symbol:
        """Return the symbol of a node's number; `index` is a number or a letter that runs over the layer."""
        plain = {"input": "x", "target": self.target, "error_part": self.error, "error": self.error}
        if kind in plain:
            return Symbol(plain[kind], lower="" if kind == "error" else index, quantity=quantity)
        if kind == "learning_rate":
            return Symbol("η", quantity=quantity)
        if kind == "a" and layer == 0:
            return Symbol("x", lower=index, quantity=quantity)
        letters = {"z": self.z, "a": self.a, "delta": self.delta}
        upper = self.layer.format(layer + self.first_layer)
        return Symbol(letters.get(kind, kind), upper=upper, lower=index, quantity=quantity)

    def weight_symbol(
        self, kind: str, layer: int, to: str, source: str, quantity: Quantity | None = None
    ) -> Symbol:
        """Return the symbol of a weight into a node of a layer."""
        first, second = (source, to) if self.order == "from_to" else (to, source)
        comma = "," if len(first) > 1 or len(second) > 1 else ""
        upper = self.layer.format(layer - 1 + self.first_weights)
        letter = _prefixed(kind, self.weight)
        return Symbol(letter, upper=upper, lower=f"{first}{comma}{second}", quantity=quantity)

    def _bias_symbol(self, kind: str, layer: int, to: str, quantity: Quantity) -> Symbol:
        if not self.bias:
            return self.weight_symbol(kind, layer, to, "0", quantity)
        upper = self.layer.format(layer - 1 + self.first_weights)
        return Symbol(_prefixed(kind, self.bias), upper=upper, lower=to, quantity=quantity)


def _prefixed(kind: str, letter: str) -> str:
    if kind.startswith("new"):
        return f"new {letter}"
    return f"Δ{letter}" if "step" in kind else letter


def _number(place: int | None) -> str:
    return "" if place is None else str(place + 1)


def _in_words(quantity: Quantity, network: Network) -> str:
    kind, layer, node, source, _ = quantity
    if kind in ("error", "learning_rate"):
        return {"error": "error", "learning_rate": "learning rate"}[kind]
    assert layer is not None
    if node is None:
        return f"{kind} of {layer_name(network, layer)}"
    name = network.node_name(layer, node)
    if source is not None:
        way = f"from {network.node_name(layer - 1, source)} to {name}"
        return {"weight": "weight ", "new_weight": "new weight "}.get(kind, "step of the weight ") + way
    nouns = {
        "input": "value", "target": "target", "z": "weighted sum", "a": "activation", "slope": "slope",
        "error_part": "error", "downhill": "error signal", "back_sum": "error sum", "delta": "error term",
        "bias": "bias", "new_bias": "new bias", "bias_step": "step of the bias",
        "mean_bias_step": "step of the bias",
    }  # fmt: skip
    return f"{nouns[kind]} of {name}"


_LECTURE = "COMP90049, “Learning Parameters of Multi-layer Perceptrons with Backpropagation”, 2020"

NOTATIONS: dict[str, Notation] = {
    notation.name: notation
    for notation in (
        Notation(
            "lecture",
            "Lecture (θ from → to, δ = −∂E/∂z)",
            "Weights as in the lecture's figure: θ with the node that it comes from first.",
            f"{_LECTURE}, figure",
            order="from_to",
        ),
        Notation(
            "lecture_rule",
            "Lecture’s delta rule (θ to ← from)",
            "Weights as in the lecture’s delta rule: θ with the node that it leads to first.",
            f"{_LECTURE}, delta rule",
        ),
        Notation(
            "nielsen",
            "Nielsen (w, b, δ = ∂C/∂z)",
            "w and b carry the number of the layer that they lead to; δ = ∂C/∂z has the other sign.",
            "Michael Nielsen, “Neural Networks and Deep Learning”, 2015, chapter 2",
            weight="w", bias="b", error="C", function="σ", first_weights=2, delta_sign=-1,
        ),
        Notation(
            "bishop",
            "Bishop (w to ← from, δ = ∂E/∂a)",
            "a is the weighted sum, z the activation, t the target, y the output; δ = ∂E/∂a has the other sign.",
            "Christopher Bishop, “Pattern Recognition and Machine Learning”, 2006, section 5.3",
            weight="w", z="a", a="z", target="t", prediction="y", function="h", layer="({})", delta_sign=-1,
        ),
        Notation(
            "pytorch",
            "PyTorch (W, b, dL/dz)",
            "W has a row for each node that it leads to, z = x Wᵀ + b; dz stands for dL/dz.",
            "PyTorch documentation, torch.nn.Linear; Stanford CS231n notes, “Backpropagation”",
            weight="W", bias="b", delta="dz", error="L", layer="[{}]", first_layer=0, delta_sign=-1,
        ),
        Notation(
            "words",
            "Words",
            "Every number by its name.",
            "",
            words=True,
        ),
    )
}  # fmt: skip
"""Every notation by name, in the order in which a list shows them."""
