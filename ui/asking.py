"""Which number a step is about, which step shows a number, and whether there is such a number. No Qt."""

from collections.abc import Callable

from bpsim.moment import Moment
from bpsim.network import Network
from bpsim.quantity import Earlier, Quantity
from bpsim.steps import Step


def quantity_of_step(moment: Moment) -> Quantity | None:
    """Return the number that the present step is about, None where it is about none.

    A step that shows several has come to the last of them: a node's a (and not its z), the Δθ of the first
    weight into a node, the first new weight of the network.
    """
    if moment.trace is None or not moment.active:
        return None
    phase, layer, node = moment.active[-1]
    if layer is None or node is None:
        return _first_new(moment.network)
    if phase == "gradient":
        return _first_step(moment.network, layer, node)
    kinds = {"receive": "input", "forward": "a", "error": "error_part", "backward": "delta"}
    return Quantity(kinds[phase], layer, node)


def step_of(moment: Moment, quantity: Quantity) -> Step | None:
    """Return the step that shows a number, None where the number is known before the first one.

    The numbers of an earlier instance of the batch are.
    """
    if _is_earlier(moment, quantity):
        return None
    rule = _STEPS.get(quantity.kind)
    return None if rule is None else rule(quantity, len(moment.network.sizes) - 1)


def is_known(moment: Moment, quantity: Quantity) -> bool:
    """Tell whether a number may be shown."""
    step = step_of(moment, quantity)
    return moment.trace is not None and (step is None or moment.knows(*step))


def way_to(moment: Moment, quantity: Quantity) -> int | None:
    """Return how many steps of this instance are shown once a number is, None where none of them shows it."""
    step = step_of(moment, quantity)
    return None if step is None else moment.plan.end(*step)


def exists(moment: Moment, quantity: Quantity, earlier: Earlier | None = None) -> bool:
    """Tell whether there is such a number: of the network, or of an earlier instance of the batch."""
    if quantity.instance is None or not _is_earlier(moment, quantity):
        return _is_in(moment.network, quantity)
    trace = (earlier or {}).get(quantity.instance)
    return trace is not None and _is_in(trace.network, quantity)


def _is_earlier(moment: Moment, quantity: Quantity) -> bool:
    """Tell whether a number is one of another instance than the present one."""
    return quantity.instance not in (None, moment.position.instance)


def _is_in(network: Network, quantity: Quantity) -> bool:
    sizes, (_, layer, node, source, _) = network.sizes, quantity
    if layer is not None and (layer >= len(sizes) or (node is not None and node >= sizes[layer])):
        return False
    if layer is None or node is None or source is None:
        return True
    return layer > 0 and source < sizes[layer - 1] and bool(network.masks[layer - 1][node, source])


def _first_step(network: Network, layer: int, node: int) -> Quantity:
    sources = network.masks[layer - 1][node].nonzero()[0]
    if not sources.size:
        return Quantity("bias_step", layer, node)
    return Quantity("step", layer, node, int(sources[0]))


def _first_new(network: Network) -> Quantity:
    for layer, mask in enumerate(network.masks, start=1):
        nodes, sources = mask.nonzero()
        if nodes.size:
            return Quantity("new_weight", layer, int(nodes[0]), int(sources[0]))
    return Quantity("new_bias", 1, 0)


def _at_node(phase: str) -> Callable[[Quantity, int], Step]:
    return lambda quantity, _last: Step(phase, quantity.layer, quantity.node)


_STEPS: dict[str, Callable[[Quantity, int], Step]] = {
    "input": lambda quantity, _last: Step("receive", 0, quantity.node),
    "z": _at_node("forward"),
    "a": _at_node("forward"),
    "error_part": lambda quantity, last: Step("error", last, quantity.node),
    "error": lambda _quantity, last: Step("error", last),
    "slope": _at_node("backward"),
    "downhill": _at_node("backward"),
    "back_sum": _at_node("backward"),
    "delta": _at_node("backward"),
    "step": _at_node("gradient"),
    "bias_step": _at_node("gradient"),
    "mean_step": lambda _quantity, _last: Step("update"),
    "mean_bias_step": lambda _quantity, _last: Step("update"),
    "new_weight": lambda _quantity, _last: Step("update"),
    "new_bias": lambda _quantity, _last: Step("update"),
    "penalty": lambda _quantity, last: Step("error", last),
    "decay_step": lambda _quantity, _last: Step("update"),
    "velocity": lambda _quantity, _last: Step("update"),
    "average": lambda _quantity, _last: Step("update"),
    "square": lambda _quantity, _last: Step("update"),
}
