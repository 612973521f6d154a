"""What the chain of reactions says at a moment: a text for every link, its number once it is known. No Qt."""

from dataclasses import dataclass
from functools import cached_property

from bpsim.backprop import Trace
from bpsim.chain import ERROR, MOST_PATHS, Branch, Chain, Link, chain, path_count, paths
from bpsim.formula import Add, Negative, Number, Times
from bpsim.formula_digits import digits_that_show
from bpsim.formula_text import to_text
from bpsim.moment import Moment
from bpsim.quantity import Quantity, value_of
from ui.asking import is_known
from ui.formula.numbers import FormulaNumbers
from ui.numbers import UNKNOWN
from ui.widgets.writing import Writing

ALL = "all"
MOST_BRANCHES = 6
"""Of more branches than these the first are shown, and the others counted."""
_PARAMETERS = {
    "weight": "weight", "new_weight": "weight", "step": "weight", "mean_step": "weight",
    "decay_step": "weight",
    "bias": "bias", "new_bias": "bias", "bias_step": "bias", "mean_bias_step": "bias",
}  # fmt: skip


@dataclass(frozen=True)
class ReactionText:
    """One row: a quantity with its number, and the derivative that leads on from it.

    `lit` is what lights up in the drawing while the row is pointed at, `quantity` what a click asks about.
    """

    symbol: str
    value: str
    partial: str
    spoken: str
    quantity: Quantity
    lit: frozenset[Quantity]
    indented: bool = False


@dataclass(frozen=True, eq=False)
class ChainReading:
    """The chain of one weight or bias at a moment, as a panel shows it.

    Parameters
    ----------
    moment : Moment
        One with a trace.
    parameter : Quantity
        The weight or bias that varies.
    path : str
        `ALL`, or the number of one of the paths.
    writing : Writing
    """

    moment: Moment
    parameter: Quantity
    path: str
    writing: Writing

    @property
    def trace(self) -> Trace:
        """The numbers of the instance."""
        assert self.moment.trace is not None
        return self.moment.trace

    @cached_property
    def numbers(self) -> FormulaNumbers:
        """How results are written, and numbers that no result is made of."""
        return FormulaNumbers.of(self.writing.numbers)

    @cached_property
    def link_numbers(self) -> FormulaNumbers:
        """How the links are written: what is written multiplies up to the product that is written."""
        links = self.shown.links
        if self.shown.note or not all(is_known(self.moment, link.number) for link in links):
            return self.numbers
        product = Times(tuple(Number(link.value) for link in links))
        needed = digits_that_show(product, self.shown.product, self.numbers, self.numbers)
        return self.numbers.with_digits(needed.digits)

    @cached_property
    def branch_numbers(self) -> FormulaNumbers:
        """How the branches are written: what is written adds up to the link above them."""
        last = self.shown.links[-1]
        if self.hidden_branches or not last.branches or not is_known(self.moment, last.number):
            return self.numbers
        total = Add(tuple(Number(branch.value) for branch in last.branches))
        needed = digits_that_show(total, last.value, self.numbers, self.link_numbers)
        return self.numbers.with_digits(needed.digits)

    def letter(self, quantity: Quantity) -> str:
        """Return the symbol of a quantity."""
        return self.writing.letter(quantity)

    @cached_property
    def path_count(self) -> int:
        """How many ways lead to E."""
        return path_count(self.trace, self.parameter)

    @cached_property
    def paths(self) -> tuple[Chain, ...]:
        """The single ways, none where they are too many."""
        return paths(self.trace, self.parameter) if 1 < self.path_count <= MOST_PATHS else ()

    @cached_property
    def together(self) -> Chain:
        """The chain with all ways summed."""
        return chain(self.trace, self.parameter)

    @cached_property
    def shown(self) -> Chain:
        """The chain that is shown: one of the paths, or all of them together."""
        number = int(self.path) if self.path != ALL else len(self.paths)
        return self.paths[number] if number < len(self.paths) else self.together

    @cached_property
    def choices(self) -> list[tuple[str, str, str]]:
        """What there is to choose: all paths, and each of them, as name, text and meaning."""
        every = "all paths together" if self.paths else f"all {self.path_count} paths together"
        singles = [(str(n), f"path {n + 1}: {self._way(way)}", "") for n, way in enumerate(self.paths)]
        return [(ALL, every, "at each node the branches are summed, as δ does"), *singles]

    @cached_property
    def rows(self) -> tuple[ReactionText, ...]:
        """Every quantity of the chain and, below the last, the branches it sums."""
        links = self.shown.links
        rows = [self._row(link.source, link) for link in links]
        branches = links[-1].branches
        rows += [self._branch(branch) for branch in branches[:MOST_BRANCHES]]
        return (*rows, self._row(ERROR, None))

    @property
    def hidden_branches(self) -> int:
        """How many branches are not shown."""
        return max(len(self.shown.links[-1].branches) - MOST_BRANCHES, 0)

    @property
    def product(self) -> str:
        """The line below the chain: the product of its links."""
        known = all(is_known(self.moment, link.number) for link in self.shown.links)
        value = self._equals(self.shown.product if known else None, self.numbers)
        return f"product = {self._slope} {value}" if self.shown is self.together else f"product {value}"

    @property
    def sum_of_paths(self) -> str:
        """What the products of all paths add up to, while one of them is shown; else ""."""
        if self.shown is self.together:
            return ""
        total = self._equals(self.together.product if self._gradient_known else None, self.numbers)
        return f"sum of the {self.path_count} paths = {self._slope} {total}"

    @property
    def step(self) -> str:
        """The line of Δθ."""
        theta, eta = self.letter(self.parameter), self.trace.settings.learning_rate
        rule = f"Δ{theta} = −{self.writing.rate} · {self._slope}"
        if self.parameter.source is None and not self.trace.settings.update_biases:
            return f"Δ{theta} = 0: the biases stay as they are"
        step = self.parameter._replace(kind=_steps(self.parameter.kind))
        if not is_known(self.moment, step):
            return f"{rule} = {UNKNOWN}"
        slope, value = self.together.product, value_of(self.trace, step)
        formula = Negative(Times((Number(eta), Number(slope))))
        numbers = self.numbers.with_digits(
            digits_that_show(formula, value, self.numbers, self.numbers).digits
        )
        exact = all(numbers.is_exact(number) for number in (eta, slope))
        result = self._equals(value, self.numbers, exact)
        return f"{rule} {'=' if exact else '≈'} {to_text(formula, numbers.given)} {result}"

    @property
    def waiting(self) -> str:
        """What has to happen before the chain has all its numbers, "" once it has them."""
        if self._gradient_known:
            return ""
        if not self.moment.knows("forward"):
            return "The forward pass gives the a, the backward pass g′ and ∂E/∂a: press → to go on."
        return "The backward pass gives g′ and ∂E/∂a: press → to go on."

    @property
    def _slope(self) -> str:
        return self.writing.slope_of_error(self.parameter)

    @property
    def _gradient_known(self) -> bool:
        return all(is_known(self.moment, link.number) for link in self.together.links)

    # -- rows ------------------------------------------------------------------------------------------------

    def value_text(self, quantity: Quantity) -> str:
        """Return the number of a θ, z, a or E, "–" where it is not known yet."""
        if not is_known(self.moment, quantity):
            return UNKNOWN
        value = value_of(self.trace, quantity)
        parameter = quantity.kind in ("weight", "bias")
        return self.writing.numbers.given(value) if parameter else self.writing.numbers.text(value)

    def symbol(self, quantity: Quantity) -> str:
        """Return the letter of a quantity; that of an output says that it is ŷ."""
        letter = self.letter(quantity)
        elsewhere = self.writing.notation.lettered.text(quantity, self.trace.network)
        return letter if letter == elsewhere else f"{letter} = {elsewhere}"

    def _row(self, quantity: Quantity, link: Link | None) -> ReactionText:
        symbol, value = self.symbol(quantity), self.value_text(quantity)
        partial, spoken = "", f"{self.writing.name(quantity)}: {_said(value)}"
        lit = {quantity}
        if link is not None:
            known = is_known(self.moment, link.number)
            number = self.link_numbers.given(link.value) if known else UNKNOWN
            related = self._equals(link.value if known else None, self.link_numbers)
            partial = f"{link.text(self.letter, self.writing.notation.d)} {related}"
            if link.form in ("0", "1"):
                partial = link.text(self.letter, self.writing.notation.d)
            lit |= {link.target, link.number, *link.factors}
            changed = self.writing.name(link.target)
            spoken += f". It changes {changed} {_said(number)} times as much"
        return ReactionText(symbol, value, partial, spoken, quantity, frozenset(lit))

    def _branch(self, branch: Branch) -> ReactionText:
        link, target = branch.link, branch.link.target
        onward = target._replace(kind="delta" if target.kind == "z" else "downhill")
        known = is_known(self.moment, link.number) and is_known(self.moment, onward)
        number = self.branch_numbers.given(branch.value) if known else UNKNOWN
        related = self._equals(branch.value if known else None, self.branch_numbers)
        first = (
            link.equals(self.letter)
            if target.kind == "z"
            else link.partial(self.letter, self.writing.notation.d)
        )
        partial = f"{first} · {self.writing.slope_of_error(target)} {related}"
        value = self.value_text(target)
        name = self.writing.name(target)
        spoken = f"branch by {name}: {_said(value)}. It adds {_said(number)}"
        lit = frozenset({link.source, target, link.number, onward, *link.factors})
        return ReactionText(self.symbol(target), value, partial, spoken, target, lit, indented=True)

    def _equals(self, value: float | None, numbers: FormulaNumbers, exact: bool = True) -> str:
        """Return "= 0.5" of a number that is written exactly, else "≈ 0.593"; None is not known."""
        if value is None:
            return f"= {UNKNOWN}"
        return f"{'=' if exact and numbers.is_exact(value) else '≈'} {numbers.given(value)}"

    def _way(self, way: Chain) -> str:
        return " → ".join(self.letter(quantity) for quantity in way.quantities if quantity.kind == "a")


def parameter_of(quantity: Quantity | None) -> Quantity | None:
    """Return the weight or bias that a number belongs to: its own, its step's, its new value's; else None."""
    if quantity is None or quantity.kind not in _PARAMETERS:
        return None
    _, layer, node, source, _ = quantity
    return Quantity(_PARAMETERS[quantity.kind], layer, node, source)


def first_parameter(moment: Moment) -> Quantity:
    """Return the first weight into the present node, its bias where no connection leads there."""
    places = [(s.layer, s.node) for s in moment.active if s.layer and s.node is not None]
    layer, node = places[-1] if places else (1, 0)
    sources = moment.network.masks[layer - 1][node].nonzero()[0]
    if not sources.size:
        return Quantity("bias", layer, node)
    return Quantity("weight", layer, node, int(sources[0]))


def _steps(kind: str) -> str:
    return "step" if kind == "weight" else "bias_step"


def _said(number: str) -> str:
    return "not known yet" if number == UNKNOWN else number
