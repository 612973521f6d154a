"""The order in which an epoch trains its instances.

A shuffled order is drawn by Fisher and Yates from the numbers of splitmix64, which a few lines of integer
arithmetic give: so compiled code, another program and this one draw the same order from the same seed.

References
----------
Steele, Lea and Flood, "Fast splittable pseudorandom number generators" (2014); Knuth, "The Art of Computer
Programming" 2, algorithm 3.4.2 P.
"""

from collections.abc import Sequence
from typing import Protocol

_64_BITS = 2**64 - 1


class HowToOrder(Protocol):
    """What of the `Settings` decides about the order."""

    @property
    def shuffle(self) -> bool:
        """Whether every epoch draws a new order."""

    @property
    def seed(self) -> int:
        """From which seed."""


def epoch_order(settings: HowToOrder, epoch: int, rows: Sequence[int]) -> tuple[int, ...]:
    """Return the training rows in the order in which an epoch, counted from 0, trains them.

    `rows` rise; without shuffling this is their order.
    """
    return shuffled(rows, settings.seed, epoch) if settings.shuffle else tuple(rows)


def shuffled(rows: Sequence[int], seed: int, stream: int) -> tuple[int, ...]:
    """Return `rows` in an order drawn from a seed; each number of a stream gives another one."""
    order = list(rows)
    x = mix(mix(seed & _64_BITS) ^ stream)
    for i in range(len(order) - 1, 0, -1):
        x = (x + 0x9E3779B97F4A7C15) & _64_BITS
        j = ((mix(x) >> 32) * (i + 1)) >> 32
        order[i], order[j] = order[j], order[i]
    return tuple(order)


def mix(z: int) -> int:
    """Return the output function of splitmix64 of a number below 2⁶⁴."""
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & _64_BITS
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & _64_BITS
    return z ^ (z >> 31)
