"""The offer to make the network fit new data."""

from PySide6.QtWidgets import QCheckBox

from bpsim.datasets import Dataset
from bpsim.errors import NetworkError
from bpsim.fitting import fitted_network
from bpsim.network import Network
from bpsim.numbers import counted
from ui.session import Session


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

        The new training begins with the start weights of the one before, also with a network made to fit.
        """
        try:
            session.edit(text, dataset=data, network=self._wished(session, data))
        except NetworkError as error:
            session.edit(text, dataset=data)
            session.notice(str(error))

    def _wished(self, session: Session, data: Dataset) -> Network | None:
        if _sizes(data) == self._ends or not self.isChecked():
            return None
        start = session.project.network
        return fitted_network(self._network.with_parameters(start.weights, start.biases), data)

    @property
    def _ends(self) -> tuple[int, int]:
        return self._network.sizes[0], self._network.sizes[-1]


def _sizes(data: Dataset) -> tuple[int, int]:
    return len(data.input_names), len(data.target_names)
