"""Everything that is known at one place of a simulation, as a value that views show."""

from dataclasses import dataclass
from typing import NamedTuple

from bpsim.arrays import Array, frozen
from bpsim.backprop import Trace
from bpsim.datasets import Dataset
from bpsim.network import Network
from bpsim.settings import Settings
from bpsim.splitting import Split
from bpsim.steps import Plan, Step


class Position(NamedTuple):
    """Where a simulation stands.

    Epoch and instance count from 0, `instance` is the row in the data set. `phase`, `layer` and `node` name
    the last thing that was shown; they are None where nothing of the instance is shown yet, and `layer` and
    `node` are None after the update.
    """

    epoch: int
    instance: int
    phase: str | None
    layer: int | None
    node: int | None


class Series(NamedTuple):
    """The errors of a training so far.

    `errors[i]` is E_p of the instance that was trained as number i · `error_spacing` + 1, before its update,
    shape (T,); `epoch_errors[i]` the mean of those of epoch i · `epoch_spacing`, counted from 0, shape
    (complete epochs,); `epoch_size` how many instances an epoch has. The spacings are 1 until a long training
    keeps only every so many of its errors. `test_errors[i]` is E over the test instances after that epoch,
    shape as `epoch_errors`, but without the last one until the update is shown; empty where there are none.
    """

    errors: Array
    epoch_errors: Array
    epoch_size: int
    error_spacing: int = 1
    epoch_spacing: int = 1
    test_errors: Array = frozen(())

    def mean_of_epoch(self, epoch: int) -> float | None:
        """Return the mean error of an epoch, counted from 0; None where it is not complete or not kept."""
        place, rest = divmod(epoch, self.epoch_spacing)
        kept = rest == 0 and 0 <= place < len(self.epoch_errors)
        return float(self.epoch_errors[place]) if kept else None


@dataclass(frozen=True, eq=False)
class Moment:
    """What may be shown now.

    Parameters
    ----------
    network : Network
        The parameters as they are now: those after the update once it is shown.
    dataset, settings : Dataset, Settings
    position : Position
    trace : Trace or None
        The present instance's numbers. Only those that `knows` names may be shown. None where there are none,
        because network and data do not fit or a number would be too large to compute.
    plan : Plan
        The smallest steps of this instance.
    shown : int
        How many of them are shown.
    active : tuple of Step
        Those that the present step shows: what is happening now.
    instances_done : int
        How many instances were trained before this one.
    split : Split
        Which instances of the data set are trained, and which are for testing.
    misfit : str or None
        Why network and data do not fit, as a sentence; None where they do.
    """

    network: Network
    dataset: Dataset
    settings: Settings
    position: Position
    trace: Trace | None
    plan: Plan
    shown: int
    active: tuple[Step, ...]
    instances_done: int
    split: Split
    misfit: str | None = None

    def knows(self, phase: str, layer: int | None = None, node: int | None = None) -> bool:
        """Tell whether a step is shown; without `node` the whole layer, without `layer` the whole phase."""
        end = self.plan.end(phase, layer, node)
        return self.trace is not None and end is not None and end <= self.shown

    def known_nodes(self, phase: str, layer: int) -> int:
        """Return how many nodes of a layer a phase has been shown for; they are the first ones."""
        first = self.plan.end(phase, layer, 0)
        if self.trace is None or first is None:
            return 0
        return min(max(self.shown - first + 1, 0), self.network.sizes[layer])

    @property
    def finished(self) -> bool:
        """Whether everything of this instance is shown."""
        return self.shown == len(self.plan.steps)

    @property
    def epoch_size(self) -> int:
        """How many instances an epoch trains."""
        return len(self.split.train)
