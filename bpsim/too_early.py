"""The commonest mistake: passing δ back through weights that have been updated already.

The lecture updates all parameters at once, after the backward pass. Whoever updates the weights into a layer
as soon as its δ is known, and only then goes on to the left, takes the *new* weights into the hidden δ: these
are then no derivatives of E any more.

References
----------
Mazur, "A Step by Step Backpropagation Example" (2015): its error after one update, .291027924, comes out in
this way.
"""

from dataclasses import dataclass

from bpsim.backprop import Layers, PerLayer, Trace, update, weight_steps
from bpsim.evaluation import evaluate
from bpsim.network import Network


@dataclass(frozen=True, eq=False)
class TooEarly:
    """What comes out of one instance, trained on its own, if each layer is updated before the next δ.

    Parameters
    ----------
    trace : Trace
        The right numbers.
    deltas : tuple of arrays, (size[l],)
        δ of every layer, None for the input layer. Those of the output layer are right.
    weight_steps, bias_steps : tuple of arrays
        Δθ that follow from them.
    updated : Network
        The network they lead to.
    right_error, wrong_error : float
        E of the same instance after the update, done rightly and too early.
    """

    trace: Trace
    deltas: PerLayer
    weight_steps: Layers
    bias_steps: Layers
    updated: Network
    right_error: float
    wrong_error: float


def too_early(trace: Trace) -> TooEarly:
    """Return the hidden δ and Δθ had the backward pass used already updated weights.

    From right to left: Δθ of the weights into a layer, θ + Δθ at once, and δ of the layer before it through
    these new weights. In a batch the instance is taken as if it were trained on its own. A network without a
    hidden layer has no such mistake: everything is as in the trace.
    """
    network, output = trace.network, trace.deltas[-1]
    assert output is not None
    deltas = [output]
    for l in range(len(network.weights) - 1, 0, -1):
        derivative = trace.derivatives[l]
        assert derivative is not None
        early = trace.settings.learning_rate * deltas[0][:, None] * trace.activations[l]
        new = network.weights[l] + early * network.masks[l]
        deltas.insert(0, deltas[0] @ new * derivative)
    per_layer = (None, *deltas)
    steps, bias_steps = weight_steps(network, trace.settings, trace.activations, per_layer)
    wrong = update(network, steps, bias_steps)
    right = update(network, trace.weight_steps, trace.bias_steps)
    return TooEarly(trace, per_layer, steps, bias_steps, wrong, _error(right, trace), _error(wrong, trace))


def _error(network: Network, trace: Trace) -> float:
    return float(evaluate(network, trace.input[None], trace.target[None]).errors[0])
