import pytest

from bpsim.quantity import KINDS, Quantity
from ui.formula.colors import role_of
from ui.theme import load_theme

WEIGHTS = ("weight", "bias", "new_weight", "new_bias")


def test_every_kind_of_number_has_a_colour_of_its_own_in_the_theme() -> None:
    roles = {kind: role_of(Quantity(kind, 1, 0)) for kind in KINDS}
    assert [kind for kind in KINDS if roles[kind] == "text"] == [kind for kind in KINDS if kind in WEIGHTS]
    assert all(load_theme("dark").color(role).isValid() for role in roles.values())
    assert len({roles[kind] for kind in ("a", "weight", "delta", "slope", "learning_rate")}) == 5


@pytest.mark.parametrize("kind", WEIGHTS)
def test_weights_have_the_colour_of_their_sign_as_in_the_drawing(kind: str) -> None:
    quantity = Quantity(kind, 1, 0, 0)
    assert [role_of(quantity, None, value) for value in (0.4, -0.4, 0.0)] == [
        "weight_positive",
        "weight_negative",
        "text",
    ]
    assert role_of(quantity, quantity, -0.4) == "result"
    assert role_of(Quantity("delta", 1, 0), None, -0.4) == "term_delta"


def test_what_is_explained_has_the_colour_of_the_result() -> None:
    subject = Quantity("delta", 1, 0)
    assert role_of(subject, subject) == "result"
    assert role_of(Quantity("delta", 1, 1), subject) == "term_delta"


def test_everything_else_is_text() -> None:
    assert role_of(None) == "text"
