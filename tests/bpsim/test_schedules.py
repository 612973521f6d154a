"""Schedules of η, by hand."""

import pytest

from bpsim.schedules import SCHEDULES
from bpsim.settings import Settings


@pytest.mark.parametrize(
    ("name", "rates"),
    [
        ("constant", [0.8, 0.8, 0.8, 0.8, 0.8]),
        ("step", [0.8, 0.8, 0.4, 0.4, 0.2]),
        ("inverse", [0.8, 0.8 / 1.5, 0.4, 0.8 / 2.5, 0.8 / 3]),
    ],
)
def test_rates_by_hand(name: str, rates: list[float]) -> None:
    settings = Settings(0.8, schedule=name, schedule_epochs=2)
    assert [settings.at_epoch(epoch).learning_rate for epoch in range(5)] == pytest.approx(rates, rel=1e-15)


def test_a_constant_rate_keeps_the_settings() -> None:
    settings = Settings()
    assert settings.at_epoch(7) is settings


def test_only_the_rate_changes() -> None:
    settings = Settings(0.8, schedule="step", schedule_epochs=1, seed=4)
    assert settings.at_epoch(1) == settings.with_(learning_rate=0.4)


@pytest.mark.parametrize("name", SCHEDULES)
def test_the_rate_stays_above_zero(name: str) -> None:
    settings = Settings(5e-324, schedule=name, schedule_epochs=1)
    assert settings.at_epoch(10**9).learning_rate > 0


def test_where_k_means_something_it_has_a_label() -> None:
    assert [s.name for s in SCHEDULES.values() if s.epochs_label is None] == ["constant"]
