"""When a run ends by itself: several criteria at once, each with its present value."""

import sys
from dataclasses import dataclass, fields
from typing import NamedTuple

from bpsim.errors import SettingsError


@dataclass(frozen=True)
class Stopping:
    """The criteria that end a run; None leaves one out. The first that is reached ends it.

    Parameters
    ----------
    epochs : int or None
        How many epochs a run adds.
    error_below : float or None
        Ends after the epoch whose mean E is below this.
    patience : int or None
        Ends after so many epochs without a mean E lower than the lowest before: that of the test instances
        where there are some ("early stopping"), else that of the training instances.
    gradient_below : float or None
        Ends after the first epoch with |∂E/∂θ| below this: the length of the mean gradient over the training
        instances, with the weights after the epoch.
    seconds : float or None
        Ends after so much time.

    Raises
    ------
    SettingsError
        If a limit is outside its range; the sentence names it.
    """

    epochs: int | None = 1000
    error_below: float | None = None
    patience: int | None = None
    gradient_below: float | None = None
    seconds: float | None = None

    def __post_init__(self) -> None:
        for field in fields(self):
            limit, label = getattr(self, field.name), LABELS[field.name]
            whole = field.name in ("epochs", "patience")
            if limit is not None and not _is_limit(limit, whole):
                kind = "a whole number from 1" if whole else "a number above 0"
                raise SettingsError(f"The limit “{label}” must be {kind}, not {limit!r}.")


LABELS = {
    "epochs": "epochs",
    "error_below": "E below",
    "patience": "epochs without a lower E",
    "gradient_below": "gradient below",
    "seconds": "seconds",
}
"""What the screen calls each criterion, in the order in which it shows them."""


class Reading(NamedTuple):
    """A criterion while a run goes on: its name in `Stopping`, where it stands, and where it ends the run."""

    name: str
    present: float | None
    limit: float

    @property
    def reached(self) -> bool:
        """Whether this criterion ends the run."""
        if self.present is None:
            return False
        return self.present < self.limit if self._falls else self.present >= self.limit

    @property
    def nearness(self) -> float:
        """How near it is to ending the run: 0 far away, 1 there."""
        if self.present is None:
            return 0.0
        if self._falls:
            return self.limit / max(self.present, self.limit)
        return min(self.present / self.limit, 1.0)

    @property
    def _falls(self) -> bool:
        return self.name in ("error_below", "gradient_below")


def _is_limit(value: object, whole: bool) -> bool:
    if isinstance(value, bool) or not isinstance(value, int if whole else int | float):
        return False
    return 1 <= value if whole else 0 < value <= sys.float_info.max
