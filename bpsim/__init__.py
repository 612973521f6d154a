"""The engine of bpsim: layered networks, backpropagation in six phases, and stepping through it both ways.

Each name is imported from its module when it is first asked for, so a program waits only for what it uses.
"""

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

__version__ = "0.1.0"

if TYPE_CHECKING:
    from bpsim.activations import ACTIVATIONS as ACTIVATIONS
    from bpsim.activations import Activation as Activation
    from bpsim.backprop import PHASES as PHASES
    from bpsim.backprop import Trace as Trace
    from bpsim.backprop import backpropagate as backpropagate
    from bpsim.backprop import forward as forward
    from bpsim.chain import chain as chain
    from bpsim.chain import paths as paths
    from bpsim.csv_reader import read_csv as read_csv
    from bpsim.data_errors import DataError as DataError
    from bpsim.datasets import Dataset as Dataset
    from bpsim.errors import DivergenceError as DivergenceError
    from bpsim.errors import MisfitError as MisfitError
    from bpsim.errors import NetworkError as NetworkError
    from bpsim.errors import SettingsError as SettingsError
    from bpsim.evaluation import Evaluation as Evaluation
    from bpsim.evaluation import evaluate as evaluate
    from bpsim.examples import EXAMPLES as EXAMPLES
    from bpsim.examples import Example as Example
    from bpsim.examples import load_example as load_example
    from bpsim.explain import Explanation as Explanation
    from bpsim.explain import explain as explain
    from bpsim.fields import Curve as Curve
    from bpsim.fields import Field as Field
    from bpsim.fields import curve as curve
    from bpsim.fields import field as field
    from bpsim.gradcheck import GradientCheck as GradientCheck
    from bpsim.gradcheck import check_gradients as check_gradients
    from bpsim.initializers import INITIALIZERS as INITIALIZERS
    from bpsim.initializers import Initializer as Initializer
    from bpsim.kept_run import KeptRun as KeptRun
    from bpsim.losses import LOSSES as LOSSES
    from bpsim.losses import Loss as Loss
    from bpsim.made_data import DATASETS as DATASETS
    from bpsim.moment import Moment as Moment
    from bpsim.moment import Position as Position
    from bpsim.narration import describe as describe
    from bpsim.network import Network as Network
    from bpsim.notation import NOTATIONS as NOTATIONS
    from bpsim.notation import Notation as Notation
    from bpsim.optimizers import OPTIMIZERS as OPTIMIZERS
    from bpsim.optimizers import Optimizer as Optimizer
    from bpsim.planes import Plane as Plane
    from bpsim.project import Project as Project
    from bpsim.project import ProjectError as ProjectError
    from bpsim.quantity import Quantity as Quantity
    from bpsim.schedules import SCHEDULES as SCHEDULES
    from bpsim.schedules import Schedule as Schedule
    from bpsim.scoring import accuracy as accuracy
    from bpsim.scoring import classes as classes
    from bpsim.scoring import confusion as confusion
    from bpsim.settings import Settings as Settings
    from bpsim.simulation import Simulation as Simulation
    from bpsim.steps import STEP_SIZES as STEP_SIZES
    from bpsim.storage import load as load
    from bpsim.storage import save as save
    from bpsim.sweep import Sweep as Sweep
    from bpsim.sweep import run_configuration as run_configuration
    from bpsim.too_early import too_early as too_early
    from bpsim.training import Snapshot as Snapshot
    from bpsim.training import mean_error as mean_error
    from bpsim.training import train as train
    from bpsim.wiggle import wiggle as wiggle

_OFFERED: dict[str, tuple[str, ...]] = {
    "activations": ("ACTIVATIONS", "Activation"),
    "backprop": ("PHASES", "Trace", "backpropagate", "forward"),
    "chain": ("chain", "paths"),
    "csv_reader": ("read_csv",),
    "data_errors": ("DataError",),
    "datasets": ("Dataset",),
    "errors": ("DivergenceError", "MisfitError", "NetworkError", "SettingsError"),
    "evaluation": ("Evaluation", "evaluate"),
    "examples": ("EXAMPLES", "Example", "load_example"),
    "explain": ("Explanation", "explain"),
    "fields": ("Curve", "Field", "curve", "field"),
    "gradcheck": ("GradientCheck", "check_gradients"),
    "initializers": ("INITIALIZERS", "Initializer"),
    "kept_run": ("KeptRun",),
    "losses": ("LOSSES", "Loss"),
    "made_data": ("DATASETS",),
    "moment": ("Moment", "Position"),
    "narration": ("describe",),
    "network": ("Network",),
    "notation": ("NOTATIONS", "Notation"),
    "optimizers": ("OPTIMIZERS", "Optimizer"),
    "planes": ("Plane",),
    "project": ("Project", "ProjectError"),
    "quantity": ("Quantity",),
    "schedules": ("SCHEDULES", "Schedule"),
    "scoring": ("accuracy", "classes", "confusion"),
    "settings": ("Settings",),
    "simulation": ("Simulation",),
    "steps": ("STEP_SIZES",),
    "storage": ("load", "save"),
    "sweep": ("Sweep", "run_configuration"),
    "too_early": ("too_early",),
    "training": ("Snapshot", "mean_error", "train"),
    "wiggle": ("wiggle",),
}
"""What is offered, by the module that it is in; the imports above say the same to a type checker."""

_HOME = {name: home for home, names in _OFFERED.items() for name in names}


class _Package(ModuleType):
    """A package in which `explain` is the function, also after its module `explain` has been imported."""

    def __setattr__(self, name: str, value: object) -> None:
        if name not in _HOME or not isinstance(value, ModuleType):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package

if not TYPE_CHECKING:
    __all__ = sorted(_HOME)

    def __getattr__(name: str) -> object:
        if name not in _HOME:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value = getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
        globals()[name] = value
        return value

    def __dir__() -> list[str]:
        return sorted({*globals(), *_HOME})
