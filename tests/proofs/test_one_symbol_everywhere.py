"""A number has one symbol in a notation: in the drawing, the tables, the explanation and the chain."""

import pytest
from PySide6.QtCore import Qt

from bpsim.backprop import Trace
from bpsim.examples import load_example
from bpsim.explain import explain
from bpsim.export.tables import tables
from bpsim.formula_text import to_text
from bpsim.notation import NOTATIONS
from bpsim.quantity import Quantity
from ui.canvas.reading import Reading
from ui.numbers import NumberFormat
from ui.view_state import ViewState
from ui.widgets.chain_reading import ALL, ChainReading
from ui.widgets.column_heads import output_name
from ui.widgets.weight_table import WeightTableModel
from ui.widgets.writing import writing

LETTERED = [name for name, notation in NOTATIONS.items() if not notation.words]
OUTPUT, HIDDEN = (2, 0), (1, 1)


def explained(trace: Trace, quantity: Quantity, notation: str) -> str:
    left = explain(trace, quantity, notation).rule.left
    assert left is not None
    return to_text(left, str)


@pytest.mark.parametrize("notation", LETTERED)
def test_a_node_is_called_the_same_everywhere(notation: str) -> None:
    simulation, way = load_example("lecture_demo").simulation(), NOTATIONS[notation]
    view, network, trace = ViewState(notation=notation), simulation.network, simulation.trace
    reading = Reading(simulation.moment, view)
    chain = ChainReading(simulation.moment, Quantity("weight", 1, 0, 0), ALL, writing(view, network))
    for pair, (layer, node) in enumerate((HIDDEN, OUTPUT)):
        model = WeightTableModel(network, pair, NumberFormat())
        model.show_notation(way)
        called = explained(trace, Quantity("a", layer, node), notation)
        assert model.headerData(node, Qt.Orientation.Vertical) == called
        assert reading.symbol(layer, node) == called == way.node_text(layer, node, network)
        assert called in chain.symbol(Quantity("a", layer, node))
    assert output_name(0, network, way) == explained(trace, Quantity("a", *OUTPUT), notation)


@pytest.mark.parametrize("notation", LETTERED)
def test_a_weight_is_called_the_same_in_table_chain_and_explanation(notation: str) -> None:
    simulation = load_example("lecture_demo").simulation()
    trace, weight = simulation.trace, Quantity("weight", 2, 1, 0)
    called = explained(trace, weight, notation)
    assert writing(ViewState(notation=notation), trace.network).letter(weight) == called
    rows = {to_text(row[0], str) for row in tables(trace, NOTATIONS[notation])[1].rows}
    assert called in rows
