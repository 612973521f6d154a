"""How the learner chose to train: η, batches, order, start weights, optimizer, test instances, stopping."""

import math
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any, Self

from bpsim.errors import SettingsError
from bpsim.initializers import INITIALIZERS
from bpsim.optimizers import OPTIMIZERS
from bpsim.schedules import SCHEDULES
from bpsim.stopping import Stopping


@dataclass(frozen=True)
class Settings:
    """Settings of a training; a changed one is a new value.

    Parameters
    ----------
    learning_rate : float
        η > 0.
    batch_size : int
        Instances whose gradients are averaged into one update; 1 is the lecture's rule. A size above the
        number of instances means all of them.
    shuffle : bool
        Whether every epoch draws a new order of the instances, from `seed` and the epoch's number.
    seed : int
        Seed of that order, ≥ 0.
    update_biases : bool
        False keeps every θ₀ as it is.
    initializer, initializer_scale, weight_seed
        How start weights are drawn: a name in `INITIALIZERS`, its r or value, its seed ≥ 0.
    optimizer : str
        How an update makes a step of the mean Δθ: a name in `OPTIMIZERS`.
    momentum : float
        μ, 0 ≤ μ < 1; momentum and Nesterov use it.
    l1, l2 : float
        λ₁ and λ₂ ≥ 0 of the penalty λ₁ Σ |θ| + ½ λ₂ Σ θ² of all weights, biases left out.
    schedule, schedule_epochs
        How η changes from epoch to epoch: a name in `SCHEDULES`, its k ≥ 1.
    test_share, split_seed
        Share of the instances that is kept apart for testing, 0 ≤ share < 1, and the seed ≥ 0 of their
        choice.
    stopping : Stopping
        When a run ends; it does not change what is trained.

    Raises
    ------
    SettingsError
        If a value is outside its range; the sentence names it.
    """

    learning_rate: float = 0.5
    batch_size: int = 1
    shuffle: bool = False
    seed: int = 0
    update_biases: bool = True
    initializer: str = "uniform"
    initializer_scale: float = 1.0
    weight_seed: int = 0
    optimizer: str = "gradient_descent"
    momentum: float = 0.9
    l1: float = 0.0
    l2: float = 0.0
    schedule: str = "constant"
    schedule_epochs: int = 100
    test_share: float = 0.0
    split_seed: int = 0
    stopping: Stopping = field(default_factory=Stopping)

    def __post_init__(self) -> None:
        rate = self.learning_rate
        if not _is_number(rate) or rate <= 0:
            raise SettingsError(f"The learning rate η must be a number above 0, not {rate!r}.")
        if not _is_number(self.initializer_scale):
            raise SettingsError(
                f"The range of start weights must be a number, not {self.initializer_scale!r}."
            )
        _require_range("The momentum μ", self.momentum, 1.0)
        _require_range("λ₁", self.l1)
        _require_range("λ₂", self.l2)
        _require_range("The share of test instances", self.test_share, 1.0)
        _require_whole("The batch size", self.batch_size, 1)
        _require_whole("The seed of the order", self.seed, 0)
        _require_whole("The seed of the start weights", self.weight_seed, 0)
        _require_whole("The number of epochs k of the schedule", self.schedule_epochs, 1)
        _require_whole("The seed of the split", self.split_seed, 0)
        _require_name("Start weights", self.initializer, INITIALIZERS, "are")
        _require_name("The optimizer", self.optimizer, OPTIMIZERS)
        _require_name("The schedule", self.schedule, SCHEDULES)

    @property
    def decays(self) -> bool:
        """Whether weights pay a penalty for their size."""
        return self.l1 > 0 or self.l2 > 0

    def at_epoch(self, epoch: int) -> "Settings":
        """Return these settings with the η of an epoch, counted from 0; themselves where η is constant."""
        return self if self.schedule == "constant" else _at_epoch(self, epoch)

    def closes_batch(self, place: int, instances: int) -> bool:
        """Tell whether an update follows the instance at `place`, from 1, of an epoch of `instances`."""
        return place == instances or place % self.batch_size == 0

    def annotated(self, other: Self) -> Self:
        """Return these settings with those of another that no training under way depends on."""
        return self.with_(**{name: getattr(other, name) for name in _BESIDE_THE_TRAINING})

    def trains_as(self, other: Self) -> bool:
        """Tell whether a training under way goes on in the same way with other settings."""
        return self.annotated(other) == other

    def with_(self, **changes: Any) -> Self:
        """Return these settings with some of them changed."""
        return replace(self, **changes)


_BESIDE_THE_TRAINING = ("stopping", "initializer", "initializer_scale", "weight_seed")


@lru_cache(maxsize=64)
def _at_epoch(settings: Settings, epoch: int) -> Settings:
    rate = SCHEDULES[settings.schedule].rate(settings.learning_rate, epoch, settings.schedule_epochs)
    return settings.with_(learning_rate=rate or math.ulp(0.0))  # it stays above 0


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) <= sys.float_info.max


def _require_whole(name: str, value: object, least: int) -> None:
    if not isinstance(value, int) or isinstance(value, bool) or value < least:
        raise SettingsError(f"{name} must be a whole number from {least}, not {value!r}.")


def _require_range(name: str, value: object, below: float = sys.float_info.max) -> None:
    if not _is_number(value) or not 0 <= value < below:  # type: ignore[operator]  # it is a number
        limits = f"from 0 and below {below:g}" if below == 1 else "from 0"
        raise SettingsError(f"{name} must be a number {limits}, not {value!r}.")


def _require_name(what: str, name: str, table: Iterable[str], verb: str = "is") -> None:
    if name not in table:
        raise SettingsError(f"{what} “{name}” {verb} unknown; choose {', '.join(table)}.")
