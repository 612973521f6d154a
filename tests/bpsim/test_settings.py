"""Settings: their defaults, and what they refuse."""

from dataclasses import FrozenInstanceError
from typing import Any

import numpy as np
import pytest

from bpsim.errors import SettingsError
from bpsim.settings import Settings


def test_defaults_are_the_lecture() -> None:
    settings = Settings()
    assert settings.learning_rate == 0.5
    assert settings.batch_size == 1
    assert not settings.shuffle
    assert settings.update_biases
    assert settings.optimizer == "gradient_descent"
    assert (settings.l1, settings.l2, settings.schedule, settings.test_share) == (0, 0, "constant", 0)
    assert not settings.decays


def test_a_change_is_a_new_value() -> None:
    old = Settings(seed=3)
    new = old.with_(learning_rate=0.1, shuffle=True)
    assert (new.learning_rate, new.shuffle, new.seed) == (0.1, True, 3)
    assert old == Settings(seed=3)
    assert hash(old) == hash(Settings(seed=3))
    with pytest.raises(FrozenInstanceError):
        old.seed = 4  # type: ignore[misc]


@pytest.mark.parametrize("rate", [1, 1e-300, 1e300, np.float64(0.25)])
def test_takes_learning_rates(rate: float) -> None:
    assert Settings(learning_rate=rate).learning_rate == rate


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"learning_rate": 0.0}, "The learning rate η must be a number above 0, not 0.0."),
        ({"learning_rate": -0.5}, "The learning rate η must be a number above 0, not -0.5."),
        ({"learning_rate": float("nan")}, "The learning rate η must be a number above 0, not nan."),
        ({"learning_rate": float("inf")}, "The learning rate η must be a number above 0, not inf."),
        ({"learning_rate": "0.5"}, "The learning rate η must be a number above 0, not '0.5'."),
        ({"learning_rate": True}, "The learning rate η must be a number above 0, not True."),
        ({"batch_size": 0}, "The batch size must be a whole number from 1, not 0."),
        ({"batch_size": 2.0}, "The batch size must be a whole number from 1, not 2.0."),
        ({"batch_size": True}, "The batch size must be a whole number from 1, not True."),
        ({"seed": -1}, "The seed of the order must be a whole number from 0, not -1."),
        ({"weight_seed": 1.5}, "The seed of the start weights must be a whole number from 0, not 1.5."),
        ({"initializer_scale": float("nan")}, "The range of start weights must be a number, not nan."),
        ({"momentum": 1.0}, "The momentum μ must be a number from 0 and below 1, not 1.0."),
        ({"momentum": -0.1}, "The momentum μ must be a number from 0 and below 1, not -0.1."),
        ({"l1": -1}, "λ₁ must be a number from 0, not -1."),
        ({"l2": float("inf")}, "λ₂ must be a number from 0, not inf."),
        ({"test_share": 1}, "The share of test instances must be a number from 0 and below 1, not 1."),
        ({"split_seed": -1}, "The seed of the split must be a whole number from 0, not -1."),
        (
            {"schedule_epochs": 0},
            "The number of epochs k of the schedule must be a whole number from 1, not 0.",
        ),
        (
            {"optimizer": "sgd"},
            "The optimizer “sgd” is unknown; choose gradient_descent, momentum, nesterov, rmsprop, adam.",
        ),
        ({"schedule": "cosine"}, "The schedule “cosine” is unknown; choose constant, step, inverse."),
        (
            {"initializer": "ones"},
            "Start weights “ones” are unknown; choose uniform, xavier, he, zeros, constant.",
        ),
    ],
)
def test_refuses(changes: dict[str, Any], sentence: str) -> None:
    with pytest.raises(SettingsError) as error:
        Settings(**changes)
    assert str(error.value) == sentence
    with pytest.raises(SettingsError):
        Settings().with_(**changes)


def test_refuses_a_number_too_large_for_arithmetic() -> None:
    with pytest.raises(SettingsError):
        Settings(learning_rate=10**400)
