"""What just happened, in one plain sentence in the lecture's words and without the numbers that came out."""

from collections.abc import Callable

import numpy as np

from bpsim.moment import Moment
from bpsim.naming import FEW, all_of, layer_name, listed, nodes, whole_layer
from bpsim.network import Network
from bpsim.notation import NOTATIONS, Notation
from bpsim.numbers import whole_text
from bpsim.optimizers import OPTIMIZERS
from bpsim.quantity import Quantity

LECTURE = NOTATIONS["lecture"]

_EXPLANATIONS = {
    "receive": "The inputs x of one instance become the activations of the input layer.",
    "forward": "From left to right, every node adds up its weighted inputs and its bias to {z}, "
    "then computes its activation {a} = {g}({z}).",
    "error": "The outputs {output} are compared with the targets {target}: "
    "the error {error} says how far off the network is.",
    "backward": "From right to left, every node gets its error term {delta}. Output nodes have it from "
    "{difference}, hidden nodes from the {delta} of the next layer, through the weights in between.",
    "gradient": "Every weight gets its step {step} = {minus}{learning_rate} {delta} {a}: the learning rate, "
    "times {delta} of the node it leads to, times the activation of the node it comes from.",
    "update": "All weights and biases change at once: {weight} becomes {weight} + {step}.",
}


def phase_explanation(phase: str, notation: Notation = LECTURE) -> str:
    """Return in one or two sentences what a phase does."""
    return _EXPLANATIONS[phase].format(**_letters(notation))


def describe(moment: Moment, size: str = "node", notation: Notation = LECTURE) -> str:
    """Return a sentence about what the present step shows, or about what to do.

    Parameters
    ----------
    moment : Moment
    size : str
        The size of the present step. An instance or an epoch is told as a whole once it is complete; smaller
        steps are told by what is lit, `moment.active`.
    notation : Notation
        In whose letters.
    """
    notation = notation.lettered
    if moment.misfit is not None:
        return moment.misfit
    row = moment.position.instance + 1
    if moment.trace is None:
        rate = notation.letters["learning_rate"]
        number = f"A number of instance {whole_text(row)}"
        return f"{number} would be too large to compute: choose a smaller learning rate {rate}"
    if moment.shown == 0:
        return _what_to_do(moment)
    if moment.finished and size in ("instance", "epoch"):
        return _completed(moment, size, notation)
    phase = moment.active[-1].phase
    return f"{phase.capitalize()}: {_SENTENCES[phase](moment, notation)}"


def _what_to_do(moment: Moment) -> str:
    epoch, row = moment.position.epoch + 1, moment.position.instance + 1
    if moment.instances_done == 0 and row == 1:
        return "Press → to receive the first instance"
    of = f" of epoch {whole_text(epoch)}" if epoch > 1 else ""
    return f"Press → to receive instance {whole_text(row)}{of}"


def _completed(moment: Moment, size: str, notation: Notation) -> str:
    epoch, row, instances = moment.position.epoch + 1, moment.position.instance + 1, moment.epoch_size
    if size == "epoch" and _ends_epoch(moment):
        trained = "its only instance has" if instances == 1 else f"{all_of(instances, 'instances')} have"
        return f"Epoch {whole_text(epoch)} is complete: {trained} been trained"
    which = f"Instance {whole_text(row)} of epoch {whole_text(epoch)} is complete: "
    if not moment.trace.closes_batch:  # type: ignore[union-attr]  # complete, so there is a trace
        return f"{which}its {notation.step_letter} are added to the batch {_batch_place(moment)}"
    return f"{which}{_parameters(moment)} have changed{_mean_of_batch(moment, notation)}"


# -- the phases ----------------------------------------------------------------------------------------------


def _receive(moment: Moment, _notation: Notation) -> str:
    indices, instance = _lit(moment), f"of instance {whole_text(moment.position.instance + 1)}"
    if len(indices) > FEW:
        return f"{nodes(moment.network, 0, indices)} {instance} enter the network"
    names = listed([moment.dataset.input_names[index] for index in indices])
    return f"{names} {instance} {'enters' if len(indices) == 1 else 'enter'} the network"


def _forward(moment: Moment, notation: Notation) -> str:
    network, layer, indices = moment.network, _layer(moment), _lit(moment)
    z, a = notation.letters["z"], notation.letters["a"]
    if _whole_phase(moment):
        return f"{z} and {a} of {_way(network, 1, len(network.sizes) - 1)}"
    subject = nodes(network, layer, indices)
    sources = _sources(network, layer, indices)
    if network.activations[layer - 1] == "softmax":
        every = whole_layer(network, layer, "the")
        joined = "all of them" if len(indices) == network.sizes[layer] > 1 else every
        return f"{z} of {subject} from {sources}, and {a} from the {z} of {joined}"
    return f"{z} and {a} of {subject} from {sources}"


def _error(moment: Moment, notation: Notation) -> str:
    indices, size = _lit(moment), moment.network.sizes[-1]
    outputs, targets = ([_of_output(moment, notation, kind, k) for k in indices] for kind in ("a", "target"))
    if len(indices) == 1:
        compared = f"{outputs[0]} is compared with {targets[0]}"
    elif len(indices) <= FEW:
        compared = f"{listed(outputs)} are compared with {listed(targets)}"
    elif len(indices) == size:
        compared = f"every {notation.letters['output']} is compared with its {notation.letters['target']}"
    else:
        compared = f"{outputs[0]} to {outputs[-1]} are compared with their {notation.letters['target']}"
    last = indices[-1] == size - 1
    added = f", and the errors add up to {notation.error_letter}" if last and size > 1 else ""
    penalty = "; the penalty of the weights stands beside it" if last and moment.settings.decays else ""
    return compared + added + penalty


def _backward(moment: Moment, notation: Notation) -> str:
    network, layer, indices = moment.network, _layer(moment), _lit(moment)
    last, delta = len(network.sizes) - 1, notation.plain_letters["delta"]
    if _whole_phase(moment):
        return f"{delta} of {_way(network, last, 1)}"
    subject = nodes(network, layer, indices)
    if layer == last:
        return f"{delta} of {subject} {_origin_at_the_output(moment, indices, notation)}"
    mask = network.masks[layer][:, indices]
    if not mask.any():
        return f"no {delta} reaches {subject}, for no connection leads on from there"
    return f"{delta} of {subject} from the {delta} of {_connected(network, layer + 1, mask.T)}"


def _gradient(moment: Moment, notation: Notation) -> str:
    network, layer, indices = moment.network, _layer(moment), _lit(moment)
    frozen, one, step = not moment.settings.update_biases, len(indices) == 1, notation.step_letter
    if _whole_phase(moment):
        what = "all weights" if frozen else "all weights and biases"
        way = f"from the output layer back to {layer_name(network, 1)}"
        return f"{step} of {what}, {way}{_added_to_batch(moment)}{'; the biases stay as they are' * frozen}"
    whole = len(indices) == network.sizes[layer]
    subject = layer_name(network, layer) if whole and not one else nodes(network, layer, indices)
    weights = int(network.masks[layer - 1][indices].sum())
    biases = "its bias" if one else "its biases" if whole else "their biases"
    stay = f"{biases} {'stays as it is' if one else 'stay as they are'}"
    if not weights:
        if frozen:
            return f"no {step} for {subject}, for no connection leads there and {stay}"
        own = "the bias" if one else "the biases"
        return f"{step} of {own} of {subject}, for no connection leads there{_added_to_batch(moment)}"
    into = "the weight" if weights == 1 else all_of(weights, "weights", "the")
    parts = f"{step} of {into} into {subject}{'' if frozen else f' and of {biases}'}"
    return f"{parts}{_added_to_batch(moment)}{f'; {stay}' if frozen else ''}"


def _update(moment: Moment, notation: Notation) -> str:
    stay = "" if moment.settings.update_biases else "; the biases stay as they are"
    epoch = f"; epoch {whole_text(moment.position.epoch + 1)} is complete" if _ends_epoch(moment) else ""
    mean, steps = _mean_of_batch(moment, notation), _steps_of_optimizer(moment, notation)
    how = f",{steps or mean}" if steps or mean else ""
    decay = "; weight decay pulls the weights towards 0" if moment.settings.decays else ""
    return f"{_parameters(moment)} change at once{how}{decay}{stay}{epoch}"


_SENTENCES: dict[str, Callable[[Moment, Notation], str]] = {
    "receive": _receive,
    "forward": _forward,
    "error": _error,
    "backward": _backward,
    "gradient": _gradient,
    "update": _update,
}


# -- parts of them -------------------------------------------------------------------------------------------


def _layer(moment: Moment) -> int:
    """Return the layer that the step has come to."""
    layer = moment.active[-1].layer
    assert layer is not None
    return layer


def _lit(moment: Moment) -> list[int]:
    """Return the nodes of this layer that take part."""
    layer = _layer(moment)
    return [step.node for step in moment.active if step.layer == layer and step.node is not None]


def _whole_phase(moment: Moment) -> bool:
    """Tell whether the step shows a complete phase of several layers."""
    first, last = moment.active[0], moment.active[-1]
    return first.layer != last.layer and moment.plan.end(last.phase) == moment.shown


def _way(network: Network, first: int, last: int) -> str:
    """Return the layers of a phase in its direction."""
    start, end = layer_name(network, first), layer_name(network, last)
    if len(network.sizes) == 3:
        return f"{start}, then of {end}"
    return f"every layer, from {start} {'to' if first < last else 'back to'} {end}"


def _sources(network: Network, layer: int, indices: list[int]) -> str:
    mask = network.masks[layer - 1][indices]
    if mask.any():
        return _connected(network, layer - 1, mask)
    alone = "its bias" if len(indices) == 1 else "their biases"
    return f"{alone} alone, for no connection leads there"


def _connected(network: Network, layer: int, mask: np.ndarray) -> str:
    """Return the nodes of a layer that others are connected to; `mask` has a row for each of the others."""
    if mask.all():
        return whole_layer(network, layer, "the")
    if len(mask) > 1:
        return f"those {'inputs' if layer == 0 else 'nodes'} that each is connected to"
    ends = np.flatnonzero(mask[0]).tolist()
    only = "the only one" if len(ends) == 1 else "the only ones"
    return f"{nodes(network, layer, ends)}, {only} it is connected to"


def _origin_at_the_output(moment: Moment, indices: list[int], notation: Notation) -> str:
    """Return where δ of output nodes comes from."""
    network, difference, slope = moment.network, notation.difference_letters, f"{notation.letters['g']}′"
    if len(indices) == 1:
        pair = [_of_output(moment, notation, kind, indices[0]) for kind in ("target", "a")]
        difference = " − ".join(pair if notation.delta_sign > 0 else pair[::-1])
    activation = network.activations[-1]
    if network.loss == "cross_entropy":
        return f"is {difference}: with cross-entropy {slope} cancels"
    if activation == "step":
        return f"is {difference}: the perceptron rule"
    if activation == "softmax":
        every = whole_layer(network, len(network.sizes) - 1, "the")
        return f"from {notation.difference_letters} of {every}, which softmax joins"
    return f"from {difference} and {slope}({notation.letters['z']})"


def _of_output(moment: Moment, notation: Notation, kind: str, node: int) -> str:
    """Return how a number of an output is written."""
    return notation.text(Quantity(kind, len(moment.network.sizes) - 1, node), moment.network)


def _letters(notation: Notation) -> dict[str, str]:
    """Return the letters that the explanations of the phases are filled with."""
    written = notation.lettered
    return {
        **written.letters,
        "delta": written.plain_letters["delta"],
        "step": written.step_letter,
        "difference": written.difference_letters,
        "minus": "" if written.delta_sign > 0 else "−",
    }


def _parameters(moment: Moment) -> str:
    return "all weights and biases" if moment.settings.update_biases else "all weights"


def _batch_total(moment: Moment) -> int:
    """Return how many instances the present batch has once it is full."""
    assert moment.trace is not None
    instances, size = moment.epoch_size, moment.settings.batch_size
    place = moment.instances_done % instances + 1
    end = min(-(-place // size) * size, instances)
    return moment.trace.batch.count + end - place


def _batch_place(moment: Moment) -> str:
    assert moment.trace is not None
    return f"({whole_text(moment.trace.batch.count)} of {whole_text(_batch_total(moment))})"


def _added_to_batch(moment: Moment) -> str:
    return f", added to the batch {_batch_place(moment)}" if _batch_total(moment) > 1 else ""


def _mean_of_batch(moment: Moment, notation: Notation) -> str:
    total = _batch_total(moment)
    return f" by the mean of the {notation.step_letter} of {whole_text(total)} instances" if total > 1 else ""


def _steps_of_optimizer(moment: Moment, notation: Notation) -> str:
    """Return by what the parameters change, where that is not Δθ itself."""
    optimizer = OPTIMIZERS[moment.settings.optimizer]
    if not optimizer.slots:
        return ""
    made_of = _mean_of_batch(moment, notation).removeprefix(" by") or f" the {notation.step_letter}"
    return f" by the steps that {optimizer.label} makes of{made_of}"


def _ends_epoch(moment: Moment) -> bool:
    return moment.finished and (moment.instances_done + 1) % moment.epoch_size == 0
