"""Whoever works out a line with the numbers as they are written gets the result as it is written.

So it is for every quantity of every example and of random networks, in every notation and in any number of
digits, in each line of the calculation; the sums of a line give the numbers of the next one, too.
"""

from decimal import ROUND_HALF_EVEN, Decimal
from math import isclose, isfinite

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bpsim.backprop import Trace, backpropagate
from bpsim.examples import EXAMPLES, load_example
from bpsim.explain import explain, worked
from bpsim.formula import Number, evaluate, map_numbers
from bpsim.formula_digits import MOST_DIGITS, Line, numbers_of
from bpsim.notation import NOTATIONS
from bpsim.optimizers import OPTIMIZERS
from bpsim.settings import Settings
from tests.bpsim.reference import PAIRS, random_instance, random_network
from tests.proofs.test_explain_proof import every_quantity
from ui.formula.numbers import FormulaNumbers

NAMES = list(NOTATIONS)


def as_read(text: str) -> float:
    return float(text.replace("−", "-"))


def worked_out(line: Line) -> float:
    """Return what somebody gets who works out a line as it is written."""
    read = map_numbers(line.equation, lambda number: Number(as_read(line.numbers.given(number.value))))
    return evaluate(read)


def places(text: str) -> int:
    return -int(Decimal(text.replace("−", "-")).as_tuple().exponent)


def assert_reads_as(found: float, result: float, numbers: FormulaNumbers) -> None:
    """Assert that a number, rounded to the digits that are written, is what is written."""
    text = numbers.given(result)
    one = Decimal((0, (1,), -max(places(text), places(numbers.text(result)))))
    rounded = Decimal(found).quantize(one, ROUND_HALF_EVEN)
    assert rounded == Decimal(text.replace("−", "-")) or isclose(found, result, rel_tol=4e-15), (found, text)


def assert_true_as_written(trace: Trace, notation: str, digits: int) -> None:
    numbers = FormulaNumbers(digits)
    for quantity in every_quantity(trace):
        explanation = explain(trace, quantity, notation)
        for every_step in (True, False):
            *lines, last = worked(explanation, numbers, every_step)
            (result,) = numbers_of(last.equation)
            if not isfinite(result.value):
                continue
            of_result = numbers.with_digits(last.numbers.digits)
            exact = as_read(of_result.given(result.value)) == pytest.approx(explanation.result, rel=1e-13)
            assert last.equation.about or exact
            for line in lines:
                assert line.numbers.digits >= digits
                if line.numbers.digits < MOST_DIGITS:
                    assert_reads_as(worked_out(line), result.value, of_result)


@pytest.mark.parametrize("digits", [1, 3, 6, 15])
@pytest.mark.parametrize("name", [example.name for example in EXAMPLES])
def test_every_example(name: str, digits: int) -> None:
    simulation = load_example(name).simulation()
    for number in range(min(len(simulation.dataset), 3)):
        assert_true_as_written(simulation.trace, NAMES[(number + digits) % len(NAMES)], digits)
        simulation.step("instance")


@settings(max_examples=25, deadline=None)
@given(
    st.integers(0, 2**32 - 1),
    st.sampled_from(PAIRS),
    st.sampled_from(sorted(OPTIMIZERS)),
    st.sampled_from(NAMES),
    st.integers(1, 12),
    st.floats(-3.0, 1.0),
)
def test_random_networks(
    seed: int, pair: tuple[str, str], optimizer: str, notation: str, digits: int, power: float
) -> None:
    rng = np.random.default_rng(seed)
    network = random_network(rng, *pair, missing=0.2)
    how = Settings(10.0**power, optimizer=optimizer, l2=0.01 if seed % 2 else 0.0)
    assert_true_as_written(backpropagate(network, *random_instance(rng, network), how), notation, digits)
