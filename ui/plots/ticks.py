"""Where the numbers stand on an axis."""

from collections.abc import Callable
from math import ceil, floor, inf, isfinite, log10
from sys import float_info

from ui.numbers import NumberFormat, whole_text

Labelled = list[tuple[float, str]]
"""Numbers on an axis with what is written at them, "" where there is no room."""

_ROUND_STEPS = (1, 2, 5, 10)
_FEWEST = 2  # numbers that are written: a single one gives no scale
_GROUPED_FROM = 1000
_DIGITS = 6  # significant ones of a round number, without the noise of computing it


def round_ticks(low: float, high: float, most: int, smallest_step: float = 0.0) -> list[float]:
    """Return about `most` round numbers from `low` to `high`: steps of 1, 2 or 5 times a power of ten.

    There are none where the steps would be too small or too large for the machine.

    Parameters
    ----------
    smallest_step : float
        The numbers are not nearer to each other than this; 1 for things that are counted.
    """
    step = _round_step(max((high - low) / max(1, most), smallest_step))
    if not isfinite(step):
        return []
    return [number * step for number in range(ceil(low / step - 1e-9), floor(high / step + 1e-9) + 1)]


def labelled_ticks(
    low: float, high: float, most: int, label: Callable[[list[float]], Labelled], smallest_step: float = 0.0
) -> Labelled:
    """Return `round_ticks` with their labels; finer ones where else fewer than two would be written.

    Parameters
    ----------
    label : callable
        ``label(ticks)`` writes those for which there is room.
    """
    labelled = label(round_ticks(low, high, most, smallest_step))
    for finer in range(most + 1, _FEWEST * most + 8):
        if sum(bool(text) for _tick, text in labelled) >= _FEWEST:
            break
        labelled = label(round_ticks(low, high, finer, smallest_step))
    return labelled


def tick_text(value: float, number_format: NumberFormat) -> str:
    """Return how a round number is written at an axis: thousands of whole ones stand apart, as in counts."""
    value = float(f"{value:.{_DIGITS}g}")
    if value == round(value) and abs(value) >= _GROUPED_FROM and abs(value) < 10**_DIGITS:
        return whole_text(value).replace("-", "−")
    return number_format.given(value)


def decade_ticks(low: float, high: float, most: int) -> list[float]:
    """Return powers of ten as exponents, from 10^low to 10^high; between them 2 and 5 where there is room."""
    every = max(1, ceil((high - low) / max(1, most)))
    exponents = [float(n) for n in range(ceil(low), floor(high) + 1) if n % every == 0]
    if (high - low) * 3 > most:
        return exponents
    finer = (n + log10(digit) for n in range(floor(low), ceil(high) + 1) for digit in (1, 2, 5))
    return [tick for tick in finer if low <= tick <= high]


def _round_step(least: float) -> float:
    """Return a round number from `least` on; infinity where there is none."""
    if not float_info.min <= least < inf:
        return inf
    power: float = 10.0 ** floor(log10(least))
    return next(digit * power for digit in _ROUND_STEPS if digit * power >= least * (1 - 1e-9))
