"""What the update makes of the Δθ: the new θ by each optimizer, what it remembers, weight decay."""

from collections.abc import Callable

import numpy as np

from bpsim.explain_pen import ONE, TWO, Pen, less, place
from bpsim.formula import Add, Apply, BigSum, Formula, Fraction, Negative, Number, Power, Symbol, Times, Words
from bpsim.optimizers import BETA_1, BETA_2, EPSILON, RHO
from bpsim.quantity import Quantity

MOST_WEIGHTS = 64
"""Of more weights than these the penalty's sums are shown as one number."""

_BEFORE = {"new_weight": "weight", "new_bias": "bias"}
_OWN_STEP = {"new_weight": ("step", "mean_step"), "new_bias": ("bias_step", "mean_bias_step")}


def new(pen: Pen, q: Quantity) -> Formula:
    """Return the parameter after the update: θ + Δθ, or what the optimizer adds."""
    before = pen.quantity(q._replace(kind=_BEFORE[q.kind]))
    if not pen.trace.closes_batch:
        pen.note("The batch is not complete, so no update follows this instance.")
        return before
    optimizer = pen.trace.settings.optimizer
    if optimizer != "gradient_descent" and _stays(pen, q):
        return before
    return Add((before, *_ADDED[optimizer](pen, q)))


def velocity(pen: Pen, q: Quantity) -> Formula:
    """Return v = μ v + h of momentum and Nesterov, with h the mean Δθ and the decay."""
    return Add((Times((pen.of("momentum"), _old(pen, q))), *_pulls(pen, q)))


def average(pen: Pen, q: Quantity) -> Formula:
    """Return m = β₁ m + (1 − β₁) h/η of Adam."""
    beta = _beta_1(pen)
    return Add((Times((beta, _old(pen, q))), Times((less(ONE, beta), _per_rate(pen, q)))))


def square(pen: Pen, q: Quantity) -> Formula:
    """Return s = ρ s + (1 − ρ) (h/η)² of RMSProp; Adam's ρ is β₂."""
    rho = _beta_2(pen) if pen.trace.settings.optimizer == "adam" else _constant(pen, "ρ", RHO)
    return Add((Times((rho, _old(pen, q))), Times((less(ONE, rho), Power(_per_rate(pen, q), TWO)))))


def decay_step(pen: Pen, q: Quantity) -> Formula:
    """Return −η (λ₂ θ + λ₁ sign θ), of which only what is chosen is written."""
    settings, weight = pen.trace.settings, pen.quantity(q._replace(kind="weight"))
    factors = []
    if settings.l2:
        factors.append((pen.of("l2"), weight))
    if settings.l1:
        factors.append((pen.of("l1"), Apply("sign", weight)))
    pen.note("Weight decay pulls every weight towards 0; biases are left out.")
    if len(factors) == 1:
        return Negative(Times((pen.of("learning_rate"), *factors[0])))
    return Negative(Times((pen.of("learning_rate"), Add(tuple(map(Times, factors))))))


def penalty(pen: Pen, _q: Quantity) -> Formula:
    """Return λ₁ Σ |θ| + ½ λ₂ Σ θ² over all weights."""
    settings, terms = pen.trace.settings, []
    if settings.l1:
        terms.append(Times((pen.of("l1"), _over_weights(pen, lambda theta: Apply("abs", theta), np.abs))))
    if settings.l2:
        squares = _over_weights(pen, lambda theta: Power(theta, TWO), np.square)
        terms.append(Times((Fraction(ONE, TWO), pen.of("l2"), squares)))
    error = pen.letter("error")
    pen.note(f"What large weights cost. It stands beside {error} and is no part of it; biases are left out.")
    return terms[0] if len(terms) == 1 else Add(tuple(terms) or (Number(0.0),))


# -- what each optimizer adds --------------------------------------------------------------------------------


def _plain(pen: Pen, q: Quantity) -> tuple[Formula, ...]:
    return _pulls(pen, q)


def _momentum(pen: Pen, q: Quantity) -> tuple[Formula, ...]:
    return (_now(pen, q, "velocity"),)


def _nesterov(pen: Pen, q: Quantity) -> tuple[Formula, ...]:
    return (Times((pen.of("momentum"), _now(pen, q, "velocity"))), *_pulls(pen, q))


def _rmsprop(pen: Pen, q: Quantity) -> tuple[Formula, ...]:
    return (Fraction(_together(_pulls(pen, q)), _root_and_epsilon(pen, _now(pen, q, "square"))),)


def _adam(pen: Pen, q: Quantity) -> tuple[Formula, ...]:
    count = _constant(pen, "k", float(pen.trace.next_memory.count))
    pen.note(f"k counts the updates: this is number {pen.trace.next_memory.count}.")
    mean, mean_square = (
        Fraction(_now(pen, q, kind), less(ONE, Power(beta, count)))
        for kind, beta in (("average", _beta_1(pen)), ("square", _beta_2(pen)))
    )
    return (Times((pen.of("learning_rate"), Fraction(mean, _root_and_epsilon(pen, mean_square)))),)


_ADDED: dict[str, Callable[[Pen, Quantity], tuple[Formula, ...]]] = {
    "gradient_descent": _plain,
    "momentum": _momentum,
    "nesterov": _nesterov,
    "rmsprop": _rmsprop,
    "adam": _adam,
}
"""The terms that are added to θ, by optimizer."""


# -- parts of them -------------------------------------------------------------------------------------------


def _stays(pen: Pen, q: Quantity) -> bool:
    """Tell whether a parameter cannot change, and note why."""
    layer, node = place(q)
    if q.source is None and not pen.trace.settings.update_biases:
        pen.note("Biases are not updated, as the settings say.")
        return True
    if q.source is not None and not pen.network.masks[layer - 1][node, q.source]:
        pen.note("These two nodes are not connected, so there is nothing to change.")
        return True
    return False


def _pulls(pen: Pen, q: Quantity) -> tuple[Formula, ...]:
    """Return what h is made of: Δθ or its mean over the batch, and the decay of a weight."""
    own, mean = _OWN_STEP["new_bias" if q.source is None else "new_weight"]
    step = pen.quantity(q._replace(kind=own if pen.trace.batch.count == 1 else mean))
    layer, node = place(q)
    if q.source is None or pen.trace.decay_steps is None or not pen.network.masks[layer - 1][node, q.source]:
        return (step,)
    return (step, pen.quantity(q._replace(kind="decay_step")))


def _together(terms: tuple[Formula, ...]) -> Formula:
    return terms[0] if len(terms) == 1 else Add(terms)


def _per_rate(pen: Pen, q: Quantity) -> Formula:
    """Return h/η, the mean gradient with its sign turned."""
    return Fraction(_together(_pulls(pen, q)), pen.of("learning_rate"))


def _old(pen: Pen, q: Quantity) -> Formula:
    return pen.quantity(q._replace(kind=f"old_{q.kind}"))


def _now(pen: Pen, q: Quantity, kind: str) -> Formula:
    return pen.quantity(q._replace(kind=kind))


def _root_and_epsilon(pen: Pen, mean_square: Formula) -> Formula:
    pen.note("ε keeps the step finite where nothing has changed yet.")
    return Add((Apply("√", mean_square), _constant(pen, "ε", EPSILON)))


def _beta_1(pen: Pen) -> Formula:
    return _constant(pen, "β", BETA_1, "1")


def _beta_2(pen: Pen) -> Formula:
    return _constant(pen, "β", BETA_2, "2")


def _constant(pen: Pen, letter: str, value: float, lower: str = "") -> Formula:
    return Number(value) if pen.style == "numbers" else Symbol(letter, lower=lower)


def _over_weights(
    pen: Pen, function: Callable[[Formula], Formula], values: Callable[[np.ndarray], np.ndarray]
) -> Formula:
    """Return the sum of a function of every weight that is present."""
    places = [
        (l + 1, i, j) for l, mask in enumerate(pen.network.masks) for i, j in np.argwhere(mask).tolist()
    ]
    sizes = np.concatenate([
        values(weights[mask]) for weights, mask in zip(pen.network.weights, pen.network.masks, strict=True)
    ])  # fmt: skip
    if pen.style == "rule" or (pen.style == "symbols" and len(places) > MOST_WEIGHTS):
        in_words = pen.notation.words
        any_weight = Words("weight") if in_words else Symbol(pen.notation.letters["weight"])
        return BigSum("", function(any_weight), over="all weights" if in_words else "")
    if len(places) > MOST_WEIGHTS:
        pen.note(f"The sum over all {len(places)} weights is shown as one number.")
        return Number(float(sum(values(w).sum() for w in pen.network.weights)))
    terms = (function(pen.of("weight", *place)) for place in places)
    return pen.sum("", lambda: Number(0.0), terms, sizes, "all weights")
