"""The examples that come with the program, as one table; each is a project file in `resources/examples`.

`docs/make_examples.py` holds their numbers and writes the files.
"""

from dataclasses import dataclass
from importlib.resources import files

from bpsim.project import Project
from bpsim.storage import decode


@dataclass(frozen=True)
class Example:
    """One example.

    Parameters
    ----------
    name : str
        How programs and the file name it.
    group, title : str
        Where a menu lists it, and as what.
    description : str
        What there is to see, in a sentence or two.
    source : str
        Where its numbers come from.
    """

    name: str
    group: str
    title: str
    description: str
    source: str

    @property
    def notes(self) -> str:
        """Description and source, as a project keeps them."""
        return f"{self.description}\n\n{self.source}"


LECTURE = "The lecture"
PERCEPTRON = "From the perceptron to XOR"
WORKED = "Worked by hand"
CASES = "Cases that teach one thing"
RUNS = "Press Run and watch"

_SLIDES = "“Learning Parameters of Multi-layer Perceptrons with Backpropagation”, COMP90049, 2020"
_MAZUR = "Matt Mazur, “A Step by Step Backpropagation Example”, 2015"
_DRAWN = "Data and start weights are drawn by seeds; the numbers are ours."
_OURS = "The numbers are ours, computed again in 64-bit arithmetic and checked by central differences."

EXAMPLES = (
    Example(
        "lecture_demo",
        LECTURE,
        "The demo: 2-3-2",
        "Two inputs, three hidden nodes and two outputs, played through in six phases.",
        f"The network of the demo in {_SLIDES}. Its first instance and first two hidden nodes have the "
        f"numbers of {_MAZUR}; the others are ours.",
    ),
    Example(
        "lecture_figure",
        LECTURE,
        "The figure: 3-3-4-2",
        "Four layers of nodes. Each θˡᵢⱼ stands on an edge, each aˡᵢ in a node.",
        f"The network of the figure in {_SLIDES}. The numbers are ours.",
    ),
    Example(
        "lecture_derivation",
        LECTURE,
        "The derivation: 2-1-1",
        "One hidden node and one output: the chain of reactions from a weight of the first layer to E.",
        f"The network of the derivation in {_SLIDES}. The numbers are ours.",
    ),
    Example(
        "perceptron_and",
        PERCEPTRON,
        "A perceptron learns AND",
        "One node with the step function. AND can be separated by a line, so the perceptron rule finds one "
        "after a few epochs and then changes nothing any more.",
        "The rule is that of Frank Rosenblatt, “The Perceptron”, 1958. The numbers are ours.",
    ),
    Example(
        "perceptron_xor",
        PERCEPTRON,
        "A perceptron cannot learn XOR",
        "The same node on XOR: no line separates the classes, and the weights go round in a circle for ever.",
        "The case is that of Marvin Minsky and Seymour Papert, “Perceptrons”, 1969. The numbers are ours.",
    ),
    Example(
        "xor",
        PERCEPTRON,
        "XOR with two hidden nodes: 2-2-1",
        "A hidden layer solves what the perceptron cannot. With these start weights and η = 2 the error is "
        "small after about 350 epochs; other start weights can get stuck.",
        "The network is that of David Rumelhart, Geoffrey Hinton and Ronald Williams, “Learning Internal "
        "Representations by Error Propagation”, 1986. The start weights are drawn by seed 0.",
    ),
    Example(
        "mazur",
        WORKED,
        "Mazur: 2-2-2",
        "One instance, biases not updated. The page prints the error 0.291027924 after one update: that "
        "comes out when the hidden layer uses weights that are already updated. With all weights updated at "
        "once it is 0.291027774.",
        f"{_MAZUR}.",
    ),
    Example(
        "han_kamber",
        WORKED,
        "Han and Kamber: 3-2-1",
        "One instance with η = 0.9. The book rounds to three digits on the way.",
        "Jiawei Han and Micheline Kamber, “Data Mining: Concepts and Techniques”, second edition, 2006, "
        "the example for learning by backpropagation.",
    ),
    Example(
        "relu_by_hand",
        WORKED,
        "ReLU: 2-2-1",
        "ReLU everywhere: every number is an exact decimal that can be worked out on paper.",
        _OURS,
    ),
    Example(
        "softmax",
        WORKED,
        "Softmax and cross-entropy: 2-2-3",
        "Three classes. δ of the outputs is simply y − ŷ: the derivatives of softmax and logarithm cancel.",
        _OURS,
    ),
    Example(
        "twins",
        CASES,
        "Twins: all weights 0",
        "Both hidden nodes get the same δ in every step, so they stay equal for ever: that is why start "
        "weights are drawn at random.",
        f"The network and instance of {_MAZUR}, with all weights and biases 0.",
    ),
    Example(
        "vanishing",
        CASES,
        "Vanishing δ: six layers",
        "Each sigmoid layer multiplies δ by g′ ≤ 1/4: from output to input it gets smaller and smaller.",
        _OURS,
    ),
    Example(
        "xor_by_hand",
        CASES,
        "XOR solved by hand",
        "ReLU hidden nodes and a linear output, with weights that solve XOR: E is 0, and so is every Δθ.",
        "Ian Goodfellow, Yoshua Bengio and Aaron Courville, “Deep Learning”, 2016, section 6.1.",
    ),
    Example(
        "clusters",
        RUNS,
        "Three classes: 2-4-3",
        "Three clouds of points, softmax and cross-entropy, a third of the instances for testing. Press Run: "
        "the decision boundary finds its place in the first epochs; every instance is on its right side.",
        _DRAWN,
    ),
    Example(
        "spirals",
        RUNS,
        "Two spirals, learned by heart: 2-8-8-1",
        "Press Run: for 70 epochs nothing seems to happen, then the boundary winds itself in. From epoch 150 "
        "on every training instance is right, but of the test instances only 3 in 4, and their E rises on "
        "and on: it is learned by heart. Try more instances, weight decay, or a stop when E gets no lower.",
        "The task is that of Kevin Lang and Michael Witbrock, “Learning to Tell Two Spirals Apart”, 1988. "
        f"{_DRAWN}",
    ),
    Example(
        "too_fast",
        RUNS,
        "η too large: the training diverges",
        "A sine curve, ReLU and a linear output with η = 0.5. Press Run: in the first epoch a number grows "
        "beyond all bounds. Step back and see how; with η = 0.05 the same network learns the curve.",
        _DRAWN,
    ),
)
"""Every example, in the order of a menu, group by group; the first is what the window opens with."""


def load_example(name: str) -> Project:
    """Return the project of an example.

    Raises
    ------
    KeyError
        If there is no example of that name.
    """
    if name not in {example.name for example in EXAMPLES}:
        raise KeyError(name)
    return decode(files("resources").joinpath("examples", f"{name}.bpsim").read_bytes())
