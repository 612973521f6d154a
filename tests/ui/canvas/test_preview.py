"""What a click would do, as it is painted."""

from PySide6.QtGui import QImage

from tests.ui.canvas.hands import Hand
from ui.canvas.preview import Preview


def image_of(hand: Hand) -> QImage:
    return hand.surface.grab().toImage()


def test_a_preview_is_painted_and_taken_away(drawing: Hand) -> None:
    before = image_of(drawing)
    pictures = [before]
    for preview in (
        Preview(circles=((100.0, 200.0, 20.0),)),
        Preview(circles=((100.0, 200.0, 20.0),), adds=True),
        Preview(lines=((100.0, 100.0, 300.0, 200.0),), role="wrong"),
        Preview(frame=(300.0, 300.0, 50.0, 100.0)),
        Preview(hint="Connect", at=(5000.0, 5000.0)),
    ):
        drawing.surface.show_preview(preview)
        image = image_of(drawing)
        assert image not in pictures
        pictures.append(image)
    drawing.surface.show_preview(None)
    assert image_of(drawing) == before
