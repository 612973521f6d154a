"""The formula with numbers put in gives the trace's number, to 1e-12.

Every quantity, in every notation, is proved for
- every example, its first instances (8 at the most);
- every hidden activation with every error and output activation that go together, dense, and with missing
  connections and frozen biases; the perceptron;
- every optimizer with and without each weight decay, at the first updates and in mid-batch;
- batches with and without their earlier instances, edited on the way; targets that do not sum to 1;
- saturated nodes of sigmoid, tanh, softplus and ELU, where the formulas change their form.

On random networks of any depth every notation is taken on one of three networks.
"""

from collections.abc import Iterator, Sequence
from itertools import islice

import numpy as np
import pytest

from bpsim.backprop import Trace, backpropagate
from bpsim.examples import EXAMPLES, load_example
from bpsim.explain import Explanation, explain
from bpsim.formula import Formula, Number, evaluate, parts, quantities
from bpsim.formula_text import to_text
from bpsim.network import Network
from bpsim.notation import NOTATIONS
from bpsim.optimizers import OPTIMIZERS
from bpsim.quantity import REMEMBERED, Earlier, Quantity, value_of
from bpsim.recording import State
from bpsim.settings import Settings
from tests.bpsim.reference import HIDDEN, PAIRS, instances_with, random_instance

NOTATION_NAMES = list(NOTATIONS)


def every_quantity(trace: Trace) -> Iterator[Quantity]:
    """Yield every number of a trace that has a name."""
    network, last = trace.network, len(trace.network.sizes) - 1
    yield from (Quantity("error"), Quantity("learning_rate"))
    yield from (Quantity("input", 0, j) for j in range(network.sizes[0]))
    for k in range(network.sizes[-1]):
        yield from (Quantity(kind, last, k) for kind in ("target", "error_part", "downhill"))
    of_nodes = ["z", "a", "slope", "back_sum", "delta", "bias", "bias_step", "new_bias"]
    of_weights = ["weight", "step", "new_weight"]
    if trace.closes_batch:
        of_nodes.append("mean_bias_step")
        of_weights.append("mean_step")
    yield from _of_the_update(trace, of_nodes, of_weights)
    for layer in range(1, last + 1):
        for node in range(network.sizes[layer]):
            yield from (Quantity(kind, layer, node) for kind in of_nodes)
            for source in range(network.sizes[layer - 1]):
                yield from (Quantity(kind, layer, node, source) for kind in of_weights)


def _of_the_update(trace: Trace, of_nodes: list[str], of_weights: list[str]) -> Iterator[Quantity]:
    """Yield what belongs to optimizer and decay; add the kinds that are there for each node and weight."""
    for letter in OPTIMIZERS[trace.settings.optimizer].letters:
        now = [REMEMBERED[letter]] if trace.closes_batch else []
        of_nodes += [f"old_{REMEMBERED[letter]}", *now]
        of_weights += [f"old_{REMEMBERED[letter]}", *now]
    if trace.settings.decays:
        yield from (Quantity(kind) for kind in ("l1", "l2", "momentum", "penalty"))
        of_weights += ["decay_step"] if trace.closes_batch else []


def walk(formula: Formula) -> Iterator[Formula]:
    yield formula
    for part in parts(formula):
        yield from walk(part)


def largest_number(formula: Formula) -> float:
    return max((abs(part.value) for part in walk(formula) if isinstance(part, Number)), default=0.0)


def assert_close(found: float, expected: float, formula: Formula) -> None:
    """Assert equality to 1e-12; of a sum whose terms cancel, to 1e-15 of its largest number."""
    if found == expected:  # infinite ones, too
        return
    room = max(1e-12 * abs(expected), 1e-15 * largest_number(formula), 1e-300)
    assert abs(found - expected) <= room, (found, expected)


def assert_proved(trace: Trace, explanation: Explanation, earlier: Earlier | None = None) -> None:
    quantity, notation = explanation.quantity, explanation.notation

    def shown(of: Quantity) -> float:
        return notation.sign(of.kind) * value_of(trace, of, earlier)

    right = explanation.numbers.right
    assert explanation.result == shown(quantity)
    assert_close(evaluate(right), explanation.result, right)
    named = [part for part in walk(right) if part.quantity is not None]
    for part in named:
        assert part.quantity is not None
        if isinstance(part, Number):
            assert part.value == shown(part.quantity)
        else:
            assert_close(evaluate(part), shown(part.quantity), part)
    for step in explanation.steps:
        assert_close(evaluate(step), explanation.result, right)
    in_numbers = tuple(dict.fromkeys(part.quantity for part in named))
    assert quantities(explanation.written_out.right) == in_numbers
    assert explanation.terms == tuple(term for term in in_numbers if term != quantity)
    assert set(quantities(explanation.rule.right)) <= set(in_numbers)
    assert explanation.rule.left == explanation.written_out.left
    assert explanation.rule.left is not None
    assert explanation.rule.left.quantity == quantity


def assert_all_proved(
    trace: Trace, earlier: Earlier | None = None, notations: Sequence[str] = NOTATION_NAMES
) -> None:
    for name in notations:
        for quantity in every_quantity(trace):
            assert_proved(trace, explain(trace, quantity, name, earlier), earlier)


@pytest.mark.parametrize("name", [example.name for example in EXAMPLES])
def test_every_example(name: str) -> None:
    simulation = load_example(name).simulation()
    for _ in range(min(len(simulation.dataset), 8)):
        assert_all_proved(simulation.trace)
        simulation.step("instance")


@pytest.mark.parametrize("missing", [False, True], ids=["dense", "missing"])
@pytest.mark.parametrize(("loss", "output"), PAIRS, ids=["-".join(pair) for pair in PAIRS])
def test_every_activation_with_every_loss(loss: str, output: str, missing: bool) -> None:
    rng = np.random.default_rng(list(map(ord, loss + output)))
    for number, hidden in enumerate(HIDDEN):
        other = HIDDEN[number - 1]
        network = Network.dense([2, 2, 2, 2], [hidden, other, output], loss, seed=number)
        if missing:
            for edge in ((0, 0, 1), (1, 1, 0), (1, 1, 1), (2, 1, 0)):
                network = network.with_disconnected(*edge)
        instance = random_instance(rng, network)
        assert_all_proved(backpropagate(network, *instance, Settings(update_biases=not missing)))


@pytest.mark.parametrize("missing", [0.0, 0.4], ids=["dense", "missing"])
@pytest.mark.parametrize(("loss", "output"), PAIRS, ids=["-".join(pair) for pair in PAIRS])
def test_networks_of_any_depth(loss: str, output: str, missing: float) -> None:
    rng = np.random.default_rng(list(map(ord, loss + output)))
    instances = instances_with(rng, loss, output, missing)
    for number, (network, x, y) in enumerate(islice(instances, 3)):  # every notation on one of three networks
        trace = backpropagate(network, x, y, Settings(update_biases=number != 1))
        assert_all_proved(trace, notations=NOTATION_NAMES[number::3])


def test_the_perceptron() -> None:
    network = Network.dense([3, 2], "step", seed=1)
    assert_all_proved(backpropagate(network, [1, -1, 0.5], [1, 0]))


@pytest.mark.parametrize(("loss", "output"), PAIRS, ids=["-".join(pair) for pair in PAIRS])
@pytest.mark.parametrize("scale", [12.0, 60.0, 3000.0])
def test_saturated_nodes(loss: str, output: str, scale: float) -> None:
    rng = np.random.default_rng(3)
    for name in ("sigmoid", "tanh", "softplus", "elu"):
        network = Network.dense([1, 2, 3], [name, output], loss, seed=int(rng.integers(99)))
        network = network.with_parameters([w * scale for w in network.weights], network.biases)
        x, y = random_instance(rng, network)
        assert_all_proved(backpropagate(network, x, y))
        assert_all_proved(backpropagate(network, x, [0.0, 1.0, 0.0]), notations=("lecture", "nielsen"))


def test_targets_that_do_not_sum_to_1() -> None:
    network = Network.dense([2, 2, 3], ["tanh", "softmax"], "cross_entropy", seed=2)
    assert_all_proved(backpropagate(network, [0.3, -1], [0.9, 0.5, 0.2]))


@pytest.mark.parametrize("update_biases", [True, False], ids=["biases", "frozen"])
def test_batches(update_biases: bool) -> None:
    network = Network.dense([2, 3, 2], "tanh", seed=4).with_disconnected(0, 1, 0)
    settings = Settings(batch_size=3, update_biases=update_biases)
    rng, earlier, batch = np.random.default_rng(5), {}, None
    for row in (7, 2, 9):
        last = row == 9
        trace = backpropagate(
            network, *random_instance(rng, network), settings, batch=batch, closes_batch=last
        )
        batch = trace.batch
        if not last:
            assert_all_proved(trace)
            earlier[row] = trace
    assert_all_proved(trace, earlier)
    assert_all_proved(trace)  # by the sum over the batch, as one number
    mean = explain(trace, Quantity("mean_step", 2, 1, 0), earlier=earlier)
    steps = [Quantity("step", 2, 1, 0, row) for row in (7, 2)]
    assert mean.terms == (*steps, Quantity("step", 2, 1, 0))
    assert_proved(trace, explain(trace, steps[1], earlier=earlier), earlier)
    assert Quantity("delta", 2, 1, instance=2) in explain(trace, steps[1], earlier=earlier).terms


def test_a_batch_during_which_the_network_was_edited() -> None:
    network, settings = Network.dense([2, 2, 1], "tanh", seed=4), Settings(batch_size=2)
    first = backpropagate(network, [1, 2], [0.5], settings, closes_batch=False)
    cut, frozen = network.with_disconnected(0, 1, 0), settings.with_(update_biases=False)
    trace = backpropagate(cut, [2, 1], [0.1], frozen, batch=first.batch)
    assert_all_proved(trace, {0: first})
    assert_all_proved(trace)


@pytest.mark.parametrize("name", HIDDEN)
def test_z_is_0_where_an_activation_may_have_a_kink(name: str) -> None:
    network = Network.dense([2, 2, 1], [name, "linear"], seed=1)
    network = network.with_parameters(network.weights, [[0.0, 0.0], [0.0]])
    assert_all_proved(backpropagate(network, [0, 0], [1]))


@pytest.mark.parametrize("l2", [0.0, 0.1], ids=["", "l2"])
@pytest.mark.parametrize("l1", [0.0, 0.05], ids=["", "l1"])
@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_every_optimizer(optimizer: str, l1: float, l2: float) -> None:
    network = Network.dense([2, 3, 2], "tanh", seed=4).with_disconnected(0, 1, 0).with_weight(1, 0, 0, 0.0)
    settings = Settings(0.05, batch_size=2, optimizer=optimizer, l1=l1, l2=l2)
    rng, state = np.random.default_rng(6), State.start(network, settings)
    for number in range(6):
        if number == 4:
            settings = settings.with_(update_biases=False)
        trace = backpropagate(
            state.network, *random_instance(rng, network), settings,
            batch=state.batch, memory=state.memory, closes_batch=number % 2 == 1,
        )  # fmt: skip
        state = State.after(trace)
        if number < 2 or number > 3:
            assert_all_proved(trace)
    assert_all_proved(backpropagate(network, *random_instance(rng, network), settings))


def test_the_penalty_of_many_weights_is_one_number() -> None:
    network = Network.dense([10, 10], seed=1)
    trace = backpropagate(network, np.ones(10), np.zeros(10), Settings(l1=0.1, l2=0.1))
    explanation = explain(trace, Quantity("penalty"))
    assert_proved(trace, explanation)
    assert explanation.terms == (Quantity("l1"), Quantity("l2"))
    assert "The sum over all 100 weights is shown as one number." in explanation.notes


def test_the_trace_has_no_mean_before_the_batch_is_complete() -> None:
    network = Network.dense([1, 1])
    trace = backpropagate(network, [1], [1], Settings(batch_size=2), closes_batch=False)
    with pytest.raises(LookupError, match="no number"):
        explain(trace, Quantity("mean_step", 1, 0, 0))


@pytest.mark.parametrize("name", NOTATION_NAMES)
def test_a_sum_of_many_terms_is_folded(name: str) -> None:
    network = Network.dense([2, 3, 128], seed=0)
    trace = backpropagate(network, [1, 2], np.linspace(0, 1, 128))
    explanation = explain(trace, Quantity("delta", 1, 0), name)
    assert_proved(trace, explanation)
    (total,) = [p for p in walk(explanation.numbers) if p.quantity == Quantity("back_sum", 1, 0)]
    sizes = [abs(evaluate(term)) for term in total.terms]  # type: ignore[attr-defined]
    assert len(sizes) == 128
    assert total.folded == tuple(sorted({0, int(np.argmax(sizes)), 127}))  # type: ignore[attr-defined]
    assert len(to_text(explanation.rule, str)) < 120
