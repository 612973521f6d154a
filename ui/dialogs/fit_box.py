"""The offer to make the network fit new data."""

from PySide6.QtWidgets import QCheckBox

from bpsim.datasets import Dataset
from bpsim.errors import NetworkError
from bpsim.fitting import fitted_network
from bpsim.network import Network
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
        self.setText(f"Make the network &fit: {_count(sizes[0], 'input')}, {_count(sizes[1], 'output')}")
        self.setVisible(sizes != self._ends)

    def put(self, session: Session, text: str, data: Dataset) -> None:
        """Put the data into the session, as one edit with the fitted network if that is wished."""
        fits = _sizes(data) == self._ends
        if fits or not self.isChecked():
            session.edit(text, dataset=data)
            return
        try:
            session.edit(text, dataset=data, network=fitted_network(self._network, data))
        except NetworkError as error:
            session.edit(text, dataset=data)
            session.notice(str(error))

    @property
    def _ends(self) -> tuple[int, int]:
        return self._network.sizes[0], self._network.sizes[-1]


def _sizes(data: Dataset) -> tuple[int, int]:
    return len(data.input_names), len(data.target_names)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
