"""The traces of the earlier instances of a batch, computed again, so that a mean over it can be explained."""

from bpsim.backprop import Trace
from bpsim.simulation import Simulation

MOST_INSTANCES = 256
"""Of a batch of more instances no traces are given: its mean is explained by its sum."""


def batch_traces(simulation: Simulation, most: int = MOST_INSTANCES) -> dict[int, Trace]:
    """Return the traces of the earlier instances of the batch in progress by their rows, in their order.

    The simulation stays where it is. There are none for the first instance of a batch, and none where the
    batch so far has more than `most` instances.

    Raises
    ------
    DivergenceError
        If a number of the present instance would be too large to compute.
    """
    done, _ = simulation.cursor
    count = simulation.trace.batch.count
    if not 1 < count <= most:
        return {}
    walker, traces = simulation.branched(), {}
    for time in range(done - count + 1, done):
        walker.go_to(time, 0)
        traces[walker.position.instance] = walker.trace
    return traces
