"""What is said of runs."""

import numpy as np
import pytest

from bpsim.running import Progress
from bpsim.stopping import Reading
from tests.helpers import xor_session
from ui.numbers import NumberFormat
from ui.run_words import (
    SEPARATOR,
    ended_text,
    present_text,
    progress_text,
    reading_text,
    run_text,
    stopped_texts,
)

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
        (Reading("epochs", 12, 1000), "12 of 1\u202f000 epochs of this run", "1\u202f000 epochs are done"),
        (Reading("epochs", 1, 1), "1 of 1 epochs of this run", "1 epoch is done"),
        (Reading("error_below", 0.31, 0.01), "mean E = 0.310, ends below 0.01", "is below 0.01"),
        (Reading("patience", 3, 20), "3 of 20 epochs without a lower E", "no lower E for 20 epochs"),
        (Reading("gradient_below", None, 0.5), "|gradient| = ?, ends below 0.5", "|gradient|"),
        (Reading("seconds", 2.4, 10.0), "2 of 10 seconds", "10 seconds are over"),
        (Reading("seconds", 2.4, 2.5), "2 of 2.5 seconds", "2.5 seconds are over"),
    ],
)
def test_criteria_in_words(reading: Reading, stands: str, ended: str) -> None:
    assert reading_text(reading, NUMBERS) == stands
    assert ended in ended_text(reading, NUMBERS)
    assert ended_text(reading, NUMBERS).startswith("Stopped: ")


@pytest.mark.parametrize(
    ("present", "limit", "text"),
    [
        (0.25, 0.01, "0.250"),
        (9.9999e-7, 1e-6, "9.9999e−7"),
        (1.00001e-6, 1e-6, "1.00001e−6"),
        (0.0099996, 0.01, "0.0099996"),
        (1e-6, 1e-6, "1.0e−6"),
        (float("nan"), 1e-6, "not a number"),
        (float("inf"), 1e-6, "∞"),
        (0.1 - 2**-56, 0.1, "0.09999999999999999"),
    ],
)
def test_as_many_digits_as_tell_a_number_from_its_limit(present: float, limit: float, text: str) -> None:
    assert present_text(Reading("error_below", present, limit), NUMBERS) == text


def progress(ended: Reading | None) -> Progress:
    readings = (Reading("epochs", 12, 1000), Reading("error_below", 0.02, 0.01), Reading("patience", 2, 20))
    empty = np.empty(0)
    return Progress(48, empty, empty, (), None, readings, 12345.6, ended, None)


def test_the_nearest_criterion_is_said_first_and_the_speed_last() -> None:
    assert progress_text(progress(None), NUMBERS).split(SEPARATOR) == [
        "mean E = 0.020, ends below 0.01",
        "2 of 20 epochs without a lower E",
        "12 of 1\u202f000 epochs of this run",
        "12\u202f346 instances a second",
    ]


def test_what_stopped_a_run_is_said_first_and_the_others_after_it() -> None:
    reached = Reading("patience", 2, 20)
    assert stopped_texts(progress(reached), NUMBERS) == [
        "Stopped: no lower E for 20 epochs.",
        "12 of 1\u202f000 epochs of this run",
        "mean E = 0.020, ends below 0.01",
    ]
    assert len(stopped_texts(progress(None), NUMBERS)) == 4


def test_a_learner_who_stops_it_has_paused_it() -> None:
    assert ended_text(None, NUMBERS) == "Paused."
