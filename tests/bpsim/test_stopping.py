"""Stopping criteria: what they may be, and when they are reached."""

import pytest

from bpsim.errors import SettingsError
from bpsim.stopping import LABELS, Reading, Stopping


@pytest.mark.parametrize(
    ("name", "limit"),
    [
        ("epochs", 0),
        ("epochs", 1.5),
        ("epochs", True),
        ("error_below", 0.0),
        ("error_below", float("nan")),
        ("patience", -1),
        ("gradient_below", -1e-3),
        ("seconds", float("inf")),
    ],
)
def test_a_limit_outside_its_range_is_refused_by_name(name: str, limit: float) -> None:
    with pytest.raises(SettingsError, match=f"“{LABELS[name]}” must be"):
        Stopping(**{name: limit})


@pytest.mark.parametrize(
    ("name", "below"),
    [
        ("epochs", False),
        ("error_below", True),
        ("patience", False),
        ("gradient_below", True),
        ("seconds", False),
    ],
)
def test_reached(name: str, below: bool) -> None:
    assert Reading(name, 1.9, 2).reached is below
    assert Reading(name, 2.1, 2).reached is not below
    assert not Reading(name, None, 2).reached
    assert Reading(name, 2, 2).reached is not below


def test_how_near_a_criterion_is() -> None:
    assert Reading("epochs", 250, 1000).nearness == 0.25
    assert Reading("seconds", 12.0, 10.0).nearness == 1.0
    assert Reading("error_below", 0.04, 0.01).nearness == 0.25
    assert Reading("gradient_below", 0.001, 0.01).nearness == 1.0
    assert Reading("error_below", None, 0.01).nearness == 0.0


def test_a_thousand_epochs_at_first_and_any_may_be_left_out() -> None:
    assert Stopping() == Stopping(1000, None, None, None, None)
    assert Stopping(epochs=None).epochs is None
