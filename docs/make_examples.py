"""Write the examples of `resources/examples`: python docs/make_examples.py [FOLDER]."""

import sys
from pathlib import Path

from bpsim.datasets import Dataset
from bpsim.examples import EXAMPLES
from bpsim.made_data import DATASETS
from bpsim.network import Network
from bpsim.project import Project
from bpsim.settings import Settings
from bpsim.stopping import Stopping
from bpsim.storage import save

Rows = list[list[float]]

FOLDER = Path(__file__).parents[1] / "resources" / "examples"
CORNERS: Rows = [[0, 0], [0, 1], [1, 0], [1, 1]]
AND = Dataset(CORNERS, [[0], [0], [0], [1]], name="AND")
XOR = Dataset(CORNERS, [[0], [1], [1], [0]], name="XOR")
MAZUR = Dataset([[0.05, 0.10]], [[0.01, 0.99]], name="one instance")


def network(
    *layers: tuple[Rows, list[float]], activation: str | list[str] = "sigmoid", loss: str = "mse"
) -> Network:
    """Return the network whose layers have these weights (a row for each node) and biases."""
    sizes = [len(layers[0][0][0]), *(len(biases) for _, biases in layers)]
    weights, biases = zip(*layers, strict=True)
    return Network.dense(sizes, activation, loss).with_parameters(weights, biases)


PARTS: dict[str, tuple[Network, Dataset, Settings]] = {
    "lecture_demo": (
        network(
            ([[0.15, 0.20], [0.25, 0.30], [-0.35, 0.55]], [0.35, 0.35, 0.10]),
            ([[0.40, 0.45, -0.60], [0.50, -0.55, 0.35]], [0.60, 0.60]),
        ),
        Dataset([[0.05, 0.10], [0.80, 0.30]], [[0.01, 0.99], [0.90, 0.10]], name="two instances"),
        Settings(),
    ),
    "lecture_figure": (
        network(
            ([[0.20, -0.10, 0.40], [-0.30, 0.50, 0.10], [0.60, 0.20, -0.40]], [0.10, -0.20, 0.30]),
            (
                [[0.30, -0.50, 0.20], [0.10, 0.40, -0.30], [-0.60, 0.20, 0.50], [0.40, 0.30, 0.10]],
                [0.20, 0.10, -0.10, -0.30],
            ),
            ([[0.50, -0.20, 0.30, 0.10], [-0.40, 0.60, 0.20, -0.10]], [0.10, -0.20]),
        ),
        Dataset([[0.50, 0.10, 0.90], [0.20, 0.80, 0.40]], [[1, 0], [0, 1]], name="two instances"),
        Settings(),
    ),
    "lecture_derivation": (
        network(([[0.40, -0.20]], [0.10]), ([[0.70]], [-0.30])),
        Dataset([[0.50, 0.80]], [[1]], name="one instance"),
        Settings(),
    ),
    "perceptron_and": (network(([[0, 0]], [0]), activation="step"), AND, Settings(learning_rate=1.0)),
    "perceptron_xor": (network(([[0, 0]], [0]), activation="step"), XOR, Settings(learning_rate=1.0)),
    "xor": (Network.dense((2, 2, 1), seed=0), XOR, Settings(learning_rate=2.0)),
    "mazur": (
        network(
            ([[0.15, 0.20], [0.25, 0.30]], [0.35, 0.35]),
            ([[0.40, 0.45], [0.50, 0.55]], [0.60, 0.60]),
        ),
        MAZUR,
        Settings(update_biases=False),
    ),
    "han_kamber": (
        network(([[0.2, 0.4, -0.5], [-0.3, 0.1, 0.2]], [-0.4, 0.2]), ([[-0.3, -0.2]], [0.1])),
        Dataset([[1, 0, 1]], [[1]], name="one instance"),
        Settings(learning_rate=0.9),
    ),
    "relu_by_hand": (
        network(([[0.6, 0.8], [0.3, 0.4]], [0.2, 0.1]), ([[0.6, -0.2]], [0.1]), activation="relu"),
        Dataset([[1.2, 0.5]], [[1]], name="one instance"),
        Settings(learning_rate=0.1),
    ),
    "softmax": (
        network(
            ([[0.1, 0.2], [0.3, 0.4]], [0.1, 0.1]),
            ([[0.5, 0.6], [0.1, 0.2], [0.3, 0.4]], [0.2, 0.2, 0.2]),
            activation=["sigmoid", "softmax"],
            loss="cross_entropy",
        ),
        Dataset([[1, 0.5]], [[1, 0, 0]], name="one instance", one_hot=True),
        Settings(update_biases=False),
    ),
    "twins": (network(([[0, 0], [0, 0]], [0, 0]), ([[0, 0], [0, 0]], [0, 0])), MAZUR, Settings()),
    "vanishing": (
        network(*[([[1.0]], [0.0])] * 6),
        Dataset([[1]], [[0]], name="one instance"),
        Settings(),
    ),
    "xor_by_hand": (
        network(([[1, 1], [1, 1]], [0, -1]), ([[1, -2]], [0]), activation=["relu", "linear"]),
        XOR,
        Settings(),
    ),
    "clusters": (
        Network.dense((2, 4, 3), ["tanh", "softmax"], "cross_entropy", seed=0),
        DATASETS["clusters"].make(),
        Settings(learning_rate=0.1, shuffle=True, test_share=0.33, stopping=Stopping(epochs=200)),
    ),
    "spirals": (
        Network.dense((2, 8, 8, 1), ["tanh", "tanh", "sigmoid"], "cross_entropy", "xavier", seed=5),
        DATASETS["spirals"].make(),
        Settings(
            learning_rate=0.02,
            optimizer="adam",
            batch_size=10,
            shuffle=True,
            test_share=0.2,
            split_seed=4,
            initializer="xavier",
            weight_seed=5,
        ),
    ),
    "too_fast": (
        Network.dense((1, 8, 1), ["relu", "linear"], seed=1),
        DATASETS["sine"].make(),
        Settings(learning_rate=0.5, shuffle=True, weight_seed=1),
    ),
}


def projects() -> dict[str, Project]:
    """Return the project of every example in the table."""
    return {e.name: Project(*PARTS[e.name], title=e.title, notes=e.notes) for e in EXAMPLES}


def main() -> None:
    """Write every example's file into the folder named, or into the resources."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    for name, project in projects().items():
        save(project, folder / f"{name}.bpsim")


if __name__ == "__main__":
    main()
