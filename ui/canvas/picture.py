"""Everything that the drawing shows at one time, as a value; and what is at a point of it."""

from dataclasses import dataclass, field

import numpy as np

from bpsim.network import Network, Node
from ui.canvas.fields import NodeFields
from ui.canvas.labels import Label
from ui.canvas.layout import Layout
from ui.canvas.reading import Reading
from ui.canvas.strongest import Choice
from ui.theme import Theme
from ui.view_state import Edge, Selection

_REACH = 5.0  # how far from a line the mouse still takes it
_DOT = 4.0  # radius up to which a node is a dot
_BIAS = 46.0  # width of the text of a bias on the right of its node
_NAME = 15.0  # distance of nodes from which on there is room for their symbols beside them


@dataclass(frozen=True)
class Target:
    """What is under the mouse.

    `kind` is "node", "bias", "edge", "head" (a layer's activation), "slot" (free room in a column), "gap"
    (room between two columns) or "nothing"; `layer` and `index` say where, `edge` which weight.
    """

    kind: str = "nothing"
    layer: int = -1
    index: int = -1
    edge: Edge | None = None

    @property
    def node(self) -> Node | None:
        """The node that it is, or that it belongs to."""
        return (self.layer, self.index) if self.kind in ("node", "bias") else None

    def is_in(self, network: Network) -> bool:
        """Tell whether a network has it."""
        edges, nodes = frozenset({self.edge} - {None}), frozenset({self.node} - {None})
        chosen = Selection(nodes, edges)  # type: ignore[arg-type]
        return self.layer < len(network.sizes) and chosen.within(network) == chosen


@dataclass(frozen=True, eq=False)
class Picture:
    """What the items paint.

    Parameters
    ----------
    shown, lit : Choice
        The weights that are drawn, and those among the lit ones.
    labels : tuple of Label
        The texts beside weights that there is room for.
    current : Node or None
        Where the keyboard is.
    hovered : Target
    pointed : Selection
        What the numbers belong to that are pointed at, here or in a formula.
    live : bool
        Whether a run is training: its numbers change too fast to be read, so only colours are shown.
    fields : NodeFields or None
        What each node responds to, where that is asked for.
    """

    layout: Layout
    reading: Reading
    theme: Theme
    shown: Choice
    lit: Choice
    labels: tuple[Label, ...] = ()
    selection: Selection = field(default_factory=Selection)
    current: Node | None = None
    hovered: Target = field(default_factory=Target)
    pointed: Selection = field(default_factory=Selection)
    live: bool = False
    fields: NodeFields | None = None

    @property
    def fades(self) -> bool:
        """Tell whether weights that take no part now stand back."""
        return self.reading.something_lit and not self.live

    def shows_biases(self, layer: int) -> bool:
        """Tell whether the biases of a layer stand below its nodes.

        Where there is room for one line only, they have it when they can be edited or take part.
        """
        lines = self.layout.lines(layer)
        return layer > 0 and (lines == 2 or (lines == 1 and self.reading.is_about_parameters))

    def shows_symbols(self, layer: int) -> bool:
        """Tell whether the symbols of a layer stand above its nodes."""
        lines = self.layout.lines(layer)
        return lines == 2 or (lines == 1 and not self.reading.is_about_parameters)

    def biases_beside(self, layer: int) -> bool:
        """Tell whether the biases of a hidden layer stand right of its nodes, for want of room below."""
        layout = self.layout
        room = layout.has_numbers(layer) and layout.pitches[layer] >= 18 * layout.scale
        hidden = 0 < layer < len(layout.sizes) - 1
        return hidden and room and layout.lines(layer) == 0 and self.reading.is_about_parameters

    def names_beside(self, layer: int) -> bool:
        """Tell whether the symbols of a layer stand on the left of its nodes, for want of room above them."""
        layout = self.layout
        large = layout.radii[layer] > _DOT and layout.pitches[layer] >= _NAME
        return layer > 0 and large and not self.shows_symbols(layer)

    @property
    def shows_error_below(self) -> bool:
        """Tell whether there is room for the error of the instance below the outputs."""
        return self.error_top + 18 * self.layout.scale <= self.layout.height

    @property
    def error_top(self) -> float:
        """Where the error of the instance stands below the outputs."""
        layout = self.layout
        return float(layout.rows[-1][-1]) + max(32 * layout.scale, layout.radii[-1] + 22 * layout.scale)

    # -- what is at a point -----------------------------------------------------------------------------

    def target_at(self, x: float, y: float, scrolled: float = 0.0) -> Target:
        """Return what is at a point; the heads stay in sight and so cover what was scrolled under them."""
        layout = self.layout
        if scrolled > 0 and y - scrolled < layout.heads_end:
            head = layout.head_at(x, y - scrolled)
            return Target("head", head) if head else Target()
        node = layout.node_at(x, y)
        if node is not None:
            return Target("node", *node)
        head = layout.head_at(x, y - scrolled)
        if head is not None:
            return Target("head", head) if head > 0 else Target()
        column = layout.column_at(x)
        return self._beside_nodes(x, y, column) or self._free_room(x, y, column)

    def _beside_nodes(self, x: float, y: float, column: int | None) -> Target | None:
        """Return the bias, symbol or weight at a point that no node is at."""
        layout = self.layout
        for label in self.labels:
            if label.contains(x, y):
                return Target("edge", label.edge[0], edge=label.edge)
        for layer in filter(self.biases_beside, range(1, len(layout.sizes) - 1)):
            index = int(np.argmin(np.abs(layout.rows[layer] - y)))
            near = abs(y - float(layout.rows[layer][index])) <= 8 * layout.scale
            if near and 0 <= x - layout.columns[layer] - layout.radii[layer] <= _BIAS * layout.scale:
                return Target("bias", layer, index)
        if column is not None:
            index = int(np.argmin(np.abs(layout.rows[column] - y)))
            below = y - float(layout.rows[column][index]) - layout.radii[column]
            line = 18.0 * layout.scale
            if column > 0 and self.shows_biases(column) and 0 <= below <= line:
                return Target("bias", column, index)
            if abs(x - layout.columns[column]) <= max(layout.radii[column], 10.0):
                return None  # between nodes that stand close to each other there are more lines than room
        edge = self._edge_at(x, y)
        return Target("edge", edge[0], edge=edge) if edge else None

    def _free_room(self, x: float, y: float, column: int | None) -> Target:
        layout = self.layout
        if column is not None:
            if y > layout.height:
                return Target()
            return Target("slot", column, layout.slot_at(column, y))
        gap = layout.gap_at(x)
        return Target() if gap is None else Target("gap", gap)

    def _edge_at(self, x: float, y: float) -> Edge | None:
        """Return the drawn weight nearest to a point, if one is near."""
        layout = self.layout
        if not layout.columns[0] < x < layout.columns[-1]:
            return None
        l = int(np.searchsorted(layout.columns, x)) - 1
        rows, columns = self.shown.pairs[l]
        if len(rows) == 0:
            return None
        start, end = layout.rows[l][columns], layout.rows[l + 1][rows]
        share = (x - layout.columns[l]) / layout.gap
        slope = (end - start) / layout.gap
        distance = np.abs(start + share * (end - start) - y) / np.sqrt(1 + slope**2)
        nearest = int(np.argmin(distance))
        return (l, int(rows[nearest]), int(columns[nearest])) if distance[nearest] <= _REACH else None
