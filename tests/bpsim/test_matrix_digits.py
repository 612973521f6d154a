"""Matrix equations that are true as they are written."""

import numpy as np
import pytest

from bpsim.backprop import Trace, backpropagate
from bpsim.examples import load_example
from bpsim.matrices import Matrix, MatrixEquation, matrix_equation
from bpsim.matrix_digits import MatrixDigits, matrix_digits
from bpsim.network import Network
from bpsim.quantity import Quantity
from tests.bpsim.formulas import Digits, trace_of


def equation(trace: Trace, quantity: Quantity, notation: str = "lecture_rule") -> MatrixEquation:
    made = matrix_equation(trace, quantity, notation)
    assert isinstance(made, MatrixEquation)
    return made


def as_read(matrix: Matrix, digits: int) -> np.ndarray:
    values = [[0.0 if e is None or e.value is None else e.value for e in row] for row in matrix.entries]
    return np.vectorize(Digits(digits).read)(np.array(values))


@pytest.mark.parametrize("digits", [2, 3, 5])
@pytest.mark.parametrize("layer", [1, 2])
def test_the_product_of_what_is_written_is_what_is_written(layer: int, digits: int) -> None:
    trace = trace_of("lecture_demo")
    made = equation(trace, Quantity("z", layer, 0))
    needed = matrix_digits(made, trace, "lecture_rule", Digits(digits))
    z, weights, before, bias = made.matrices
    found = as_read(weights, needed.others) @ as_read(before, needed.others) + as_read(bias, needed.others)
    written = as_read(z, needed.result)
    assert needed.result == digits <= needed.others
    for mine, theirs in zip(found.ravel(), written.ravel(), strict=True):
        assert round(mine, Digits(digits).last_place(theirs)) == pytest.approx(theirs, rel=1e-12)


def test_a_step_that_is_small_is_seen() -> None:
    trace = trace_of("lecture_demo")
    made = equation(trace, Quantity("new_weight", 1, 0, 0))
    needed = matrix_digits(made, trace, "lecture_rule", Digits(3))
    new, old, _step = made.matrices
    assert (as_read(new, needed.result) != as_read(old, needed.others)).all()


def test_equal_only_where_everything_is_exact() -> None:
    project = load_example("mazur")
    trace = backpropagate(project.network, project.dataset.inputs[0], project.dataset.targets[0])
    exact, rounded = (equation(trace, Quantity("z", layer, 0)) for layer in (1, 2))
    assert not matrix_digits(exact, trace, "lecture_rule", Digits(3)).about
    assert matrix_digits(rounded, trace, "lecture_rule", Digits(3)).about


def test_what_is_not_known_and_long_sums_need_no_more() -> None:
    trace = backpropagate(Network.dense([30, 3], seed=1), np.linspace(-1, 1, 30), [0.0] * 3)
    made = equation(trace, Quantity("z", 1, 0))
    assert matrix_digits(made, trace, "lecture_rule", Digits(3)) == MatrixDigits(3, 3, about=True)
    unknown = matrix_equation(trace, Quantity("z", 1, 0), "lecture_rule", known=lambda _q: False)
    assert isinstance(unknown, MatrixEquation)
    assert matrix_digits(unknown, trace, "lecture_rule", Digits(3)) == MatrixDigits(3, 3, about=False)
