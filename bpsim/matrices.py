"""A step of a whole layer as one matrix equation: z = W a + b, δ = Wᵀδ ∘ g′, ΔW = η δ aᵀ.

Nothing is computed here. A matrix names the quantity in every place and has its number from the trace; the
row or column of the number that is asked about is told, too. Large layers are written with the first, the
present and the last row or column.

A weight matrix is named as the notation's indices run: with W_ij leading to i, z = W a + b; with θ_ij leading
from i, z = θᵀ a + θ₀. Where an a is written before its weight, vectors are rows, as in z = a Wᵀ + b.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from bpsim.backprop import Trace
from bpsim.explain import explain
from bpsim.formula import Formula, Power, Symbol, Words
from bpsim.notation import NOTATIONS, Notation
from bpsim.quantity import Quantity, value_of

Known = Callable[[Quantity], bool]

ROWS = 6
"""Up to so many rows are all written."""
JOINED = "Softmax joins all outputs, so δ is no product place by place: see the sums."
NONE = "Only what is computed for a whole layer has a matrix equation."
ELEMENTWISE = "∘ multiplies place by place."


class Room(NamedTuple):
    """Up to how many rows and columns of a matrix are all written."""

    rows: int = ROWS
    columns: int = ROWS


class Entry(NamedTuple):
    """A number in a matrix: None while it is not known; `absent` where the connection is missing."""

    quantity: Quantity
    value: float | None
    absent: bool = False


@dataclass(frozen=True)
class Matrix:
    """Numbers in rows and columns.

    Parameters
    ----------
    symbol : Formula
        Its letter.
    turned : bool
        Whether it is written transposed.
    shape : (int, int)
        How many rows and columns it has, with those that are not written.
    entries : tuple of tuples of Entry or None
        What is written, row by row; None stands for dots.
    lit : frozenset of Quantity
        Which of the entries the step is about.
    """

    symbol: Formula
    turned: bool
    shape: tuple[int, int]
    entries: tuple[tuple[Entry | None, ...], ...]
    lit: frozenset[Quantity]

    @property
    def letter(self) -> Formula:
        """Its letter as it is written, with a T where it is transposed."""
        if not self.turned:
            return self.symbol
        if isinstance(self.symbol, Words):
            return Words(f"{self.symbol.text}, turned")
        return Power(self.symbol, Symbol("T"))

    @property
    def is_scalar(self) -> bool:
        """Whether it is one number, written without brackets."""
        return self.entries[0][0] is not None and self.entries[0][0].quantity.kind == "learning_rate"


class Sign(NamedTuple):
    """What stands between two matrices, and how it is read aloud."""

    text: str
    spoken: str


@dataclass(frozen=True)
class MatrixEquation:
    """Matrices and the signs between them; `note` is what is to be said besides, "" for nothing."""

    parts: tuple[Matrix | Sign, ...]
    note: str = ""

    @property
    def matrices(self) -> tuple[Matrix, ...]:
        """The matrices without the signs."""
        return tuple(part for part in self.parts if isinstance(part, Matrix))


EQUALS, ABOUT = Sign("=", "equals"), Sign("≈", "is about")
PLUS, MINUS = Sign("+", "plus"), Sign("−", "minus")
TIMES, EACH = Sign("", "times"), Sign("∘", "times, place by place,")
OPENED, CLOSED = Sign("(", ""), Sign(")", "")


def matrix_equation(
    trace: Trace,
    quantity: Quantity,
    notation: Notation | str = "lecture",
    known: Known = lambda _quantity: True,
    room: Room = Room(),  # noqa: B008
) -> MatrixEquation | str:
    """Return the matrix equation of the layer that a number belongs to, or why there is none.

    Parameters
    ----------
    trace : Trace
    quantity : Quantity
        The number that is asked about; its row or column is lit.
    notation : Notation or str
    known : callable
        Tells whether a number may be shown.
    room : Room
    """
    notation = NOTATIONS[notation] if isinstance(notation, str) else notation
    build = _BUILD.get(quantity.kind)
    if build is None or quantity.instance is not None or not quantity.layer:
        return NONE
    return build(_Desk(trace, notation, known, room), quantity)


# -- matrices ------------------------------------------------------------------------------------------------


class _Desk:
    """Makes the matrices of a trace in a notation."""

    def __init__(self, trace: Trace, notation: Notation, known: Known, room: Room) -> None:
        self.trace, self.network, self.notation = trace, trace.network, notation
        self.last = len(trace.network.sizes) - 1
        self._known, self._room = known, room

    @property
    def turned(self) -> bool:
        """Whether δ has the other sign than the lecture's."""
        return self.notation.delta_sign < 0

    @property
    def flat(self) -> bool:
        """Whether vectors are rows."""
        return self.notation.input_first

    def vector(
        self, kind: str, layer: int, node: int | None = None, across: bool | None = None, here: int = 0
    ) -> Matrix:
        """Return a number of every node of a layer.

        Parameters
        ----------
        node : int or None
            Which one is lit; None: all of them.
        across : bool, optional
            Whether it is written as a row; as the notation does without it.
        here : int
            Which one is written in any case, where all are lit.
        """
        across = self.flat if across is None else across
        kind = "input" if kind == "a" and layer == 0 else kind
        symbol = self._letter(kind, layer)
        turned = across != self.flat
        size, present = self.network.sizes[layer], here if node is None else node
        if across:
            return self._grid(
                symbol, turned, (1, size), lambda _r, c: Quantity(kind, layer, c), (0, node), (0, present)
            )
        return self._grid(
            symbol, turned, (size, 1), lambda r, _c: Quantity(kind, layer, r), (node, 0), (present, 0)
        )

    def weights(
        self, kind: str, layer: int, lit: tuple[int | None, int | None], to_rows: bool, here: tuple[int, int]
    ) -> Matrix:
        """Return a number of every connection that leads to a layer.

        Parameters
        ----------
        lit : (int or None, int or None)
            To which node and from which one the lit connections lead; None: any.
        to_rows : bool
            Whether a row has the connections that lead to a node, not those from one.
        here : (int, int)
            The connection, to and from, that is written in any case.
        """
        symbol = self._letter(kind, layer)
        turned = to_rows != self.notation.to_first
        targets, sources = self.network.sizes[layer], self.network.sizes[layer - 1]
        if to_rows:
            return self._grid(
                symbol, turned, (targets, sources), lambda r, c: Quantity(kind, layer, r, c), lit, here
            )
        return self._grid(
            symbol,
            turned,
            (sources, targets),
            lambda r, c: Quantity(kind, layer, c, r),
            lit[::-1],
            here[::-1],
        )

    def rate(self) -> Matrix:
        """Return the learning rate."""
        q = Quantity("learning_rate")
        return Matrix(self.notation.symbol(q, self.network), False, (1, 1), ((self._entry(q),),), frozenset())

    def _grid(
        self,
        symbol: Formula,
        turned: bool,
        shape: tuple[int, int],
        at: Callable[[int, int], Quantity],
        lit: tuple[int | None, int | None],
        here: tuple[int, int],
    ) -> Matrix:
        rows = written(shape[0], self._room.rows, here[0])
        columns = written(shape[1], self._room.columns, here[1])
        entries = tuple(
            tuple(None if r is None or c is None else self._entry(at(r, c)) for c in columns) for r in rows
        )
        present = frozenset(
            at(r, c)
            for r in rows
            for c in columns
            if r is not None and c is not None and lit[0] in (None, r) and lit[1] in (None, c)
        )
        return Matrix(symbol, turned, shape, entries, present)

    def _entry(self, q: Quantity) -> Entry:
        absent = q.source is not None and not self._connected(q)
        if not self._known(q):
            return Entry(q, None, absent)
        value = value_of(self.trace, q)
        return Entry(q, value if self.notation.sign(q.kind) > 0 else 0.0 - value, absent)

    def _connected(self, q: Quantity) -> bool:
        assert q.layer is not None
        return bool(self.network.masks[q.layer - 1][q.node, q.source])

    def _letter(self, kind: str, layer: int) -> Formula:
        if self.notation.words:
            if kind == "delta":
                return Words(f"δ of the {self.network.layer_title(layer).lower()}")
            return Words("predictions" if kind == "a" and layer == self.last else _IN_WORDS[kind])
        return self.notation.general(kind, layer, self.network, "")


def written(count: int, most: int, present: int) -> tuple[int | None, ...]:
    """Return which of so many rows or columns are written, None for dots: all, or first, present and last."""
    if count <= most:
        return tuple(range(count))
    places: list[int | None] = []
    for place in sorted({0, present, count - 1}):
        before = places[-1] if places else -1
        assert before is not None
        if place == before + 2:
            places.append(before + 1)
        elif place > before + 2:
            places.append(None)
        places.append(place)
    return tuple(places)


# -- equations -----------------------------------------------------------------------------------------------


def _forward(desk: _Desk, q: Quantity) -> MatrixEquation:
    """Return z = W a + b, with the row of a node lit, or a weight and the a that it is multiplied with."""
    layer, node = _place(q)
    source, here = q.source, q.source or 0
    weights = desk.weights("weight", layer, (node, source), not desk.flat, (node, here))
    before = desk.vector("a", layer - 1, source, here=here)
    product = (before, TIMES, weights) if desk.flat else (weights, TIMES, before)
    return MatrixEquation(
        (desk.vector("z", layer, node), EQUALS, *product, PLUS, desk.vector("bias", layer, node)),
        "" if desk.notation.to_first else _from_first(desk.notation),
    )


def _from_first(notation: Notation) -> str:
    """Say why a matrix whose first index is where a weight leads from is turned."""
    weight = notation.letters["weight"]
    return f"A row of {weight} has the weights that lead from one node; z needs it turned, {weight}ᵀ."


def _activation(desk: _Desk, q: Quantity) -> MatrixEquation:
    """Return a = g(z)."""
    layer, node = _place(q)
    softmax = desk.network.activations[layer - 1] == "softmax"
    name = "softmax" if softmax else desk.notation.letters["g"]
    return MatrixEquation(
        (
            desk.vector("a", layer, node),
            EQUALS,
            Sign(f"{name}(", f"{name} of"),
            desk.vector("z", layer, None if softmax else node, here=node),
            CLOSED,
        ),
        "" if softmax else f"{name} is taken of every place by itself.",
    )


def _delta(desk: _Desk, q: Quantity) -> MatrixEquation | str:
    """Return δ = Wᵀδ ∘ g′ of a hidden layer, and that of the output layer."""
    layer, node = _place(q)
    if layer == desk.last:
        return _output_delta(desk, node)
    slope = desk.vector("slope", layer, node)
    return MatrixEquation(
        (desk.vector("delta", layer, node), EQUALS, *_back(desk, layer, node), EACH, slope), ELEMENTWISE
    )


def _back_sum(desk: _Desk, q: Quantity) -> MatrixEquation | str:
    """Return Wᵀδ, what comes back to a layer."""
    layer, node = _place(q)
    if layer == desk.last:
        return NONE
    return MatrixEquation((desk.vector("back_sum", layer, node), EQUALS, *_back(desk, layer, node)))


def _back(desk: _Desk, layer: int, node: int) -> tuple[Matrix | Sign, ...]:
    weights = desk.weights("weight", layer + 1, (None, node), desk.flat, (0, node))
    deltas = desk.vector("delta", layer + 1)
    return (deltas, TIMES, weights) if desk.flat else (weights, TIMES, deltas)


def _output_delta(desk: _Desk, node: int) -> MatrixEquation | str:
    """Return δ = (y − ŷ) ∘ g′, without g′ where it cancels."""
    layer, network = desk.last, desk.network
    softmax, cancels = network.activations[-1] == "softmax", network.loss == "cross_entropy"
    if softmax and not (cancels and float(desk.trace.target.sum()) == 1.0):
        return JOINED
    y, output = desk.vector("target", layer, node), desk.vector("a", layer, node)
    difference = (output, MINUS, y) if desk.turned else (y, MINUS, output)
    delta = desk.vector("delta", layer, node)
    if cancels or network.activations[-1] == "step":
        return MatrixEquation((delta, EQUALS, *difference))
    slope = desk.vector("slope", layer, node)
    return MatrixEquation((delta, EQUALS, OPENED, *difference, CLOSED, EACH, slope), ELEMENTWISE)


def _step(desk: _Desk, q: Quantity) -> MatrixEquation:
    """Return ΔW = η δ aᵀ: every δ times every a."""
    layer, node = _place(q)
    assert q.source is not None
    to_rows = desk.notation.to_first
    deltas = desk.vector("delta", layer, node, across=not to_rows)
    before = desk.vector("a", layer - 1, q.source, across=to_rows)
    product = (deltas, TIMES, before) if to_rows else (before, TIMES, deltas)
    steps = desk.weights("step", layer, (node, q.source), to_rows, (node, q.source))
    note = "Missing connections have no step." if not desk.network.masks[layer - 1].all() else ""
    return MatrixEquation((steps, EQUALS, *_down(desk), desk.rate(), TIMES, *product), note)


def _bias_step(desk: _Desk, q: Quantity) -> MatrixEquation | str:
    """Return Δb = η δ."""
    layer, node = _place(q)
    if not desk.trace.settings.update_biases:
        return "Biases are not updated, as the settings say."
    steps, deltas = desk.vector("bias_step", layer, node), desk.vector("delta", layer, node)
    return MatrixEquation((steps, EQUALS, *_down(desk), desk.rate(), TIMES, deltas))


def _new(desk: _Desk, q: Quantity) -> MatrixEquation | str:
    """Return W + ΔW."""
    layer, node = _place(q)
    before = _BEFORE[q.kind]
    change = [t for t in explain(desk.trace, q).terms if t.kind not in (before, q.kind)]
    if len(change) != 1 or change[0].instance is not None:
        return NONE
    kinds = (q.kind, before, change[0].kind)
    if q.source is None:
        new, old, step = (desk.vector(kind, layer, node) for kind in kinds)
    else:
        place = node, q.source
        new, old, step = (desk.weights(kind, layer, place, desk.notation.to_first, place) for kind in kinds)
    return MatrixEquation((new, EQUALS, old, PLUS, step))


def _down(desk: _Desk) -> tuple[Sign, ...]:
    return (Sign("−", "minus"),) if desk.turned else ()


def _place(q: Quantity) -> tuple[int, int]:
    assert q.layer is not None
    assert q.node is not None
    return q.layer, q.node


_BEFORE = {"new_weight": "weight", "new_bias": "bias"}

_BUILD: dict[str, Callable[[_Desk, Quantity], MatrixEquation | str]] = {
    "z": _forward,
    "weight": _forward,
    "bias": _forward,
    "a": _activation,
    "slope": _delta,
    "delta": _delta,
    "back_sum": _back_sum,
    "step": _step,
    "bias_step": _bias_step,
    "new_weight": _new,
    "new_bias": _new,
}
"""Which equation each kind of number belongs to."""

_IN_WORDS = {
    "input": "inputs", "a": "activations", "z": "z", "weight": "weights", "bias": "biases",
    "slope": "slopes g′", "target": "targets", "back_sum": "returned errors", "step": "steps",
    "bias_step": "steps", "mean_step": "mean steps", "mean_bias_step": "mean steps",
    "new_weight": "new weights", "new_bias": "new biases", "velocity": "velocities v",
}  # fmt: skip
