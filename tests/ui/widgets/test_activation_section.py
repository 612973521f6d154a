import pytest
from PySide6.QtCore import QEvent, QPointF
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from bpsim.activation_curve import NO_CURVE
from bpsim.backprop import Trace, backpropagate
from bpsim.network import Network
from bpsim.notation import NOTATIONS
from bpsim.quantity import Quantity
from ui.numbers import NumberFormat
from ui.theme import load_theme
from ui.widgets.activation_section import ActivationSection

LECTURE = NOTATIONS["lecture"]
DELTA = Quantity("delta", 1, 0)


@pytest.fixture
def section(qtbot: QtBot) -> ActivationSection:
    section = ActivationSection(load_theme("light"), NumberFormat())
    qtbot.addWidget(section)
    return section


def trace(z: float, activation: str = "sigmoid") -> Trace:
    network = Network.dense([1, 1, 1], [activation, "sigmoid"]).with_parameters(
        [[[1.0]], [[1.0]]], [[0.0], [0.0]]
    )
    return backpropagate(network, [z], [0.0])


def everything(_quantity: Quantity) -> bool:
    return True


def test_only_numbers_of_a_node_have_a_curve(section: ActivationSection) -> None:
    for kind, shown in (("z", True), ("delta", True), ("slope", True), ("step", False), ("weight", False)):
        section.show_node(trace(1.0), Quantity(kind, 1, 0, None if shown else 0), LECTURE, everything)
        assert section.isHidden() is not shown
    section.show_node(trace(1.0), Quantity("z", 1, 0, instance=3), LECTURE, everything)
    assert section.isHidden()


def test_numbers_come_with_the_steps(section: ActivationSection) -> None:
    section.show_node(trace(1.0), DELTA, LECTURE, lambda q: False)
    assert section.numbers.text() == "Where the node is on it is seen once z is known."
    assert not section.chart.shows_point
    section.show_node(trace(1.0), DELTA, LECTURE, lambda q: q.kind == "z")
    assert section.numbers.text() == "z = 1,  g(z) ≈ 0.731"
    assert section.chart.shows_point
    assert not section.chart.shows_slope
    section.show_node(trace(1.0), DELTA, LECTURE, everything)
    assert section.numbers.text().endswith("g′(z) ≈ 0.197")
    assert section.remark.isHidden()


@pytest.mark.parametrize(
    ("z", "activation", "told"),
    [
        (8.0, "sigmoid", "▲ saturated: g′ ≈ 0.00034, so hardly any error passes back."),
        (-1.0, "relu", "▲ g′ = 0: no error passes back through this node now."),
    ],
)
def test_a_flat_place_is_marked(section: ActivationSection, z: float, activation: str, told: str) -> None:
    section.show_node(trace(z, activation), DELTA, LECTURE, everything)
    assert section.remark.text() == told
    assert not section.remark.isHidden()
    assert told in section.chart.accessibleName()
    section.show_node(trace(z, activation), DELTA, LECTURE, lambda q: q.kind == "z")
    assert section.remark.isHidden()


def test_softmax_says_in_words_why_there_is_none(section: ActivationSection) -> None:
    network = Network.dense([2, 2], "softmax", "cross_entropy", seed=0)
    traced = backpropagate(network, [1, 0], [0, 1])
    section.show_node(traced, Quantity("z", 1, 0), LECTURE, everything)
    assert section.numbers.text() == NO_CURVE["softmax"]
    assert section.chart.isHidden()


def test_letters_follow_the_notation(section: ActivationSection) -> None:
    section.show_node(trace(1.0), DELTA, NOTATIONS["bishop"], everything)
    assert section.heading.text() == "h and h′ at this node: sigmoid"
    assert section.numbers.text().startswith("a = 1,  h(a) ≈ ")
    assert section.chart.letter == "h"


def test_pointing_at_it_lights_the_node(section: ActivationSection) -> None:
    told: list[object] = []
    section.quantity_hovered.connect(told.append)
    section.show_node(trace(1.0), DELTA, LECTURE, everything)
    place = QPointF(5, 5)
    QApplication.sendEvent(section, QEnterEvent(place, place, place))
    QApplication.sendEvent(section, QEvent(QEvent.Type.Leave))
    assert told == [Quantity("z", 1, 0), None]
