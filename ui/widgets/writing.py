"""How a panel writes numbers and the names of numbers: the digits and the notation of the view."""

from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from bpsim.chain import ERROR
from bpsim.network import Network
from bpsim.notation import NOTATIONS, Notation
from bpsim.quantity import Quantity
from bpsim.quantity_names import name_of
from ui.numbers import NumberFormat
from ui.view_state import ViewState


class _Written(NamedTuple):
    """What has been written already."""

    letters: dict[Quantity, str]
    names: dict[Quantity, str]


@lru_cache(maxsize=8)
def _written(_notation: str, _sizes: tuple[int, ...]) -> _Written:
    """Return what has been written in a notation for networks of these sizes: nothing else decides on it."""
    return _Written({}, {})


@dataclass(frozen=True, eq=False)
class Writing:
    """A choice of how to write what belongs to a network."""

    numbers: NumberFormat
    notation: Notation
    network: Network

    @property
    def error(self) -> str:
        """The letter of E."""
        return self.letter(ERROR)

    @property
    def rate(self) -> str:
        """The letter of η."""
        return self.notation.letters["learning_rate"]

    def slope_of_error(self, quantity: Quantity) -> str:
        """Return the sign of the derivative of E by a quantity, such as ∂E/∂z²₁."""
        return f"{self.notation.d}{self.error}/{self.notation.d}{self.letter(quantity)}"

    def letter(self, quantity: Quantity) -> str:
        """Return the symbol of a quantity in the chain of reactions, such as z²₁."""
        known = _written(self.notation.name, self.network.sizes).letters
        if quantity not in known:
            known[quantity] = self.notation.chain_text(quantity, self.network)
        return known[quantity]

    def name(self, quantity: Quantity) -> str:
        """Return a quantity in words."""
        known = _written(self.notation.name, self.network.sizes).names
        if quantity not in known:
            known[quantity] = name_of(quantity, self.network, self.notation.plain_letters)
        return known[quantity]

    def signed(self, quantity: Quantity, value: float) -> float:
        """Return a number as it is shown: where δ is ∂E/∂z its sign is turned."""
        return value * self.notation.sign(quantity.kind)


def writing(view: ViewState, network: Network) -> Writing:
    """Return how a view writes what belongs to a network."""
    numbers = NumberFormat(view.digits, view.decimal_separator)
    return Writing(numbers, NOTATIONS[view.notation], network)
