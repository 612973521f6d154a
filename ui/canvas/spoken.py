"""The drawing in words, for those who do not see it; and where the keyboard's menu stands."""

from ui.canvas import tips
from ui.canvas.picture import Picture, Target
from ui.view_state import Selection


def selection(picture: Picture) -> str:
    """Return what is selected and its numbers, or what the network is if nothing is."""
    chosen = picture.selection
    if len(chosen.nodes) + len(chosen.edges) == 1:
        return tips.describe(picture, first_selected(chosen)).replace("\n", ", ")
    if chosen.nodes or chosen.edges:
        counts = ((len(chosen.nodes), "node"), (len(chosen.edges), "weight"))
        texts = [f"{count} {noun}{'s' if count > 1 else ''}" for count, noun in counts if count]
        return f"{' and '.join(texts)} selected"
    sizes = picture.reading.network.sizes
    return f"A network of {len(sizes)} layers with {', '.join(map(str, sizes))} nodes"


def first_selected(chosen: Selection) -> Target:
    """Return the first of what is selected."""
    if chosen.nodes:
        return Target("node", *min(chosen.nodes))
    if chosen.edges:
        edge = min(chosen.edges)
        return Target("edge", edge[0], edge=edge)
    return Target()


def place_of(picture: Picture, target: Target) -> tuple[float, float]:
    """Return where a target stands; the middle of the drawing for none."""
    layout = picture.layout
    if target.node is not None:
        return layout.place(*target.node)
    if target.edge is not None:
        l, i, j = target.edge
        (x1, y1), (x2, y2) = layout.place(l, j), layout.place(l + 1, i)
        return (x1 + x2) / 2, (y1 + y2) / 2
    return layout.width / 2, layout.height / 2
