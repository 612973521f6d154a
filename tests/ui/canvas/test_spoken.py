"""The drawing in words."""

from tests.ui.canvas.hands import Hand, edges, nodes
from ui.canvas import spoken
from ui.canvas.picture import Target
from ui.view_state import Selection


def test_what_is_selected(drawing: Hand) -> None:
    for selection, words in (
        (Selection(), "A network of 3 layers with 2, 3, 2 nodes"),
        (nodes((1, 0)), "Hidden node 1, bias θ₀ = 0.35"),
        (edges((1, 0, 2)), "Weight from hidden node 3 to output 1, θ = −0.6"),
        (nodes((1, 0), (1, 1)), "2 nodes selected"),
        (Selection(frozenset({(1, 0)}), frozenset({(0, 0, 0)})), "1 node and 1 weight selected"),
    ):
        drawing.session.select(selection)
        assert spoken.selection(drawing.surface.picture) == words


def test_where_the_keyboards_menu_stands(drawing: Hand) -> None:
    picture = drawing.surface.picture
    assert spoken.place_of(picture, Target("node", 1, 2)) == drawing.node(1, 2)
    assert spoken.place_of(picture, Target("edge", 0, edge=(0, 1, 0))) == drawing.edge((0, 1, 0))
    assert spoken.place_of(picture, Target()) == (picture.layout.width / 2, picture.layout.height / 2)
