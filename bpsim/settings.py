"""How the learner chose to train: η, batches, order, start weights."""

import sys
from dataclasses import dataclass, replace
from typing import Any, Self

from bpsim.errors import SettingsError
from bpsim.initializers import INITIALIZERS


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

    def __post_init__(self) -> None:
        rate = self.learning_rate
        if not _is_number(rate) or rate <= 0:
            raise SettingsError(f"The learning rate η must be a number above 0, not {rate!r}.")
        if not _is_number(self.initializer_scale):
            raise SettingsError(
                f"The range of start weights must be a number, not {self.initializer_scale!r}."
            )
        _require_whole("The batch size", self.batch_size, 1)
        _require_whole("The seed of the order", self.seed, 0)
        _require_whole("The seed of the start weights", self.weight_seed, 0)
        if self.initializer not in INITIALIZERS:
            raise SettingsError(
                f"Start weights “{self.initializer}” are unknown; choose {', '.join(INITIALIZERS)}."
            )

    def closes_batch(self, place: int, instances: int) -> bool:
        """Tell whether an update follows the instance at `place`, from 1, of an epoch of `instances`."""
        return place == instances or place % self.batch_size == 0

    def with_(self, **changes: Any) -> Self:
        """Return these settings with some of them changed."""
        return replace(self, **changes)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) <= sys.float_info.max


def _require_whole(name: str, value: object, least: int) -> None:
    if not isinstance(value, int) or isinstance(value, bool) or value < least:
        raise SettingsError(f"{name} must be a whole number from {least}, not {value!r}.")
