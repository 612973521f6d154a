import pytest

from bpsim.activations import ACTIVATIONS
from bpsim.errors import NetworkError
from bpsim.losses import LOSSES
from bpsim.network import Network
from bpsim.optimizers import OPTIMIZERS
from bpsim.schedules import SCHEDULES
from ui.widgets.choices import optimizer_choices, refused_activations, refused_losses, schedule_choices

NETWORKS = (
    Network.dense([2, 3, 2]),
    Network.dense([2, 3, 3, 2], ["tanh", "relu", "softmax"], "cross_entropy"),
    Network.dense([2, 1], "step"),
    Network.dense([2, 3, 1], "linear"),
)


@pytest.mark.parametrize("network", NETWORKS)
def test_exactly_what_the_engine_refuses(network: Network) -> None:
    for layer in range(1, len(network.sizes)):
        refused = refused_activations(network, layer)
        for name in ACTIVATIONS:
            if name in refused:
                with pytest.raises(NetworkError, match=refused[name][:20]):
                    network.with_activation(layer, name)
            else:
                network.with_activation(layer, name)
    refused = refused_losses(network)
    for name in LOSSES:
        if name in refused:
            with pytest.raises(NetworkError):
                network.with_loss(name)
        else:
            network.with_loss(name)


def test_optimizers_and_schedules_are_those_of_the_engine() -> None:
    assert [name for name, _, _ in optimizer_choices()] == list(OPTIMIZERS)
    assert [name for name, _, _ in schedule_choices()] == list(SCHEDULES)
    assert all(text and meaning for _, text, meaning in [*optimizer_choices(), *schedule_choices()])


def test_all_layers_at_once() -> None:
    assert set(refused_activations(NETWORKS[0], None)) == {"step"}
    assert set(refused_activations(NETWORKS[2], None)) == set()
