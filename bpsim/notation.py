"""How formulas are written: the lecture's letters and indices, those of well-known books, or words.

A notation never changes what is computed. Where its δ is the derivative ∂E/∂z and not −∂E/∂z, the numbers
that are shown for δ, for the Σ inside it and for the derivative by ŷ have the other sign.
"""

from dataclasses import dataclass, field, replace
from functools import cached_property

from bpsim.formula import Apply, Formula, Fraction, Negative, Symbol, Times, Words
from bpsim.formula_text import to_text
from bpsim.network import Network
from bpsim.quantity import OF_MEMORY, Quantity
from bpsim.quantity_names import LECTURE_LETTERS, name_of

TURNED = frozenset({"delta", "back_sum", "downhill"})
"""The kinds of numbers whose sign a notation may turn."""


@dataclass(frozen=True)
class Notation:
    """One way of writing.

    Parameters
    ----------
    name, label : str
        How files name it, and how the screen does.
    note : str
        How it is to be read, in one line.
    source : str
        Where it comes from.
    letters : dict
        The letter of "input", "target", "z", "a", "output", "g", "error", "delta", "weight", "bias" and
        "learning_rate". An output with the letter of a, and an input with it, have their layer's number too;
        for a δ without a letter the derivative is written out.
    delta_sign : {1, −1}
        1 where δ = −∂E/∂z, −1 where δ = ∂E/∂z.
    d : {"∂", "d"}
        The sign of a derivative.
    first_layer : int
        The number of the input layer.
    layer_of_source : bool
        Whether a weight has the number of the layer that it comes from, not that of where it leads to.
    to_first : bool
        Whether a weight's first index is the node that it leads to.
    bias_index : str
        The index of a bias in the place of the source: "0" where it is the weight of a constant 1.
    layer_form : str
        How a layer's number is written above a letter.
    before, after : str
        The index letters of sums over the layer before, and over the layer after.
    input_first : bool
        Whether an a is written before its weight, as in x Wᵀ.
    words : bool
        Whether quantities have names in words and no letters.
    outputs_in_chain : bool
        Whether the chain of reactions writes an output with the letter of a and its layer: a³₁ for ŷ₁.
    """

    name: str
    label: str
    note: str
    source: str
    letters: dict[str, str] = field(repr=False, hash=False)
    delta_sign: int = 1
    d: str = "∂"
    first_layer: int = 1
    layer_of_source: bool = False
    to_first: bool = True
    bias_index: str = ""
    layer_form: str = "{}"
    before: str = "j"
    after: str = "j"
    input_first: bool = False
    words: bool = False
    outputs_in_chain: bool = False

    def sign(self, kind: str) -> int:
        """Return −1 for a kind of number that is shown with the other sign than the trace's, else 1."""
        return self.delta_sign if kind in TURNED else 1

    def layer_number(self, layer: int) -> int:
        """Return the number of a layer, which counts from 0 in the engine."""
        return layer + self.first_layer

    @property
    def error_letter(self) -> str:
        """The letter of the error: E, C or L."""
        return self.letters["error"]

    @property
    def bias_letter(self) -> str:
        """What a bias is called: θ₀, or b."""
        return self.letters["bias"] + ("₀" if self.bias_index else "")

    @property
    def step_letter(self) -> str:
        """What a step is called: Δθ, Δw."""
        return f"Δ{self.letters['weight']}"

    @property
    def difference_letters(self) -> str:
        """What the difference of an output and its target is called: y − ŷ, or ŷ − y."""
        y, output = self.letters["target"], self.letters["output"]
        return f"{output} − {y}" if self.delta_sign < 0 else f"{y} − {output}"

    @property
    def lettered(self) -> "Notation":
        """The notation itself; for words the lecture's, for places that have room for letters only."""
        return NOTATIONS["lecture"] if self.words else self

    @cached_property
    def plain_letters(self) -> dict[str, str]:
        """What each kind of number is called in a sentence."""
        letters, d = self.letters, self.d
        if self.words:
            return {**LECTURE_LETTERS, **_IN_WORDS}
        slope = f"{'' if self.delta_sign < 0 else '−'}{d}{letters['error']}/{d}"
        weight, bias = letters["weight"], self.bias_letter
        return {
            **LECTURE_LETTERS,
            **{kind: letters[kind] for kind in ("target", "z", "a", "output", "error", "learning_rate")},
            "slope": f"{letters['g']}′",
            "error_part": letters["error"],
            "downhill": slope + letters["output"],
            "back_sum": slope + letters["a"],
            "delta": letters["delta"] or slope + letters["z"],
            "step": f"Δ{weight}",
            "bias_step": f"Δ{bias}",
            "mean_step": f"mean Δ{weight}",
            "mean_bias_step": f"mean Δ{bias}",
        }

    def symbol(self, quantity: Quantity, network: Network) -> Formula:
        """Return how a quantity is written."""
        kind, layer, node, source, instance = quantity
        if self.words:
            return Words(name_of(quantity, network, self.plain_letters), quantity=quantity)
        each = "" if instance is None else f"p={instance + 1}"
        below = self._below(kind, _place(node), _place(source), each)
        spoken = name_of(quantity, network, self.plain_letters)
        return replace(self._written(kind, layer, below, network), quantity=quantity, spoken=spoken)

    def in_chain(self, quantity: Quantity, network: Network) -> Formula:
        """Return how a quantity is written in the chain of reactions: always in letters."""
        kind, layer, node, _, _ = quantity
        if kind == "a" and self.outputs_in_chain and layer == len(network.sizes) - 1:
            spoken = name_of(quantity, network, self.plain_letters)
            above = self._above("z", layer)
            return Symbol(self.letters["a"], above, _place(node), quantity=quantity, spoken=spoken)
        return self.lettered.symbol(quantity, network)

    def text(self, quantity: Quantity, network: Network) -> str:
        """Return a quantity as it is written on a line of plain text: δ²₁."""
        return to_text(self.symbol(quantity, network), str)

    def node_text(self, layer: int, node: int, network: Network) -> str:
        """Return what the drawing and the tables call a node, always in letters: x₁, a²₁, ŷ₁."""
        if layer == 0:
            return input_name(node)
        return self.lettered.text(Quantity("a", layer, node), network)

    def chain_text(self, quantity: Quantity, network: Network) -> str:
        """Return a quantity as the chain of reactions writes it, as plain text: a³₁."""
        return to_text(self.in_chain(quantity, network), str)

    def general(
        self, kind: str, layer: int, network: Network, node: str, source: str = "", instance: str = ""
    ) -> Formula:
        """Return how a number of any node is written; the indices are letters such as "j", or numbers."""
        if self.words:
            if kind == "weight":
                return Words("weight from it" if source.isalpha() else "weight to it")
            is_output = kind == "a" and layer == len(network.sizes) - 1
            return Words(f"its {_IN_WORDS['output' if is_output else kind]}")
        return self._written(kind, layer, self._below(kind, node, source, instance), network)

    # -- inside ----------------------------------------------------------------------------------------------

    def _written(self, kind: str, layer: int | None, below: str, network: Network) -> Formula:
        match kind:
            case "slope":
                return Apply(f"{self.letters['g']}′", self._written("z", layer, below, network))
            case "downhill" | "back_sum":
                slope = self._derivative(self._written("a", layer, below, network))
                return slope if self.delta_sign < 0 else Negative(slope)
            case "delta" if not self.letters["delta"]:
                return self._derivative(self._written("z", layer, below, network))
            case "a" if layer == len(network.sizes) - 1:
                kind = "output"
            case "error_part":
                kind = "error"
            case "l1" | "l2":
                return Symbol("λ", lower=kind[1])
            case "momentum" | "penalty":
                return Symbol("μ" if kind == "momentum" else kind)
            case _ if kind in OF_MEMORY:
                return Symbol(LECTURE_LETTERS[kind], self._above(kind, layer), below)
        letter = self.letters[_LETTER_OF.get(kind, kind)]
        return _symbol(_BEFORE_LETTER.get(kind, "") + letter, self._above(kind, layer), below)

    def _derivative(self, by: Formula) -> Formula:
        """Return ∂E/∂…, in the notation's letters."""
        d = Symbol(self.d)
        return Fraction(Times((d, Symbol(self.letters["error"]))), Times((d, by)))

    def _above(self, kind: str, layer: int | None) -> str:
        """Return the upper index."""
        plain = kind in ("input", "output") and self.letters[kind] != self.letters["a"]
        if layer is None or plain or kind in ("target", "error"):
            return ""
        earlier = self.layer_of_source and kind in _OF_CONNECTIONS
        return self.layer_form.format(self.layer_number(layer) - earlier)

    def _below(self, kind: str, node: str, source: str, instance: str) -> str:
        """Return the lower indices."""
        if _LETTER_OF.get(kind) == "bias" or (kind in OF_MEMORY and node and not source):
            source = self.bias_index
        pair = [index for index in ((node, source) if self.to_first else (source, node)) if index]
        places = ("," if any(len(index) > 1 for index in pair) else "").join(pair)
        return f"{places},{instance}" if instance else places


_LETTER_OF = {
    "step": "weight", "mean_step": "weight", "new_weight": "weight", "weight": "weight",
    "bias_step": "bias", "mean_bias_step": "bias", "new_bias": "bias", "bias": "bias",
    "decay_step": "weight",
}  # fmt: skip
_OF_CONNECTIONS = OF_MEMORY.union(_LETTER_OF)
_BEFORE_LETTER = {
    "step": "Δ", "bias_step": "Δ", "mean_step": "mean Δ", "mean_bias_step": "mean Δ",
    "new_weight": "new ", "new_bias": "new ", "decay_step": "decay ",
}  # fmt: skip
_IN_WORDS = {
    "input": "value", "a": "activation a", "output": "prediction ŷ", "target": "target y",
    "slope": "slope g′", "error_part": "error E", "error": "error E", "learning_rate": "learning rate η",
    "downhill": "downhill slope −∂E/∂ŷ", "back_sum": "returned error −∂E/∂a",
    "step": "step Δθ", "bias_step": "step Δθ₀",
    "mean_step": "mean step Δθ", "mean_bias_step": "mean step Δθ₀", "delta": "δ", "z": "z",
    "momentum": "momentum μ", "l1": "factor λ₁", "l2": "factor λ₂", "decay_step": "decay",
    "old_velocity": "old velocity v", "velocity": "velocity v", "old_average": "old average m",
    "average": "average m", "old_square": "old mean square s", "square": "mean square s",
}  # fmt: skip
"""What kinds of numbers are called where there is room for words; others as the lecture calls them."""


def input_name(node: int) -> str:
    """Return what the drawing and the data call an input: x₁."""
    return to_text(Symbol("x", lower=_place(node)), str)


def _symbol(letter: str, above: str, below: str) -> Symbol:
    return Symbol("y", above, below, hat=True) if letter == "ŷ" else Symbol(letter, above, below)


def _place(index: int | None) -> str:
    return "" if index is None else str(index + 1)


_LECTURE = "“Learning Parameters of Multi-layer Perceptrons with Backpropagation”, COMP90049, 2020"
_THETA = {
    "input": "a", "target": "y", "z": "z", "a": "a", "output": "ŷ", "g": "g", "error": "E", "delta": "δ",
    "weight": "θ", "bias": "θ", "learning_rate": "η",
}  # fmt: skip

NOTATIONS: dict[str, Notation] = {
    notation.name: notation
    for notation in (
        Notation(
            name="lecture",
            label="Lecture (θ from→to, δ = −∂E/∂z)",
            note="θ¹₂₃ leads from node 2 of layer 1 to node 3 of layer 2; a bias is θ₀, of x₀ = 1.",
            source=f"{_LECTURE}: the figure of the network and the derivation",
            letters=_THETA,
            layer_of_source=True,
            to_first=False,
            bias_index="0",
            outputs_in_chain=True,
        ),
        Notation(
            name="lecture_rule",
            label="Lecture's delta rule (θ to←from, δ = −∂E/∂z)",
            note="θ¹₃₂ leads to node 3 of layer 2 from node 2 of layer 1; a bias is θ₀, of x₀ = 1.",
            source=f"{_LECTURE}: the generalised delta rule",
            letters=_THETA,
            layer_of_source=True,
            bias_index="0",
            after="i",
            outputs_in_chain=True,
        ),
        Notation(
            name="nielsen",
            label="Nielsen (w to←from, b, δ = ∂C/∂z)",
            note="w²₃₂ leads to node 3 of layer 2 from node 2 of layer 1; C is the error, σ any g.",
            source="Michael Nielsen, “Neural Networks and Deep Learning”, 2015, chapter 2, BP1 to BP4",
            letters={
                **_THETA, "output": "a", "g": "σ", "error": "C", "weight": "w", "bias": "b",
            },
            delta_sign=-1,
            before="k",
            after="k",
        ),
        Notation(
            name="bishop",
            label="Bishop (w to←from, a before and z after h, δ = ∂E/∂a)",
            note="a is what the lecture calls z, and z what it calls a; y is the output, t the target. "
            "Layers of weights count from 1, as in his section 5.1; their number above a and z is ours.",
            source="Christopher Bishop, “Pattern Recognition and Machine Learning”, 2006, "
            "sections 5.1 and 5.3.1, equations 5.48 to 5.56",
            letters={
                **_THETA, "input": "x", "target": "t", "z": "a", "a": "z", "output": "y", "g": "h",
                "weight": "w", "bias": "w",
            },
            delta_sign=-1,
            first_layer=0,
            bias_index="0",
            layer_form="({})",
            before="i",
            after="k",
        ),
        Notation(
            name="pytorch",
            label="PyTorch (W, b, dL/dz, x Wᵀ + b)",
            note="W¹₃₂ leads to node 3 from node 2, as in a weight of shape (out, in); "
            "gradients are written out, lr is η. Nodes count from 1 here, in programs from 0.",
            source="PyTorch documentation, torch.nn.Linear (x Aᵀ + b, weight of shape (out_features, "
            "in_features)) and torch.optim.SGD (lr)",
            letters={
                **_THETA, "input": "x", "error": "L", "delta": "", "weight": "W", "bias": "b",
                "learning_rate": "lr",
            },
            delta_sign=-1,
            d="d",
            first_layer=0,
            input_first=True,
        ),
        Notation(
            name="words",
            label="Words",
            note="Quantities have names; layers and the sign of δ are the lecture's.",
            source=_LECTURE,
            letters=_THETA,
            bias_index="0",
            words=True,
            outputs_in_chain=True,
        ),
    )
}  # fmt: skip
"""Every notation by name, in the order in which a list shows them."""
