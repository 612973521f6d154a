"""What the learner has selected, how the work is shown, and what is said: values that the session holds."""

from collections.abc import Callable
from dataclasses import dataclass, field

from bpsim.network import Network, Node
from bpsim.planes import Plane

Edge = tuple[int, int, int]
"""A connection as (l, i, j): from node j of layer l to node i of layer l + 1."""


@dataclass(frozen=True)
class Selection:
    """The selected nodes as (layer, index) and connections as (l, i, j)."""

    nodes: frozenset[Node] = frozenset()
    edges: frozenset[Edge] = frozenset()

    def after(self, network: Network, before: Network) -> "Selection":
        """Return what of the selection in one network is the same thing in the next one.

        Where layers have other sizes the indices may mean other nodes and connections: then nothing is.
        """
        return self.within(network) if network.sizes == before.sizes else Selection()

    def within(self, network: Network) -> "Selection":
        """Return what of the selection exists in a network."""
        sizes = network.sizes
        return Selection(
            frozenset((l, i) for l, i in self.nodes if l < len(sizes) and i < sizes[l]),
            frozenset(
                (l, i, j)
                for l, i, j in self.edges
                if l + 1 < len(sizes) and i < sizes[l + 1] and j < sizes[l] and network.masks[l][i, j]
            ),
        )


@dataclass(frozen=True)
class ViewState:
    """How the window shows the work; not part of a project, and not undone."""

    mode: str = "simulate"
    step_size: str = "node"
    notation: str = "lecture"
    show_z: bool = False
    show_marks: bool = True
    show_fields: bool = False
    plane: Plane = field(default_factory=Plane)
    digits: int = 3
    decimal_separator: str = "."


@dataclass(frozen=True)
class Notice:
    """A plain sentence for the learner, with the cures that it offers as (label, what to do)."""

    text: str
    cures: tuple[tuple[str, Callable[[], None]], ...] = ()
