import numpy as np
import pytest

from bpsim.backprop import backpropagate
from bpsim.network import Network
from bpsim.quantity import KINDS, OF_ALL, OF_MEMORY, Quantity, remembered, value_of
from bpsim.settings import Settings

NETWORK = Network.dense([2, 3, 2], seed=1)
TRACE = backpropagate(NETWORK, [0.5, -1.0], [0.1, 0.9])

PLACES = {
    "input": (TRACE.input[1], Quantity("input", 0, 1)),
    "target": (TRACE.target[1], Quantity("target", 2, 1)),
    "z": (TRACE.pre_activations[1][2], Quantity("z", 1, 2)),  # type: ignore[index]
    "a": (TRACE.activations[2][0], Quantity("a", 2, 0)),
    "slope": (TRACE.derivatives[1][0], Quantity("slope", 1, 0)),  # type: ignore[index]
    "error_part": (TRACE.errors[1], Quantity("error_part", 2, 1)),
    "error": (TRACE.error, Quantity("error")),
    "downhill": (0.1 - TRACE.prediction[0], Quantity("downhill", 2, 0)),
    "back_sum": (TRACE.back_sums[1][1], Quantity("back_sum", 1, 1)),  # type: ignore[index]
    "delta": (TRACE.deltas[2][1], Quantity("delta", 2, 1)),  # type: ignore[index]
    "step": (TRACE.weight_steps[1][1, 2], Quantity("step", 2, 1, 2)),
    "bias_step": (TRACE.bias_steps[0][2], Quantity("bias_step", 1, 2)),
    "mean_step": (TRACE.weight_steps[0][2, 1], Quantity("mean_step", 1, 2, 1)),
    "mean_bias_step": (TRACE.bias_steps[1][1], Quantity("mean_bias_step", 2, 1)),
    "weight": (NETWORK.weights[1][0, 2], Quantity("weight", 2, 0, 2)),
    "bias": (NETWORK.biases[0][1], Quantity("bias", 1, 1)),
    "new_weight": (TRACE.updated.weights[0][1, 0], Quantity("new_weight", 1, 1, 0)),
    "new_bias": (TRACE.updated.biases[1][0], Quantity("new_bias", 2, 0)),
    "learning_rate": (0.5, Quantity("learning_rate")),
}

DECAYING = Settings(optimizer="adam", momentum=0.8, l1=0.25, l2=0.5)
EARLIER = backpropagate(NETWORK, [0.5, -1.0], [0.1, 0.9], DECAYING)
ADAM = backpropagate(NETWORK, [0.5, -1.0], [0.1, 0.9], DECAYING, memory=EARLIER.next_memory)
MOMENTUM = backpropagate(NETWORK, [0.5, -1.0], [0.1, 0.9], Settings(optimizer="momentum"))
OF_UPDATES = {
    "momentum": (ADAM, 0.8, Quantity("momentum")),
    "l1": (ADAM, 0.25, Quantity("l1")),
    "l2": (ADAM, 0.5, Quantity("l2")),
    "penalty": (ADAM, ADAM.penalty, Quantity("penalty")),
    "decay_step": (ADAM, ADAM.decay_steps[1][0, 2], Quantity("decay_step", 2, 0, 2)),  # type: ignore[index]
    "old_velocity": (MOMENTUM, 0.0, Quantity("old_velocity", 1, 0, 1)),
    "velocity": (MOMENTUM, MOMENTUM.weight_steps[0][0, 1], Quantity("velocity", 1, 0, 1)),
    "old_average": (ADAM, EARLIER.next_memory.first[1][1][0], Quantity("old_average", 2, 0)),
    "average": (ADAM, ADAM.next_memory.first[1][0][0, 2], Quantity("average", 2, 0, 2)),
    "old_square": (ADAM, EARLIER.next_memory.second[0][0][2, 1], Quantity("old_square", 1, 2, 1)),
    "square": (ADAM, ADAM.next_memory.second[0][1][2], Quantity("square", 1, 2)),
}


def test_every_kind_has_a_place_here() -> None:
    assert {*PLACES, *OF_UPDATES} == set(KINDS)
    assert set(KINDS) >= OF_MEMORY | OF_ALL


@pytest.mark.parametrize("kind", PLACES)
def test_the_number_is_the_traces(kind: str) -> None:
    expected, quantity = PLACES[kind]
    assert value_of(TRACE, quantity) == expected


@pytest.mark.parametrize("kind", OF_UPDATES)
def test_the_number_is_that_of_the_traces_update(kind: str) -> None:
    trace, expected, quantity = OF_UPDATES[kind]
    assert value_of(trace, quantity) == expected


@pytest.mark.parametrize(
    "kind", ["velocity", "old_velocity", "average", "old_average", "square", "decay_step"]
)
def test_plain_gradient_descent_remembers_nothing(kind: str) -> None:
    with pytest.raises(LookupError):
        value_of(TRACE, Quantity(kind, 1, 0, 0))


def test_nothing_new_is_remembered_before_the_batch_is_complete() -> None:
    settings = Settings(optimizer="momentum", batch_size=2)
    trace = backpropagate(NETWORK, [0, 0], [0, 0], settings, closes_batch=False)
    assert value_of(trace, Quantity("old_velocity", 1, 0, 0)) == 0
    with pytest.raises(LookupError):
        value_of(trace, Quantity("velocity", 1, 0, 0))


@pytest.mark.parametrize(
    "quantity",
    [
        Quantity("z", 0, 0),  # an input has no z
        Quantity("z", 3, 0),
        Quantity("z", 1, 3),
        Quantity("z", 1, -1),
        Quantity("z", -1, 0),
        Quantity("z", 1),
        Quantity("weight", 0, 0, 0),
        Quantity("weight", 1, 0),
        Quantity("weight", 1, 0, 2),
        Quantity("temperature", 1, 0),
    ],
)
def test_what_there_is_not(quantity: Quantity) -> None:
    with pytest.raises(LookupError, match="There is no number"):
        value_of(TRACE, quantity)


def test_there_is_no_mean_before_the_batch_is_complete() -> None:
    open_batch = backpropagate(NETWORK, [0, 0], [0, 0], Settings(batch_size=2), closes_batch=False)
    with pytest.raises(LookupError):
        value_of(open_batch, Quantity("mean_step", 1, 0, 0))


def test_which_kinds_an_optimizer_remembers() -> None:
    assert remembered(TRACE) == ()
    assert remembered(ADAM) == ("old_average", "old_square", "average", "square")
    settings = Settings(optimizer="momentum", batch_size=2)
    open_batch = backpropagate(NETWORK, [0, 0], [0, 0], settings, closes_batch=False)
    assert remembered(open_batch) == ("old_velocity",)


def test_numbers_of_earlier_instances() -> None:
    earlier = {4: backpropagate(NETWORK, np.array([2.0, 3.0]), [0, 0])}
    assert value_of(TRACE, Quantity("input", 0, 1, instance=4), earlier) == 3.0
    with pytest.raises(LookupError):
        value_of(TRACE, Quantity("input", 0, 1, instance=5), earlier)
