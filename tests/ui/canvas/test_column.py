"""The nodes of a layer, as they are painted."""

import numpy as np
import pytest
from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QStyleOptionGraphicsItem

from bpsim.datasets import Dataset
from bpsim.network import Network
from bpsim.quantity import Quantity
from bpsim.simulation import Simulation
from tests.ui.canvas.conftest import Show
from tests.ui.canvas.hands import Hand, lecture_session, nodes, session_of
from ui.canvas.column import ColumnItem, bias_box, bias_text, symbol_box
from ui.canvas.composing import Composer, Scenery
from ui.canvas.picture import Target
from ui.theme import load_theme
from ui.view_state import ViewState


def image_of(hand: Hand) -> QImage:
    hand.surface.stop_movement()
    return hand.surface.grab().toImage()


def around(hand: Hand, node: tuple[int, int], reach: float) -> QRect:
    center = hand.point(hand.node(*node))
    return QRect(round(center.x() - reach), round(center.y() - reach), round(2 * reach), round(2 * reach))


def colors(image: QImage) -> set[str]:
    return {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}


def bias_image(hand: Hand) -> QImage:
    """Return how the inside of the box below the first hidden node is painted."""
    box = bias_box(hand.surface.picture, 1, 0).adjusted(5, 3, -5, -3)
    corner = hand.point((box.left(), box.top()))
    return image_of(hand).copy(QRect(corner.x(), corner.y(), round(box.width()), round(box.height())))


def test_the_node_of_the_step_has_a_ring(simulation: Hand) -> None:
    accent = simulation.surface.picture.theme.color("accent").name()
    simulation.session.go_to_phase("receive")
    simulation.session.step()
    reach = simulation.surface.picture.layout.radii[1] + 8
    assert accent in colors(image_of(simulation).copy(around(simulation, (1, 0), reach)))
    assert accent not in colors(image_of(simulation).copy(around(simulation, (1, 1), reach)))


def test_selected_nodes_have_a_halo(drawing: Hand) -> None:
    wash = drawing.surface.picture.theme.color("accent_wash").name()
    reach = drawing.surface.picture.layout.radii[1] + 8
    assert wash not in colors(image_of(drawing).copy(around(drawing, (1, 1), reach)))
    drawing.session.select(nodes((1, 1)))
    assert wash in colors(image_of(drawing).copy(around(drawing, (1, 1), reach)))


def test_no_ring_strikes_a_bias_through(show: Show) -> None:
    hand = show(lecture_session(), 790, 500)
    plain = bias_image(hand)
    hand.session.select(nodes((1, 0)))
    hand.session.set_lit(frozenset({Quantity("a", 1, 0)}))
    assert colors(bias_image(hand)) <= colors(plain)


@pytest.mark.parametrize("width", [320, 560, 790])
def test_biases_stand_between_the_nodes(show: Show, width: int) -> None:
    hand = show(lecture_session("draw"), width, 400)
    picture, layout = hand.surface.picture, hand.surface.picture.layout
    for layer in (1, 2):
        if not picture.shows_biases(layer):
            continue
        for node, y in enumerate(layout.rows[layer].tolist()):
            box = bias_box(picture, layer, node)
            assert box.top() >= y + layout.radii[layer]
            assert box.bottom() <= y + layout.pitches[layer] - layout.radii[layer]


@pytest.mark.parametrize("mode", ["draw", "simulate"])
@pytest.mark.parametrize("height", [280, 345, 400, 510])
@pytest.mark.parametrize("sizes", [(2, 3, 2), (2, 5, 1), (4, 10)])
def test_every_node_has_its_name_and_it_touches_nothing_of_the_column(
    show: Show, sizes: tuple[int, ...], height: int, mode: str
) -> None:
    picture = show(session_of(sizes, mode), 755, height).surface.picture
    layout = picture.layout
    for layer in range(1, len(sizes)):
        assert picture.shows_symbols(layer) or picture.names_beside(layer)
        names = [symbol_box(picture, layer, node) for node in range(sizes[layer])]
        biases = [bias_box(picture, layer, node) for node in range(sizes[layer])]
        for name in names:
            assert not any(name.intersects(other) for other in names if other is not name)
            assert not (picture.shows_biases(layer) and any(name.intersects(bias) for bias in biases))
            for node in range(sizes[layer]):
                x, y = layout.place(layer, node)
                across = max(name.left() - x, x - name.right(), 0)
                down = max(name.top() - y, y - name.bottom(), 0)
                assert across**2 + down**2 >= layout.radii[layer] ** 2


def test_a_text_below_a_node_becomes_smaller_and_shorter_before_it_reaches_the_next_column(
    show: Show,
) -> None:
    hand = show(session_of((1, 1, 1, 1, 1, 1, 1)), 1400, 510)
    hand.session.go_to_phase("update")
    full, size = bias_text(hand.surface.picture, 3, 0)
    assert full == hand.surface.picture.reading.bias(3, 0)
    hand.view.resize(680, 510)
    brief, small = bias_text(hand.surface.picture, 3, 0)
    assert brief == full[full.index("→") :]
    assert small < size


@pytest.mark.parametrize("height", [230, 240, 260, 300])
def test_every_bias_is_there_and_found_however_low_the_area_is(show: Show, height: int) -> None:
    hand = show(lecture_session("draw"), 755, height)
    picture = hand.surface.picture
    for layer in (1, 2):
        assert picture.shows_biases(layer) or picture.biases_beside(layer)
        for node in range(picture.layout.sizes[layer]):
            place = bias_box(picture, layer, node).center()
            assert picture.target_at(place.x(), place.y()) == Target("bias", layer, node)


def test_dots_show_delta_and_where_we_are(show: Show) -> None:
    hand = show(session_of((64, 128, 64, 10)))
    hand.session.go_to_phase("error")
    before = image_of(hand)
    hand.session.step("layer")
    hand.session.step("node")
    area = around(hand, (2, 0), 8)
    assert hand.surface.picture.theme.color("accent").name() in colors(image_of(hand).copy(area))
    assert hand.surface.picture.theme.color("accent").name() not in colors(before.copy(area))


def test_z_is_shown_on_request(simulation: Hand) -> None:
    simulation.session.go_to_phase("forward")
    before = image_of(simulation)
    simulation.session.set_view(show_z=True)
    assert image_of(simulation) != before
    simulation.session.set_view(show_z=False)
    assert image_of(simulation) == before


@pytest.mark.usefixtures("qapp")
def test_while_a_run_trains_dots_have_the_colours_of_their_deltas() -> None:
    rng = np.random.default_rng(0)
    sizes = (3, 90, 2)
    data = Dataset(rng.normal(size=(2, 3)), rng.uniform(size=(2, 2)))
    simulation = Simulation(Network.dense(sizes, seed=1), data)
    simulation.step("instance")
    scenery = Scenery(simulation.moment, ViewState(), load_theme("light"), 600, 420, live=True)
    picture = Composer().compose(scenery)
    assert picture.layout.radii[1] <= 4
    item = ColumnItem(1)
    item.show_picture(picture)
    image = QImage(600, 420, QImage.Format.Format_RGB32)
    image.fill(picture.theme.color("canvas"))
    painter, option = QPainter(image), QStyleOptionGraphicsItem()
    option.exposedRect = QRectF(0, 0, 600, 420)
    item.paint(painter, option)
    painter.end()
    deltas = simulation.trace.deltas[1]
    assert deltas is not None
    for node in (0, int(np.argmax(deltas)), int(np.argmin(deltas))):
        x, y = picture.layout.place(1, node)
        there = image.pixelColor(round(x), round(y))
        wanted = picture.theme.delta_color(round(12 * deltas[node] / picture.reading.delta_limit), 12)
        assert max(abs(there.red() - wanted.red()), abs(there.blue() - wanted.blue())) <= 40
