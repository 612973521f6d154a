"""How fine a field may be so that it is computed in time."""

from collections import deque
from math import sqrt
from statistics import median

from bpsim.fields import cost
from bpsim.network import Network

COARSE_SECONDS = 0.003
"""For computing a field while the network changes; drawing it takes about as long again."""
FINE_SECONDS = 0.010
"""Once nothing changes any more."""

_FIRST_GUESS = 4e-10  # seconds for a unit of `cost`, until the first field has been measured
_COARSE_PIXELS, _FINE_PIXELS = 3.0, 2.0  # a cell is not smaller
_REMEMBERED = 7  # fields
_FEWEST = 8  # cells along the shorter side


class Pace:
    """Learns how long a cell of a field takes on this machine, network by network.

    The median of the last fields counts: one that something else has held up does not.
    """

    def __init__(self) -> None:
        self._sizes: tuple[int, ...] = ()
        self._measured: deque[float] = deque(maxlen=_REMEMBERED)

    def resolution(self, network: Network, pixels: tuple[int, int], fine: bool) -> tuple[int, int]:
        """Return columns and rows of about square cells for a drawing of so many pixels."""
        if network.sizes != self._sizes:
            self._sizes = network.sizes
            self._measured.clear()
        width, height = pixels
        smallest = _FINE_PIXELS if fine else _COARSE_PIXELS
        seconds = median(self._measured) if self._measured else _FIRST_GUESS
        affordable = (FINE_SECONDS if fine else COARSE_SECONDS) / (seconds * cost(network))
        side = max(smallest, sqrt(width * height / affordable))
        side = min(side, min(width, height) / _FEWEST)
        return max(1, round(width / side)), max(1, round(height / side))

    def note(self, network: Network, cells: int, seconds: float) -> None:
        """Take in how long a field took."""
        self._measured.append(seconds / (cells * cost(network)))
