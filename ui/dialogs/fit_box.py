"""The offer to make the network fit new data."""

from functools import partial

from PySide6.QtWidgets import QCheckBox

from bpsim.datasets import Dataset
from bpsim.errors import NetworkError
from bpsim.fitting import fitted_network
from bpsim.network import Network
from bpsim.numbers import counted
from ui import drawing
from ui.session import Session

TRAINED = "The network keeps its trained weights."


class FitBox(QCheckBox):
    """Shown, and ticked, where a network has not the inputs and outputs that the data need."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self._network = network
        self.setChecked(True)
        self.setToolTip("Add or remove nodes at the end of the input layer and of the output layer")
        self.hide()

    def show_data(self, data: Dataset | None) -> None:
        """Offer what these data need; None: nothing."""
        sizes = _sizes(data) if data is not None else self._ends
        self.setText(f"Make the network &fit: {counted(sizes[0], 'input')}, {counted(sizes[1], 'output')}")
        self.setVisible(sizes != self._ends)

    def put(self, session: Session, text: str, data: Dataset) -> None:
        """Put the data into the session, as one edit with the fitted network if that is wished.

        Weights that were trained on the old data stay, which is said.
        """
        old = session.moment
        trained = old.instances_done > 0 or old.finished
        try:
            session.edit(text, dataset=data, network=self._wished(data))
        except NetworkError as error:
            session.edit(text, dataset=data)
            session.notice(str(error))
            return
        replaced = session.moment.dataset is not old.dataset
        if trained and replaced and session.moment.misfit is None:
            session.notice(TRAINED, ("New weights (Ctrl+R)", partial(drawing.new_weights, session)))

    def _wished(self, data: Dataset) -> Network | None:
        fits = _sizes(data) == self._ends
        return None if fits or not self.isChecked() else fitted_network(self._network, data)

    @property
    def _ends(self) -> tuple[int, int]:
        return self._network.sizes[0], self._network.sizes[-1]


def _sizes(data: Dataset) -> tuple[int, int]:
    return len(data.input_names), len(data.target_names)
