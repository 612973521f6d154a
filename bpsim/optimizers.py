"""How an update makes the step of a parameter from its mean Δθ, as one table.

Every optimizer is written for one parameter and works on whole arrays. With h the mean Δθ of a batch of B
instances, decay included (`bpsim.decay`), the gradient that the literature writes as g is −d, d = h / η.

References
----------
Momentum and Nesterov: Sutskever, Martens, Dahl and Hinton, "On the importance of initialization and momentum
in deep learning" (2013), in the form in which v holds steps. RMSProp: Tieleman and Hinton, "Lecture 6.5"
(2012). Adam: Kingma and Ba, "Adam: a method for stochastic optimization" (2015).
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from bpsim.arrays import Array

RHO = 0.9
"""ρ: the share of the old mean square that RMSProp keeps."""
BETA_1 = 0.9
"""β₁: the share of the old mean that Adam keeps."""
BETA_2 = 0.999
"""β₂: the share of the old mean square that Adam keeps."""
EPSILON = 1e-8
"""ε: keeps RMSProp and Adam from dividing by 0."""

Slots = tuple[Array, ...]
"""What an optimizer remembers of one array of parameters: one array of its shape for each of its slots."""


@dataclass(frozen=True)
class Optimizer:
    """One way of making steps.

    Parameters
    ----------
    name, label, formula : str
        How files name it, how the screen does, and the step in plain Unicode.
    letters_said : tuple of str
        What each letter of the formula means.
    slots : tuple of str
        Which arrays of a `Memory` it uses: "first" (v of momentum, m of Adam), "second" (s).
    letters : tuple of str
        The letter of each of them.
    step : callable
        ``step(h, slots, rate, momentum, count)`` gives the step and the new slots. `h` and every slot have
        one shape; `rate` is η, `momentum` μ, `count` says how many updates there are with this one.
    """

    name: str
    label: str
    formula: str
    letters_said: tuple[str, ...]
    slots: tuple[str, ...]
    letters: tuple[str, ...]
    step: Callable[[Array, Slots, float, float, int], tuple[Array, Slots]]

    @property
    def uses_momentum(self) -> bool:
        """Whether μ means something for it."""
        return self.letters == ("v",)


def _gradient_descent(
    h: Array, slots: Slots, _rate: float, _momentum: float, _count: int
) -> tuple[Array, Slots]:
    return h, slots


def _momentum(h: Array, slots: Slots, _rate: float, momentum: float, _count: int) -> tuple[Array, Slots]:
    velocity = momentum * slots[0] + h
    return velocity, (velocity,)


def _nesterov(h: Array, slots: Slots, _rate: float, momentum: float, _count: int) -> tuple[Array, Slots]:
    velocity = momentum * slots[0] + h
    return momentum * velocity + h, (velocity,)


def _rmsprop(h: Array, slots: Slots, rate: float, _momentum: float, _count: int) -> tuple[Array, Slots]:
    d = h / rate
    square = RHO * slots[0] + (1.0 - RHO) * d * d
    return rate * d / (np.sqrt(square) + EPSILON), (square,)


def _adam(h: Array, slots: Slots, rate: float, _momentum: float, count: int) -> tuple[Array, Slots]:
    d = h / rate
    mean = BETA_1 * slots[0] + (1.0 - BETA_1) * d
    square = BETA_2 * slots[1] + (1.0 - BETA_2) * d * d
    corrected = mean / (1.0 - BETA_1**count)
    corrected_square = square / (1.0 - BETA_2**count)
    return rate * corrected / (np.sqrt(corrected_square) + EPSILON), (mean, square)


_STEP = "Δθ: the mean step of the batch"
_VELOCITY = "v: the step, into which the last ones go on"
_SHARE = "μ: the share of v that goes on"
_SLOPE = "d: −∂E/∂θ, from the mean step Δθ of the batch"
_SMALL = f"ε = {EPSILON:g}: keeps from dividing by 0"

OPTIMIZERS: dict[str, Optimizer] = {
    optimizer.name: optimizer
    for optimizer in (
        Optimizer("gradient_descent", "gradient descent", "θ ← θ + Δθ", (_STEP,), (), (), _gradient_descent),
        Optimizer(
            "momentum", "momentum", "v ← μ v + Δθ,  θ ← θ + v", (_STEP, _VELOCITY, _SHARE),
            ("first",), ("v",), _momentum,
        ),
        Optimizer(
            "nesterov", "Nesterov", "v ← μ v + Δθ,  θ ← θ + μ v + Δθ", (_STEP, _VELOCITY, _SHARE),
            ("first",), ("v",), _nesterov,
        ),
        Optimizer(
            "rmsprop", "RMSProp", "d = Δθ / η,  s ← ρ s + (1 − ρ) d²,  θ ← θ + η d / (√s + ε)",
            (_SLOPE, "s: running mean of d²", f"ρ = {RHO:g}: the share of the old s that stays", _SMALL),
            ("second",), ("s",), _rmsprop,
        ),
        Optimizer(
            "adam", "Adam",
            "d = Δθ / η,  m ← β₁ m + (1 − β₁) d,  s ← β₂ s + (1 − β₂) d²,  "
            "M = m / (1 − β₁ᵏ),  S = s / (1 − β₂ᵏ),  θ ← θ + η M / (√S + ε)",
            (
                _SLOPE, "m, s: running means of d and of d²",
                f"β₁ = {BETA_1:g}, β₂ = {BETA_2:g}: the shares of the old m and s that stay",
                "M, S: m and s without the pull of their start at 0, after k updates", _SMALL,
            ),
            ("first", "second"), ("m", "s"), _adam,
        ),
    )
}  # fmt: skip
"""Every optimizer by name, in the order in which a list shows them."""


Pair = tuple[Array, Array]
"""An array that stands beside the weights of a layer pair, and one beside its biases."""


@dataclass(frozen=True, eq=False)
class Memory:
    """What an optimizer remembers between two updates.

    Parameters
    ----------
    optimizer : str
        Whose memory it is; another optimizer starts anew.
    count : int
        How many updates it has seen.
    first, second : tuple of (array, array)
        `first[l]` stands beside `network.weights[l]` and `network.biases[l]`, all 0 before the first update.
        () where the optimizer has no such slot.
    """

    optimizer: str = "gradient_descent"
    count: int = 0
    first: tuple[Pair, ...] = ()
    second: tuple[Pair, ...] = ()

    def of(self, slot: str) -> tuple[Pair, ...]:
        """Return one slot by its name."""
        pairs: tuple[Pair, ...] = getattr(self, slot)
        return pairs


NO_MEMORY = Memory()
"""That of plain gradient descent, which remembers nothing, and of every training that has not begun."""


def started(memory: Memory, optimizer: str, weights: Slots, biases: Slots) -> Memory:
    """Return the memory that an update with an optimizer finds: zeros where this one is another's.

    `weights` and `biases` are the parameters that it stands beside.
    """
    if memory.optimizer == optimizer:
        return memory
    slots = OPTIMIZERS[optimizer].slots
    if not slots:
        return NO_MEMORY
    zeros = tuple((_zeros(w), _zeros(b)) for w, b in zip(weights, biases, strict=True))
    return Memory(optimizer, 0, zeros if "first" in slots else (), zeros if "second" in slots else ())


def _zeros(like: Array) -> Array:
    zeros = np.zeros_like(like)
    zeros.setflags(write=False)
    return zeros
