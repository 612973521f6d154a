"""The scene has as many items as the network has layers."""

from tests.ui.canvas.hands import Hand
from ui.canvas.column import ColumnItem
from ui.canvas.items import EdgesItem


def counts(hand: Hand) -> tuple[int, int]:
    items = hand.surface.scene().items()
    return (
        sum(isinstance(item, ColumnItem) for item in items),
        sum(isinstance(item, EdgesItem) for item in items),
    )


def test_one_item_a_layer_and_one_a_layer_pair(drawing: Hand) -> None:
    assert counts(drawing) == (3, 2)
    drawing.session.edit("Add layer", network=drawing.session.moment.network.with_layer_added(1, 2))
    assert counts(drawing) == (4, 3)
    drawing.session.undo_stack.undo()
    assert counts(drawing) == (3, 2)
    assert not drawing.view.grab().isNull()
