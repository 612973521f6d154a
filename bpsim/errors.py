"""What can be wrong, each with a plain sentence that a learner can act on."""

from bpsim.numbers import whole_text


class NetworkError(ValueError):
    """A network that cannot be, or an edit that cannot be made."""


class SettingsError(ValueError):
    """A setting outside its range."""


class MisfitError(ValueError):
    """A network and a data set that do not fit each other."""


class DivergenceError(ArithmeticError):
    """A number that grew beyond what can be stored, named with the place where it happened.

    Attributes
    ----------
    quantity : str
        The number in words, such as "z of hidden node 1".
    epoch, instance : int or None
        Where in the training it happened, both counted from 0; None outside a simulation.
    """

    def __init__(self, quantity: str, epoch: int | None = None, instance: int | None = None) -> None:
        self.quantity, self.epoch, self.instance = quantity, epoch, instance
        where = ""
        if epoch is not None and instance is not None:
            where = f" at instance {whole_text(instance + 1)} of epoch {whole_text(epoch + 1)}"
        super().__init__(
            f"{quantity} became too large to compute{where}. "
            "The learning rate η is probably too large: step back and choose a smaller one."
        )
