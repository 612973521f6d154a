"""The smallest steps of one instance, in their order, and the larger steps that they make up."""

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

from bpsim.backprop import PHASES

STEP_SIZES = ("node", "layer", "phase", "instance", "epoch")
"""Sizes of a step, small to large."""


class Step(NamedTuple):
    """One smallest step: what it shows of which node.

    `receive` shows x of an input, `forward` z and a of a node, `error` E_k of an output, `backward` δ of a node,
    `gradient` Δθ of all weights into a node and of its bias, `update` all new parameters at once (layer and
    node are None).
    """

    phase: str
    layer: int | None = None
    node: int | None = None


@dataclass(frozen=True)
class Plan:
    """All smallest steps of one instance."""

    steps: tuple[Step, ...]

    @cached_property
    def numbers(self) -> dict[Step, int]:
        """How many steps are shown once this one is."""
        return {step: number for number, step in enumerate(self.steps, start=1)}

    def ends(self, size: str) -> tuple[int, ...]:
        """Return the numbers of steps after which a step of this size is complete, in rising order."""
        return self._ends[size]

    def group(self, shown: int, size: str) -> tuple[Step, ...]:
        """Return the steps, up to number `shown`, that belong to the same step of this size as number `shown`."""
        if shown == 0:
            return ()
        before = [end for end in self.ends("phase" if size in ("instance", "epoch") else size) if end < shown]
        return self.steps[before[-1] if before else 0 : shown]

    @cached_property
    def _ends(self) -> dict[str, tuple[int, ...]]:
        every = range(1, len(self.steps) + 1)
        layers = {step[:2]: number for step, number in self.numbers.items()}
        phases = {step.phase: number for step, number in self.numbers.items()}
        whole = (len(self.steps),)
        return {
            "node": tuple(every),
            "layer": tuple(sorted(layers.values())),
            "phase": tuple(sorted(phases.values())),
            "instance": whole,
            "epoch": whole,
        }


@lru_cache(maxsize=64)
def plan_for(sizes: tuple[int, ...], updates: bool) -> Plan:
    """Return the steps of one instance in a network of these layer sizes; `updates`: whether an update follows."""
    last = len(sizes) - 1
    layers = {
        "receive": (0,),
        "forward": tuple(range(1, last + 1)),
        "error": (last,),
        "backward": tuple(range(last, 0, -1)),
        "gradient": tuple(range(last, 0, -1)),
    }
    steps = [
        Step(phase, layer, node) for phase in PHASES[:-1] for layer in layers[phase] for node in range(sizes[layer])
    ]
    return Plan((*steps, Step("update")) if updates else tuple(steps))
