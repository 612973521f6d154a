"""How the error comes about, and where it leads downhill: E_k, E, ∂E/∂ŷ and δ of the output layer."""

import numpy as np

from bpsim.explain_forward import NEAR, e_to, log_one_plus_e, one_plus_e
from bpsim.explain_pen import ONE, TWO, ZERO, Pen, less, place
from bpsim.formula import Add, Apply, Equation, Formula, Fraction, Negative, Power, Symbol, Times, Words
from bpsim.quantity import Quantity

HALF = Fraction(ONE, TWO)
_NEAR_ONE = 0.99  # ln ŷ loses digits from here on


def error_part(pen: Pen, q: Quantity) -> Formula:
    """Return E_k of an output."""
    _, node = place(q)
    if pen.network.loss == "mse":
        return Times((HALF, Power(less(pen.of_output("target", node), pen.of_output("a", node)), TWO)))
    return _softmax_part(pen, node) if _is_softmax(pen) else _sigmoid_part(pen, node)


def error(pen: Pen, _q: Quantity) -> Formula:
    """Return E = Σ_k E_k."""
    parts = (pen.of_output("error_part", k) for k in range(len(pen.trace.errors)))
    letter = pen.notation.letters["error"]
    pen.note(f"{letter} of one instance; that of a data set is the mean over its instances.")
    if pen.trace.settings.decays:
        pen.note("The penalty of weight decay is no part of it: it is a number of its own.")
    return pen.sum(
        "k",
        lambda: pen.any("error_part", pen.last, "k"),
        parts,
        pen.trace.errors,
        pen.nodes_of(pen.last),
    )


def downhill(pen: Pen, q: Quantity) -> Formula:
    """Return −∂E/∂ŷ, or ∂E/∂ŷ where δ has the other sign."""
    _, node = place(q)
    if pen.network.activations[-1] == "step":
        pen.note(f"The perceptron rule follows the error {pen.notation.difference_letters} itself.")
    if pen.network.loss == "mse":
        return pen.difference(node)
    y, output = float(pen.trace.target[node]), float(pen.trace.prediction[node])
    if output == 0 and y == 0 and not _is_softmax(pen):
        falling = _falling(pen, node)
        return falling if pen.turned else Negative(falling)
    if output == 0 and y == 0:
        return ZERO
    rising = Fraction(pen.of_output("target", node), pen.of_output("a", node))
    if _is_softmax(pen):
        return pen.signed(rising)
    if output == 1 and y == 1:
        return pen.signed(rising)
    return _from_both(pen, rising, _falling(pen, node))


def output_delta(pen: Pen, q: Quantity) -> Formula:
    """Return δ of an output, as `bpsim.losses.output_delta` computes it."""
    layer, node = place(q)
    slope = Quantity("slope", layer, node)
    if pen.network.loss == "cross_entropy":
        delta = pen.letter("delta")
        pen.note(f"With cross-entropy {pen.slope_letter} cancels, so that {delta} is the difference alone.")
        return _share(pen, node) if _is_softmax(pen) else pen.difference(node)
    if pen.network.activations[-1] == "step":
        pen.note(f"The perceptron rule: the error itself, for a step has no {pen.slope_letter}.")
        return pen.difference(node)
    if _is_softmax(pen):
        _note_joined(pen)
        return _softmax_squared(pen, node)
    return Times((pen.difference(node, Quantity("downhill", layer, node)), pen.quantity(slope)))


def derivation(pen: Pen, q: Quantity) -> tuple[Equation, ...]:
    """Return how δ of an output comes about where that is not plain from its rule; nothing elsewhere."""
    layer, _ = place(q)
    if layer != pen.last or pen.network.activations[-1] == "step":
        return ()
    if pen.network.loss == "cross_entropy":
        return _cancelling(pen, q)
    return _by_every_output(pen, q) if _is_softmax(pen) else ()


# -- derivations ---------------------------------------------------------------------------------------------


def _cancelling(pen: Pen, q: Quantity) -> tuple[Equation, ...]:
    """Return how g′ cancels in δ of an output with cross-entropy."""
    layer, node = place(q)
    y, output = pen.of_output("target", node), pen.of_output("a", node)
    left = pen.quantity(q)
    rest, other = less(ONE, output), less(ONE, y)
    if not _is_softmax(pen):
        both = _from_both(pen, Fraction(y, output), Fraction(other, rest))
        first = Times((both, output, rest))
        return (
            Equation(left, first),
            Equation(None, _from_both(pen, Times((y, rest)), Times((other, output)))),
            Equation(None, pen.difference(node)),
        )
    y_m, output_m = pen.any("target", layer, "m"), pen.any("a", layer, "m")
    over = pen.nodes_of(layer)
    total = pen.big("m", Times((Fraction(y_m, output_m), output_m, output)), over)
    own = Times((Fraction(y, output), output))
    lines = (
        Equation(left, _from_both(pen, own, total)),
        Equation(None, _from_both(pen, y, Times((output, pen.big("m", y_m, over))))),
    )
    return (*lines, Equation(None, pen.difference(node))) if pen.trace.target.sum() == 1 else lines


def _by_every_output(pen: Pen, q: Quantity) -> tuple[Equation, ...]:
    """Return how δ of softmax with squared error sums up what its z does to every ŷ."""
    layer, node = place(q)
    over, output = pen.nodes_of(layer), pen.of_output("a", node)
    output_m = pen.any("a", layer, "m")
    each = _from_both(pen, pen.any("target", layer, "m"), output_m)
    every = pen.big("m", Times((each, _change_of_any_output(pen, node))), over)
    own = Times((pen.difference(node), output))
    shares = pen.big("m", Times((each, output_m, output)), over)
    return (
        Equation(pen.quantity(q), every),
        Equation(None, less(own, shares)),
        Equation(None, _softmax_squared(pen, node, written_out=False)),
    )


def _change_of_any_output(pen: Pen, node: int) -> Formula:
    """Return ∂ŷ_m/∂z_k, in words or in letters."""
    if pen.notation.words:
        return Words(f"how much its ŷ changes with z of {pen.network.node_name(pen.last, node)}")
    d = Symbol(pen.notation.d)
    return Fraction(Times((d, pen.any("a", pen.last, "m"))), Times((d, pen.of_output("z", node))))


# -- inside --------------------------------------------------------------------------------------------------


def _note_joined(pen: Pen) -> None:
    """Say how softmax makes every output take part in δ of one."""
    z, hat, difference = pen.letter("z"), pen.letter("output"), pen.notation.difference_letters
    pen.note(
        f"Softmax joins all outputs: a larger {z} raises its own {hat} and lowers every other one, "
        f"so the {difference} of every output takes part."
    )
    pen.note(
        f"The sum is the mean of all {difference}, each weighted by its {hat}: what counts is how far "
        "this output's is from that mean."
    )


def _is_softmax(pen: Pen) -> bool:
    return pen.network.activations[-1] == "softmax"


def _from_both(pen: Pen, rising: Formula, falling: Formula) -> Formula:
    """Return rising − falling, with the notation's sign."""
    return less(falling, rising) if pen.turned else less(rising, falling)


def _falling(pen: Pen, node: int) -> Formula:
    """Return (1 − y) / (1 − ŷ); where ŷ is too near 1 for that, the same from z."""
    above = less(ONE, pen.of_output("target", node))
    if 1.0 - pen.trace.prediction[node] > NEAR:
        return Fraction(above, less(ONE, pen.of_output("a", node)))
    hat = pen.letter("output")
    pen.note(f"{hat} is so near 1 that 1 − {hat} has lost digits: it is written with {pen.letter('z')}.")
    return Times((above, one_plus_e(pen.of_output("z", node))))


def _sigmoid_part(pen: Pen, node: int) -> Formula:
    """Return −(y ln ŷ + (1 − y) ln(1 − ŷ)); where ŷ is too near 0 or 1 for that, the same from z."""
    y, output = Quantity("target", pen.last, node), float(pen.trace.prediction[node])
    if NEAR < output < 1.0 - NEAR:
        rising = Times((pen.quantity(y), Apply("ln", pen.of_output("a", node))))
        rest = Apply("ln", less(ONE, pen.of_output("a", node)))
        return Negative(Add((rising, Times((less(ONE, pen.quantity(y)), rest)))))
    hat, z = pen.letter("output"), Quantity("z", pen.last, node)
    pen.note(
        f"{hat} is so near 0 or 1 that its logarithms have lost digits: "
        f"they are written with {pen.letter('z')}."
    )
    rising = Times((pen.quantity(y), log_one_plus_e(pen, z, -1)))
    return Add((rising, Times((less(ONE, pen.quantity(y)), log_one_plus_e(pen, z)))))


def _softmax_part(pen: Pen, node: int) -> Formula:
    """Return −y ln ŷ; where ŷ is too near 0 or 1 for that, the same from z."""
    y, output = pen.of_output("target", node), float(pen.trace.prediction[node])
    if 1e-290 < output < _NEAR_ONE:
        return Negative(Times((y, Apply("ln", pen.of_output("a", node)))))
    z = pen.trace.pre_activations[-1]
    assert z is not None
    hat = pen.letter("output")
    pen.note(f"{hat} is so near 0 or 1 that ln {hat} has lost digits: it is written with {pen.letter('z')}.")
    largest = int(np.argmax(z))

    def above_largest(m: int) -> Formula:
        return e_to(less(pen.of_output("z", m), pen.of_output("z", largest)))

    powers = pen.sum(
        "m",
        lambda: e_to(less(pen.any("z", pen.last, "m"), pen.of_output("z", largest))),
        map(above_largest, range(len(z))),
        np.exp(z - z[largest]),
        pen.nodes_of(pen.last),
    )
    distance = less(pen.of_output("z", largest), pen.of_output("z", node))
    return Times((y, Add((Apply("ln", powers), distance))))


def _share(pen: Pen, node: int) -> Formula:
    """Return y − ŷ Σ_m y_m, which is y − ŷ where the targets sum to 1."""
    targets = pen.trace.target
    if targets.sum() == 1:
        return pen.difference(node)
    pen.note(f"The targets do not sum to 1, so {pen.letter('output')} is taken times their sum.")
    y, output = pen.of_output("target", node), pen.of_output("a", node)
    every = (pen.of_output("target", m) for m in range(len(targets)))
    over = pen.nodes_of(pen.last)
    total = pen.sum("m", lambda: pen.any("target", pen.last, "m"), every, targets, over)
    return _from_both(pen, y, Times((output, total)))


def _softmax_squared(pen: Pen, node: int, written_out: bool = True) -> Formula:
    """Return ŷ_k (u_k − Σ_m ŷ_m u_m) with u = y − ŷ."""
    y, outputs = pen.trace.target, pen.trace.prediction

    def term(m: int) -> Formula:
        return Times((pen.of_output("a", m), pen.difference(m, Quantity("downhill", pen.last, m))))

    def general() -> Formula:
        y_m, output_m = pen.any("target", pen.last, "m"), pen.any("a", pen.last, "m")
        return Times((output_m, _from_both(pen, y_m, output_m)))

    output = pen.of_output("a", node)
    own = pen.difference(node, Quantity("downhill", pen.last, node))
    sizes, over = outputs * (y - outputs), pen.nodes_of(pen.last)
    if written_out:
        every = pen.sum("m", general, map(term, range(len(y))), sizes, over)
    else:
        every = pen.big("m", general(), over)
    return Times((output, less(own, every)))
