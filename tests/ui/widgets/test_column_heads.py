from bpsim.datasets import Dataset
from bpsim.made_data import DATASETS
from bpsim.network import Network
from bpsim.notation import NOTATIONS
from ui.widgets.column_heads import column_name, column_tip, output_name

DATA = Dataset([[1, 2]], [[3, 4]], target_names=["y₁", "height"])


def test_a_column_without_a_name_of_its_own_has_the_letter_of_the_notation() -> None:
    bishop = NOTATIONS["bishop"]
    assert [column_name(DATA, column, bishop) for column in range(4)] == ["x₁", "x₂", "t₁", "height"]
    assert column_name(DATA, 2, NOTATIONS["lecture"]) == "y₁"


def test_the_answer_of_an_output() -> None:
    network = Network.dense([2, 3, 2])
    letters = [output_name(1, network, NOTATIONS[name]) for name in ("lecture", "nielsen", "bishop")]
    assert letters == ["ŷ₂", "a³₂", "y₂"]
    assert output_name(1, None, NOTATIONS["nielsen"]) == "a₂"


def test_tips() -> None:
    assert column_tip(DATA, 1, NOTATIONS["lecture"]) == "Input 2: x₂"
    assert column_tip(DATA, 2, NOTATIONS["bishop"]) == "Target of output 1: t₁"
    classes = DATASETS["clusters"].make()
    assert column_tip(classes, 2, NOTATIONS["lecture"]) == "Class class 1: 1 for its instances"
