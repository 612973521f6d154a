import pytest

from bpsim.network import Network
from bpsim.quantity import Quantity
from ui.view_state import ViewState
from ui.widgets.writing import writing

NETWORK = Network.dense([2, 12, 1])
DELTA = Quantity("delta", 1, 0)


@pytest.mark.parametrize(
    ("notation", "letters"),
    [
        ("lecture", ["θ¹₂,₁₁", "δ²₁", "g′(z²₁)", "E", "Δθ¹₀₁"]),
        ("lecture_rule", ["θ¹₁₁,₂", "δ²₁", "g′(z²₁)", "E", "Δθ¹₁₀"]),
        ("pytorch", ["W¹₁₁,₂", "dL/dz¹₁", "g′(z¹₁)", "L", "Δb¹₁"]),
        ("words", ["θ¹₂,₁₁", "δ²₁", "g′(z²₁)", "E", "Δθ¹₀₁"]),
    ],
)
def test_letters(notation: str, letters: list[str]) -> None:
    write = writing(ViewState(notation=notation), NETWORK)
    quantities = [
        Quantity("weight", 1, 10, 1), DELTA, DELTA._replace(kind="slope"), Quantity("error"),
        Quantity("bias_step", 1, 0),
    ]  # fmt: skip
    assert [write.letter(quantity) for quantity in quantities] == letters


def test_the_sign_of_delta_turns_with_the_notation() -> None:
    assert writing(ViewState(), NETWORK).signed(DELTA, 0.5) == 0.5
    assert writing(ViewState(notation="nielsen"), NETWORK).signed(DELTA, 0.5) == -0.5
    assert writing(ViewState(notation="nielsen"), NETWORK).signed(DELTA._replace(kind="z"), 0.5) == 0.5
