"""The engine's tables as choices of a drop-down, and which of them a network refuses."""

from collections.abc import Callable, Iterable

import numpy as np

from bpsim.activations import ACTIVATIONS
from bpsim.errors import NetworkError
from bpsim.initializers import INITIALIZERS
from bpsim.losses import LOSSES
from bpsim.network import Network
from bpsim.optimizers import OPTIMIZERS
from bpsim.schedules import SCHEDULES

Choices = list[tuple[str, str, str]]


def activation_choices() -> Choices:
    """Return every activation as name, label and formula."""
    return [(a.name, a.label, f"g(z) = {a.formula}") for a in ACTIVATIONS.values()]


def loss_choices() -> Choices:
    """Return every error function as name, label and formula."""
    return [(loss.name, loss.label, f"E of one instance = {loss.formula}") for loss in LOSSES.values()]


def initializer_choices() -> Choices:
    """Return every way of drawing start weights as name, label and distribution."""
    return [(i.name, i.label, i.formula) for i in INITIALIZERS.values()]


def optimizer_choices() -> Choices:
    """Return every optimizer as name, label and formula."""
    return [(o.name, o.label, o.formula) for o in OPTIMIZERS.values()]


def schedule_choices() -> Choices:
    """Return every schedule of η as name, short label and meaning; the field of k says that it is epochs."""
    return [(s.name, s.label.removesuffix(" epochs"), f"{s.formula}: {s.words}") for s in SCHEDULES.values()]


def refused_activations(network: Network, layer: int | None) -> dict[str, str]:
    """Return the activations that a layer cannot have (None: all layers at once), each with the reason."""
    probe = _probe(network)
    if layer is None:
        return _refused(ACTIVATIONS, probe.with_all_activations)
    return _refused(ACTIVATIONS, lambda name: probe.with_activation(layer, name))


def refused_losses(network: Network) -> dict[str, str]:
    """Return the error functions that do not go with a network's outputs, each with the reason."""
    return _refused(LOSSES, _probe(network).with_loss)


def _probe(network: Network) -> Network:
    """Return a network with the same functions and one node a layer, quick to edit."""
    pairs = len(network.activations)
    return Network(
        (np.zeros((1, 1)),) * pairs,
        (np.zeros(1),) * pairs,
        (np.ones((1, 1), dtype=np.bool_),) * pairs,
        network.activations,
        network.loss,
    )


def _refused(names: Iterable[str], edit: Callable[[str], Network]) -> dict[str, str]:
    reasons = {}
    for name in names:
        try:
            edit(name)
        except NetworkError as error:
            reasons[name] = str(error)
    return reasons
