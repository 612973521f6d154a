"""Which colour of the theme a term has: that of its kind of number, in rule and numbers alike."""

from bpsim.quantity import OF_MEMORY, Quantity

_ROLES = {
    "term_activation": ("input", "a"),
    "term_delta": ("delta", "back_sum", "downhill", "error_part", "error", "penalty"),
    "term_sum": ("z", "slope"),
    "term_given": (
        "target", "learning_rate", "step", "bias_step", "mean_step", "mean_bias_step", "momentum", "l1", "l2",
        "decay_step", *sorted(OF_MEMORY),
    ),
}  # fmt: skip
_ROLE_OF_KIND = {kind: role for role, kinds in _ROLES.items() for kind in kinds}


_WEIGHTS = ("weight", "bias", "new_weight", "new_bias")


def role_of(quantity: Quantity | None, subject: Quantity | None = None, value: float = 0.0) -> str:
    """Return the colour role of what stands for a quantity; `subject` is what the formula explains.

    Weights and biases have the colour of their sign, as in the drawing; with a `value` of 0, or one that is
    not known, that of text.
    """
    if quantity is None:
        return "text"
    if quantity == subject:
        return "result"
    if quantity.kind in _WEIGHTS:
        return "text" if not value else "weight_positive" if value > 0 else "weight_negative"
    return _ROLE_OF_KIND.get(quantity.kind, "text")
