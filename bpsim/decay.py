"""Weight decay: the penalty that large weights pay, and what it takes from them at an update.

Training then makes E + λ₁ Σ |θ| + ½ λ₂ Σ θ² smaller, the sums over all weights; biases pay nothing. E itself
stays what it is, and the penalty is a number of its own.

References
----------
Krogh and Hertz, "A simple weight decay can improve generalization" (1992); Goodfellow, Bengio and Courville,
"Deep learning" (2016), section 7.1.
"""

import numpy as np

from bpsim.arrays import Array
from bpsim.network import Network
from bpsim.settings import Settings


def penalty(network: Network, settings: Settings) -> float:
    """Return λ₁ Σ |θ| + ½ λ₂ Σ θ² over the weights that are present; infinite where it is too large."""
    if not settings.decays:
        return 0.0
    with np.errstate(over="ignore"):
        absolute = sum(float(np.abs(w).sum()) for w in network.weights)
        squares = sum(float((w * w).sum()) for w in network.weights)
        return settings.l1 * absolute + 0.5 * settings.l2 * squares


def decay_steps(network: Network, settings: Settings) -> tuple[Array, ...]:
    """Return −η (λ₂ θ + λ₁ sign θ) of every weight, sign 0 = 0; standing beside `network.weights`."""
    return tuple(
        -settings.learning_rate * (settings.l2 * w + settings.l1 * np.sign(w)) for w in network.weights
    )
