import numpy as np
import pytest
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from bpsim.backprop import forward
from bpsim.datasets import Dataset
from bpsim.network import Network
from bpsim.planes import Plane
from bpsim.project import Project
from tests.helpers import xor_project
from ui.appearance import Appearance
from ui.canvas.fields import FieldKeeper
from ui.canvas.picture import Target
from ui.canvas.tips import describe
from ui.canvas.view import NetworkView
from ui.field_colors import calm, value_color
from ui.session import Session
from ui.theme import Theme, load_theme

LIGHT, DARK = load_theme("light"), load_theme("dark")


def steep() -> Project:
    """Return a network whose hidden nodes respond to one input each, on the four XOR instances."""
    network = Network.dense([2, 2, 1], ["tanh", "sigmoid"]).with_parameters(
        [[[40.0, 0.0], [0.0, 40.0]], [[1.0, 1.0]]], [[-20.0, -20.0], [0.0]]
    )
    return Project(network, xor_project().dataset)


def view_of(qtbot: QtBot, qapp: QApplication, session: Session) -> NetworkView:
    view = NetworkView(session, Appearance(qapp, "light"))
    qtbot.addWidget(view)
    view.resize(760, 460)
    with qtbot.waitExposed(view):
        view.show()
    return view


def colors_in(view: NetworkView, layer: int, node: int, *shares: tuple[float, float]) -> list[QColor]:
    """Return the colours at places of a node's disc, given in radii from its centre, to the right and up."""
    layout = view.surface.picture.layout
    (x, y), radius = layout.place(layer, node), layout.radii[layer]
    image: QImage = view.surface.viewport().grab().toImage()
    return [image.pixelColor(round(x + dx * radius), round(y - dy * radius)) for dx, dy in shares]


def is_low(color: QColor) -> bool:
    return color.blue() > color.red() + 40


def is_high(color: QColor) -> bool:
    return color.red() > color.blue() + 40


def test_a_node_shows_what_it_responds_to(qtbot: QtBot, qapp: QApplication) -> None:
    session = Session(steep())
    view = view_of(qtbot, qapp, session)
    assert colors_in(view, 1, 0, (-0.5, 0.5), (0.5, 0.5)) == [LIGHT.color("canvas")] * 2
    session.set_view(show_fields=True)
    left, right = colors_in(view, 1, 0, (-0.5, 0.6), (0.5, 0.6))
    assert is_low(left)
    assert is_high(right)
    above, below = colors_in(view, 1, 1, (0.4, 0.7), (0.4, -0.7))
    assert is_high(above)
    assert is_low(below)
    assert colors_in(view, 0, 0, (0.5, 0.6)) == [LIGHT.color("canvas")]
    session.set_view(show_fields=False)
    assert colors_in(view, 1, 0, (-0.5, 0.5)) == [LIGHT.color("canvas")]


def test_the_number_stands_on_a_ground_of_its_own(qtbot: QtBot, qapp: QApplication) -> None:
    session = Session(steep())
    session.set_view(show_fields=True)
    session.go_to_phase("forward")
    view = view_of(qtbot, qapp, session)
    numbers = colors_in(view, 1, 0, *((dx, 0.0) for dx in np.linspace(-0.4, 0.4, 30)))
    assert LIGHT.color("canvas") in numbers
    assert not any(is_low(color) or is_high(color) for color in numbers)


def test_during_the_backward_pass_that_ground_has_the_colour_of_delta(
    qtbot: QtBot, qapp: QApplication
) -> None:
    session = Session(steep())
    session.set_view(show_fields=True)
    session.go_to_phase("backward")
    view = view_of(qtbot, qapp, session)
    reading = view.surface.picture.reading
    delta = reading.delta(2, 0)
    assert delta is not None
    expected = LIGHT.delta_color(delta, reading.delta_limit)
    assert expected in colors_in(view, 2, 0, *((dx, 0.0) for dx in np.linspace(-0.6, 0.6, 60)))


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_a_picture_has_the_colours_of_the_activation(qapp: QApplication, theme: Theme) -> None:
    session = Session(steep())
    kept = FieldKeeper().fields_of(session.moment, Plane(), theme)
    assert kept is not None
    image = kept.image(2, 0)
    value = float(forward(session.moment.network, [kept.shown.first[3], kept.shown.second[20]])[0])
    expected = calm(theme, value_color(theme, value, (0.0, 1.0)))
    shown = image.pixelColor(3, image.height() - 1 - 20)
    assert max(abs(a - b) for a, b in zip(shown.getRgb(), expected.getRgb(), strict=True)) <= 2
    assert kept.image(2, 0) is image


def test_fields_are_kept_until_something_about_them_changes() -> None:
    keeper, session = FieldKeeper(), Session(steep())

    def kept(plane: Plane = Plane(), theme: Theme = LIGHT) -> object:  # noqa: B008
        return keeper.fields_of(session.moment, plane, theme)

    first = kept()
    session.step("node")
    assert kept() is first
    assert kept(theme=DARK) is not first
    second = kept()
    assert kept(Plane((1, 0))) is not second
    third = kept()
    session.step("instance")
    assert kept() is not third


def test_other_inputs_are_held_as_the_plane_says() -> None:
    rng = np.random.default_rng(0)
    data = Dataset(rng.normal(size=(5, 3)), rng.random(5))
    session = Session(Project(Network.dense([3, 2, 1], "tanh", seed=1), data))
    keeper = FieldKeeper()
    kept = keeper.fields_of(session.moment, Plane((2, 0), "instance"), LIGHT)
    assert kept is not None
    place = [kept.shown.second[4], data.inputs[0, 1], kept.shown.first[7]]
    assert kept.shown.nodes[-1][0, 4, 7] == pytest.approx(forward(session.moment.network, place)[0])
    session.go_to(1, 0)
    assert keeper.fields_of(session.moment, Plane((2, 0), "instance"), LIGHT) is not kept


def test_one_input_and_data_that_do_not_fit_have_no_fields() -> None:
    one = Session(Project(Network.dense([1, 2, 1]), Dataset([[0.0], [1.0]], [0.0, 1.0])))
    assert FieldKeeper().fields_of(one.moment, Plane(), LIGHT) is None
    session = Session(steep())
    session.edit("Add node", network=session.moment.network.with_node_added(0, 2))
    assert FieldKeeper().fields_of(session.moment, Plane(), LIGHT) is None


def test_the_tool_tip_says_what_the_picture_of_a_node_shows(qtbot: QtBot, qapp: QApplication) -> None:
    session = Session(steep())
    view = view_of(qtbot, qapp, session)
    target = Target("node", 1, 0)
    assert "picture" not in describe(view.surface.picture, target)
    session.set_view(show_fields=True)
    told = "picture: a over x₁ (to the right) and x₂ (upwards), from −1 (blue) to 1 (red)"
    assert describe(view.surface.picture, target).endswith(told)
    assert "picture" not in describe(view.surface.picture, Target("node", 0, 0))
