from bpsim.datasets import Dataset
from bpsim.network import Network
from bpsim.notation import NOTATIONS
from bpsim.scoring import Classes
from ui.class_names import class_names, output_letter, output_name
from ui.numbers import NumberFormat


def test_classes_of_several_targets_have_their_names() -> None:
    data = Dataset([[0.0]], [[1.0, 0.0]], target_names=["cat", "dog"])
    assert class_names(Classes(names=data.target_names), data, NumberFormat()) == ["cat", "dog"]


def test_classes_of_a_single_target_are_called_by_its_values() -> None:
    data = Dataset([[0.0], [1.0]], [-0.9, 0.9])
    assert class_names(Classes(-0.9, 0.9), data, NumberFormat(3, ",")) == ["y₁ = −0,9", "y₁ = 0,9"]


def test_outputs_are_numbered_from_1_and_say_a_name_of_their_own() -> None:
    letters = [
        output_letter(11, Network.dense([2, 12]), NOTATIONS[n]) for n in ("lecture", "nielsen", "bishop")
    ]
    assert letters == ["ŷ₁₂", "a²₁₂", "y₁₂"]
    assert output_name(Dataset([[0.0]], [[1.0, 0.0]]), 1, "ŷ₂") == "ŷ₂"
    assert output_name(Dataset([[0.0]], [[1.0, 0.0]], target_names=["cat", "dog"]), 1, "a²₂") == "a²₂ dog"
