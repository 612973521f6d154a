"""The Network panel: layers, sizes and activations as rows, and every weight in a table."""

from collections.abc import Callable
from functools import partial
from itertools import pairwise

from PySide6.QtCore import QModelIndex, QSize, QTimer
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from bpsim.moment import Moment
from bpsim.network import Network
from bpsim.notation import NOTATIONS, Notation
from ui import drawing
from ui.appearance import Appearance
from ui.session import Session
from ui.view_state import Selection, ViewState
from ui.widgets.choices import activation_choices, refused_activations
from ui.widgets.fields import ChoiceField
from ui.widgets.layer_row import LayerRow
from ui.widgets.panel import NARROWEST, Panel, back_to_drawing, number_format
from ui.widgets.selected_number import SelectedNumber
from ui.widgets.weight_section import WeightSection
from ui.widgets.weight_table import BIAS

ALL_WIDTH, LEAST_ALL_WIDTH = 140, 96
MARGIN_ABOVE = 4
MOST_HEIGHT = 236
"""What the panel asks for at most, so that a small window has room for the other panels too."""


class NetworkPanel(Panel):
    """Everything that can be drawn, by keyboard: layers, nodes, activations, connections, weights, biases."""

    def __init__(self, session: Session, _appearance: Appearance) -> None:
        super().__init__()
        self.setObjectName("network_panel")
        self._session = session
        self._rows: list[LayerRow] = []
        self.add_button = QPushButton("+ &add layer")
        self.all_field = ChoiceField(activation_choices())
        self.selected_number = SelectedNumber(number_format(session.view))
        self.weights = WeightSection(session.moment.network, number_format(session.view))
        self._build()
        self._show_network(session.moment.network, None)
        self.selected_number.show_selection(session.moment, session.selection, self._notation)
        self.weights.show_notation(self._notation)

        self.add_button.clicked.connect(lambda _checked=False: drawing.add_layer(session))
        self.all_field.value_chosen.connect(self._choose_all_activations)
        self.selected_number.value_entered.connect(self._on_selected_number)
        self.weights.value_entered.connect(self._on_weight)
        self.weights.toggled.connect(partial(drawing.toggle_weight, session))
        self.weights.disconnected.connect(self._on_disconnected)
        self.weights.refused.connect(session.notice)
        self.weights.button.toggled.connect(self._on_unfolded)
        self.selected_number.field.confirmed.connect(partial(back_to_drawing, self.selected_number.field))
        self.weights.table.selectionModel().currentChanged.connect(self._on_weight_current)
        session.moment_changed.connect(self._on_moment)
        session.selection_changed.connect(self._on_selection)
        session.view_changed.connect(self._on_view)

    @property
    def _notation(self) -> Notation:
        return NOTATIONS[self._session.view.notation]

    @property
    def rows(self) -> tuple[LayerRow, ...]:
        """One row for each layer."""
        return tuple(self._rows)

    # -- edits -----------------------------------------------------------------------------------------------

    def _remove_layer(self, layer: int) -> None:
        seed = drawing.fresh_seed(self._network)
        self._try("Remove layer", lambda: self._network.with_layer_removed(layer, seed=seed))

    def _resize_layer(self, layer: int, size: int) -> None:
        seed = drawing.fresh_seed(self._network)
        text = f"Change size of {self._network.layer_title(layer).lower()}"
        self._try(text, lambda: self._network.with_layer_size(layer, size, seed=seed), merge=f"size {layer}")

    def _choose_activation(self, layer: int, name: str) -> None:
        text = f"Change activation of {self._network.layer_title(layer).lower()}"
        self._try(text, lambda: self._network.with_activation(layer, name))

    def _choose_all_activations(self, name: str) -> None:
        self.all_field.set_value("")
        self._try("Change all activations", lambda: self._network.with_all_activations(name))

    def _on_selected_number(self, value: float) -> None:
        selection, moment = self._session.selection, self._session.moment
        for pair, i, j in selection.edges:
            self._on_weight(pair, i, j, value)
        for layer, node in selection.nodes:
            if layer > 0:
                self._on_weight(layer - 1, node, BIAS, value)
            else:
                dataset = moment.dataset.with_input(moment.position.instance, node, value)
                self._session.edit("Change input", dataset=dataset)

    def _on_weight(self, pair: int, i: int, j: int, value: float) -> None:
        if j == BIAS:
            self._try("Change bias", lambda: self._network.with_bias(pair, i, value))
        elif self._network.masks[pair][i, j]:
            self._try("Change weight", lambda: self._network.with_weight(pair, i, j, value))
        else:
            self._try("Connect", lambda: self._network.with_connected(pair, i, j, value))

    def _on_disconnected(self, pair: int, cells: list[tuple[int, int]]) -> None:
        network = self._network
        for i, j in cells:
            network = network.with_disconnected(pair, i, j)
        self._session.edit("Disconnect", network=network)

    def _try(self, text: str, make: Callable[[], Network], merge: str | None = None) -> None:
        """Edit the network; what the engine refuses is said, and the panel shows the network as it is."""
        if not drawing.try_network(self._session, text, make, merge):
            self._show_network(self._network, None)

    # -- showing ---------------------------------------------------------------------------------------------

    @property
    def _network(self) -> Network:
        return self._session.moment.network

    def _on_moment(self, new: Moment, old: Moment) -> None:
        if new.network is not old.network:
            self._show_network(new.network, old.network)
        if new.position != old.position:
            self.selected_number.field.give_up()
        self.selected_number.show_selection(new, self._session.selection, self._notation)

    def _on_selection(self, selection: Selection, _old: Selection) -> None:
        self.selected_number.show_selection(self._session.moment, selection, self._notation)

    def _on_view(self, view: ViewState, _old: ViewState) -> None:
        self.selected_number.field.set_number_format(number_format(view))
        self.weights.show_format(number_format(view))
        self.weights.show_notation(self._notation)
        self._on_selection(self._session.selection, self._session.selection)

    def _on_weight_current(self, current: QModelIndex) -> None:
        if not (self.weights.table.hasFocus() and current.isValid()):
            return
        pair, i, j = self.weights.model.pair, current.row(), current.column() - 1
        if j == BIAS:
            self._session.select(Selection(nodes=frozenset({(pair + 1, i)})))
        elif self._network.masks[pair][i, j]:
            self._session.select(Selection(edges=frozenset({(pair, i, j)})))
        else:
            self._session.select(Selection())

    def _on_unfolded(self, unfolded: bool) -> None:
        if unfolded:
            QTimer.singleShot(0, self, self._bring_weights_into_sight)  # once the table has its place

    def _bring_weights_into_sight(self) -> None:
        self.verticalScrollBar().setValue(self.weights.y() - MARGIN_ABOVE)

    def _show_network(self, network: Network, old: Network | None) -> None:
        self.weights.show_network(network)
        kind = (network.sizes, network.activations, network.loss)
        if old is not None and kind == (old.sizes, old.activations, old.loss):
            return
        self._fit_rows(len(network.sizes))
        for layer, row in enumerate(self._rows):
            activation = network.activations[layer - 1] if layer else None
            hidden = 0 < layer < len(network.sizes) - 1
            row.show_layer(network.layer_title(layer), network.sizes[layer], activation, removable=hidden)
            if layer:
                row.show_refusals(refused_activations(network, layer))
        self.all_field.set_refusals(refused_activations(network, None))

    def _fit_rows(self, count: int) -> None:
        """Have one row for each layer; those that stay keep the focus."""
        while len(self._rows) > count:
            row = self._rows.pop()
            row.hide()
            row.deleteLater()
        while len(self._rows) < count:
            self._add_row(len(self._rows))
        self._order_tabs()
        self.updateGeometry()

    def _add_row(self, layer: int) -> None:
        row = LayerRow()
        row.size_entered.connect(lambda size: self._resize_layer(layer, size))
        row.activation_chosen.connect(lambda name: self._choose_activation(layer, name))
        row.size_field.confirmed.connect(partial(back_to_drawing, row.size_field))
        row.removal_requested.connect(lambda: self._remove_layer(layer))
        self._layers.addWidget(row)
        self._rows.append(row)

    # -- building --------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self._layers = QVBoxLayout()
        self._layers.setSpacing(4)
        self.add_button.setProperty("kind", "link")
        self.add_button.setToolTip("Add a hidden layer before the output layer")
        self.all_field.setPlaceholderText("all activations")
        self.all_field.set_value("")
        self.all_field.setMinimumWidth(LEAST_ALL_WIDTH)
        self.all_field.setMaximumWidth(ALL_WIDTH)
        self.all_field.setToolTip("Give all hidden layers and the output layer the same activation function")
        self.all_field.setAccessibleName("Activation of all layers")
        buttons = QHBoxLayout()
        buttons.addWidget(self.add_button)
        buttons.addStretch(1)
        buttons.addWidget(self.all_field, 100)  # up to its greatest width
        self.column.addLayout(self._layers)
        self.column.addLayout(buttons)
        self.column.addWidget(self.selected_number)
        self.column.addWidget(self.weights)
        self.column.addStretch(1)

    def _order_tabs(self) -> None:
        fields: list[QWidget] = []
        for row in self._rows:
            fields += [row.size_field, row.activation_field, row.remove_button]
        fields += [
            self.add_button, self.all_field, self.selected_number.field,
            self.weights.button, self.weights.pair_field, self.weights.table,
        ]  # fmt: skip
        for first, second in pairwise(fields):
            QWidget.setTabOrder(first, second)

    # -- Qt --------------------------------------------------------------------------------------------------

    def minimumSizeHint(self) -> QSize:
        rows = sum(row.sizeHint().height() + self._layers.spacing() for row in self._rows)
        buttons = self.all_field.sizeHint().height() + self.weights.button.sizeHint().height()
        return QSize(NARROWEST, min(rows + buttons + 3 * self.column.spacing(), MOST_HEIGHT))
