"""The smallest steps of one instance, in their order, and the larger steps that they make up."""

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

from bpsim.backprop import PHASES

STEP_SIZES = ("node", "layer", "phase", "instance", "epoch")
"""Sizes of a step, small to large."""


class Step(NamedTuple):
    """One smallest step: what it shows of which node.

    `receive` shows x of an input, `forward` z and a of a node, `error` E_k of an output, `backward` δ of a
    node, `gradient` Δθ of all weights into a node and of its bias, `update` all new parameters at once (layer
    and node are None).
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

    def end(self, phase: str, layer: int | None = None, node: int | None = None) -> int | None:
        """Return how many steps are shown once a step is, None where there is no such step.

        Without `node` it is the whole layer, without `layer` the whole phase.
        """
        return self._last.get(
            (phase,) if layer is None else (phase, layer) if node is None else (phase, layer, node)
        )

    def ends(self, size: str) -> tuple[int, ...]:
        """Return the numbers of steps after which a step of this size is complete, in rising order."""
        return self._ends[size]

    def group(self, shown: int, size: str) -> tuple[Step, ...]:
        """Return the steps, up to number `shown`, of the step of this size that number `shown` belongs to."""
        if shown == 0:
            return ()
        before = [end for end in self.ends("phase" if size in ("instance", "epoch") else size) if end < shown]
        return self.steps[before[-1] if before else 0 : shown]

    @cached_property
    def _last(self) -> dict[tuple[str | int | None, ...], int]:
        """Number of the last step of every phase, of every layer in it, and of every node in that."""
        return {step[:depth]: number for step, number in self.numbers.items() for depth in (1, 2, 3)}

    @cached_property
    def _ends(self) -> dict[str, tuple[int, ...]]:
        by_depth = [[n for key, n in self._last.items() if len(key) == depth] for depth in (1, 2, 3)]
        phase, layer, node = (tuple(sorted(numbers)) for numbers in by_depth)
        return {"node": node, "layer": layer, "phase": phase, "instance": phase[-1:], "epoch": phase[-1:]}


@lru_cache(maxsize=64)
def plan_for(sizes: tuple[int, ...], updates: bool) -> Plan:
    """Return the steps of one instance in a network of these layer sizes, with or without an update."""
    last = len(sizes) - 1
    layers = {
        "receive": (0,),
        "forward": tuple(range(1, last + 1)),
        "error": (last,),
        "backward": tuple(range(last, 0, -1)),
        "gradient": tuple(range(last, 0, -1)),
    }
    steps = [
        Step(phase, layer, node)
        for phase in PHASES[:-1]
        for layer in layers[phase]
        for node in range(sizes[layer])
    ]
    return Plan((*steps, Step("update")) if updates else tuple(steps))
