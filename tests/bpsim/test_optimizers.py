"""Optimizers: against PyTorch, against sequences worked by hand, and what they remember."""

import math
import unicodedata

import numpy as np
import pytest

from bpsim.backprop import Trace, backpropagate
from bpsim.datasets import Dataset
from bpsim.errors import DivergenceError
from bpsim.network import Network
from bpsim.optimizers import NO_MEMORY, OPTIMIZERS, Memory, started
from bpsim.settings import Settings
from bpsim.training import train
from tests.bpsim.reference import bits

FIVE = Dataset(
    [[0.5, -1.0], [1.5, 0.25], [-0.75, 2.0], [1.0, 1.0], [-0.5, -0.25]], [[0.2], [0.9], [0.4], [0.7], [0.1]]
)
START = Network.dense([2, 2, 1], ["tanh", "sigmoid"]).with_parameters(
    [[[0.3, -0.2], [0.1, 0.4]], [[0.6, -0.5]]], [[0.05, -0.1], [0.2]]
)

PYTORCH = {
    ("gradient_descent", 0.0, 0.0, "constant"): [
        0.32445970893254744, -0.1756609058896223, 0.07919437135021226, 0.38103051523522424,
        0.02457110565299782, -0.08151835104286365, 0.6035588665399715, -0.47579748227337604,
        0.15769506671033554,
    ],
    ("gradient_descent", 0.0, 0.1, "constant"): [
        0.2882402334155298, -0.15619702036720212, 0.06978901502312071, 0.3381182499333235,
        0.025916758455096927, -0.08243490362982221, 0.5355120183229471, -0.4219279966342399,
        0.15731788191757187,
    ],
    ("gradient_descent", 0.02, 0.0, "constant"): [
        0.3001029827254454, -0.15243625004000955, 0.05550673596940331, 0.35767414710167555,
        0.024900201428796592, -0.08184952857156631, 0.5797000000523678, -0.4530152455217495,
        0.1573757537761727,
    ],
    ("momentum", 0.0, 0.0, "constant"): [
        0.4517087450272203, -0.038900900194491904, -0.02586837557561721, 0.28124608452654964,
        -0.09768289856532548, -0.0001601812536561734, 0.6439693242956471, -0.36239995329633773,
        -0.04025254371335379,
    ],
    ("momentum", 0.0, 0.1, "constant"): [
        0.21654272015479858, 0.020707971686412818, -0.04673095922717909, 0.07774023430054208,
        -0.07132804585106649, -0.01763803871327096, 0.25766695791270433, -0.10080090997490014,
        -0.04521886635925634,
    ],
    ("momentum", 0.02, 0.0, "constant"): [
        0.2904032567712834, 0.0638729469320287, -0.0647601660715898, 0.1387207376309666,
        -0.09026278251637385, -0.0069773583003913614, 0.48979163451526625, -0.23034462077852863,
        -0.04539443925267576,
    ],
    ("nesterov", 0.0, 0.0, "constant"): [
        0.4592139410940822, -0.03045320192681094, -0.030832770255113228, 0.27672967268690213,
        -0.10427417855499571, 0.002789999642291392, 0.6516713114129122, -0.35975282102210165,
        -0.04939838944252428,
    ],
    ("nesterov", 0.0, 0.1, "constant"): [
        0.2125520717940047, 0.01978705106131123, -0.04537050741282433, 0.07682594616870947,
        -0.07265034212948163, -0.017817903371108845, 0.2552384428595807, -0.10069061887508081,
        -0.055311016969415865,
    ],
    ("nesterov", 0.02, 0.0, "constant"): [
        0.2891915406060645, 0.06809892691664675, -0.06358464050207469, 0.12880976873301708,
        -0.0950276480952817, -0.005489438562416617, 0.48934939939218247, -0.22400960435254252,
        -0.05548553676391955,
    ],
    ("rmsprop", 0.0, 0.0, "constant"): [
        0.9756284818928153, 0.6121202520138634, -0.6604109043696679, -0.288505328004178,
        -0.5097516920995764, 0.39474959479801874, 1.4122141382998525, -0.7845939909090512,
        -0.24440050314377348,
    ],
    ("rmsprop", 0.0, 0.1, "constant"): [
        0.0052301067532268325, 0.0027535093969256047, -0.005433299942107967, -0.0033403977621096924,
        -0.1949266805911733, 0.11455565731787277, 0.06281398866955765, -0.041401927023544796,
        -0.2828837035745183,
    ],
    ("rmsprop", 0.02, 0.0, "constant"): [
        0.032055379545463315, 0.0062356789469272325, 0.01685984691576399, 0.0004881845062841561,
        -0.1052527748924272, 0.025466359063604744, -0.0019240357937972338, 0.03520528544449132,
        -0.29001486591350234,
    ],
    ("adam", 0.0, 0.0, "constant"): [
        1.1418321349719376, 0.7059139763382946, -0.7043269228738847, -0.35629200037545405,
        -0.5729136596018245, 0.3296239738650777, 1.443509237474086, -0.441940286395414,
        -0.3213188466249531,
    ],
    ("adam", 0.0, 0.1, "constant"): [
        -0.03789867831452142, -0.01705417538149734, 0.10326008289322276, -0.08569044422866809,
        -0.33067877017033803, 0.22973806691463286, -0.03422707343144263, 0.014026891793392882,
        -0.2892615605992777,
    ],
    ("adam", 0.02, 0.0, "constant"): [
        -0.006673580190267078, -0.07283504523361231, 0.04241523967018221, 0.030151137899709125,
        -0.32142589284346906, 0.21711075466908614, 0.028658535371545602, -0.03792854395443244,
        -0.29046633203218475,
    ],
    ("gradient_descent", 0.0, 0.0, "step"): [
        0.3115257836514199, -0.1886180842430451, 0.09012798559885947, 0.39102699859602813,
        0.037950683393558164, -0.09112903704635865, 0.6013039101655657, -0.48834410940683415,
        0.1798503086782654,
    ],
    ("gradient_descent", 0.0, 0.0, "inverse"): [
        0.3112434026847733, -0.1888952165079639, 0.09036853774195809, 0.39124523471892575,
        0.03824778784827444, -0.09134500262660789, 0.6012706075681349, -0.48862839196819746,
        0.18034805904725124,
    ],
    ("adam", 0.0, 0.0, "step"): [
        0.7768469602962671, 0.2769371706401365, -0.36966596488472714, -0.03703241010865141,
        -0.267580913748624, 0.14042613940031706, 0.928905365939033, -0.24996172846101933,
        -0.08332489930339432,
    ],
    ("adam", 0.0, 0.0, "inverse"): [
        0.762939931418551, 0.2655727504161654, -0.3581782683087214, -0.027334417568829174,
        -0.262334497174684, 0.13807964339533257, 0.9264300905525428, -0.2706266689046892,
        -0.07789756493527261,
    ],
    ("rmsprop", 0.0, 0.0, "step"): [
        0.8881896731819923, 0.45514176055100936, -0.5054912860233647, -0.1626485966435274,
        -0.41080157140104095, 0.26483417690714406, 1.194900686105003, -0.547893705632217,
        -0.1646975853009633,
    ],
    ("rmsprop", 0.0, 0.0, "inverse"): [
        0.879343151268302, 0.43503439490489415, -0.5080865587843355, -0.16397975640454243,
        -0.3983727665725941, 0.26406455955341807, 1.1560607295522096, -0.5497156203570358,
        -0.15794106609918218,
    ],
}  # fmt: skip
"""θ of the hidden layer row by row, its θ₀, θ and θ₀ of the output, after 8 epochs of batches of 2, 2 and 1.

By optimizer, λ₁, λ₂ and schedule (k = 2), η = 0.05. Made with PyTorch 2.13.0 in float64: torch.optim.SGD
(momentum 0.9, nesterov), RMSprop (alpha 0.9), Adam; weight_decay = λ₂ on the weights, λ₁ Σ |θ| added to the
loss, which is ½ Σ (y − ŷ)², the mean over the batch; lr_scheduler.StepLR (gamma ½) and LambdaLR.
"""


@pytest.mark.parametrize(("optimizer", "l1", "l2", "schedule"), PYTORCH)
def test_ends_where_pytorch_ends(optimizer: str, l1: float, l2: float, schedule: str) -> None:
    settings = Settings(
        0.05, batch_size=2, optimizer=optimizer, l1=l1, l2=l2, schedule=schedule, schedule_epochs=2
    )
    *_, last = train(START, FIVE, settings, epochs=8)
    parts = zip(last.network.weights, last.network.biases, strict=True)
    parameters = np.concatenate([array.ravel() for pair in parts for array in pair])
    np.testing.assert_allclose(parameters, PYTORCH[optimizer, l1, l2, schedule], rtol=1e-12, atol=1e-14)


# -- by hand -----------------------------------------------


def pulled(optimizer: str, updates: int, **changes: float) -> list[Trace]:
    """Return updates of ŷ = θ x from θ = 1 with x = 1, y = 0 and η = 0.5, so that Δθ = −θ/2."""
    network, memory = Network.dense([1, 1], "linear").with_parameters([[[1.0]]], [[0.0]]), NO_MEMORY
    settings = Settings(0.5, update_biases=False, optimizer=optimizer, **changes)  # type: ignore[arg-type]
    traces = []
    for _ in range(updates):
        traces.append(backpropagate(network, [1.0], [0.0], settings, memory=memory))
        network, memory = traces[-1].updated, traces[-1].next_memory
    return traces


def thetas(optimizer: str, updates: int, **changes: float) -> list[float]:
    return [float(trace.updated.weights[0][0, 0]) for trace in pulled(optimizer, updates, **changes)]


def test_gradient_descent_by_hand() -> None:
    assert thetas("gradient_descent", 3) == [0.5, 0.25, 0.125]


def test_momentum_by_hand() -> None:
    # μ = ½: v = −½, θ = ½;  v = −¼ − ¼ = −½, θ = 0;  v = −¼ − 0, θ = −¼
    assert thetas("momentum", 3, momentum=0.5) == [0.5, 0.0, -0.25]


def test_nesterov_by_hand() -> None:
    # μ = ½: v = −½, step ½ v − ½ = −¾, θ = ¼;  v = −¼ − ⅛ = −⅜, step −3/16 − ⅛ = −5/16, θ = −1/16
    assert thetas("nesterov", 2, momentum=0.5) == [0.25, -0.0625]


def test_rmsprop_by_hand() -> None:
    # d = −1: s = 0.1, step −½ / (√0.1 + ε)
    step = -0.5 / (math.sqrt(0.1) + 1e-8)
    d = -(1 + step)
    square = 0.9 * 0.1 + 0.1 * d * d
    second = 1 + step + 0.5 * d / (math.sqrt(square) + 1e-8)
    assert thetas("rmsprop", 2) == pytest.approx([1 + step, second], rel=1e-14)


def test_adam_by_hand() -> None:
    # the first step is η d / (|d| + ε): its size is η, whatever the gradient is
    first, second, *_ = thetas("adam", 2)
    assert first == pytest.approx(1 - 0.5 / (1 + 1e-8), rel=1e-15)
    mean = (0.9 * -0.1 + 0.1 * -first) / (1 - 0.81)
    square = (0.999 * 0.001 + 0.001 * first**2) / (1 - 0.998001)
    assert second == pytest.approx(first + 0.5 * mean / (math.sqrt(square) + 1e-8), rel=1e-13)


# -- what is remembered -----------------------------------------------


def test_without_momentum_it_is_gradient_descent() -> None:
    for optimizer in ("momentum", "nesterov"):
        assert thetas(optimizer, 5, momentum=0.0) == thetas("gradient_descent", 5)


def test_the_memory_goes_from_trace_to_trace() -> None:
    first, second = pulled("adam", 2)
    assert (first.memory.count, first.next_memory.count, second.next_memory.count) == (0, 1, 2)
    assert second.memory is first.next_memory
    assert first.next_memory.first[0][0][0, 0] == pytest.approx(-0.1)
    assert not first.memory.first[0][0].any()
    with pytest.raises(ValueError, match="read-only"):
        second.next_memory.second[0][1][0] = 1


def test_gradient_descent_remembers_nothing_and_adds_the_mean() -> None:
    (trace,) = pulled("gradient_descent", 1)
    assert trace.memory is trace.next_memory is NO_MEMORY
    assert trace.update_weight_steps is trace.mean_weight_steps
    assert trace.update_bias_steps is trace.mean_bias_steps


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_within_a_batch_nothing_is_updated(optimizer: str) -> None:
    settings = Settings(optimizer=optimizer, l2=0.1, batch_size=2)
    trace = backpropagate(START, [1, 2], [0], settings, closes_batch=False)
    assert trace.updated is START
    assert trace.next_memory is trace.memory
    assert (trace.update_weight_steps, trace.update_bias_steps, trace.decay_steps) == (None, None, None)


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_another_optimizer_starts_anew(optimizer: str) -> None:
    memory = pulled("momentum", 1)[0].next_memory
    new = started(memory, optimizer, (np.ones((1, 1)),), (np.ones(1),))
    assert new.optimizer == optimizer
    if optimizer == "momentum":
        assert new is memory
    else:
        assert new.count == 0
        assert all(not array.any() for slot in (new.first, new.second) for pair in slot for array in pair)
        used = tuple(slot for slot in ("first", "second") if new.of(slot))
        assert used == OPTIMIZERS[optimizer].slots


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_missing_connections_and_frozen_biases_stay(optimizer: str) -> None:
    network, settings = START, Settings(optimizer=optimizer, l1=0.1, l2=0.1)
    memory = backpropagate(network, [1, 2], [0], settings).next_memory
    network = network.with_disconnected(0, 0, 1)
    trace = backpropagate(network, [1, 2], [0], settings.with_(update_biases=False), memory=memory)
    assert trace.update_weight_steps is not None
    assert trace.update_weight_steps[0][0, 1] == 0
    assert trace.update_weight_steps[0][0, 0] != 0
    assert bits(trace.updated.biases) == bits(network.biases)
    assert trace.updated.weights[0][0, 1] == 0


@pytest.mark.parametrize("optimizer", ["rmsprop", "adam"])
def test_a_square_too_large_to_remember_is_named(optimizer: str) -> None:
    network = Network.dense([1, 1], "linear").with_parameters([[[0.0]]], [[0.0]])
    with pytest.raises(DivergenceError) as error:
        backpropagate(network, [1e100], [1e80], Settings(1e-300, optimizer=optimizer))
    assert error.value.quantity == "s of the weight from input 1 to output 1"


def test_a_memory_has_its_slots() -> None:
    memory = Memory("momentum", 3, first=((np.ones((1, 1)), np.ones(1)),))
    assert memory.of("first") is memory.first
    assert memory.of("second") == ()
    assert [o.name for o in OPTIMIZERS.values() if o.uses_momentum] == ["momentum", "nesterov"]


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_every_letter_of_a_formula_is_said(name: str) -> None:
    optimizer = OPTIMIZERS[name]
    said = "".join(optimizer.letters_said) + "θη"  # these two, the panel says what they are
    assert {letter for letter in optimizer.formula.replace("ᵏ", "k") if letter.isalpha()} <= set(said)
    assert not any(unicodedata.combining(letter) for letter in optimizer.formula)
