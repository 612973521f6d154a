"""How δ flows back, and what it changes: the Σ, δ of hidden nodes, Δθ, its mean over a batch."""

from functools import partial

import numpy as np

from bpsim.explain_error import downhill, output_delta
from bpsim.explain_forward import missing
from bpsim.explain_pen import ZERO, Pen, place
from bpsim.formula import Formula, Fraction, Number, Times
from bpsim.quantity import Quantity


def back_sum(pen: Pen, q: Quantity) -> Formula:
    """Return what g′ is multiplied with: −∂E/∂ŷ of an output, Σ_i θ_ij δ_i of a hidden node."""
    layer, _ = place(q)
    return downhill(pen, q) if layer == pen.last else _sum_of_deltas(pen, q, None)


def delta(pen: Pen, q: Quantity) -> Formula:
    """Return δ_j = (Σ_i θ_ij δ_i) g′(z_j); of an output, what error and activation make of it."""
    layer, node = place(q)
    if layer == pen.last:
        return output_delta(pen, q)
    total = _sum_of_deltas(pen, q, Quantity("back_sum", layer, node))
    return Times((total, pen.of("slope", layer, node)))


def step(pen: Pen, q: Quantity) -> Formula:
    """Return Δθ_ij = η δ_i a_j."""
    layer, node = place(q)
    assert q.source is not None
    if not pen.network.masks[layer - 1][node, q.source]:
        pen.note("These two nodes are not connected, so there is nothing to change.")
        return ZERO
    if layer == 1:
        pen.note_input(q.source)
    return pen.downwards(
        pen.of("learning_rate"), pen.of("delta", layer, node), pen.activation(layer - 1, q.source)
    )


def bias_step(pen: Pen, q: Quantity) -> Formula:
    """Return Δθ_0i = η δ_i."""
    layer, node = place(q)
    if not pen.trace.settings.update_biases:
        pen.note("Biases are not updated, as the settings say.")
        return ZERO
    return pen.downwards(pen.of("learning_rate"), pen.of("delta", layer, node))


def mean_step(pen: Pen, q: Quantity) -> Formula:
    """Return the mean of Δθ over the instances of the batch."""
    own = q._replace(kind=_STEP[q.kind])
    count = pen.trace.batch.count
    if _stays(pen, q):
        return ZERO
    if count == 1:
        pen.note("The batch has one instance only.")
        return pen.quantity(own)
    steps = [*(own._replace(instance=row) for row in pen.earlier), own]
    total, number = _batch_sum(pen, own), Number(float(count))
    if pen.style == "rule":
        return Fraction(pen.big("p", _step_of_any_instance(pen, own), _BATCH), number)
    if not _add_up(pen, steps, total):
        pen.note("The sum over the batch is shown as one number: its earlier instances are not at hand.")
        return Fraction(Number(total), number)
    if pen.earlier:
        pen.note("The last term is that of the present instance.")
    sizes = np.array([pen.value(step) for step in steps])
    every = partial(_step_of_any_instance, pen, own)
    return Fraction(pen.sum("p", every, map(pen.quantity, steps), sizes, _BATCH), number)


# -- inside --------------------------------------------------------------------------------------------------

_BATCH = "the instances of the batch"
_STEP = {"mean_step": "step", "mean_bias_step": "bias_step"}


def _sum_of_deltas(pen: Pen, q: Quantity, quantity: Quantity | None) -> Formula:
    """Return Σ_i δ_i θ_ij over the connections that lead on from a node."""
    layer, node = place(q)
    mask, deltas, index = pen.network.masks[layer][:, node], pen.trace.deltas[layer + 1], pen.notation.after
    assert deltas is not None
    targets = np.flatnonzero(mask)
    if not len(targets):
        pen.note("No connection leads on from here, so no error comes back.")
    elif len(targets) < len(mask):
        pen.note(missing(len(mask) - len(targets), "lead on from here"))
    return pen.sum(
        index,
        lambda: Times(
            (pen.any("delta", layer + 1, index), pen.any("weight", layer + 1, index, str(node + 1)))
        ),
        (
            Times((pen.of("delta", layer + 1, target), pen.of("weight", layer + 1, target, node)))
            for target in targets.tolist()
        ),
        (deltas * pen.network.weights[layer][:, node])[targets],
        pen.nodes_of(layer + 1),
        quantity,
    )


def _stays(pen: Pen, q: Quantity) -> bool:
    """Tell whether a parameter cannot change, and note why."""
    layer, node = place(q)
    if q.kind == "mean_bias_step":
        if not pen.trace.settings.update_biases:
            pen.note("Biases are not updated, as the settings say.")
        return not pen.trace.settings.update_biases
    if not pen.network.masks[layer - 1][node, q.source]:
        pen.note("These two nodes are not connected, so there is nothing to change.")
        return True
    return False


def _batch_sum(pen: Pen, own: Quantity) -> float:
    layer, node = place(own)
    if own.source is None:
        return float(pen.trace.batch.bias_steps[layer - 1][node])
    return float(pen.trace.batch.weight_steps[layer - 1][node, own.source])


def _add_up(pen: Pen, steps: list[Quantity], total: float) -> bool:
    """Tell whether the steps are those of the whole batch."""
    if len(steps) != pen.trace.batch.count:
        return False
    values = [pen.value(step) for step in steps]
    return bool(np.isclose(sum(values), total, rtol=1e-9, atol=1e-12 * float(np.abs(values).max())))


def _step_of_any_instance(pen: Pen, own: Quantity) -> Formula:
    layer, node = place(own)
    source = "" if own.source is None else str(own.source + 1)
    return pen.any(own.kind, layer, str(node + 1), source, "p")
