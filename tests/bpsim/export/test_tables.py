import pytest

from bpsim.backprop import backpropagate
from bpsim.export.tables import tables
from bpsim.formula import Number, Words
from bpsim.network import Network
from bpsim.notation import NOTATIONS
from bpsim.quantity import Quantity, value_of
from bpsim.settings import Settings

NETWORK = Network.dense([2, 2, 1], seed=1).with_disconnected(0, 1, 0)


@pytest.mark.parametrize("name", NOTATIONS)
def test_every_cell_is_a_number_of_the_trace_with_the_sign_of_the_notation(name: str) -> None:
    notation, trace = NOTATIONS[name], backpropagate(NETWORK, [1, 2], [0])
    of_nodes, of_parameters = tables(trace, notation)
    assert len(of_nodes.rows) == 3
    assert len(of_parameters.rows) == 5 + 3
    for table in (of_nodes, of_parameters):
        for _, *cells in table.rows:
            assert len(cells) == len(table.heads) - 1
            for cell in cells:
                assert isinstance(cell, Number)
                assert cell.quantity is not None
                sign = notation.sign(cell.quantity.kind)
                assert cell.value == sign * value_of(trace, cell.quantity)


def test_heads_and_names() -> None:
    of_nodes, of_parameters = tables(backpropagate(NETWORK, [1, 2], [0]), NOTATIONS["bishop"])
    assert of_nodes.heads == ("node", "a", "z", "h′", "δ")
    assert of_nodes.rows[0][0] == Words("hidden node 1")
    assert of_parameters.heads == ("weight or bias", "w", "Δw", "new w")
    assert of_parameters.rows[0][0].quantity == Quantity("weight", 1, 0, 0)


def test_a_batch_has_its_means_and_before_its_end_nothing_new() -> None:
    first = backpropagate(NETWORK, [1, 2], [0], Settings(batch_size=2), closes_batch=False)
    assert tables(first, NOTATIONS["lecture"])[1].heads == ("weight or bias", "θ", "Δθ")
    last = backpropagate(NETWORK, [2, 1], [0], Settings(batch_size=2), batch=first.batch)
    assert tables(last, NOTATIONS["lecture"])[1].heads[3:] == ("mean Δθ", "new θ")
