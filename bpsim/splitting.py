"""Which instances are trained, and which are kept apart to test what was learned."""

from functools import lru_cache
from typing import NamedTuple, Protocol

from bpsim.orders import shuffled

_STREAM = 2**64 - 1
"""The number of the shuffle that splits; no epoch has it."""


class Split(NamedTuple):
    """The rows of a data set by what they are for; both rise."""

    train: tuple[int, ...]
    test: tuple[int, ...]


class HowToSplit(Protocol):
    """What of the `Settings` decides about the split."""

    @property
    def test_share(self) -> float:
        """Share of the instances that are kept apart, 0 ≤ share < 1."""

    @property
    def split_seed(self) -> int:
        """Seed of their choice."""


def split(settings: HowToSplit, instances: int) -> Split:
    """Return which of a number of instances are trained, and which are for testing.

    round(share · instances) of them are for testing, but one at least is trained. They are drawn without
    regard to classes.
    """
    return _split(settings.test_share, settings.split_seed, instances)


@lru_cache(maxsize=8)
def _split(share: float, seed: int, instances: int) -> Split:
    tested = min(round(share * instances), instances - 1)
    order = shuffled(range(instances), seed, _STREAM) if tested else tuple(range(instances))
    return Split(tuple(sorted(order[tested:])), tuple(sorted(order[:tested])))
