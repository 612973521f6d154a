"""The same training by six programs: the compiled loop, C, NumPy, scikit-learn, PyTorch."""

import ctypes
import subprocess
import tempfile
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from sklearn.exceptions import ConvergenceWarning
from sklearn.neural_network import MLPRegressor

from bpsim.arrays import Array
from bpsim.compiled import CompiledLoop
from bpsim.datasets import Dataset
from bpsim.kernel_values import join
from bpsim.network import Network
from bpsim.settings import Settings
from bpsim.splitting import Split

RATE = 0.01
ROWS = 200


class Case(NamedTuple):
    """A network and its instances; every engine trains it by one update for each instance."""

    network: Network
    data: Dataset

    @classmethod
    def of(cls, sizes: tuple[int, ...], activation: str, output: str | None = None) -> "Case":
        """Return a network with Xavier weights, and random instances."""
        rng = np.random.default_rng(1)
        names = [activation] * (len(sizes) - 2) + [output or activation]
        network = Network.dense(sizes, names, initializer="xavier", seed=1)
        inputs, targets = rng.uniform(-1, 1, (ROWS, sizes[0])), rng.uniform(0.1, 0.9, (ROWS, sizes[-1]))
        return cls(network, Dataset(inputs, targets))

    @property
    def title(self) -> str:
        """How a table names it."""
        return f"{'-'.join(map(str, self.network.sizes))} {self.network.activations[0]}"


Engine = Callable[[Case], Callable[[int], Array]]
"""``engine(case)(count)`` trains `count` more instances and returns all parameters, end to end."""


def compiled(case: Case) -> Callable[[int], Array]:
    loop = CompiledLoop(case.network, case.data, Settings(learning_rate=RATE), Split(tuple(range(ROWS)), ()))

    def train(count: int) -> Array:
        loop.advance(count)
        network = loop.state().network
        return join(network.weights, network.biases)

    return train


def in_c(*flags: str) -> Engine:
    """Return the engine that gcc makes with ``-O3 -march=native`` and these flags."""
    source = Path(__file__).with_name("per_instance.c")
    library = Path(tempfile.mkdtemp()) / "per_instance.so"
    command = ["gcc", "-O3", "-march=native", *flags, "-shared", "-fPIC", "-o", library, source, "-lm"]
    subprocess.run(command, check=True)
    function = ctypes.CDLL(str(library)).train
    function.restype = None

    def engine(case: Case) -> Callable[[int], Array]:
        network = case.network
        sizes = np.array(network.sizes, dtype=np.uintp)
        codes = {"sigmoid": 0, "tanh": 1, "relu": 2, "linear": 3}
        kinds = np.array([0, *(codes[name] for name in network.activations)], dtype=np.intc)
        inputs, targets = case.data.inputs.copy(), case.data.targets.copy()
        parameters, work = join(network.weights, network.biases), np.zeros(3 * sum(network.sizes))

        def train(count: int) -> Array:
            errors = np.empty(count)
            function(
                ctypes.c_size_t(len(sizes)), _pointer(sizes), _pointer(kinds), _pointer(inputs),
                _pointer(targets), ctypes.c_size_t(ROWS), _pointer(parameters), _pointer(work),
                ctypes.c_double(RATE), ctypes.c_size_t(count), _pointer(errors),
            )  # fmt: skip
            return parameters

        return train

    return engine


def _pointer(array: np.ndarray) -> ctypes.c_void_p:
    return ctypes.c_void_p(array.ctypes.data)


def by_layer(case: Case) -> Callable[[int], Array]:
    """NumPy, a layer at a time and without making arrays on the way."""
    names = case.network.activations
    weights = [w.copy() for w in case.network.weights]
    biases = [b.copy() for b in case.network.biases]
    steps = [np.empty_like(w) for w in weights]
    a = [np.empty(size) for size in case.network.sizes]
    delta, slope = [np.empty_like(x) for x in a], [np.empty_like(x) for x in a]

    def train(count: int) -> Array:
        for t in range(count):
            a[0][:] = case.data.inputs[t % ROWS]
            for l, name in enumerate(names):
                np.dot(weights[l], a[l], out=a[l + 1])
                np.add(a[l + 1], biases[l], out=a[l + 1])
                _apply(name, a[l + 1], slope[l + 1])
            np.subtract(case.data.targets[t % ROWS], a[-1], out=delta[-1])
            np.multiply(delta[-1], slope[-1], out=delta[-1])
            for l in range(len(names) - 1, -1, -1):
                if l > 0:
                    np.dot(delta[l + 1], weights[l], out=delta[l])
                    np.multiply(delta[l], slope[l], out=delta[l])
                np.multiply(delta[l + 1], RATE, out=delta[l + 1])
                np.multiply(delta[l + 1][:, np.newaxis], a[l], out=steps[l])
                np.add(weights[l], steps[l], out=weights[l])
                np.add(biases[l], delta[l + 1], out=biases[l])
        return join(weights, biases)

    return train


def _apply(name: str, a: Array, slope: Array) -> None:
    """Turn z into a in place, and write the derivative."""
    if name == "sigmoid":
        np.negative(a, out=a)
        np.exp(a, out=a)
        np.add(a, 1.0, out=a)
        np.reciprocal(a, out=a)
        np.subtract(1.0, a, out=slope)
        np.multiply(slope, a, out=slope)
    elif name == "tanh":
        np.tanh(a, out=a)
        np.multiply(a, a, out=slope)
        np.subtract(1.0, slope, out=slope)
    elif name == "relu":
        np.greater(a, 0.0, out=slope)
        np.maximum(a, 0.0, out=a)
    else:
        slope.fill(1.0)


def scikit_learn(case: Case) -> Callable[[int], Array]:
    """`MLPRegressor.fit` with batches of one; its output layer is linear."""
    kinds = {"sigmoid": "logistic", "tanh": "tanh", "relu": "relu"}
    network = case.network
    model = MLPRegressor(
        hidden_layer_sizes=network.sizes[1:-1], activation=kinds[network.activations[0]], solver="sgd",
        alpha=0.0, batch_size=1, learning_rate_init=RATE, shuffle=False, momentum=0.0, warm_start=True,
        max_iter=1, tol=0.0, n_iter_no_change=10**9,
    )  # fmt: skip
    targets = case.data.targets if network.sizes[-1] > 1 else case.data.targets[:, 0]
    model.partial_fit(case.data.inputs, targets)
    model.coefs_ = [w.T.copy() for w in network.weights]
    model.intercepts_ = [b.copy() for b in network.biases]
    model._optimizer.params = model.coefs_ + model.intercepts_

    def train(count: int) -> Array:
        model.max_iter = count // ROWS
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ConvergenceWarning)
            model.fit(case.data.inputs, targets)
        return join([w.T for w in model.coefs_], model.intercepts_)

    return train


def pytorch(case: Case) -> Callable[[int], Array]:
    """PyTorch as it is used: modules, autograd, torch.optim.SGD."""
    torch.set_num_threads(1)
    modules = {
        "sigmoid": torch.nn.Sigmoid,
        "tanh": torch.nn.Tanh,
        "relu": torch.nn.ReLU,
        "linear": torch.nn.Identity,
    }
    layers = []
    for w, b, name in zip(case.network.weights, case.network.biases, case.network.activations, strict=True):
        linear = torch.nn.Linear(*w.shape[::-1], dtype=torch.float64)
        linear.weight.data, linear.bias.data = torch.tensor(w), torch.tensor(b)
        layers += [linear, modules[name]()]
    model = torch.nn.Sequential(*layers)
    optimizer = torch.optim.SGD(model.parameters(), lr=RATE)
    inputs, targets = torch.tensor(case.data.inputs), torch.tensor(case.data.targets)

    def train(count: int) -> Array:
        for t in range(count):
            optimizer.zero_grad()
            error = 0.5 * torch.nn.functional.mse_loss(
                model(inputs[t % ROWS]), targets[t % ROWS], reduction="sum"
            )
            error.backward()
            optimizer.step()
        return np.concatenate([parameter.detach().numpy().ravel() for parameter in model.parameters()])

    return train
