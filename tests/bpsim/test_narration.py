"""What just happened, sentence by sentence."""

import dataclasses

import pytest

from bpsim.backprop import PHASES
from bpsim.datasets import Dataset
from bpsim.examples import load_example
from bpsim.moment import Moment
from bpsim.narration import describe, phase_explanation
from bpsim.network import Network
from bpsim.notation import NOTATIONS
from bpsim.settings import Settings
from bpsim.simulation import Simulation

DEMO = load_example("lecture_demo")
XOR = load_example("xor")


def told(simulation: Simulation, *sizes: str) -> list[str]:
    """Return the sentence after each of these steps."""
    sentences = []
    for size in sizes:
        simulation.step(size)
        sentences.append(describe(simulation.moment, size))
    return sentences


def demo(network: Network = DEMO.network, **settings: object) -> Simulation:
    return Simulation(network, DEMO.dataset, Settings().with_(**settings))


def sparse() -> Network:
    """The demo with connections missing: x₂ alone leads to hidden node 1, nothing to 2; 1 leads nowhere."""
    network = DEMO.network.with_disconnected(0, 0, 0).with_disconnected(0, 1, 0).with_disconnected(0, 1, 1)
    return network.with_disconnected(1, 0, 0).with_disconnected(1, 1, 0).with_disconnected(1, 0, 1)


# -- the lecture's demo ------------------------------------------------------


def test_node_by_node() -> None:
    simulation = demo()
    assert describe(simulation.moment) == "Press → to receive the first instance"
    assert told(simulation, *["node"] * 21) == [
        "Receive: x₁ of instance 1 enters the network",
        "Receive: x₂ of instance 1 enters the network",
        "Forward: z and a of hidden node 1 from both inputs",
        "Forward: z and a of hidden node 2 from both inputs",
        "Forward: z and a of hidden node 3 from both inputs",
        "Forward: z and a of output 1 from the three hidden nodes",
        "Forward: z and a of output 2 from the three hidden nodes",
        "Error: ŷ₁ is compared with y₁",
        "Error: ŷ₂ is compared with y₂, and the errors add up to E",
        "Backward: δ of output 1 from y₁ − ŷ₁ and g′(z)",
        "Backward: δ of output 2 from y₂ − ŷ₂ and g′(z)",
        "Backward: δ of hidden node 1 from the δ of both output nodes",
        "Backward: δ of hidden node 2 from the δ of both output nodes",
        "Backward: δ of hidden node 3 from the δ of both output nodes",
        "Gradient: Δθ of the three weights into output 1 and of its bias",
        "Gradient: Δθ of the three weights into output 2 and of its bias",
        "Gradient: Δθ of both weights into hidden node 1 and of its bias",
        "Gradient: Δθ of both weights into hidden node 2 and of its bias",
        "Gradient: Δθ of both weights into hidden node 3 and of its bias",
        "Update: all weights and biases change at once",
        "Receive: x₁ of instance 2 enters the network",
    ]


def test_layer_by_layer() -> None:
    assert told(demo(), *["layer"] * 9) == [
        "Receive: x₁ and x₂ of instance 1 enter the network",
        "Forward: z and a of all three hidden nodes from both inputs",
        "Forward: z and a of both output nodes from the three hidden nodes",
        "Error: ŷ₁ and ŷ₂ are compared with y₁ and y₂, and the errors add up to E",
        "Backward: δ of both output nodes from y − ŷ and g′(z)",
        "Backward: δ of all three hidden nodes from the δ of both output nodes",
        "Gradient: Δθ of the six weights into the output layer and of its biases",
        "Gradient: Δθ of the six weights into the hidden layer and of its biases",
        "Update: all weights and biases change at once",
    ]


def test_phase_by_phase() -> None:
    assert told(demo(), *["phase"] * 6) == [
        "Receive: x₁ and x₂ of instance 1 enter the network",
        "Forward: z and a of the hidden layer, then of the output layer",
        "Error: ŷ₁ and ŷ₂ are compared with y₁ and y₂, and the errors add up to E",
        "Backward: δ of the output layer, then of the hidden layer",
        "Gradient: Δθ of all weights and biases, from the output layer back to the hidden layer",
        "Update: all weights and biases change at once",
    ]


def test_the_rest_of_a_phase_is_told_by_where_it_has_come_to() -> None:
    simulation = demo()
    simulation.go_to(0, 6, "phase")  # the hidden layer and one of two outputs
    assert describe(simulation.moment, "phase") == "Forward: z and a of output 1 from the three hidden nodes"
    simulation.go_to(0, 13, "phase")
    assert (
        describe(simulation.moment, "phase")
        == "Backward: δ of hidden nodes 1 and 2 from the δ of both output nodes"
    )
    simulation.go_to(0, 18, "layer")
    assert (
        describe(simulation.moment, "layer")
        == "Gradient: Δθ of the four weights into hidden nodes 1 and 2 and of their biases"
    )


def test_instances_and_epochs_as_a_whole() -> None:
    assert told(demo(), "instance", "instance", "epoch", "phase", "instance", "epoch") == [
        "Instance 1 of epoch 1 is complete: all weights and biases have changed",
        "Instance 2 of epoch 1 is complete: all weights and biases have changed",
        "Epoch 2 is complete: both instances have been trained",
        "Receive: x₁ and x₂ of instance 1 enter the network",
        "Instance 1 of epoch 3 is complete: all weights and biases have changed",
        "Epoch 3 is complete: both instances have been trained",
    ]
    assert told(Simulation(XOR.network, XOR.dataset), "epoch") == [
        "Epoch 1 is complete: all four instances have been trained"
    ]
    only = load_example("mazur")
    assert told(Simulation(only.network, only.dataset), "epoch") == [
        "Epoch 1 is complete: its only instance has been trained"
    ]


def test_an_instance_in_progress_is_told_by_its_phase_at_any_step_size() -> None:
    simulation = demo()
    simulation.step("phase")
    assert (
        describe(simulation.moment, "instance")
        == describe(simulation.moment, "epoch")
        == "Receive: x₁ and x₂ of instance 1 enter the network"
    )
    simulation.step("instance")
    assert (
        describe(simulation.moment, "epoch")
        == "Instance 1 of epoch 1 is complete: all weights and biases have changed"
    )


def test_what_to_do_before_anything_is_shown() -> None:
    assert describe(demo().taking_next(1).moment) == "Press → to receive instance 2"
    simulation = demo()
    simulation.step("epoch")
    simulation = simulation.edited(settings=Settings(learning_rate=0.1))
    assert describe(simulation.moment) == "Press → to receive instance 1 of epoch 2"


# -- other networks ------------------------------------------------------


def test_many_layers() -> None:
    example = load_example("lecture_figure")
    simulation = Simulation(example.network, example.dataset)
    assert told(simulation, *["phase"] * 6) == [
        "Receive: x₁, x₂ and x₃ of instance 1 enter the network",
        "Forward: z and a of every layer, from hidden layer 1 to the output layer",
        "Error: ŷ₁ and ŷ₂ are compared with y₁ and y₂, and the errors add up to E",
        "Backward: δ of every layer, from the output layer back to hidden layer 1",
        "Gradient: Δθ of all weights and biases, from the output layer back to hidden layer 1",
        "Update: all weights and biases change at once",
    ]
    simulation.step("layer")
    assert told(simulation, "layer", "layer", "node") == [
        "Forward: z and a of all three nodes of hidden layer 1 from the three inputs",
        "Forward: z and a of all four nodes of hidden layer 2 from the three nodes of hidden layer 1",
        "Forward: z and a of output 1 from the four nodes of hidden layer 2",
    ]


def test_many_nodes() -> None:
    network = Network.dense((64, 128, 10))
    data = Dataset([[0.0] * 64], [[0.0] * 10])
    simulation = Simulation(network, data)
    assert told(simulation, *["layer"] * 8) == [
        "Receive: all 64 inputs of instance 1 enter the network",
        "Forward: z and a of all 128 hidden nodes from the 64 inputs",
        "Forward: z and a of all ten output nodes from the 128 hidden nodes",
        "Error: every ŷ is compared with its y, and the errors add up to E",
        "Backward: δ of all ten output nodes from y − ŷ and g′(z)",
        "Backward: δ of all 128 hidden nodes from the δ of the ten output nodes",
        "Gradient: Δθ of the 1\u202f280 weights into the output layer and of its biases",
        "Gradient: Δθ of the 8\u202f192 weights into the hidden layer and of its biases",
    ]
    simulation.go_to(0, 5, "layer")
    assert describe(simulation.moment) == "Receive: inputs 1 to 5 of instance 1 enter the network"
    simulation.go_to(0, 64 + 128 + 10 + 4, "phase")
    assert describe(simulation.moment) == "Error: ŷ₁ to ŷ₄ are compared with their y"


def test_one_hidden_node_and_one_output() -> None:
    example = load_example("lecture_derivation")
    assert told(Simulation(example.network, example.dataset), *["layer"] * 8) == [
        "Receive: x₁ and x₂ of instance 1 enter the network",
        "Forward: z and a of hidden node 1 from both inputs",
        "Forward: z and a of output 1 from hidden node 1",
        "Error: ŷ₁ is compared with y₁",
        "Backward: δ of output 1 from y₁ − ŷ₁ and g′(z)",
        "Backward: δ of hidden node 1 from the δ of output 1",
        "Gradient: Δθ of the weight into output 1 and of its bias",
        "Gradient: Δθ of both weights into hidden node 1 and of its bias",
    ]


def test_inputs_by_their_own_names() -> None:
    data = DEMO.dataset.with_input_names(["petal length", "petal width"])
    assert told(Simulation(DEMO.network, data), "layer") == [
        "Receive: petal length and petal width of instance 1 enter the network"
    ]


def test_a_perceptron_has_its_rule() -> None:
    example = load_example("perceptron_and")
    assert told(Simulation(example.network, example.dataset), *["phase"] * 6) == [
        "Receive: x₁ and x₂ of instance 1 enter the network",
        "Forward: z and a of output 1 from both inputs",
        "Error: ŷ₁ is compared with y₁",
        "Backward: δ of output 1 is y₁ − ŷ₁: the perceptron rule",
        "Gradient: Δθ of both weights into output 1 and of its bias",
        "Update: all weights and biases change at once",
    ]
    wide = Network.dense((2, 2), activation="step")
    assert told(Simulation(wide, DEMO.dataset), *["phase"] * 4)[-1] == (
        "Backward: δ of both output nodes is y − ŷ: the perceptron rule"
    )


def test_softmax_joins_the_outputs() -> None:
    example = load_example("softmax")
    simulation = Simulation(example.network, example.dataset)
    simulation.go_to(0, 4)
    assert told(simulation, "node", "layer", "phase", "node", "layer") == [
        "Forward: z of output 1 from both hidden nodes, and a from the z of the three output nodes",
        "Forward: z of all three output nodes from both hidden nodes, and a from the z of all of them",
        "Error: ŷ₁, ŷ₂ and ŷ₃ are compared with y₁, y₂ and y₃, and the errors add up to E",
        "Backward: δ of output 1 is y₁ − ŷ₁: with cross-entropy g′ cancels",
        "Backward: δ of all three output nodes is y − ŷ: with cross-entropy g′ cancels",
    ]
    simulation = Simulation(example.network.with_loss("mse"), example.dataset)
    simulation.go_to(0, 10)
    assert told(simulation, "node") == [
        "Backward: δ of output 1 from y − ŷ of the three output nodes, which softmax joins"
    ]


def test_missing_connections_node_by_node() -> None:
    sentences = told(demo(sparse()), *["node"] * 19)
    assert sentences[2:7] == [
        "Forward: z and a of hidden node 1 from input 2, the only one it is connected to",
        "Forward: z and a of hidden node 2 from its bias alone, for no connection leads there",
        "Forward: z and a of hidden node 3 from both inputs",
        "Forward: z and a of output 1 from hidden node 3, the only one it is connected to",
        "Forward: z and a of output 2 from hidden nodes 2 and 3, the only ones it is connected to",
    ]
    assert sentences[11:] == [
        "Backward: no δ reaches hidden node 1, for no connection leads on from there",
        "Backward: δ of hidden node 2 from the δ of output 2, the only one it is connected to",
        "Backward: δ of hidden node 3 from the δ of both output nodes",
        "Gradient: Δθ of the weight into output 1 and of its bias",
        "Gradient: Δθ of both weights into output 2 and of its bias",
        "Gradient: Δθ of the weight into hidden node 1 and of its bias",
        "Gradient: Δθ of the bias of hidden node 2, for no connection leads there",
        "Gradient: Δθ of both weights into hidden node 3 and of its bias",
    ]


def test_missing_connections_layer_by_layer() -> None:
    sentences = told(demo(sparse()), *["layer"] * 8)
    assert sentences[1:3] == [
        "Forward: z and a of all three hidden nodes from those inputs that each is connected to",
        "Forward: z and a of both output nodes from those nodes that each is connected to",
    ]
    assert sentences[5:] == [
        "Backward: δ of all three hidden nodes from the δ of those nodes that each is connected to",
        "Gradient: Δθ of the three weights into the output layer and of its biases",
        "Gradient: Δθ of the three weights into the hidden layer and of its biases",
    ]


def test_no_connections_at_all() -> None:
    network = dataclasses.replace(DEMO.network, masks=tuple(mask & False for mask in DEMO.network.masks))
    sentences = told(demo(network), *["layer"] * 8)
    assert sentences[1] == (
        "Forward: z and a of all three hidden nodes from their biases alone, for no connection leads there"
    )
    assert sentences[5:7] == [
        "Backward: no δ reaches all three hidden nodes, for no connection leads on from there",
        "Gradient: Δθ of the biases of the output layer, for no connection leads there",
    ]


# -- other settings ------------------------------------------------------


def test_biases_that_stay_as_they_are() -> None:
    sentences = told(demo(update_biases=False), "phase", "phase", "phase", "phase", "node", "layer")
    assert sentences[4:] == [
        "Gradient: Δθ of the three weights into output 1; its bias stays as it is",
        "Gradient: Δθ of the six weights into the output layer; its biases stay as they are",
    ]
    assert told(demo(update_biases=False), *["phase"] * 6)[4:] == [
        "Gradient: Δθ of all weights, from the output layer back to the hidden layer; "
        "the biases stay as they are",
        "Update: all weights change at once; the biases stay as they are",
    ]
    assert told(demo(update_biases=False), "instance") == [
        "Instance 1 of epoch 1 is complete: all weights have changed"
    ]
    simulation = demo(sparse(), update_biases=False)
    simulation.go_to(0, 17)
    assert told(simulation, "node") == [
        "Gradient: no Δθ for hidden node 2, for no connection leads there and its bias stays as it is"
    ]


def test_batches() -> None:
    network = Network.dense((2, 1), seed=0)
    data = Dataset([[0, 0], [0, 1], [1, 0], [1, 1], [2, 2]], [[0], [1], [1], [0], [1]])
    simulation = Simulation(network, data, Settings(batch_size=3))
    assert told(simulation, "instance", "phase", "phase", "phase", "phase", "phase", "instance") == [
        "Instance 1 of epoch 1 is complete: its Δθ are added to the batch (1 of 3)",
        "Receive: x₁ and x₂ of instance 2 enter the network",
        "Forward: z and a of output 1 from both inputs",
        "Error: ŷ₁ is compared with y₁",
        "Backward: δ of output 1 from y₁ − ŷ₁ and g′(z)",
        "Gradient: Δθ of both weights into output 1 and of its bias, added to the batch (2 of 3)",
        "Instance 3 of epoch 1 is complete: "
        "all weights and biases have changed by the mean of the Δθ of 3 instances",
    ]
    assert told(simulation, "instance", *["phase"] * 6)[::5] == [
        "Instance 4 of epoch 1 is complete: its Δθ are added to the batch (1 of 2)",
        "Gradient: Δθ of both weights into output 1 and of its bias, added to the batch (2 of 2)",
    ]
    assert describe(simulation.moment) == (
        "Update: all weights and biases change at once, by the mean of the Δθ of 2 instances; "
        "epoch 1 is complete"
    )


def update_with(**settings: object) -> str:
    simulation = demo(**settings)
    for _ in range(2):
        simulation.step("instance")
    return describe(simulation.moment)


def test_an_optimizer_makes_steps_of_the_changes() -> None:
    assert update_with(optimizer="adam") == (
        "Update: all weights and biases change at once, by the steps that Adam makes of the Δθ; "
        "epoch 1 is complete"
    )
    assert update_with(optimizer="momentum", batch_size=2, l2=0.1, update_biases=False) == (
        "Update: all weights change at once, by the steps that momentum makes of the mean of the Δθ of "
        "2 instances; weight decay pulls the weights towards 0; the biases stay as they are; "
        "epoch 1 is complete"
    )


def test_the_penalty_stands_beside_the_error() -> None:
    sentences = told(demo(l1=0.1), "phase", "phase", "phase")
    assert sentences[-1] == (
        "Error: ŷ₁ and ŷ₂ are compared with y₁ and y₂, and the errors add up to E; "
        "the penalty of the weights stands beside it"
    )
    one_output = Simulation(XOR.network, XOR.dataset, Settings(l1=0.1))
    assert told(one_output, "phase", "phase", "phase")[-1] == (
        "Error: ŷ₁ is compared with y₁; the penalty of the weights stands beside it"
    )


def test_an_epoch_trains_the_training_instances() -> None:
    simulation = Simulation(XOR.network, XOR.dataset, Settings(test_share=0.5))
    simulation.step("epoch")
    assert describe(simulation.moment, "epoch") == "Epoch 1 is complete: both instances have been trained"


def test_a_batch_that_is_made_larger_on_the_way_counts_what_it_will_have() -> None:
    network = Network.dense((2, 1), seed=0)
    simulation = Simulation(network, XOR.dataset, Settings(batch_size=1))
    simulation.step("instance")
    simulation = simulation.edited(settings=Settings(batch_size=4))
    assert told(simulation, "instance") == [
        "Instance 2 of epoch 1 is complete: its Δθ are added to the batch (1 of 3)"
    ]


# -- where there is nothing to tell ------------------------------------------------------


def test_a_misfit_is_told_in_its_own_words() -> None:
    moment = dataclasses.replace(
        demo().moment, trace=None, misfit="The network has 3 inputs, the data 2 inputs."
    )
    assert describe(moment) == "The network has 3 inputs, the data 2 inputs."


def test_a_number_too_large_says_what_to_do() -> None:
    network = DEMO.network.with_weight(0, 0, 0, 1e308).with_all_activations("linear").with_bias(0, 0, 1.7e308)
    moment: Moment = demo(network).edited(network=network).moment
    assert moment.trace is None
    assert (
        describe(moment)
        == "A number of instance 1 would be too large to compute: choose a smaller learning rate η"
    )


@pytest.mark.parametrize("phase", PHASES)
def test_every_phase_is_explained_in_one_or_two_sentences(phase: str) -> None:
    explanation = phase_explanation(phase)
    assert explanation.endswith(".")
    assert 1 <= explanation.count(". ") + 1 <= 2
    assert len(explanation) < 180


# -- other letters -----------------------------------------------------------


@pytest.mark.parametrize(
    ("notation", "sentences"),
    [
        ("nielsen", ["a³₁ is compared with y₁", "δ of output 1 from a³₁ − y₁ and σ′(z)", "Δw of the three"]),
        ("bishop", ["y₁ is compared with t₁", "δ of output 1 from y₁ − t₁ and h′(a)", "Δw of the three"]),
        (
            "pytorch",
            ["ŷ₁ is compared with y₁", "dL/dz of output 1 from ŷ₁ − y₁ and g′(z)", "ΔW of the three"],
        ),
        ("words", ["ŷ₁ is compared with y₁", "δ of output 1 from y₁ − ŷ₁ and g′(z)", "Δθ of the three"]),
    ],
)
def test_sentences_in_other_letters(notation: str, sentences: list[str]) -> None:
    simulation = demo()
    for phase, sentence in zip(("error", "backward", "gradient"), sentences, strict=True):
        while simulation.position.phase != phase:
            simulation.step("node")
        assert sentence in describe(simulation.moment, "node", NOTATIONS[notation])


def test_phases_in_other_letters() -> None:
    assert phase_explanation("gradient", NOTATIONS["nielsen"]).startswith(
        "Every weight gets its step Δw = −η δ a"
    )
    assert "its activation z = h(a)" in phase_explanation("forward", NOTATIONS["bishop"])
    assert phase_explanation("update", NOTATIONS["words"]).endswith("θ becomes θ + Δθ.")
    for notation in NOTATIONS.values():
        assert all("{" not in phase_explanation(phase, notation) for phase in PHASES)
