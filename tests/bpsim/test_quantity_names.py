"""What numbers are called in sentences."""

import pytest

from bpsim.network import Network
from bpsim.notation import NOTATIONS
from bpsim.quantity import KINDS, Quantity
from bpsim.quantity_names import LECTURE_LETTERS, name_of

NETWORK = Network.dense([2, 3, 2])

CASES = {
    ("input", 0, 1): "input 2",
    ("z", 1, 0): "z of hidden node 1",
    ("a", 1, 2): "a of hidden node 3",
    ("a", 2, 0): "ŷ of output 1",
    ("target", 2, 1): "y of output 2",
    ("delta", 1, 1): "δ of hidden node 2",
    ("back_sum", 1, 1): "−∂E/∂a of hidden node 2",
    ("back_sum", 2, 1): "−∂E/∂ŷ of output 2",
    ("error",): "E",
    ("learning_rate",): "η",
    ("weight", 1, 1, 0): "weight from input 1 to hidden node 2",
    ("new_weight", 2, 0, 2): "new weight from hidden node 3 to output 1",
    ("step", 1, 0, 1): "Δθ of the weight from input 2 to hidden node 1",
    ("bias", 1, 0): "bias of hidden node 1",
    ("bias_step", 2, 1): "Δθ₀ of output 2",
    ("velocity", 1, 0, 1): "v of the weight from input 2 to hidden node 1",
    ("velocity", 1, 0): "v of the bias of hidden node 1",
    ("old_square", 2, 0): "old s of the bias of output 1",
}


@pytest.mark.parametrize("place", CASES)
def test_a_number_is_named_after_its_kind_and_place(place: tuple[object, ...]) -> None:
    assert name_of(Quantity(*place), NETWORK) == CASES[place]  # type: ignore[arg-type]


def test_another_instance_is_said() -> None:
    quantity = Quantity("step", 1, 0, 1, instance=4)
    assert name_of(quantity, NETWORK) == f"{name_of(quantity._replace(instance=None), NETWORK)}, instance 5"


def test_the_letters_of_a_notation_are_taken() -> None:
    letters = NOTATIONS["nielsen"].plain_letters
    assert name_of(Quantity("error"), NETWORK, letters) == letters["error"] == "C"
    assert name_of(Quantity("step", 1, 0, 1), NETWORK, letters).startswith(f"{letters['step']} of the weight")


def test_every_kind_has_a_name() -> None:
    assert {kind for kind in KINDS if kind not in LECTURE_LETTERS} <= {"input"}
