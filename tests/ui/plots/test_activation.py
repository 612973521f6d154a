import pytest
from PySide6.QtCore import QPointF
from pytestqt.qtbot import QtBot

from bpsim.activation_curve import ActivationCurve, activation_curve
from bpsim.backprop import backpropagate
from bpsim.network import Network
from ui.plots.activation import ActivationChart
from ui.theme import load_theme

LIGHT, DARK = load_theme("light"), load_theme("dark")


def curve(activation: str = "sigmoid", z: float = 1.0) -> ActivationCurve:
    network = Network.dense([1, 1], activation).with_parameters([[[1.0]]], [[0.0]])
    found = activation_curve(backpropagate(network, [z], [0.0]), 1, 0)
    assert isinstance(found, ActivationCurve)
    return found


@pytest.fixture
def chart(qtbot: QtBot) -> ActivationChart:
    chart = ActivationChart(LIGHT)
    chart.resize(300, chart.height())
    qtbot.addWidget(chart)
    return chart


def color_at(chart: ActivationChart, place: QPointF) -> str:
    return chart.grab().toImage().pixelColor(place.toPoint()).name()


def test_the_node_is_drawn_where_it_is_once_it_is_known(chart: ActivationChart) -> None:
    found = curve()
    frame = chart.frame(found)
    here, below = frame.point(found.z, found.a), frame.point(found.z, found.slope)
    chart.show_curve(found, "g", point=False, slope=False)
    assert color_at(chart, here) != LIGHT.color("accent").name()
    chart.show_curve(found, "g", point=True, slope=False)
    assert color_at(chart, here) == LIGHT.color("accent").name()
    assert color_at(chart, below) != LIGHT.color("term_sum").name()
    chart.show_curve(found, "g", point=True, slope=True)
    assert color_at(chart, below) == LIGHT.color("term_sum").name()


@pytest.mark.parametrize("activation", ["sigmoid", "tanh", "relu", "elu", "softplus", "linear"])
@pytest.mark.parametrize("z", [-40.0, 0.0, 3.0])
def test_all_of_it_is_in_sight(chart: ActivationChart, activation: str, z: float) -> None:
    found = curve(activation, z)
    frame = chart.frame(found)
    for x, values in ((found.values, found.activations), (found.values, found.slopes)):
        for place, value in zip(x, values, strict=True):
            assert frame.box.adjusted(-1, -1, 1, 1).contains(frame.point(place, value))
    chart.show_curve(found, "g", point=True, slope=True)
    assert not chart.grab().isNull()


def test_it_follows_the_theme_and_is_empty_at_first(chart: ActivationChart) -> None:
    assert chart.curve is None
    assert not chart.grab().isNull()
    chart.show_curve(curve(), "g", point=True, slope=True)
    before = chart.grab().toImage()
    chart.set_theme(DARK)
    assert chart.grab().toImage() != before
