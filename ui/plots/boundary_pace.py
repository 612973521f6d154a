"""How fine a field may be so that it is computed in time."""

from math import sqrt

from bpsim.fields import cost
from bpsim.network import Network

COARSE_SECONDS = 0.003
"""For computing a field while the network changes; drawing it takes about as long again."""
FINE_SECONDS = 0.010
"""Once nothing changes any more."""

_FIRST_GUESS = 4e-10  # seconds for a unit of `cost`, until the first field has been measured
_COARSE_PIXELS, _FINE_PIXELS = 3.0, 2.0  # a cell is not smaller
_FEWEST = 8  # cells along the shorter side


class Pace:
    """Learns how long a cell of a field takes on this machine, network by network."""

    def __init__(self) -> None:
        self._sizes: tuple[int, ...] = ()
        self._seconds = _FIRST_GUESS

    def resolution(self, network: Network, pixels: tuple[int, int], fine: bool) -> tuple[int, int]:
        """Return columns and rows of about square cells for a drawing of so many pixels."""
        if network.sizes != self._sizes:
            self._sizes, self._seconds = network.sizes, _FIRST_GUESS
        width, height = pixels
        smallest = _FINE_PIXELS if fine else _COARSE_PIXELS
        affordable = (FINE_SECONDS if fine else COARSE_SECONDS) / (self._seconds * cost(network))
        side = max(smallest, sqrt(width * height / affordable))
        side = min(side, min(width, height) / _FEWEST)
        return max(1, round(width / side)), max(1, round(height / side))

    def note(self, network: Network, cells: int, seconds: float) -> None:
        """Take in how long a field took; a single slow one counts for a half only."""
        self._seconds = (self._seconds + seconds / (cells * cost(network))) / 2
