"""Weight decay: the penalty, its gradient, and that E stays what it is."""

import autograd
import autograd.numpy as anp
import numpy as np
import pytest

from bpsim.arrays import Array
from bpsim.backprop import backpropagate
from bpsim.decay import decay_steps, penalty
from bpsim.network import Network
from bpsim.settings import Settings

NETWORK = Network.dense([3, 4, 2], seed=5).with_disconnected(0, 1, 1)
BY_HAND = Network.dense([2, 1], "linear").with_parameters([[[3.0, -4.0]]], [[10.0]])


def test_penalty_by_hand() -> None:
    # λ₁ (3 + 4) + ½ λ₂ (9 + 16); the bias pays nothing
    assert penalty(BY_HAND, Settings(l1=0.5)) == 3.5
    assert penalty(BY_HAND, Settings(l2=2.0)) == 25.0
    assert penalty(BY_HAND, Settings(l1=0.5, l2=2.0)) == 28.5
    assert penalty(BY_HAND, Settings()) == 0


def test_steps_by_hand() -> None:
    # −η (λ₂ θ + λ₁ sign θ)
    (steps,) = decay_steps(BY_HAND, Settings(0.1, l1=0.5, l2=2.0))
    np.testing.assert_allclose(steps, [[-0.65, 0.85]], rtol=1e-15)


def test_a_weight_of_zero_pays_nothing() -> None:
    (steps,) = decay_steps(BY_HAND.with_weight(0, 0, 0, 0.0), Settings(l1=0.5, l2=2.0))
    assert steps[0, 0] == 0


@pytest.mark.parametrize(("l1", "l2"), [(0.3, 0.0), (0.0, 0.7), (0.2, 0.4)])
def test_steps_follow_the_derivative_of_the_penalty(l1: float, l2: float) -> None:
    def written_out(weights: list[Array]) -> Array:
        present = [w * mask for w, mask in zip(weights, NETWORK.masks, strict=True)]
        return sum(l1 * anp.sum(anp.abs(w)) + l2 / 2 * anp.sum(w**2) for w in present)  # type: ignore[return-value]

    settings = Settings(0.25, l1=l1, l2=l2)
    assert penalty(NETWORK, settings) == pytest.approx(float(written_out(list(NETWORK.weights))), rel=1e-14)
    gradients = autograd.grad(written_out)(list(NETWORK.weights))
    for steps, gradient in zip(decay_steps(NETWORK, settings), gradients, strict=True):
        np.testing.assert_allclose(steps, -0.25 * gradient, rtol=1e-14)


def test_error_and_delta_do_not_know_of_it() -> None:
    x, y = [0.1, 0.2, 0.3], [0.0, 1.0]
    plain, decaying = (backpropagate(NETWORK, x, y, Settings(l2=l2)) for l2 in (0.0, 0.1))
    assert decaying.error == plain.error
    assert (plain.penalty, decaying.penalty) == (0.0, penalty(NETWORK, Settings(l2=0.1)))
    for layer in (1, 2):
        np.testing.assert_array_equal(plain.deltas[layer], decaying.deltas[layer])
    assert plain.decay_steps is None
    assert decaying.decay_steps is not None
    assert decaying.mean_weight_steps is decaying.batch.weight_steps


def test_the_step_is_the_mean_and_the_decay() -> None:
    trace = backpropagate(NETWORK, [0.1, 0.2, 0.3], [0.0, 1.0], Settings(l1=0.1, l2=0.1))
    assert trace.mean_weight_steps is not None
    assert trace.decay_steps is not None
    assert trace.update_weight_steps is not None
    for mean, decay, step in zip(
        trace.mean_weight_steps, trace.decay_steps, trace.update_weight_steps, strict=True
    ):
        np.testing.assert_array_equal(step, mean + decay)
    assert trace.update_bias_steps is trace.mean_bias_steps
    assert trace.updated.weights[0][1, 1] == 0


def test_without_error_weights_shrink_by_a_factor() -> None:
    # y = ŷ: θ ← θ (1 − η λ₂)
    network = BY_HAND.with_bias(0, 0, 0.0)
    trace = backpropagate(network, [0.0, 0.0], [0.0], Settings(0.5, l2=0.2))
    np.testing.assert_allclose(trace.updated.weights[0], [[3.0 * 0.9, -4.0 * 0.9]], rtol=1e-15)


def test_a_penalty_too_large_is_infinite() -> None:
    assert penalty(BY_HAND.with_weight(0, 0, 0, 1e200), Settings(l2=1.0)) == np.inf
