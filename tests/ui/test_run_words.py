"""What is said of runs."""

import pytest

from bpsim.stopping import Reading
from tests.helpers import xor_session
from ui.numbers import NumberFormat
from ui.run_words import ended_text, reading_text, run_text

NUMBERS = NumberFormat(3, ".")


@pytest.mark.parametrize(
    ("done", "text"),
    [(0, "Train 1 instance"), (2, "Train 3 instances"), (3, "Train 1 epoch"), (799, "Train 200 epochs")],
)
def test_a_run_is_called_by_what_it_has_trained(done: int, text: str) -> None:
    simulation = xor_session()._work.simulation
    before = simulation.branched()
    simulation.go_to(done)
    assert run_text(before, simulation) == text


def test_a_run_that_goes_on_counts_what_is_new() -> None:
    simulation = xor_session()._work.simulation
    simulation.go_to(7)
    before = simulation.branched()
    simulation.go_to(11)
    assert run_text(before, simulation) == "Train 1 epoch"


@pytest.mark.parametrize(
    ("reading", "stands", "ended"),
    [
        (Reading("epochs", 12, 1000), "epoch 12 of 1000 of this run", "the 1000 epochs of this run are done"),
        (Reading("error_below", 0.31, 0.01), "mean E = 0.310, ends below 0.010", "is below 0.010"),
        (
            Reading("patience", 3, 20),
            "3 of 20 epochs without a lower E",
            "for 20 epochs E has not become lower",
        ),
        (Reading("gradient_below", None, 0.5), "|gradient| = ?, ends below 0.500", "the gradient"),
        (Reading("seconds", 2.4, 10), "2 of 10 seconds", "10 seconds"),
    ],
)
def test_criteria_in_words(reading: Reading, stands: str, ended: str) -> None:
    assert reading_text(reading, NUMBERS) == stands
    assert ended in ended_text(reading, NUMBERS)
    assert ended_text(reading, NUMBERS).startswith("Stopped: ")


def test_a_learner_who_stops_it_has_paused_it() -> None:
    assert ended_text(None, NUMBERS) == "Paused."
