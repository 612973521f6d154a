"""What determines a training, as one frozen value: start, changes, order, and which loop trained when."""

from bisect import bisect_right
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Self

import numpy as np

from bpsim.network import Network
from bpsim.orders import epoch_order
from bpsim.recording import State
from bpsim.settings import Settings
from bpsim.splitting import Split, split
from bpsim.updates import UpdateCount


@lru_cache(maxsize=8)
def _usual_order(settings: Settings, epoch: int, instances: int) -> tuple[int, ...]:
    return epoch_order(settings, epoch, split(settings, instances).train)


@dataclass(frozen=True)
class Change:
    """What holds from one instance of the training on.

    Parameters
    ----------
    time : int
        How many instances were trained before.
    network, settings
        The parameters at that time, and the settings from then on.
    order : tuple of int or None
        The rows of the data set in the order of the epoch that `time` lies in, where it is not the one that
        the settings give.
    """

    time: int
    network: Network
    settings: Settings
    order: tuple[int, ...] | None = None


@dataclass(frozen=True, eq=False)
class History:
    """Everything that determines a training but its data. Times count the instances trained before.

    Parameters
    ----------
    changes : tuple of Change
        The start at time 0, and what was changed later on, by rising time.
    split : Split
        Which instances are trained.
    compiled_from : int or None
        The time from which on the compiled loop has trained. It may differ from the phase functions in the
        last digits, so to repeat a training bit for bit this has to be known.
    """

    changes: tuple[Change, ...]
    split: Split
    compiled_from: int | None = None

    @property
    def epoch_size(self) -> int:
        """Training instances of an epoch."""
        return len(self.split.train)

    def change_at(self, time: int) -> Change:
        """Return what holds at a time."""
        return self.changes[bisect_right(self.changes, time, key=lambda change: change.time) - 1]

    def next_change(self, time: int) -> int | None:
        """Return when, after a time, something changes."""
        place = bisect_right(self.changes, time, key=lambda change: change.time)
        return self.changes[place].time if place < len(self.changes) else None

    def settings_at(self, time: int) -> Settings:
        """Return the settings of an instance, with the η of its epoch."""
        return self.change_at(time).settings.at_epoch(time // self.epoch_size)

    def own_order(self, time: int) -> tuple[int, ...] | None:
        """Return the order of the epoch of `time` where it is not the one that the settings give."""
        change = self.change_at(time)
        return change.order if change.time // self.epoch_size == time // self.epoch_size else None

    def order_at(self, time: int) -> tuple[int, ...]:
        """Return the rows of the data set in the order of the epoch of `time`."""
        usual = self.usual_order(self.change_at(time).settings, time // self.epoch_size)
        return self.own_order(time) or usual

    def usual_order(self, settings: Settings, epoch: int) -> tuple[int, ...]:
        """Return the order of an epoch that settings give."""
        return _usual_order(settings, epoch, len(self.split.train) + len(self.split.test))

    def row_at(self, time: int) -> int:
        """Return the row of the data set that is trained after `time` instances."""
        return self.order_at(time)[time % self.epoch_size]

    def closes_batch(self, time: int) -> bool:
        """Tell whether an update follows the instance after `time` others."""
        return self.change_at(time).settings.closes_batch(time % self.epoch_size + 1, self.epoch_size)

    def updates_before(self, time: int) -> int:
        """Return how many updates there were in the first `time` instances."""
        sizes = [(change.time, change.settings.batch_size) for change in self.changes]
        return int(UpdateCount(self.epoch_size, sizes).after(np.array(float(time))))

    def is_compiled(self, time: int) -> bool:
        """Tell whether the compiled loop trains the instance after `time` others."""
        return self.compiled_from is not None and time >= self.compiled_from

    def state_after(self, time: int, state: State) -> State:
        """Return the state from which the instance after `time` others starts: `state`, or a changed one."""
        change = self.change_at(time)
        return replace(state, network=change.network) if change.time == time > 0 else state

    def changed(self, change: Change) -> Self:
        """Return the history with another course from `change.time` on."""
        earlier = tuple(c for c in self.changes if c.time < change.time)
        compiled = self.compiled_from
        keeps = compiled is not None and compiled < change.time
        return replace(self, changes=(*earlier, change), compiled_from=compiled if keeps else None)

    def annotated(self, settings: Settings) -> Self:
        """Return the history with those of the settings that no training depends on, from the start on."""
        changes = tuple(replace(c, settings=c.settings.annotated(settings)) for c in self.changes)
        return replace(self, changes=changes)

    def compiled_since(self, time: int) -> Self:
        """Return the history whose instances from a time on are trained by the compiled loop."""
        return replace(self, compiled_from=time)
