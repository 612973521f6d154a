"""Which instances are trained, and which are kept apart to test what was learned."""

from functools import lru_cache
from typing import NamedTuple, Protocol

from bpsim.orders import mix


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

    Each row has a key, drawn from the seed and its number alone. The round(share · instances) rows with the
    smallest keys are for testing, but one at least is trained: so one instance more or less at the end gives
    at most one of the others another role. Classes play no part.
    """
    return _split(settings.test_share, settings.split_seed, instances)


@lru_cache(maxsize=8)
def _split(share: float, seed: int, instances: int) -> Split:
    tested = min(round(share * instances), instances - 1)
    if not tested:
        return Split(tuple(range(instances)), ())
    start = mix(seed % 2**64)
    by_key = sorted(
        range(instances), key=lambda row: mix(start ^ (row + 1))
    )  # mix(0) is 0 for every seed of 0
    return Split(tuple(sorted(by_key[tested:])), tuple(sorted(by_key[:tested])))
