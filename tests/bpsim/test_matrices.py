"""Every number in a matrix equation is the trace's, and the equation holds."""

import numpy as np
import pytest

from bpsim.backprop import Trace, backpropagate
from bpsim.examples import EXAMPLES, load_example
from bpsim.explain import explain
from bpsim.formula_text import to_text
from bpsim.matrices import (
    JOINED,
    NONE,
    Matrix,
    MatrixEquation,
    Room,
    Sign,
    matrix_equation,
    written,
)
from bpsim.network import Network
from bpsim.notation import NOTATIONS
from bpsim.quantity import Quantity, value_of
from bpsim.settings import Settings

ALL = Room(1000, 1000)


def trace(activation: object = "tanh", loss: str = "mse", **settings: object) -> Trace:
    network = Network.dense([3, 4, 2], activation, loss, seed=1).with_disconnected(0, 1, 2)
    return backpropagate(network, [1.0, -0.5, 0.2], [0.0, 1.0], Settings(learning_rate=0.3, **settings))


def quantities(traced: Trace) -> list[Quantity]:
    """Return a quantity of each kind, at every node and present connection."""
    network = traced.network
    found = []
    for layer in (1, 2):
        for i in range(network.sizes[layer]):
            found += [Quantity(kind, layer, i) for kind in ("z", "a", "slope", "delta", "back_sum")]
            found += [Quantity(kind, layer, i) for kind in ("bias", "bias_step", "new_bias")]
            for j in np.flatnonzero(network.masks[layer - 1][i]).tolist():
                found += [Quantity(kind, layer, i, j) for kind in ("weight", "step", "new_weight")]
    return found


def array(matrix: Matrix) -> np.ndarray:
    values = [[entry.value for entry in row] for row in matrix.entries if row]
    return np.array(values, dtype=float)


def value(equation: MatrixEquation) -> tuple[np.ndarray, np.ndarray]:
    """Return both sides, computed from the matrices alone: products first, then ∘, then sums."""
    left, equals, *rest = equation.parts
    assert isinstance(left, Matrix)
    assert equals == Sign("=", "equals")
    total, sign = None, 1.0
    terms: list[tuple[float, list[object]]] = [(1.0, [])]
    for part in rest:
        if part in (Sign("+", "plus"), Sign("−", "minus")):
            terms.append((1.0 if part.text == "+" else -1.0, []))
        else:
            terms[-1][1].append(part)
    for sign, parts in terms:
        product = None
        elementwise = False
        for part in parts:
            if isinstance(part, Sign):
                elementwise = elementwise or part.text == "∘"
                continue
            factor = array(part)
            if product is None:
                product = factor
            elif elementwise or product.size == 1 or factor.size == 1:
                product = product * factor
            else:
                product = product @ factor
            elementwise = False
        if product is not None:
            total = sign * product if total is None else total + sign * product
    assert total is not None
    return array(left), total


@pytest.mark.parametrize("notation", NOTATIONS)
def test_the_equations_hold(notation: str) -> None:
    traced = trace()
    for q in quantities(traced):
        equation = matrix_equation(traced, q, notation, room=ALL)
        if q.kind == "a" or (q.kind in ("delta", "slope") and q.layer == 2):
            continue  # g and parentheses: below
        if isinstance(equation, str):
            assert (q.kind, q.layer) == ("back_sum", 2)
            continue
        left, right = value(equation)
        if q.kind == "step" and q.layer == 1:
            left, right = left[left != 0], right[left != 0]  # a missing connection has no step
            assert left.size == 11
        assert left == pytest.approx(right, rel=1e-12, abs=1e-14), (notation, q)


@pytest.mark.parametrize("notation", NOTATIONS)
def test_every_number_is_that_of_the_trace(notation: str) -> None:
    traced = trace()
    for q in quantities(traced):
        equation = matrix_equation(traced, q, notation)
        if isinstance(equation, str):
            continue
        for matrix in equation.matrices:
            for entry in (entry for row in matrix.entries for entry in row):
                sign = NOTATIONS[notation].sign(entry.quantity.kind)
                assert entry.value == sign * value_of(traced, entry.quantity)
                assert entry.absent == (entry.quantity[:4] in _missing(traced, entry.quantity.kind))


def _missing(traced: Trace, kind: str) -> set[tuple[object, ...]]:
    return {(kind, 1, 1, 2)} if kind in ("weight", "step", "new_weight") else set()


@pytest.mark.parametrize("notation", NOTATIONS)
@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
def test_the_result_is_that_of_the_sum_and_its_terms_are_lit(example: object, notation: str) -> None:
    project = load_example(example.name)
    network, data = project.network, project.dataset
    traced = backpropagate(network, data.inputs[0], data.targets[0], project.settings)
    for layer in range(1, len(network.sizes)):
        for kind in ("z", "delta", "bias_step"):
            q = Quantity(kind, layer, 0)
            equation = matrix_equation(traced, q, notation, room=ALL)
            if isinstance(equation, str):
                continue
            told, left = explain(traced, q, notation), equation.matrices[0]
            [entry] = [e for row in left.entries for e in row if e.quantity == q]
            assert entry.value == told.result
            assert left.lit == {q}
            lit = frozenset().union(*(matrix.lit for matrix in equation.matrices))
            terms = {t for t in told.terms if t.kind not in ("learning_rate", "back_sum", "downhill")}
            assert terms <= lit


def test_output_deltas() -> None:
    def signs(equation: MatrixEquation | str) -> str:
        assert isinstance(equation, MatrixEquation)
        return " ".join("M" if isinstance(part, Matrix) else part.text for part in equation.parts)

    q = Quantity("delta", 2, 0)
    assert signs(matrix_equation(trace(), q)) == "M = ( M − M ) ∘ M"
    joined = trace(["tanh", "softmax"], "cross_entropy")
    assert signs(matrix_equation(joined, q)) == "M = M − M"
    kinds = [m.entries[0][0].quantity.kind for m in matrix_equation(joined, q, "nielsen").matrices]
    assert kinds == ["delta", "a", "target"]
    assert matrix_equation(trace(["tanh", "softmax"], "mse"), q) == JOINED


def test_what_has_no_matrix_equation_says_why() -> None:
    for q in (Quantity("error"), Quantity("input", 0, 0), Quantity("z", 1, 0, instance=2)):
        assert matrix_equation(trace(), q) == NONE
    frozen = trace(update_biases=False)
    assert "not updated" in str(matrix_equation(frozen, Quantity("bias_step", 1, 0)))


@pytest.mark.parametrize(
    ("notation", "letter"), [("lecture", "v¹"), ("pytorch", "v¹"), ("words", "velocities v")]
)
def test_momentum_adds_its_velocities(notation: str, letter: str) -> None:
    traced = trace(optimizer="momentum", l2=0.1)
    for quantity in (Quantity("new_weight", 1, 0, 1), Quantity("new_bias", 1, 0)):
        equation = matrix_equation(traced, quantity, notation)
        assert isinstance(equation, MatrixEquation)
        assert isinstance(equation.parts[-1], Matrix)
        assert to_text(equation.parts[-1].symbol, str) == letter


@pytest.mark.parametrize("optimizer", ["nesterov", "rmsprop", "adam"])
def test_what_other_optimizers_add_is_no_matrix(optimizer: str) -> None:
    assert matrix_equation(trace(optimizer=optimizer), Quantity("new_weight", 1, 0, 1)) == NONE


def test_what_is_not_known_has_no_number() -> None:
    equation = matrix_equation(trace(), Quantity("z", 1, 2), known=lambda q: q.kind != "z" or q.node < 2)
    assert isinstance(equation, MatrixEquation)
    z, weights, before, bias = equation.matrices
    assert [row[0].value is None for row in z.entries] == [False, False, True, True]
    assert all(e.value is not None for m in (weights, before, bias) for row in m.entries for e in row)


def test_indices_run_as_the_notation_has_them() -> None:
    lecture = matrix_equation(trace(), Quantity("step", 1, 1, 0), "lecture", room=ALL)
    other = matrix_equation(trace(), Quantity("step", 1, 1, 0), "lecture_rule", room=ALL)
    assert lecture.matrices[0].shape == (3, 4)
    assert other.matrices[0].shape == (4, 3)
    z, weights, before, bias = matrix_equation(trace(), Quantity("z", 1, 1), "lecture").matrices
    assert weights.turned
    assert weights.shape == (4, 3)
    z, before, weights, bias = matrix_equation(trace(), Quantity("z", 1, 1), "pytorch").matrices
    assert (z.shape, before.shape, weights.shape, bias.shape) == ((1, 4), (1, 3), (3, 4), (1, 4))
    assert weights.turned


@pytest.mark.parametrize(
    ("count", "most", "present", "places"),
    [
        (4, 6, 1, (0, 1, 2, 3)),
        (10, 6, 5, (0, None, 5, None, 9)),
        (10, 6, 0, (0, None, 9)),
        (10, 6, 2, (0, 1, 2, None, 9)),
        (10, 6, 7, (0, None, 7, 8, 9)),
        (3, 2, 1, (0, 1, 2)),
    ],
)
def test_of_many_rows_the_first_the_present_and_the_last_are_written(
    count: int, most: int, present: int, places: tuple[int | None, ...]
) -> None:
    assert written(count, most, present) == places


def test_large_layers_keep_the_present_row_and_column() -> None:
    rng = np.random.default_rng(0)
    traced = backpropagate(Network.dense([64, 128, 10], seed=1), rng.uniform(-1, 1, 64), np.zeros(10))
    q = Quantity("step", 1, 50, 30)
    equation = matrix_equation(traced, q, "nielsen", room=Room(6, 3))
    steps, rate, deltas, before = equation.matrices
    assert steps.lit == {q}
    assert [[e is not None for e in row] for row in steps.entries] == [
        [True, False, True, False, True],
        [False] * 5,
    ] * 2 + [[True, False, True, False, True]]
    assert deltas.lit == {Quantity("delta", 1, 50)}
    assert before.lit == {Quantity("input", 0, 30)}
    assert rate.is_scalar
