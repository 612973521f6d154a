"""The lines of weights, as they are painted."""

from PySide6.QtGui import QColor, QImage

from tests.ui.canvas.conftest import Show
from tests.ui.canvas.hands import Hand, edges, lecture_session, session_of
from ui.canvas.brushes import mixed
from ui.canvas.items import EdgesItem


def image_of(hand: Hand) -> QImage:
    hand.surface.stop_movement()
    return hand.surface.grab().toImage()


def colors_along(hand: Hand, edge: tuple[int, int, int], *shares: float) -> set[str]:
    image = image_of(hand)
    places = [hand.point(hand.edge(edge, share / 100)) for share in range(*shares)]
    return {QColor(image.pixel(place)).name() for place in places}


def test_a_positive_line_is_solid_and_a_negative_one_has_pauses(simulation: Hand) -> None:
    theme = simulation.surface.picture.theme
    simulation.session.edit(
        "Thick",
        network=simulation.session.moment.network.with_weight(0, 2, 0, -0.6).with_weight(0, 2, 1, 0.6),
    )
    simulation.session.go_to_phase("error")
    simulation.session.set_view(mode="draw")
    canvas = theme.color("canvas").name()
    assert canvas not in colors_along(simulation, (0, 2, 1), 20, 40)
    assert canvas in colors_along(simulation, (0, 2, 0), 20, 40)


def test_lit_lines_keep_their_colour_and_others_step_back(simulation: Hand) -> None:
    theme = simulation.surface.picture.theme
    simulation.session.go_to_phase("error")
    for _ in range(3):
        simulation.session.step()
    full = theme.color("weight_positive")
    pale = mixed(full, 0.3, theme.color("canvas")).name()
    assert full.name() in colors_along(simulation, (1, 0, 0), 55, 80)
    assert pale in colors_along(simulation, (0, 2, 1), 20, 80)
    assert full.name() not in colors_along(simulation, (0, 2, 1), 20, 80)


def has_arrow(hand: Hand, edge: tuple[int, int, int], share: float) -> bool:
    accent = hand.surface.picture.theme.color("accent").name()
    place, image = hand.point(hand.edge(edge, share)), image_of(hand)
    return QColor(image.pixel(place)).name() == accent


def test_arrows_point_right_in_the_forward_pass_and_left_in_the_backward_pass(simulation: Hand) -> None:
    layout = simulation.surface.picture.layout
    length = layout.gap  # of the level line that is looked at
    near = (layout.radii[1] + 13) / length
    simulation.session.edit(
        "Level", network=lecture_session().moment.network.with_nodes_removed([(1, 0), (1, 2)])
    )
    simulation.session.edit(
        "Level", network=simulation.session.moment.network.with_layer_size(2, 1).with_layer_size(0, 1)
    )
    dataset = simulation.session.moment.dataset.with_inputs_sized(1).with_targets_sized(1)
    simulation.session.edit("Fit", dataset=dataset)
    simulation.session.go_to_phase("receive")
    simulation.session.step()
    assert has_arrow(simulation, (0, 0, 0), 1 - near)
    assert not has_arrow(simulation, (0, 0, 0), near)
    simulation.session.go_to_phase("error")
    simulation.session.step()
    simulation.session.step()
    assert has_arrow(simulation, (1, 0, 0), near)
    assert not has_arrow(simulation, (1, 0, 0), 1 - near)


def test_a_selected_line_is_marked(drawing: Hand) -> None:
    before = image_of(drawing)
    drawing.session.select(edges((0, 0, 0)))
    assert image_of(drawing) != before


def test_lines_are_kept_while_nothing_about_them_is_new(show: Show) -> None:
    hand = show(session_of((64, 128, 64, 10)))
    item = next(item for item in hand.surface.scene().items() if isinstance(item, EdgesItem))
    hand.session.step()
    first = item.lines
    hand.session.step()
    assert item.lines is first
    hand.session.edit("Change", network=hand.session.moment.network.with_weight(0, 0, 0, 5.0))
    assert item.lines is not first


def test_a_weight_of_exactly_0_is_thin_and_quiet_and_has_no_sign(drawing: Hand) -> None:
    theme = drawing.surface.picture.theme
    zero = drawing.session.moment.network.with_weight(0, 0, 0, 0.0).with_bias(0, 0, 0.0)
    drawing.session.edit("Zero", network=zero)
    assert theme.color("weight_positive").name() not in colors_along(drawing, (0, 0, 0), 20, 40)
    pens = [pen for item in drawing.surface.scene().items() if isinstance(item, EdgesItem)
            for pen, lines in item.lines if len(lines) == 1]  # fmt: skip
    assert min(pens, key=lambda pen: pen.widthF()).color() == theme.color("outline")
