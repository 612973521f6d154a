from bpsim.quantity import KINDS, Quantity
from ui.formula.colors import role_of
from ui.theme import load_theme


def test_every_kind_of_number_has_a_colour_of_its_own_in_the_theme() -> None:
    roles = {kind: role_of(Quantity(kind, 1, 0)) for kind in KINDS}
    assert "text" not in roles.values()
    assert all(load_theme("dark").color(role).isValid() for role in roles.values())
    assert len({roles[kind] for kind in ("a", "weight", "delta", "slope", "learning_rate")}) == 5


def test_what_is_explained_has_the_colour_of_the_result() -> None:
    subject = Quantity("delta", 1, 0)
    assert role_of(subject, subject) == "result"
    assert role_of(Quantity("delta", 1, 1), subject) == "term_delta"


def test_everything_else_is_text() -> None:
    assert role_of(None) == "text"
