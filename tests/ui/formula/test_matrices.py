import numpy as np
import pytest
from PySide6.QtWidgets import QApplication

from bpsim.backprop import backpropagate
from bpsim.matrices import MatrixEquation, Room, matrix_equation
from bpsim.network import Network
from bpsim.quantity import Quantity
from ui.formula.layout import Setting
from ui.formula.matrices import lay_out_matrices
from ui.formula.paint import Picture
from ui.numbers import NumberFormat

SETTING = Setting(NumberFormat().given, 15)


def equation(sizes: tuple[int, ...], q: Quantity, room: Room = Room(), **options: object) -> MatrixEquation:  # noqa: B008
    traced = backpropagate(Network.dense(sizes, seed=1), [0.5] * sizes[0], [0.0] * sizes[-1])
    made = matrix_equation(traced, q, "nielsen", room=room, **options)
    assert isinstance(made, MatrixEquation)
    return made


def rights(picture: Picture, layer: int, source: int) -> set[float]:
    """Return where the numbers of a column of weights end."""
    return {
        round(area.rect.right(), 3)
        for area in picture.areas
        if area.quantity is not None
        and area.quantity[:2] == ("weight", layer)
        and area.quantity.source == source
    }


def test_every_entry_is_there_in_columns_flush_right(qapp: QApplication) -> None:
    made = equation((3, 4, 2), Quantity("z", 1, 1))
    picture = lay_out_matrices(made, SETTING, 1000)
    shown = {area.quantity for area in picture.areas}
    assert {e.quantity for m in made.matrices for row in m.entries for e in row if e} <= shown
    assert [len(rights(picture, 1, j)) for j in range(3)] == [1, 1, 1]
    tops = {round(a.rect.top()) for a in picture.areas if a.quantity and a.quantity.kind == "weight"}
    assert len(tops) == 4


def test_a_line_is_broken_between_matrices(qapp: QApplication) -> None:
    made = equation((3, 4, 2), Quantity("z", 1, 1))
    wide = lay_out_matrices(made, SETTING, 1000)
    narrow = lay_out_matrices(made, SETTING, 0.8 * wide.width)
    assert narrow.width <= 0.8 * wide.width
    assert narrow.height > wide.height


def test_what_is_not_known_is_a_question_mark(qapp: QApplication) -> None:
    made = equation((2, 2), Quantity("z", 1, 1), known=lambda q: q.kind != "z")
    texts = [
        mark.what.text for mark in lay_out_matrices(made, SETTING, 1000).marks if hasattr(mark.what, "text")
    ]
    assert texts.count("?") == 2
    assert "0" not in texts


@pytest.mark.parametrize(("sizes", "dots"), [((2, 2), ""), ((9, 2), "⋯⋮"), ((2, 9), "⋮"), ((9, 9), "⋯⋮⋱")])
def test_dots_stand_for_what_is_left_out(qapp: QApplication, sizes: tuple[int, ...], dots: str) -> None:
    picture = lay_out_matrices(equation(sizes, Quantity("z", 1, 1)), SETTING, 1000)
    texts = {mark.what.text for mark in picture.marks if hasattr(mark.what, "text")}
    assert texts & set("⋯⋮⋱") == set(dots)


def test_a_missing_connection_is_quiet(qapp: QApplication) -> None:
    network = Network.dense([2, 2], seed=1).with_disconnected(0, 1, 0)
    traced = backpropagate(network, np.array([0.5, 0.5]), np.array([0.0, 1.0]))
    made = matrix_equation(traced, Quantity("z", 1, 1), "nielsen")
    assert isinstance(made, MatrixEquation)
    quiet = {mark.quantity for mark in lay_out_matrices(made, SETTING, 1000).marks if mark.quiet}
    assert quiet == {Quantity("weight", 1, 1, 0)}
