"""The six phases: what they return, batches, frozen biases, missing connections, the perceptron rule."""

from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import ArrayLike

from bpsim.backprop import (
    PHASES,
    Batch,
    Trace,
    backpropagate,
    backward_pass,
    compute_error,
    forward,
    forward_pass,
    receive,
    update,
    weight_steps,
)
from bpsim.errors import DivergenceError, MisfitError
from bpsim.network import Network
from bpsim.settings import Settings
from bpsim.training import train
from tests.bpsim.reference import bits, xor


def linear(*layers: list[list[float]]) -> Network:
    """Return a linear network of these weights, without biases' effect."""
    sizes = [len(layers[0][0]), *(len(rows) for rows in layers)]
    return Network.dense(sizes, "linear", initializer="zeros").with_parameters(weights=layers)


class TestTrace:
    NETWORK = Network.dense([2, 3, 2], seed=4)

    def test_one_entry_a_layer(self) -> None:
        trace = backpropagate(self.NETWORK, [0.1, 0.9], [0, 1])
        sizes = [2, 3, 2]
        assert [len(a) for a in trace.activations] == sizes
        for layers in (trace.pre_activations, trace.derivatives, trace.back_sums, trace.deltas):
            assert layers[0] is None
            assert [len(layer) for layer in layers[1:] if layer is not None] == sizes[1:]
        assert [steps.shape for steps in trace.weight_steps] == [(3, 2), (2, 3)]
        assert [steps.shape for steps in trace.bias_steps] == [(3,), (2,)]
        assert trace.errors.shape == (2,)

    def test_keeps_what_went_in(self) -> None:
        settings = Settings(learning_rate=0.1)
        trace = backpropagate(self.NETWORK, [0.1, 0.9], [0, 1], settings)
        assert trace.network is self.NETWORK
        assert trace.settings is settings
        assert trace.input.tolist() == trace.activations[0].tolist() == [0.1, 0.9]
        assert trace.target.tolist() == [0, 1]
        assert trace.prediction is trace.activations[-1]
        assert trace.error == trace.errors.sum()

    def test_every_array_is_read_only_and_nobody_elses(self) -> None:
        x, y = np.array([0.1, 0.9]), np.array([0.0, 1.0])
        trace = backpropagate(self.NETWORK, x, y, batch=None)
        arrays = [
            array
            for value in vars(trace).values()
            if isinstance(value, tuple | np.ndarray)
            for array in (value if isinstance(value, tuple) else [value])
            if array is not None
        ]
        assert len(arrays) > 15
        assert not any(array.flags.writeable for array in arrays)
        x[0] = 5
        assert trace.input[0] == 0.1

    def test_phases_called_one_by_one_give_the_same(self) -> None:
        settings = Settings(learning_rate=0.2)
        trace = backpropagate(self.NETWORK, [0.1, 0.9], [0, 1], settings)
        x, y = receive(self.NETWORK, [0.1, 0.9], [0, 1])
        z, a = forward_pass(self.NETWORK, x)
        assert z[-1] is not None
        errors, error = compute_error(self.NETWORK, y, z[-1], a[-1])
        deltas, sums, derivatives = backward_pass(self.NETWORK, y, z, a[-1])
        steps, bias_steps = weight_steps(self.NETWORK, settings, a, deltas)
        assert len(PHASES) == 6
        for ours, its in (
            (z, trace.pre_activations),
            (a, trace.activations),
            (errors, trace.errors),
            (error, trace.error),
            (deltas, trace.deltas),
            (sums, trace.back_sums),
            (derivatives, trace.derivatives),
            (steps, trace.weight_steps),
            (update(self.NETWORK, steps, bias_steps), trace.updated),
        ):
            assert bits(ours) == bits(its)

    def test_is_the_same_every_time(self) -> None:
        first, second = (backpropagate(self.NETWORK, [0.1, 0.9], [0, 1]) for _ in range(2))
        assert bits(first) == bits(second)


class TestMisfit:
    NETWORK = Network.dense([2, 3, 1])

    @pytest.mark.parametrize(
        ("x", "y", "sentence"),
        [
            ([1], [1], "The network has 2 input nodes, the instance has 1 values for them."),
            ([1, 2], [1, 0], "The network has 1 output nodes, the instance has 2 values for them."),
            ([[1, 2]], [1], "The network has 2 input nodes, the instance has 2 values for them."),
            ([1, float("nan")], [1], "The values for the input nodes must be finite numbers."),
            ([1, 2], [float("inf")], "The values for the output nodes must be finite numbers."),
        ],
    )
    def test_says_what(self, x: list[float], y: list[float], sentence: str) -> None:
        with pytest.raises(MisfitError) as error:
            backpropagate(self.NETWORK, x, y)
        assert str(error.value) == sentence

    def test_large_numbers_are_no_misfit(self) -> None:
        backpropagate(self.NETWORK, [1e200, -1e200], [1])


class TestMissingConnections:
    def test_take_no_part(self) -> None:
        # z₁ = 2 · 3, z₂ = 5 · 4 without the crossing weights; δ comes back on the same ways
        network = linear([[2, 7], [7, 5]], [[1, 1]]).with_disconnected(0, 0, 1).with_disconnected(0, 1, 0)
        trace = backpropagate(network, [3, 4], [0], Settings(learning_rate=0.01))
        assert trace.pre_activations[1].tolist() == [6, 20]  # type: ignore[union-attr]
        assert trace.weight_steps[0].tolist() == [
            [pytest.approx(0.01 * -26 * 3), 0],
            [0, pytest.approx(-1.04)],
        ]
        assert trace.updated.weights[0][0, 1] == trace.updated.weights[0][1, 0] == 0

    def test_no_delta_comes_back_over_one(self) -> None:
        network = linear([[1], [1]], [[2, 3], [4, 5]]).with_disconnected(1, 1, 0)
        trace = backpropagate(network, [1], [0, 0])
        assert trace.deltas[2].tolist() == [-5, -5]  # type: ignore[union-attr]
        assert trace.deltas[1].tolist() == [2 * -5, 3 * -5 + 5 * -5]  # type: ignore[union-attr]

    def test_stay_missing_through_a_training(self) -> None:
        network = Network.dense([2, 3, 1], seed=3).with_disconnected(0, 1, 0).with_disconnected(1, 0, 2)
        *_, last = train(network, xor(), Settings(batch_size=3, shuffle=True), epochs=20)
        for l, i, j in ((0, 1, 0), (1, 0, 2)):
            assert last.network.weights[l][i, j] == 0
            assert not np.signbit(last.network.weights[l][i, j])
        moved = last.network.weights[0] != network.weights[0]
        assert moved.tolist() == [[True, True], [False, True], [False, False]]  # node 3 leads nowhere

    def test_node_without_any_outgoing_connection_has_no_delta(self) -> None:
        network = linear([[1], [1]], [[2, 3]]).with_disconnected(1, 0, 1)
        trace = backpropagate(network, [1], [0])
        assert trace.deltas[1].tolist() == [-4, 0]  # type: ignore[union-attr]
        assert trace.bias_steps[0][1] == 0


class TestBiases:
    def test_move_by_eta_delta(self) -> None:
        trace = backpropagate(linear([[2]]), [3], [5], Settings(learning_rate=0.1))  # δ = 5 − 6
        assert trace.bias_steps[0].tolist() == [-0.1]
        assert trace.updated.biases[0].tolist() == [-0.1]
        assert trace.updated.weights[0].tolist() == [[2 - 0.1 * 3]]

    def test_frozen_ones_stay(self) -> None:
        network = Network.dense([2, 3, 2], seed=4)
        trace = backpropagate(network, [1, 1], [0, 1], Settings(update_biases=False))
        assert bits(trace.updated.biases) == bits(network.biases)
        assert not any(steps.any() for steps in trace.bias_steps)
        assert trace.updated.weights[1].tolist() != network.weights[1].tolist()


def run_batch(
    network: Network, settings: Settings, instances: Sequence[tuple[ArrayLike, ArrayLike]]
) -> list[Trace]:
    traces: list[Trace] = []
    batch: Batch | None = None
    for number, (x, y) in enumerate(instances, start=1):
        closes = number == len(instances)
        traces.append(backpropagate(network, x, y, settings, batch=batch, closes_batch=closes))
        batch = traces[-1].batch
    return traces


class TestBatch:
    NETWORK = linear([[2]])
    INSTANCES = (([3], [5]), ([1], [4]), ([2], [2]))  # δ = −1, 2, −2

    def test_is_averaged(self) -> None:
        traces = run_batch(self.NETWORK, Settings(learning_rate=0.1), self.INSTANCES)
        assert [trace.closes_batch for trace in traces] == [False, False, True]
        assert [trace.batch.count for trace in traces] == [1, 2, 3]
        assert traces[2].mean_weight_steps is not None
        assert traces[2].mean_bias_steps is not None
        # Δθ = 0.1 · (−1 · 3 + 2 · 1 − 2 · 2) / 3, Δθ₀ = 0.1 · (−1 + 2 − 2) / 3
        np.testing.assert_allclose(traces[2].mean_weight_steps[0], [[-0.5 / 3]], rtol=1e-15)
        np.testing.assert_allclose(traces[2].mean_bias_steps[0], [-0.1 / 3], rtol=1e-15)
        np.testing.assert_allclose(traces[2].updated.weights[0], [[2 - 0.5 / 3]], rtol=1e-15)

    def test_only_the_last_instance_updates(self) -> None:
        traces = run_batch(self.NETWORK, Settings(learning_rate=0.1), self.INSTANCES)
        for trace in traces[:2]:
            assert trace.updated is self.NETWORK
            assert trace.mean_weight_steps is None
            assert trace.mean_bias_steps is None
        np.testing.assert_allclose(traces[1].weight_steps[0], [[0.2]], rtol=1e-15)  # its own, not the sum
        np.testing.assert_allclose(traces[1].batch.weight_steps[0], [[-0.1]], rtol=1e-14)

    def test_of_one_is_the_lectures_rule(self) -> None:
        trace = backpropagate(self.NETWORK, [3], [5])
        assert bits(trace.mean_weight_steps) == bits(trace.weight_steps)

    def test_connection_cut_on_the_way_does_not_come_back(self) -> None:
        network = linear([[2, 1]])
        first = backpropagate(network, [3, 1], [0], closes_batch=False)
        cut = network.with_disconnected(0, 0, 1)
        second = backpropagate(cut, [1, 1], [0], batch=first.batch)
        assert second.updated.weights[0][0, 1] == 0
        assert second.mean_weight_steps is not None
        assert second.mean_weight_steps[0][0, 1] == 0

    def test_biases_frozen_on_the_way_do_not_move(self) -> None:
        first = backpropagate(self.NETWORK, [3], [5], closes_batch=False)
        second = backpropagate(self.NETWORK, [1], [4], Settings(update_biases=False), batch=first.batch)
        assert second.updated.biases[0].tolist() == [0]


class TestPerceptron:
    """The lecture's recap: θ ← θ + η (y − ŷ) x, with x₀ = 1 for the bias."""

    START = Network.dense([2, 1], "step", initializer="zeros")
    AND = (([0, 0], [0]), ([0, 1], [0]), ([1, 0], [0]), ([1, 1], [1]))
    BY_HAND = (  # (θ₀, θ₁, θ₂) after each epoch, η = 1
        (0, 1, 1),  # (0,0) is called 1: θ₀ = −1; (1,1) is called 0: all + 1
        (-1, 2, 1),
        (-2, 2, 1),
        (-2, 2, 2),
        (-3, 2, 1),
        (-3, 2, 1),  # nothing is wrong any more
    )  # fmt: skip

    def test_and_by_hand(self) -> None:
        network, seen = self.START, []
        for _ in self.BY_HAND:
            for x, y in self.AND:
                network = backpropagate(network, x, y, Settings(learning_rate=1)).updated
            seen.append((network.biases[0][0], *network.weights[0][0]))
        assert seen == list(self.BY_HAND)
        assert forward(network, [x for x, _ in self.AND]).tolist() == [y for _, y in self.AND]

    @pytest.mark.parametrize(("y", "sign"), [(0, -1), (1, 0)])
    def test_rule(self, y: int, sign: int) -> None:
        network = self.START.with_parameters([[[0.5, 2]]], [[0.25]])
        trace = backpropagate(network, [3, -0.5], [y], Settings(learning_rate=0.1))  # z = 0.75, ŷ = 1
        assert trace.weight_steps[0][0].tolist() == pytest.approx([sign * 0.3, -sign * 0.05])
        assert trace.bias_steps[0].tolist() == pytest.approx([sign * 0.1])
        assert trace.error == (0.5 if sign else 0)

    def test_xor_never_ends(self) -> None:
        errors, states = [], set()
        for snapshot in train(self.START, xor(), Settings(learning_rate=1), epochs=100):
            errors.append(snapshot.error)
            states.add(snapshot.network.weights[0].tobytes() + snapshot.network.biases[0].tobytes())
        assert min(errors) > 0
        assert len(states) < 10  # it goes round in circles

    def test_several_outputs_learn_side_by_side(self) -> None:
        network = Network.dense([2, 2], "step", initializer="zeros")  # AND and OR
        for _ in range(10):
            for x, (y, either) in zip(
                ([0, 0], [0, 1], [1, 0], [1, 1]), ((0, 0), (0, 1), (0, 1), (1, 1)), strict=True
            ):
                network = backpropagate(network, x, [y, either]).updated
        assert forward(network, [[0, 0], [0, 1], [1, 0], [1, 1]]).tolist() == [[0, 0], [0, 1], [0, 1], [1, 1]]


class TestDivergence:
    HUGE = 1e200

    def named(
        self, network: Network, x: list[float], y: list[float], eta: float = 0.5, closes: bool = True
    ) -> str:
        with pytest.raises(DivergenceError) as error:
            backpropagate(network, x, y, Settings(learning_rate=eta), closes_batch=closes)
        assert error.value.epoch is None
        return error.value.quantity

    def test_z(self) -> None:
        assert self.named(linear([[1], [self.HUGE]], [[1, self.HUGE]]), [1], [0]) == "z of output 1"
        hidden = linear([[1], [self.HUGE]], [[1, 0]]).with_all_activations("sigmoid")
        assert self.named(hidden, [self.HUGE], [0]) == "z of hidden node 2"
        deep = Network.dense([1, 1, 1, 1]).with_weight(1, 0, 0, 1e308).with_bias(1, 0, 1.7e308)
        assert self.named(deep.with_activation(1, "linear").with_bias(0, 0, 1e10), [1], [0]) == (
            "z of node 1 of hidden layer 2"
        )

    def test_error(self) -> None:
        assert self.named(linear([[1], [self.HUGE]]), [1], [0, 0]) == "E of output 2"
        assert self.named(linear([[1.3e154]] * 3), [1], [0, 0, 0]) == "E"

    def test_delta(self) -> None:
        assert self.named(linear([[0]], [[self.HUGE]]), [1], [1e150]) == "δ of hidden node 1"

    def test_weight_and_bias(self) -> None:
        network = linear([[0, 0]])
        assert self.named(network, [0, 1e100], [1e150], 1e100) == "The weight from input 2 to output 1"
        cut = network.with_disconnected(0, 0, 0).with_disconnected(0, 0, 1)
        assert self.named(cut, [1, 1], [1e150], self.HUGE) == "The bias of output 1"

    def test_step_within_a_batch(self) -> None:
        assert self.named(linear([[0]]), [1], [1e150], self.HUGE, closes=False) == (
            "Δθ of the weight from input 1 to output 1"
        )

    def test_sentence(self) -> None:
        error = DivergenceError("z of output 1", 2, 0)
        assert str(error) == (
            "z of output 1 became too large to compute at instance 1 of epoch 3. "
            "The learning rate η is probably too large: step back and choose a smaller one."
        )
        assert "instance" not in str(DivergenceError("E"))
