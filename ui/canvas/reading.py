"""What the drawing says at a moment: the text of every node, bias and weight, and what is lit. No Qt.

Only what the moment knows is ever given out.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np

from bpsim.arrays import Array, Mask
from bpsim.backprop import Trace
from bpsim.formula_text import to_text
from bpsim.moment import Moment
from bpsim.network import Network, Node
from bpsim.notation import NOTATIONS, Notation, input_name
from bpsim.quantity import Quantity
from ui.numbers import NumberFormat
from ui.view_state import Edge, ViewState

_HIGH = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_LOW = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")

_MORE_DIGITS = 7
_AFTER_ERROR = ("backward", "gradient", "update")


def high(number: int) -> str:
    """Return a number as a superscript."""
    return str(number).translate(_HIGH)


def low(number: int) -> str:
    """Return a number as a subscript."""
    return str(number).translate(_LOW)


@lru_cache(maxsize=8)
def _letters_of(_notation: str, _sizes: tuple[int, ...]) -> dict[tuple[str, int, int], str]:
    """Return the letters that have been written in a notation, for networks of these sizes."""
    return {}


@dataclass(frozen=True, eq=False)
class Reading:
    """A moment as the drawing shows it."""

    moment: Moment
    view: ViewState

    @property
    def network(self) -> Network:
        """The parameters as they are now."""
        return self.moment.network

    @property
    def last(self) -> int:
        """The number of the output layer."""
        return len(self.moment.network.sizes) - 1

    @property
    def drawing(self) -> bool:
        """Whether the network is being drawn, not simulated."""
        return self.view.mode == "draw"

    @property
    def phase(self) -> str | None:
        """The phase that was shown last."""
        return self.moment.position.phase

    @property
    def before(self) -> Network:
        """The parameters that this instance was computed with."""
        return self._trace.network if self.moment.trace is not None else self.network

    @cached_property
    def numbers(self) -> NumberFormat:
        """How numbers are written."""
        return NumberFormat(self.view.digits, self.view.decimal_separator)

    @property
    def _trace(self) -> Trace:
        assert self.moment.trace is not None
        return self.moment.trace

    # -- letters ----------------------------------------------------------------------------------------

    @cached_property
    def notation(self) -> Notation:
        """The letters that are written; a drawing has no room for words, so these are the lecture's."""
        return NOTATIONS[self.view.notation].lettered

    def letter(self, kind: str, layer: int, node: int) -> str:
        """Return how a number of a node is written, such as δ²₁."""
        key = kind, layer, node
        if key not in self._letters:
            symbol = self.notation.symbol(Quantity(*key), self.network)
            self._letters[key] = to_text(symbol, self.numbers.text)
        return self._letters[key]

    @cached_property
    def _letters(self) -> dict[tuple[str, int, int], str]:
        """Those that have been asked for: a drawing asks for them again each time it is painted."""
        return _letters_of(self.view.notation, self.network.sizes)

    @property
    def weight_letter(self) -> str:
        """The letter of a weight: θ."""
        return self.notation.letters["weight"]

    @property
    def delta_letter(self) -> str:
        """The letter of δ, or the derivative that it is."""
        return self.notation.plain_letters["delta"]

    @property
    def bias_letter(self) -> str:
        """The letter of a bias: θ₀, or b."""
        return self.notation.bias_letter

    # -- values of nodes --------------------------------------------------------------------------------

    def input(self, node: int) -> float | None:
        """Return x of an input: as soon as it is received, and as a datum while the network is drawn."""
        if self.moment.knows("receive", 0, node):
            return float(self._trace.input[node])
        return self.datum(node) if self.drawing else None

    def datum(self, node: int) -> float | None:
        """Return what the data holds for an input of the present instance, None where they do not fit."""
        inputs = self.moment.dataset.inputs
        fits = inputs.shape[1] == self.network.sizes[0]
        return float(inputs[self.moment.position.instance, node]) if fits else None

    def activation(self, layer: int, node: int) -> float | None:
        """Return a of a node that is not an input."""
        return (
            float(self._trace.activations[layer][node]) if self.moment.knows("forward", layer, node) else None
        )

    def pre_activation(self, layer: int, node: int) -> float | None:
        """Return z of a node."""
        return _at(self._trace.pre_activations[layer], node) if self._is_forward(layer, node) else None

    def delta(self, layer: int, node: int) -> float | None:
        """Return δ of a node, with the sign that the notation gives it."""
        known = layer > 0 and self.moment.knows("backward", layer, node)
        delta = _at(self._trace.deltas[layer], node) if known else None
        return None if delta is None else self.notation.sign("delta") * delta

    @cached_property
    def known_deltas(self) -> tuple[Array, ...]:
        """The δ that are known, by layer: the first ones of each, with the sign of the notation."""
        counts = [self.moment.known_nodes("backward", layer) for layer in range(1, self.last + 1)]
        arrays = [self._trace.deltas[layer] for layer, count in enumerate(counts, 1) if count]
        sign = self.notation.sign("delta")
        known = iter([np.empty(0) if deltas is None else sign * deltas for deltas in arrays])
        return (np.empty(0), *(next(known)[:count] if count else np.empty(0) for count in counts))

    @cached_property
    def delta_limit(self) -> float:
        """The largest |δ| that is known: the end of the colour scale."""
        return max((float(np.abs(deltas).max()) for deltas in self.known_deltas if deltas.size), default=0.0)

    @property
    def knows_deltas(self) -> bool:
        """Whether any δ is known."""
        return any(deltas.size for deltas in self.known_deltas)

    # -- texts of nodes ---------------------------------------------------------------------------------

    def number(self, layer: int, node: int, digits: int | None = None) -> str:
        """Return what stands in a node: x, a or δ, as the phase is; with `digits` where room is scarce."""
        numbers = self.numbers if digits is None else NumberFormat(digits, self.view.decimal_separator)
        if layer == 0:
            return numbers.given(self.input(node))
        if self.phase in _AFTER_ERROR:
            return numbers.signed(self.delta(layer, node))
        return numbers.text(self.activation(layer, node))

    def second(self, layer: int, node: int) -> str:
        """Return what stands under the number: z on request, or a where the number is δ."""
        if layer == 0:
            return ""
        if self.view.show_z:
            z = self.pre_activation(layer, node)
            return "" if z is None else f"{self.notation.letters['z']} {self.numbers.text(z)}"
        if self.phase not in _AFTER_ERROR or layer == self.last:  # ŷ stands beside the outputs
            return ""
        return f"{self.notation.letters['a']} {self.numbers.text(self.activation(layer, node))}"

    def symbol(self, layer: int, node: int) -> str:
        """Return the letter of a node's number, with layer and node."""
        if layer == 0:
            return input_name(node)
        if self.delta(layer, node) is not None:
            return self.letter("delta", layer, node)
        after = self.phase in _AFTER_ERROR
        return f"{self.letter('delta', layer, node)} = ?" if after else self.letter("a", layer, node)

    def beside(self, node: int) -> list[str]:
        """Return the lines beside an output: ŷ, y and E, as far as they are known."""
        lines = []
        prediction = self.activation(self.last, node)
        if prediction is not None:
            lines.append(f"{self.letter('a', self.last, node)} = {self.numbers.text(prediction)}")
        if self.moment.knows("receive"):
            target = self.numbers.given(float(self._trace.target[node]))
            lines.append(f"{self.letter('target', self.last, node)} = {target}")
        if self.moment.knows("error", self.last, node):
            error = self.numbers.text(float(self._trace.errors[node]))
            lines.append(f"{self.letter('error_part', self.last, node)} = {error}")
        return lines

    def total_error(self) -> str:
        """Return the error of the instance, once that of every output is known."""
        letter = self.notation.error_letter
        return f"{letter} = {self.numbers.text(self._trace.error)}" if self.moment.knows("error") else ""

    def bias_texts(self, layer: int, node: int) -> tuple[str, ...]:
        """Return what is said of a node's bias in this phase, then shorter forms of it."""
        fewer = [digits for digits in (3, 2, 1) if digits < self.view.digits]
        formats = (self.numbers, *(NumberFormat(digits, self.numbers.separator) for digits in fewer))
        by_digits = [self._bias_forms(layer, node, numbers) for numbers in formats]
        return tuple(dict.fromkeys(text for texts in zip(*by_digits, strict=True) for text in texts))

    def bias(self, layer: int, node: int) -> str:
        """Return what is said of a node's bias: θ₀, its step, or old → new."""
        return self._bias_forms(layer, node, self.numbers)[0]

    def _bias_forms(self, layer: int, node: int, numbers: NumberFormat) -> tuple[str, ...]:
        """Return the ways to say it with as many digits, the fullest first."""
        value, letter = float(self.network.biases[layer - 1][node]), self.bias_letter
        if self.drawing or not (self.is_about_parameters and self.moment.knows("gradient", layer, node)):
            text = numbers.given(value)
            return f"{letter} {text}", text
        if self.moment.knows("update"):
            old = float(self.before.biases[layer - 1][node])
            new = _change(old, value, numbers, brief=True)
            return f"{letter} {_change(old, value, numbers)}", f"{letter} {new}", new
        step = numbers.signed(float(self._trace.bias_steps[layer - 1][node]))
        return f"Δ{letter} {step}", step

    # -- texts of weights -------------------------------------------------------------------------------

    def weight_texts(self, edge: Edge) -> tuple[str, ...]:
        """Return what is said of a weight in this phase, then shorter forms of it; none for nothing."""
        fewer = [digits for digits in (3, 2) if digits < self.view.digits]
        formats = (self.numbers, *(NumberFormat(digits, self.numbers.separator) for digits in fewer))
        texts = [self.weight(edge, numbers, brief) for numbers in formats for brief in (False, True)]
        return tuple(dict.fromkeys(text for text in texts if text))

    def weight(self, edge: Edge, numbers: NumberFormat | None = None, brief: bool = False) -> str:
        """Return what is said of a weight in this phase, "" for nothing."""
        l, i, j = edge
        value, numbers = float(self.network.weights[l][i, j]), numbers or self.numbers
        if self.drawing or self.phase in (None, "receive"):
            return numbers.given(value)
        if self.phase == "update":
            return _change(float(self.before.weights[l][i, j]), value, numbers, brief)
        if self.phase == "gradient":
            known = self.moment.knows("gradient", l + 1, i)
            step = numbers.signed(float(self._trace.weight_steps[l][i, j])) if known else ""
            return step if brief or not known else f"Δ{self.weight_letter} {step}"
        if not self.is_lit(edge):
            return ""
        factor = self._symbol_passed(l, j) if self.phase == "forward" else self.letter("delta", l + 1, i)
        return f"{numbers.given(value)}·{factor}"

    def weight_value(self, edge: Edge) -> str:
        """Return a weight itself, whatever the phase is."""
        l, i, j = edge
        return f"{self.weight_letter} {self.numbers.given(float(self.network.weights[l][i, j]))}"

    def _symbol_passed(self, layer: int, node: int) -> str:
        return input_name(node) if layer == 0 else self.letter("a", layer, node)

    # -- what is lit ------------------------------------------------------------------------------------

    @cached_property
    def lit_nodes(self) -> frozenset[Node]:
        """The nodes that something happens to now."""
        return frozenset(
            (step.layer, step.node)
            for step in ([] if self.drawing else self.moment.active)
            if step.layer is not None and step.node is not None
        )

    @cached_property
    def lit(self) -> tuple[Mask | None, ...]:
        """The connections that take part now, by layer pair; None where there are none."""
        masks: list[Mask | None] = [None] * self.last
        for l, rows, columns in self._lit_lines():
            mask = np.zeros_like(self.network.masks[l]) if masks[l] is None else masks[l]
            assert mask is not None
            mask[rows, columns] = True
            masks[l] = mask
        pairs = zip(masks, self.network.masks, strict=True)
        return tuple(None if mask is None else mask & present for mask, present in pairs)

    def _lit_lines(self) -> Iterator[tuple[int, int | slice, int | slice]]:
        """Yield layer pair, row and column of the weights that the present step uses."""
        every = slice(None)
        for phase, layer, node in () if self.drawing else self.moment.active:
            if phase == "update":
                yield from ((l, every, every) for l in range(self.last))
            elif layer is not None and node is not None:
                if phase in ("forward", "gradient"):
                    yield layer - 1, node, every
                elif phase == "backward" and layer < self.last:
                    yield layer, every, node

    @property
    def is_about_parameters(self) -> bool:
        """Whether weights and biases are edited or changed now."""
        return self.drawing or self.phase in ("gradient", "update")

    @property
    def updating(self) -> bool:
        """Whether the present step updates the parameters."""
        return not self.drawing and self.phase == "update"

    def is_lit(self, edge: Edge) -> bool:
        """Tell whether a connection takes part now."""
        l, i, j = edge
        mask = self.lit[l]
        return mask is not None and bool(mask[i, j])

    @cached_property
    def something_lit(self) -> bool:
        """Whether anything is lit, so that the rest steps back."""
        return bool(self.lit_nodes) or any(mask is not None for mask in self.lit)

    @cached_property
    def helping_nodes(self) -> frozenset[Node]:
        """The nodes whose numbers the lit ones are made from."""
        nodes: set[Node] = set()
        for l, mask in enumerate(self.lit):
            if mask is not None:
                nodes.update((l, int(j)) for j in np.flatnonzero(mask.any(axis=0)))
                nodes.update((l + 1, int(i)) for i in np.flatnonzero(mask.any(axis=1)))
        return frozenset(nodes) - self.lit_nodes

    @property
    def flow(self) -> int:
        """Where the numbers flow: 1 to the right, −1 to the left, 0 nowhere."""
        if self.drawing or not self.moment.active:
            return 0
        return {"forward": 1, "backward": -1}.get(self.moment.active[-1].phase, 0)

    def _is_forward(self, layer: int, node: int) -> bool:
        return layer > 0 and self.moment.knows("forward", layer, node)


def _change(old: float, new: float, numbers: NumberFormat, brief: bool = False) -> str:
    """Return old → new, or → new, with as many digits as it takes to see that they differ."""
    formats = (numbers.finer(more) for more in range(_MORE_DIGITS))
    telling = next((form for form in formats if form.text(old) != form.text(new)), numbers)
    return f"→ {telling.given(new)}" if brief else f"{telling.given(old)} → {telling.given(new)}"


def _at(values: Array | None, node: int) -> float | None:
    return None if values is None else float(values[node])
