"""How the learning rate η changes from epoch to epoch, as one table."""

import math
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Schedule:
    """One way of lowering η.

    Parameters
    ----------
    name, label, formula : str
        How files name it, how the screen does, and η of epoch e (counted from 0) in plain Unicode.
    words : str
        The formula in words.
    epochs_label : str or None
        What k means for it, None where it has no meaning.
    rate : callable
        ``rate(η₀, e, k)`` gives η of epoch e.
    """

    name: str
    label: str
    formula: str
    words: str
    epochs_label: str | None
    rate: Callable[[float, int, int], float]


def _constant(rate: float, _epoch: int, _k: int) -> float:
    return rate


def _step(rate: float, epoch: int, k: int) -> float:
    return math.ldexp(rate, -(epoch // k))


def _inverse(rate: float, epoch: int, k: int) -> float:
    return rate / (1.0 + epoch / k)


SCHEDULES: dict[str, Schedule] = {
    schedule.name: schedule
    for schedule in (
        Schedule("constant", "constant", "η = η₀", "η stays as it is", None, _constant),
        Schedule(
            "step", "halved every k epochs", "η = η₀ · ½^⌊e / k⌋",
            "η is halved every k epochs; ⌊e / k⌋ is how often that was", "epochs k until it is halved", _step,
        ),
        Schedule(
            "inverse", "falling as 1/t", "η = η₀ / (1 + e / k)",
            "η is a half of η₀ after k epochs, a third after 2k, a quarter after 3k",
            "epochs k until it is halved", _inverse,
        ),
    )
}  # fmt: skip
"""Every schedule by name, in the order in which a list shows them."""
