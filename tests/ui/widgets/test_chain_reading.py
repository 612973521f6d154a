import math
import re

import numpy as np
import pytest

from bpsim.chain import chain
from bpsim.datasets import Dataset
from bpsim.network import Network
from bpsim.notation import NOTATIONS
from bpsim.quantity import Quantity
from bpsim.settings import Settings
from bpsim.simulation import Simulation
from ui.numbers import NumberFormat
from ui.widgets.chain_reading import ALL, ChainReading, first_parameter, parameter_of
from ui.widgets.writing import Writing

NETWORK = Network.dense([2, 2, 2], seed=1)
DATA = Dataset([[0.5, 0.2]], [[1.0, 0.0]])


def reading(
    phase: str | None, parameter: Quantity, path: str = ALL, notation: str = "lecture", digits: int = 12
) -> ChainReading:
    simulation = Simulation(NETWORK, DATA, Settings())
    while phase is not None and not simulation.moment.knows(phase):
        simulation.step("phase")
    writing = Writing(NumberFormat(digits), NOTATIONS[notation], NETWORK)
    return ChainReading(simulation.moment, parameter, path, writing)


def last_number(text: str) -> float:
    return float(re.split(" [=≈] ", text)[-1].replace("−", "-"))


@pytest.mark.parametrize("digits", [2, 3, 5])
@pytest.mark.parametrize("parameter", [Quantity("weight", 1, 0, 1), Quantity("weight", 2, 1, 0)])
def test_in_few_digits_too_what_is_written_multiplies_and_adds_up_to_what_is_written(
    parameter: Quantity, digits: int
) -> None:
    shown = reading("gradient", parameter, digits=digits)
    links = [row for row in shown.rows if row.partial and not row.indented]
    product = math.prod(last_number(row.partial) for row in links)
    assert shown.numbers.text(product) == shown.numbers.text(last_number(shown.product))
    branches = [last_number(row.partial) for row in shown.rows if row.indented]
    if branches:
        total = last_number(links[-1].partial)
        assert shown.link_numbers.text(sum(branches)) == shown.link_numbers.text(total)
    factors = re.findall(r"[−-]?[0-9.]+(?:e−[0-9]+)?", shown.step.partition("≈")[2].partition("≈")[0])
    step = math.prod(float(factor.replace("−", "-")) for factor in factors)
    assert abs(step) == pytest.approx(abs(last_number(shown.step)), rel=0.6 * 10.0 ** (1 - digits))


def test_what_is_shown_multiplies_up_to_what_is_shown() -> None:
    for path in (ALL, "0", "1"):
        shown = reading("gradient", Quantity("weight", 1, 0, 1), path)
        numbers = [last_number(row.partial) for row in shown.rows if row.partial and not row.indented]
        product = last_number(shown.product)
        assert math.prod(numbers) == pytest.approx(product, rel=1e-9)


def test_branches_add_up_to_the_row_above() -> None:
    rows = reading("gradient", Quantity("weight", 1, 0, 1)).rows
    numbers = [last_number(row.partial) for row in rows[2:5]]
    assert sum(numbers[1:]) == pytest.approx(numbers[0], rel=1e-9)


def test_a_factor_of_1_needs_no_number() -> None:
    assert reading(None, Quantity("bias", 1, 0)).rows[0].partial == "∂z²₁/∂θ¹₀₁ = 1"


def test_spoken_sentences() -> None:
    first = reading("receive", Quantity("weight", 1, 0, 1)).rows[0]
    assert first.spoken.startswith("weight from input 2 to hidden node 1: ")
    assert "It changes z of hidden node 1" in first.spoken


@pytest.mark.parametrize(
    ("asked", "parameter"),
    [
        (Quantity("new_weight", 1, 0, 1), Quantity("weight", 1, 0, 1)),
        (Quantity("bias_step", 2, 0), Quantity("bias", 2, 0)),
        (Quantity("z", 1, 0), None),
        (None, None),
    ],
)
def test_the_parameter_of_a_number(asked: Quantity | None, parameter: Quantity | None) -> None:
    assert parameter_of(asked) == parameter


def test_first_parameter_of_the_present_node() -> None:
    simulation = Simulation(NETWORK.with_disconnected(0, 0, 0), DATA, Settings())
    assert first_parameter(simulation.moment) == Quantity("weight", 1, 0, 1)
    alone = NETWORK.with_disconnected(0, 0, 0).with_disconnected(0, 0, 1)
    assert first_parameter(Simulation(alone, DATA, Settings()).moment) == Quantity("bias", 1, 0)


def test_the_sum_is_that_of_the_engine() -> None:
    shown = reading("gradient", Quantity("weight", 1, 1, 0), "1")
    total = chain(shown.trace, shown.parameter).product
    assert np.isclose(last_number(shown.sum_of_paths), total, rtol=1e-9)


def test_other_notations_write_the_same_numbers_in_other_letters() -> None:
    rows = reading("gradient", Quantity("weight", 1, 1, 0), "1", "nielsen").rows
    assert [row.symbol for row in rows] == ["w²₂₁", "z²₂", "a²₂", "z³₂", "a³₂", "C"]
    assert rows[1].partial.startswith("∂a²₂/∂z²₂ = σ′(z²₂) ≈ ")
    shown = reading("gradient", Quantity("bias", 2, 0), notation="bishop")
    assert shown.product.startswith("product = ∂E/∂w⁽²⁾₁₀ ≈ ")
    assert reading("gradient", Quantity("bias", 2, 0), notation="words").rows[0].symbol == "θ²₀₁"
    assert reading("gradient", Quantity("bias", 2, 0), notation="pytorch").product.startswith(
        "product = dL/db²₁ ≈ "
    )
