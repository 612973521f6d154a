"""The engine of bpsim: layered networks, backpropagation in six phases, and stepping through it both ways."""

from bpsim.activations import ACTIVATIONS, Activation
from bpsim.backprop import PHASES, Trace, backpropagate, forward
from bpsim.chain import chain, paths
from bpsim.csv_reader import read_csv
from bpsim.data_errors import DataError
from bpsim.datasets import Dataset
from bpsim.errors import DivergenceError, MisfitError, NetworkError, SettingsError
from bpsim.evaluation import Evaluation, evaluate
from bpsim.examples import EXAMPLES, Example, load_example
from bpsim.explain import Explanation, explain
from bpsim.gradcheck import GradientCheck, check_gradients
from bpsim.initializers import INITIALIZERS, Initializer
from bpsim.losses import LOSSES, Loss
from bpsim.made_data import DATASETS
from bpsim.moment import Moment, Position
from bpsim.narration import describe
from bpsim.network import Network
from bpsim.notation import NOTATIONS, Notation
from bpsim.project import Project, ProjectError
from bpsim.quantity import Quantity
from bpsim.settings import Settings
from bpsim.simulation import Simulation
from bpsim.steps import STEP_SIZES
from bpsim.storage import load, save
from bpsim.too_early import too_early
from bpsim.training import Snapshot, mean_error, train
from bpsim.wiggle import wiggle

__version__ = "0.1.0"

__all__ = [
    "ACTIVATIONS",
    "DATASETS",
    "EXAMPLES",
    "INITIALIZERS",
    "LOSSES",
    "NOTATIONS",
    "PHASES",
    "STEP_SIZES",
    "Activation",
    "DataError",
    "Dataset",
    "DivergenceError",
    "Evaluation",
    "Example",
    "Explanation",
    "GradientCheck",
    "Initializer",
    "Loss",
    "MisfitError",
    "Moment",
    "Network",
    "NetworkError",
    "Notation",
    "Position",
    "Project",
    "ProjectError",
    "Quantity",
    "Settings",
    "SettingsError",
    "Simulation",
    "Snapshot",
    "Trace",
    "backpropagate",
    "chain",
    "check_gradients",
    "describe",
    "evaluate",
    "explain",
    "forward",
    "load",
    "load_example",
    "mean_error",
    "paths",
    "read_csv",
    "save",
    "too_early",
    "train",
    "wiggle",
]
