import pytest

from bpsim.formula_text import to_text
from bpsim.network import Network
from bpsim.notation import NOTATIONS, TURNED, input_name
from bpsim.quantity import KINDS, OF_ALL, Quantity

NETWORK = Network.dense([3, 12, 2])
PLACE = {"input": 0, "target": 2, "downhill": 2, "error_part": 2}


def written(notation: str, *quantity: object) -> str:
    return to_text(NOTATIONS[notation].symbol(Quantity(*quantity), NETWORK), str)  # type: ignore[arg-type]


# The weight of layer pair 1 from node 2 to node 3, its step and its bias, z and a of hidden node 1,
# δ and ŷ of output 1, target and error of output 2, input 1, g′.
EXAMPLES = {
    "lecture": "θ¹₂₃ Δθ¹₂₃ θ¹₀₃ z²₁ a²₁ δ³₁ ŷ₁ y₂ E₂ a¹₁ g′(z²₁)",
    "lecture_rule": "θ¹₃₂ Δθ¹₃₂ θ¹₃₀ z²₁ a²₁ δ³₁ ŷ₁ y₂ E₂ a¹₁ g′(z²₁)",
    "nielsen": "w²₃₂ Δw²₃₂ b²₃ z²₁ a²₁ δ³₁ a³₁ y₂ C₂ a¹₁ σ′(z²₁)",
    "bishop": "w⁽¹⁾₃₂ Δw⁽¹⁾₃₂ w⁽¹⁾₃₀ a⁽¹⁾₁ z⁽¹⁾₁ δ⁽²⁾₁ y₁ t₂ E₂ x₁ h′(a⁽¹⁾₁)",
    "pytorch": "W¹₃₂ ΔW¹₃₂ b¹₃ z¹₁ a¹₁ dL/dz²₁ ŷ₁ y₂ L₂ x₁ g′(z¹₁)",
}


@pytest.mark.parametrize("notation", EXAMPLES)
def test_letters_indices_and_layers(notation: str) -> None:
    asked: list[tuple[object, ...]] = [
        ("weight", 1, 2, 1), ("step", 1, 2, 1), ("bias", 1, 2), ("z", 1, 0), ("a", 1, 0), ("delta", 2, 0),
        ("a", 2, 0), ("target", 2, 1), ("error_part", 2, 1), ("input", 0, 0), ("slope", 1, 0),
    ]  # fmt: skip
    assert " ".join(written(notation, *quantity) for quantity in asked) == EXAMPLES[notation]


def test_words() -> None:
    assert written("words", "delta", 1, 0) == "δ of hidden node 1"
    assert written("words", "weight", 1, 2, 1) == "weight from input 2 to hidden node 3"
    assert written("words", "new_bias", 2, 0) == "new bias of output 1"


def test_after_the_update_and_over_the_batch() -> None:
    assert written("lecture", "new_weight", 1, 2, 1) == "new θ¹₂₃"
    assert written("nielsen", "mean_bias_step", 1, 2) == "mean Δb²₃"
    assert written("lecture", "step", 1, 2, 1, 4) == "Δθ¹₂₃,ₚ₌₅"


def test_what_an_optimizer_remembers() -> None:
    assert written("lecture", "velocity", 1, 2, 1) == "v¹₂₃"
    assert written("lecture", "velocity", 1, 2) == "v¹₀₃"
    assert written("nielsen", "old_square", 1, 2) == "old s²₃"
    assert written("pytorch", "decay_step", 1, 2, 1) == "decay W¹₃₂"
    assert written("words", "average", 1, 2) == "average m of the bias of hidden node 3"
    assert written("words", "average", 1, 2, 1) == "average m of the weight from input 2 to hidden node 3"
    assert (written("bishop", "l2"), written("words", "l2")) == ("λ₂", "factor λ₂")


def test_places_of_several_digits_are_kept_apart() -> None:
    assert written("lecture", "weight", 1, 11, 1) == "θ¹₂,₁₂"
    assert written("lecture", "z", 1, 11) == "z²₁₂"


def test_derivatives_have_the_sign_of_delta() -> None:
    assert written("lecture", "downhill", 2, 1) == "−∂E/∂ŷ₂"
    assert written("lecture", "back_sum", 1, 0) == "−∂E/∂a²₁"
    assert written("nielsen", "downhill", 2, 1) == "∂C/∂a³₂"
    assert written("bishop", "back_sum", 1, 0) == "∂E/∂z⁽¹⁾₁"
    assert written("pytorch", "downhill", 2, 1) == "dL/dŷ₂"


def test_only_delta_and_what_it_is_made_of_change_their_sign() -> None:
    assert [name for name in NOTATIONS if NOTATIONS[name].delta_sign < 0] == ["nielsen", "bishop", "pytorch"]
    for notation in NOTATIONS.values():
        turned = {kind for kind in KINDS if notation.sign(kind) < 0}
        assert turned == (TURNED if notation.delta_sign < 0 else set())


@pytest.mark.parametrize("name", NOTATIONS)
def test_every_notation_can_be_chosen_from_a_list(name: str) -> None:
    notation = NOTATIONS[name]
    assert notation.name == name
    assert notation.label
    assert notation.note.endswith(".")
    assert notation.source


@pytest.mark.parametrize("name", NOTATIONS)
@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_a_symbol_that_names_it(name: str, kind: str) -> None:
    source = 0 if kind.endswith(("weight", "step")) and "bias" not in kind else None
    quantity = Quantity(kind, PLACE.get(kind, 1), 0, source)
    if kind in OF_ALL:
        quantity = Quantity(kind)
    symbol = NOTATIONS[name].symbol(quantity, NETWORK)
    assert symbol.quantity == quantity
    assert to_text(symbol, str)


def test_letters_for_where_there_is_no_room_for_words() -> None:
    assert [notation.error_letter for notation in NOTATIONS.values()] == ["E", "E", "C", "E", "L", "E"]
    assert NOTATIONS["words"].lettered is NOTATIONS["lecture"]
    assert NOTATIONS["bishop"].lettered is NOTATIONS["bishop"]


def test_the_chain_of_reactions_writes_an_output_as_the_lecture_does() -> None:
    output, hidden = Quantity("a", 2, 0), Quantity("a", 1, 11)
    for name, letter in (("lecture", "a³₁"), ("lecture_rule", "a³₁"), ("words", "a³₁"), ("pytorch", "ŷ₁")):
        assert NOTATIONS[name].chain_text(output, NETWORK) == letter
    assert NOTATIONS["words"].chain_text(hidden, NETWORK) == "a²₁₂"
    assert NOTATIONS["lecture"].chain_text(Quantity("weight", 1, 0, 10), NETWORK) == "θ¹₁₁,₁"
    assert NOTATIONS["lecture"].text(output, NETWORK) == "ŷ₁"
    assert input_name(0) == "x₁"
