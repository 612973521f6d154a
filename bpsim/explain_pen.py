"""Writing one formula in three ways: as the general rule, with every symbol, and with the numbers put in."""

from collections.abc import Callable, Iterable
from typing import Literal

from bpsim.arrays import Array
from bpsim.backprop import Trace
from bpsim.formula import Add, BigSum, Formula, Negative, Number, Times, folding
from bpsim.naming import every_node
from bpsim.notation import Notation, input_name
from bpsim.quantity import OF_ALL, OF_MEMORY, Earlier, Quantity, value_of

Style = Literal["rule", "symbols", "numbers"]

ZERO, ONE, TWO = Number(0.0), Number(1.0), Number(2.0)
_OF_NO_INSTANCE = frozenset({"weight", "bias"}) | OF_MEMORY | (OF_ALL - {"error"})


class Pen:
    """Writes the quantities of a trace in one style.

    A formula is built by one function, which a pen is handed to, so rule and numbers cannot differ. In the
    rule a sum is written with Σ, in the other styles term by term.

    Parameters
    ----------
    style : {"rule", "symbols", "numbers"}
    trace : Trace
    notation : Notation
    earlier : mapping of rows to traces
        The earlier instances of the batch.
    instance : int or None
        The row of the instance that the formula belongs to, if it is one of the earlier ones.
    """

    def __init__(
        self, style: Style, trace: Trace, notation: Notation, earlier: Earlier, instance: int | None = None
    ) -> None:
        self.style, self.trace, self.notation, self.earlier = style, trace, notation, earlier
        self.network = trace.network
        self.last = len(self.network.sizes) - 1
        self.notes: list[str] = []
        """What is to be said besides."""
        self._instance = instance

    # -- single quantities -----------------------------------------------------------------------------------

    def of(
        self,
        kind: str,
        layer: int | None = None,
        node: int | None = None,
        source: int | None = None,
        instance: int | None = None,
    ) -> Formula:
        """Return a quantity as its symbol or number."""
        return self.quantity(Quantity(kind, layer, node, source, instance))

    def quantity(self, quantity: Quantity) -> Formula:
        """Return a quantity as its symbol or number."""
        quantity = self.marked(quantity)
        if self.style == "numbers":
            return Number(self.value(quantity), quantity=quantity)
        return self.notation.symbol(quantity, self.network)

    def activation(self, layer: int, node: int) -> Formula:
        """Return an a, or an input."""
        return self.of("a" if layer else "input", layer, node)

    def value(self, quantity: Quantity) -> float:
        """Return the number that is shown for a quantity."""
        value = value_of(self.trace, quantity, self.earlier)
        return value if self.notation.sign(quantity.kind) > 0 else 0.0 - value

    def marked(self, quantity: Quantity) -> Quantity:
        """Return a quantity as one of this pen's instance."""
        if self._instance is not None and quantity.instance is None and quantity.kind not in _OF_NO_INSTANCE:
            return quantity._replace(instance=self._instance)
        return quantity

    def note(self, text: str) -> None:
        """Say something besides."""
        self.notes.append(text)

    def letter(self, kind: str) -> str:
        """Return what notes call a kind of number."""
        return self.notation.lettered.plain_letters[kind]

    @property
    def slope_letter(self) -> str:
        """What notes call g′."""
        return f"{self.notation.letters['g']}′"

    def note_input(self, source: int) -> None:
        """Say that the activations of the input layer are the inputs, where their letters do not."""
        written = self.notation.text(Quantity("input", 0, source), self.network)
        if written != input_name(source) and not self.notation.words:
            self.note(f"The input layer passes the inputs on: {written} = {input_name(source)}.")

    # -- sums ------------------------------------------------------------------------------------------------

    def sum(
        self,
        index: str,
        general: Callable[[], Formula],
        terms: Iterable[Formula],
        sizes: Array,
        over: str,
        quantity: Quantity | None = None,
    ) -> Formula:
        """Return a sum; `sizes` are the values of its terms, by which the largest is told.

        `over` says in words what is summed over.
        """
        if quantity is not None:
            quantity = self.marked(quantity)
        if self.style == "rule":
            return self.big(index, general(), over, quantity)
        if not len(sizes):
            return Number(0.0, quantity=quantity)
        return Add(tuple(terms), folding(sizes), quantity=quantity)

    def big(self, index: str, body: Formula, over: str, quantity: Quantity | None = None) -> BigSum:
        """Return a Σ over an index, or in words over what `over` says."""
        if self.notation.words:
            return BigSum(index, body, over=over, quantity=quantity)
        return BigSum(index, body, lower=index, quantity=quantity)

    def nodes_of(self, layer: int) -> str:
        """Return the nodes of a layer in words."""
        return every_node(self.network, layer)

    def any(self, kind: str, layer: int, node: str, source: str = "", instance: str = "") -> Formula:
        """Return a quantity with index letters, for the inside of a Σ."""
        return self.notation.general(kind, layer, self.network, node, source, instance)

    # -- how they are put together ---------------------------------------------------------------------------

    @property
    def turned(self) -> bool:
        """Whether δ has the other sign than the lecture's."""
        return self.notation.delta_sign < 0

    def difference(self, node: int, quantity: Quantity | None = None) -> Formula:
        """Return y − ŷ of an output, or ŷ − y where δ has the other sign; it may be a quantity itself."""
        if quantity is not None:
            quantity = self.marked(quantity)
        if self.turned:
            return less(self.of_output("a", node), self.of_output("target", node), quantity)
        return less(self.of_output("target", node), self.of_output("a", node), quantity)

    def of_output(self, kind: str, node: int) -> Formula:
        """Return a quantity of an output node."""
        return self.of(kind, self.last, node)

    def downwards(self, *factors: Formula) -> Formula:
        """Return a product that leads down the slope: with a minus where δ points up."""
        return self.signed(Times(factors))

    def signed(self, formula: Formula) -> Formula:
        """Return a formula that belongs to the lecture's δ with the notation's sign."""
        return Negative(formula) if self.turned else formula


def less(first: Formula, second: Formula, quantity: Quantity | None = None) -> Add:
    """Return first − second."""
    return Add((first, Negative(second)), quantity=quantity)


def place(quantity: Quantity) -> tuple[int, int]:
    """Return the layer and node of a quantity that has both."""
    assert quantity.layer is not None
    assert quantity.node is not None
    return quantity.layer, quantity.node
