"""The compiled loop does what stepping does; the whole table stands with the proofs."""

import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest

from bpsim.compiled import CompiledLoop
from bpsim.datasets import Dataset
from bpsim.errors import DivergenceError
from bpsim.loops import Loop, PhaseLoop
from bpsim.network import Network
from bpsim.recording import State
from bpsim.settings import Settings
from bpsim.simulation import Simulation
from bpsim.splitting import Split
from tests.bpsim.reference import HIDDEN, PAIRS, bits
from tests.bpsim.trainings import TABLE, advanced, arrays, assert_agree, counts, difference, loops, training


@pytest.mark.parametrize(("pair", "optimizer", "batch_size"), TABLE[::7], ids=str)
def test_agrees_with_stepping(pair: tuple[str, str], optimizer: str, batch_size: int) -> None:
    rng = np.random.default_rng(1)
    assert_agree(training(rng, *pair, optimizer, batch_size), 60)


PLAIN = [*((hidden, "mse", "sigmoid") for hidden in HIDDEN), *(("tanh", *pair) for pair in PAIRS)]


@pytest.mark.parametrize(("hidden", "loss", "output"), PLAIN, ids=str)
def test_each_instance_an_update_without_more(hidden: str, loss: str, output: str) -> None:
    """The way that changes weights while δ is passed back through them."""
    network = Network.dense([3, 6, 5, 2], ["tanh", hidden, output], loss, seed=2)
    network = network.with_disconnected(0, 1, 1).with_disconnected(1, 4, 2).with_disconnected(2, 0, 3)
    rng = np.random.default_rng(12)
    targets = rng.dirichlet([1, 1], 5)
    for biases in (True, False):
        settings = Settings(learning_rate=0.05, update_biases=biases)
        assert_agree(
            (network, Dataset(rng.normal(size=(5, 3)), targets), settings, Split((0, 1, 2, 4), (3,))), 60
        )


def test_agrees_with_a_simulation() -> None:
    made = training(np.random.default_rng(2), "mse", "tanh", "adam", 3, shuffle=True)
    simulation = Simulation(*made[:3])
    simulation.go_to(99)
    loop = CompiledLoop(*made)
    chunk = loop.advance(100)
    state = loop.state().network
    assert (
        difference([*state.weights, *state.biases], [*simulation.network.weights, *simulation.network.biases])
        < 1e-12
    )
    assert chunk.errors == pytest.approx(simulation.series.errors, rel=1e-12)


def test_layers_of_many_nodes() -> None:
    rng = np.random.default_rng(3)
    network = Network.dense([17, 21, 18, 3], ["tanh", "relu", "sigmoid"], initializer="xavier", seed=1)
    network = network.with_disconnected(0, 2, 3).with_disconnected(1, 17, 20).with_disconnected(2, 0, 0)
    data = Dataset(rng.normal(size=(5, 17)), rng.uniform(size=(5, 3)))
    for settings in (Settings(learning_rate=0.01), Settings(learning_rate=0.01, batch_size=2)):
        assert_agree((network, data, settings, Split((0, 1, 2, 3, 4), ())), 60)


CHUNKED = [
    {"optimizer": optimizer, "batch_size": batch_size, "shuffle": True}
    for optimizer, batch_size in (("gradient_descent", 1), ("adam", 1), ("nesterov", 3))
]


@pytest.mark.parametrize("settings", CHUNKED, ids=str)
def test_chunks_do_not_matter_bit_for_bit(settings: dict[str, object]) -> None:
    made = training(np.random.default_rng(4), "mse", "sigmoid", **settings)
    whole, parts, again = CompiledLoop(*made), CompiledLoop(*made), CompiledLoop(*made)
    chunk = whole.advance(300)
    assert bits(advanced(parts, *[30] * 10)) == bits(chunk)
    assert bits(advanced(again, 1, 1, 17, 280, 1)) == bits(chunk)
    for other in (parts, again):
        assert counts(other.state()) == counts(whole.state())
        assert bits(arrays(other.state())) == bits(arrays(whole.state()))


@pytest.mark.parametrize("settings", CHUNKED, ids=str)
@pytest.mark.parametrize("time", [0, 3, 5, 14])
def test_goes_on_from_any_state(settings: dict[str, object], time: int) -> None:
    made = training(np.random.default_rng(5), "mse", "tanh", **settings)
    compiled, phases = loops(made)
    phases.advance(time)
    compiled.load(time, phases.state())
    assert counts(compiled.state()) == counts(phases.state())
    assert bits(arrays(compiled.state())) == bits(arrays(phases.state()))
    one, other = compiled.advance(40), phases.advance(40)
    assert one.errors == pytest.approx(other.errors, rel=1e-12)
    assert difference(arrays(compiled.state()), arrays(phases.state())) < 1e-12


def test_an_epoch_may_have_its_own_order() -> None:
    made = training(np.random.default_rng(6), "mse", "tanh", "gradient_descent", 1, shuffle=True)
    order = tuple(reversed(made[3].train))
    compiled, phases = loops(made)
    for loop in (compiled, phases):
        loop.load(9, State.start(made[0], made[2]), order)
    assert compiled.advance(20).errors == pytest.approx(phases.advance(20).errors, rel=1e-12)


def test_a_batch_begun_before_every_instance_was_an_update() -> None:
    network, data, settings, parts = training(np.random.default_rng(7), "mse", "tanh", "gradient_descent", 3)
    phases = PhaseLoop(network, data, settings, parts)
    phases.advance(2)
    one_by_one = (network, data, settings.with_(batch_size=1), parts)
    compiled, others = loops(one_by_one)
    for loop in (compiled, others):
        loop.load(2, phases.state())
    assert compiled.advance(10).errors == pytest.approx(others.advance(10).errors, rel=1e-12)
    assert difference(arrays(compiled.state()), arrays(others.state())) < 1e-12


def test_the_memory_of_another_optimizer_is_forgotten() -> None:
    network, data, settings, parts = training(np.random.default_rng(8), "mse", "tanh", "momentum", 1)
    phases = PhaseLoop(network, data, settings, parts)
    phases.advance(3)
    compiled, others = loops((network, data, settings.with_(optimizer="adam"), parts))
    for loop in (compiled, others):
        loop.load(3, phases.state())
        loop.advance(5)
    assert counts(compiled.state()) == counts(others.state()) == (0, "adam", 5)
    assert difference(arrays(compiled.state()), arrays(others.state())) < 1e-12


def test_a_connection_cut_while_momentum_moves_it() -> None:
    network, data, settings, parts = training(np.random.default_rng(13), "mse", "tanh", "momentum", 1)
    phases = PhaseLoop(network, data, settings.with_(momentum=0.9), parts)
    phases.advance(3)
    before = phases.state()
    cut = replace(before, network=before.network.with_disconnected(0, 0, 0))
    compiled, others = loops((cut.network, data, settings.with_(momentum=0.9), parts))
    for loop in (compiled, others):
        loop.load(3, cut)
        loop.advance(5)
    assert compiled.state().network.weights[0][0, 0] == 0
    assert difference(arrays(compiled.state()), arrays(others.state())) < 1e-12


class TestDivergence:
    @pytest.mark.parametrize("optimizer", ["gradient_descent", "momentum", "rmsprop"])
    @pytest.mark.parametrize("batch_size", [1, 3])
    @pytest.mark.parametrize("hidden", ["linear", "relu", "softplus"])
    def test_names_what_stepping_names(self, hidden: str, batch_size: int, optimizer: str) -> None:
        rng = np.random.default_rng(9)
        network = Network.dense([2, 3, 1], [hidden, "linear"], seed=3)
        data = Dataset(rng.normal(size=(7, 2)) * 10, rng.normal(size=(7, 1)))
        rate = 1e200 if optimizer == "rmsprop" else 10.0
        made = (
            network, data, Settings(learning_rate=rate, batch_size=batch_size, optimizer=optimizer),
            Split((0, 1, 2, 4, 5, 6), (3,)),
        )  # fmt: skip
        compiled, phases = loops(made)
        found, expected = _until_divergence(compiled, 50), _until_divergence(phases, 50)
        assert found[0] == expected[0]
        assert vars(found[1]) == vars(expected[1])
        assert counts(compiled.state()) == counts(phases.state())
        assert all(np.isfinite(array).all() for array in arrays(compiled.state()))

    def test_a_z_that_a_sigmoid_would_hide(self) -> None:
        network = Network.dense([2, 1, 1], "sigmoid", seed=1).with_parameters(
            weights=[[[1e308, 1e308]], [[1]]]
        )
        loop = CompiledLoop(network, Dataset([[0, 1], [1, 1]], [[0], [1]]), Settings(), Split((0, 1), ()))
        chunk = loop.advance(5)
        assert chunk.done == 1
        assert np.isfinite(chunk.errors).all()
        with pytest.raises(DivergenceError) as error:
            loop.advance(5)
        assert (error.value.quantity, error.value.epoch, error.value.instance) == ("z of hidden node 1", 0, 1)

    def test_errors_of_the_test_instances_may_be_infinite(self) -> None:
        network = Network.dense([1, 1], "linear", seed=1)
        made = (network, Dataset([[1e200], [1.0]], [[0], [1]]), Settings(), Split((1,), (0,)))
        assert CompiledLoop(*made).advance(3).test_errors.tolist() == [np.inf] * 3


def _until_divergence(loop: Loop, count: int) -> tuple[int, DivergenceError]:
    """Train until a number cannot be computed; return after how many instances, and the error."""
    done = 0
    while True:
        try:
            chunk = loop.advance(count)
        except DivergenceError as error:
            return done, error
        assert np.isfinite(chunk.errors).all()
        assert len(chunk.errors) == chunk.done
        done += chunk.done


def test_nothing_asked_nothing_done() -> None:
    made = training(np.random.default_rng(10), "mse", "tanh", "gradient_descent", 1)
    loop = CompiledLoop(*made)
    assert loop.advance(0).done == 0
    assert loop.state().network == made[0]


def test_one_form_is_compiled() -> None:
    from bpsim.kernels import train

    assert len(train.signatures) == 1


@pytest.mark.parametrize("module", ["bpsim", "bpsim.compiled", "bpsim.running", "ui.main_window"])
def test_numba_is_imported_by_no_other_module(module: str) -> None:
    code = f"import sys, {module}; sys.exit('numba' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_without_numba_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "numba", None)
    monkeypatch.delitem(sys.modules, "bpsim.kernels", raising=False)
    with pytest.raises(ImportError):
        CompiledLoop(*training(np.random.default_rng(11), "mse", "tanh", "adam", 1))
