"""The chain of reactions: the product of its links is ∂E/∂θ, and so is the sum over all paths."""

import math
from collections.abc import Iterator

import numpy as np
import pytest

from bpsim.backprop import Trace, backpropagate
from bpsim.chain import ERROR, Letter, branches, chain, path_count, paths, slope_of_error
from bpsim.errors import NetworkError
from bpsim.gradcheck import check_gradients
from bpsim.network import Network
from bpsim.notation import NOTATIONS
from bpsim.quantity import Quantity
from bpsim.settings import Settings
from tests.bpsim.reference import HIDDEN, PAIRS, far_from_kinks, instances_with

CASES = [(hidden, loss, output) for hidden in HIDDEN for loss, output in PAIRS]
MAZUR = Network.dense([2, 2, 2]).with_parameters(
    [[[0.15, 0.20], [0.25, 0.30]], [[0.40, 0.45], [0.50, 0.55]]], [[0.35, 0.35], [0.60, 0.60]]
)


def mazur() -> Trace:
    return backpropagate(MAZUR, [0.05, 0.10], [0.01, 0.99], Settings(update_biases=False))


def parameters(network: Network) -> Iterator[Quantity]:
    for l, mask in enumerate(network.masks):
        yield from (Quantity("weight", l + 1, int(i), int(j)) for i, j in np.argwhere(mask))
        yield from (Quantity("bias", l + 1, i) for i in range(len(mask)))


def letters(network: Network) -> Letter:
    """Return how the lecture writes a quantity of a network in its chain."""
    return lambda quantity: NOTATIONS["lecture"].chain_text(quantity, network)


def slope(trace: Trace, parameter: Quantity) -> float:
    """Return −Δθ / η."""
    _, layer, node, source, _ = parameter
    assert layer is not None
    if source is None:
        return -float(trace.bias_steps[layer - 1][node]) / trace.settings.learning_rate
    return -float(trace.weight_steps[layer - 1][node, source]) / trace.settings.learning_rate


# -- the product is the gradient -----------------------------------------------------------------------------


@pytest.mark.parametrize("missing", [0.0, 0.3], ids=["dense", "missing"])
@pytest.mark.parametrize(("loss", "output"), PAIRS, ids=["-".join(pair) for pair in PAIRS])
def test_products_and_sums_over_paths_are_the_gradient(loss: str, output: str, missing: float) -> None:
    rng = np.random.default_rng(list(map(ord, loss + output)))
    instances = instances_with(rng, loss, output, missing)
    for network, x, y in (next(instances) for _ in range(5)):
        trace = backpropagate(network, x, y, Settings(learning_rate=0.5))
        for parameter in parameters(network):
            expected = pytest.approx(slope(trace, parameter), rel=1e-12, abs=1e-15)
            assert chain(trace, parameter).product == expected
            count = path_count(trace, parameter)
            if count <= 64:
                ways = paths(trace, parameter)
                assert len(ways) == count
                assert math.fsum(way.product for way in ways) == expected
            else:
                assert paths(trace, parameter) == ()


@pytest.mark.parametrize(("hidden", "loss", "output"), CASES, ids=["-".join(case) for case in CASES])
def test_products_agree_with_central_differences(hidden: str, loss: str, output: str) -> None:
    rng = np.random.default_rng(list(map(ord, hidden + loss + output)))
    network = Network.dense([2, 3, 2], [hidden, output], loss).with_disconnected(1, 0, 1)
    while True:
        network = network.initialized("uniform", int(rng.integers(10**6)))
        x, y = rng.normal(size=2), np.array([0.3, 0.7])
        trace = backpropagate(network, x, y)
        if far_from_kinks(network, trace):
            break
    check = check_gradients(network, x, y)
    for parameter in parameters(network):
        l, node, source = parameter.layer - 1, parameter.node, parameter.source
        numeric = check.numeric_biases[l][node] if source is None else check.numeric_weights[l][node, source]
        assert chain(trace, parameter).product == pytest.approx(numeric, rel=2e-6, abs=1e-10)


def test_branches_add_up_as_delta_collects_them() -> None:
    trace = mazur()
    a = Quantity("a", 1, 0)
    ways = branches(trace, a)
    assert [way.link.target for way in ways] == [Quantity("z", 2, 0), Quantity("z", 2, 1)]
    # Mazur: 0.138498562 · 0.40 and −0.038098236 · 0.50
    assert [way.value for way in ways] == pytest.approx([0.055399425, -0.019049118], abs=1e-9)
    assert math.fsum(way.value for way in ways) == pytest.approx(slope_of_error(trace, a), rel=1e-14)
    assert slope_of_error(trace, ERROR) == 1


# -- what the links say --------------------------------------------------------------------------------------


def test_the_lectures_derivation() -> None:
    # Two inputs, one hidden node, one output: θ¹ → z² → a² → z³ → a³ → E.
    network = Network.dense([2, 1, 1], seed=3)
    trace = backpropagate(network, [0.3, 0.8], [1.0])
    whole = chain(trace, Quantity("weight", 1, 0, 1))
    assert [letters(network)(quantity) for quantity in whole.quantities] == [
        "θ¹₂₁",
        "z²₁",
        "a²₁",
        "z³₁",
        "a³₁",
        "E",
    ]
    assert [link.text(letters(trace.network)) for link in whole.links] == [
        "∂z²₁/∂θ¹₂₁ = a¹₂",
        "∂a²₁/∂z²₁ = g′(z²₁)",
        "∂z³₁/∂a²₁ = θ²₁₁",
        "∂a³₁/∂z³₁ = g′(z³₁)",
        "∂E/∂a³₁ = −(y₁ − a³₁)",
    ]
    assert whole.links[0].value == 0.8
    assert whole.links[2].value == network.weights[1][0, 0]
    assert whole.note == ""
    assert all(
        before.target == after.source for before, after in zip(whole.links, whole.links[1:], strict=False)
    )
    assert paths(trace, whole.start) == (whole,)


def test_several_ways_on_are_one_link_together_and_paths_one_by_one() -> None:
    trace, theta = mazur(), Quantity("weight", 1, 0, 0)
    together = chain(trace, theta)
    assert [link.text(letters(trace.network)) for link in together.links][2:] == ["∂E/∂a²₁ = Σ of 2 branches"]
    assert together.links[-1].number == Quantity("back_sum", 1, 0)
    assert together.product == pytest.approx(0.000438567734, abs=1e-12)  # Mazur: 0.000438568
    first, second = paths(trace, theta)
    assert [len(first.links), len(second.links)] == [5, 5]
    assert first.links[2].text(letters(trace.network)) == "∂z³₁/∂a²₁ = θ²₁₁"
    assert second.links[2].text(letters(trace.network)) == "∂z³₂/∂a²₁ = θ²₁₂"
    # Mazur's own way: 0.055399425 − 0.019049119 for the two outputs, times g′ and x.
    assert first.product == pytest.approx(0.055399425 * 0.241300709 * 0.05, rel=1e-7)
    assert second.product == pytest.approx(-0.019049119 * 0.241300709 * 0.05, rel=1e-7)


def test_a_bias_is_a_weight_on_1() -> None:
    link = chain(mazur(), Quantity("bias", 2, 1)).links[0]
    assert (link.text(letters(MAZUR)), link.value) == ("∂z³₂/∂θ²₀₂ = 1", 1.0)


def test_softmax_joins_all_outputs() -> None:
    network = Network.dense([2, 3], "softmax", "cross_entropy", seed=1)
    trace = backpropagate(network, [1, 0.5], [1, 0, 0])
    ways = paths(trace, Quantity("weight", 1, 1, 0))
    assert [way.links[1].text(letters(trace.network)) for way in ways] == [
        "∂a²₁/∂z²₂ = −a²₁ a²₂", "∂a²₂/∂z²₂ = a²₂ (1 − a²₂)", "∂a²₃/∂z²₂ = −a²₃ a²₂",
    ]  # fmt: skip
    assert ways[0].links[2].text(letters(trace.network)) == "∂E/∂a²₁ = −y₁/a²₁"
    assert (
        chain(trace, Quantity("weight", 1, 1, 0)).links[1].text(letters(trace.network))
        == "∂E/∂z²₂ = Σ of 3 branches"
    )


def test_cross_entropy_of_sigmoids() -> None:
    network = Network.dense([1, 1], "sigmoid", "cross_entropy", seed=1)
    link = chain(backpropagate(network, [1], [1]), Quantity("weight", 1, 0, 0)).links[2]
    assert link.text(letters(network)) == "∂E/∂a²₁ = (a²₁ − y₁)/(a²₁ (1 − a²₁))"


def test_other_letters_may_be_given() -> None:
    link = chain(mazur(), Quantity("weight", 1, 0, 0)).links[0]
    assert link.text(lambda quantity: quantity.kind) == "∂z/∂weight = input"


# -- where there is little to multiply -----------------------------------------------------------------------


@pytest.mark.parametrize(("output", "size", "y"), [("sigmoid", 1, [1.0]), ("softmax", 2, [1.0, 0.0])])
def test_saturated_outputs_give_numbers_and_say_so(output: str, size: int, y: list[float]) -> None:
    network = Network.dense([1, size], output, "cross_entropy", initializer="zeros")
    network = network.with_weight(0, 0, 0, -2000.0)  # a = 0 as far as numbers go, and ∂E/∂a is infinite
    trace = backpropagate(network, [1.0], y)
    whole = chain(trace, Quantity("weight", 1, 0, 0))
    assert whole.product == -1.0
    assert whole.links[1].text(letters(trace.network)) == "∂E/∂z²₁ = a²₁ − y₁"
    assert "g′ cancels" in whole.note
    assert [way.product for way in paths(trace, whole.start)] == [-1.0]


def test_saturated_on_the_right_side() -> None:
    network = Network.dense([1, 1], "sigmoid", "cross_entropy", initializer="zeros").with_weight(
        0, 0, 0, 800.0
    )
    whole = chain(backpropagate(network, [1.0], [1.0]), Quantity("weight", 1, 0, 0))
    assert whole.product == 0.0


def test_a_dead_end_changes_nothing() -> None:
    network = Network.dense([1, 2, 1], seed=1).with_disconnected(1, 0, 1)
    trace = backpropagate(network, [1.0], [0.5])
    whole = chain(trace, Quantity("weight", 1, 1, 0))
    assert whole.product == 0
    assert whole.links[-1].text(letters(trace.network)) == "∂E/∂a²₂ = 0"
    assert "No connection leads on" in whole.note
    assert paths(trace, whole.start) == ()
    assert path_count(trace, whole.start) == 0


def test_a_large_network_has_its_paths_counted_only() -> None:
    network = Network.dense([4, 30, 30, 30, 10])
    trace = backpropagate(network, np.ones(4), np.ones(10))
    theta = Quantity("weight", 1, 0, 0)
    assert path_count(trace, theta) == 30 * 30 * 10
    assert paths(trace, theta) == ()
    assert len(chain(trace, theta).links[-1].branches) == 30


def test_the_perceptron_has_none() -> None:
    trace = backpropagate(Network.dense([2, 1], "step"), [1, 0], [1])
    with pytest.raises(NetworkError, match="The perceptron has no chain of reactions"):
        chain(trace, Quantity("weight", 1, 0, 0))


@pytest.mark.parametrize(
    ("start", "sentence"),
    [
        (Quantity("z", 1, 0), "starts at a weight or a bias"),
        (Quantity("weight", 0, 0, 0), "starts at a weight or a bias"),
        (Quantity("weight", 1, 5, 0), "no such node"),
        (Quantity("weight", 1, 0, 5), "no such node"),
        (Quantity("weight", 1, 0, 0), "not connected"),
    ],
)
def test_what_is_no_parameter(start: Quantity, sentence: str) -> None:
    trace = backpropagate(MAZUR.with_disconnected(0, 0, 0), [0, 1], [0, 1])
    with pytest.raises(NetworkError, match=sentence):
        chain(trace, start)
