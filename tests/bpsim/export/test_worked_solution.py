"""The worked solution of an instance: complete, and the same in every form."""

import pytest

import bpsim
from bpsim.backprop import Trace, backpropagate
from bpsim.export.documents import to_markdown
from bpsim.export.worked_solution import ROUNDING, Solution, TooLargeError, work_out
from bpsim.network import Network
from bpsim.quantity import Quantity
from bpsim.settings import Settings
from tests.bpsim.formulas import Digits


def first_instance(example: str) -> Trace:
    return bpsim.load_example(example).simulation().trace


def solution(example: str = "mazur", notation: str = "lecture") -> Solution:
    return work_out(first_instance(example), Digits(5), notation)


def test_every_phase_explains_all_of_its_numbers() -> None:
    counts = {section.title: len(section.explanations) for section in solution().sections}
    assert counts == {"Receive": 4, "Forward": 8, "Error": 3, "Backward": 8, "Gradient": 12, "Update": 12}


def test_markdown_has_the_published_numbers() -> None:
    """Mazur: E = .298371109, ŷ₁ = .751365, δ of output 1 = −.138499, its new first weight .358916."""
    text = to_markdown(solution())
    assert text.startswith("# Worked solution\n\nA network of 2, 2 and 2 nodes")
    for number in ("0.29837", "0.75137", "−0.13850", "0.35892"):
        assert f"= {number}\n" in text or f"≈ {number}\n" in text


def test_a_network_that_is_too_large_is_refused_with_the_way_out() -> None:
    trace = backpropagate(Network.dense([30, 30, 1]), [0.0] * 30, [1.0])
    with pytest.raises(TooLargeError, match=r"up to 48 nodes; this network has 61\. .* CSV table"):
        work_out(trace, Digits(5))


def test_the_update_says_what_the_optimizer_remembers_and_what_decay_takes() -> None:
    project = bpsim.load_example("mazur")
    settings = bpsim.Settings(optimizer="adam", l2=0.1, update_biases=False)
    trace = backpropagate(project.network, project.dataset.inputs[0], project.dataset.targets[0], settings)
    sections = {section.title: section for section in work_out(trace, Digits(5)).sections}
    kinds = [explanation.quantity.kind for explanation in sections["Update"].explanations]
    assert list(dict.fromkeys(kinds)) == ["decay_step", "average", "square", "new_weight", "new_bias"]
    assert len(kinds) == 8 + 3 * 12
    assert sections["Error"].explanations[-1].title == "penalty"


def test_a_note_is_said_once() -> None:
    notes = [note for section in solution().sections for e in section.explanations for note in e.notes]
    assert len(notes) == len(set(notes))
    assert "The bias is the weight of a constant 1." in notes


def test_what_network_it_is() -> None:
    assert solution().setting == (
        "A network of 2, 2 and 2 nodes (sigmoid, sigmoid); error: mean squared; gradient descent, η = 0.5. "
        + ROUNDING
    )


def test_the_mean_over_a_batch_by_its_instances() -> None:
    network, settings = Network.dense([1, 1], seed=1), Settings(batch_size=2)
    first = backpropagate(network, [1], [0], settings, closes_batch=False)
    last = backpropagate(network, [2], [1], settings, batch=first.batch)
    update = work_out(last, Digits(5), earlier={5: first}).sections[-1]
    mean = update.explanations[0]
    assert mean.quantity == Quantity("mean_step", 1, 0, 0)
    assert mean.terms == (Quantity("step", 1, 0, 0, 5), Quantity("step", 1, 0, 0))
