"""The Gradient check panel: backpropagation beside central differences, for every parameter."""

from collections.abc import Iterator

import numpy as np
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton

from bpsim.arrays import Array
from bpsim.errors import DivergenceError
from bpsim.gradcheck import GradientCheck, check_gradients
from bpsim.moment import Moment
from bpsim.network import Network
from bpsim.quantity import Quantity
from ui.appearance import Appearance
from ui.asking import is_known
from ui.session import Session
from ui.widgets.fields import ChoiceField
from ui.widgets.following_panel import FollowingPanel
from ui.widgets.labels import quiet_label
from ui.widgets.panel import number_format
from ui.widgets.reading_table import ReadingRow, ReadingTable, ReadingTableModel
from ui.widgets.writing import writing

AGREES = 1e-5
"""Up to this relative difference the two gradients are called the same."""
MOST_PARAMETERS = 3000
MOST_ROWS = 12
SCOPES = (
    ("instance", "this instance", "E of the present instance"),
    ("all", "all instances", "the mean E of all instances"),
)
HEADS = (
    ("", "quantity"),
    ("backprop", "∂E/∂θ by backpropagation"),
    ("numeric", "∂E/∂θ by central differences"),
    ("off by", "relative difference"),
)
TIP = (
    "Backpropagation checked without it: every θ is moved a little up and down, and the slope of E is taken "
    "from what E does, (E(θ + k) − E(θ − k)) / 2k with k about 6·10⁻⁶. Both gradients agree to many digits, "
    "or one of them is wrong."
)
KINKS = ("relu", "leaky_relu", "elu")
KINK = (
    "Where a z lies on the kink of a ReLU or ELU, z ≈ 0, the difference mixes the slopes of both sides: "
    "being off there is no mistake."
)
PERCEPTRON = "The perceptron rule follows no gradient of E, so there is nothing to check."
UNKNOWN_YET = "Gradient check: not computed for these numbers yet"


class CheckPanel(FollowingPanel):
    """A badge that says how well both gradients agree, and the table of all parameters behind it.

    A result belongs to a network and to instances: once these change it is unknown until computed anew.
    """

    def __init__(self, session: Session, _appearance: Appearance) -> None:
        super().__init__(session)
        self.setObjectName("check_panel")
        self._result: GradientCheck | None = None
        self._checked: tuple[Network, Array, Array] | None = None
        self.badge = QLabel()
        self.badge.setWordWrap(True)
        self.badge.setToolTip(TIP)
        self.button = QPushButton("Check now")
        self.button.setToolTip(TIP)
        self.scope_field = ChoiceField(SCOPES)
        self.scope_field.setAccessibleName("Instances to check")
        self.model = ReadingTableModel(HEADS, number_format(session.view))
        self.table = ReadingTable(self.model, "Gradients of all parameters, the largest difference first")
        self.note = quiet_label()
        self._build()
        self.button.clicked.connect(lambda _checked=False: self.compute())
        self.scope_field.value_chosen.connect(lambda _name: self.follow_now())
        self.table.quantity_pointed.connect(self._light)
        self.table.quantity_chosen.connect(session.set_focus)
        session.moment_changed.connect(lambda _new, _old: self.follow())
        session.view_changed.connect(lambda _new, _old: self.follow())

    @property
    def result(self) -> GradientCheck | None:
        """What was computed, None where it no longer holds."""
        return self._result

    def compute(self) -> None:
        """Compare both gradients of the present numbers."""
        subject = self._subject()
        if subject is None:
            return
        try:
            self._result, self._checked = check_gradients(*subject), subject
        except DivergenceError as error:
            self._session.notice(str(error))
        self.follow_now()

    def _build(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.scope_field, 1)
        line.addWidget(self.button)
        self.content.addWidget(self.badge)
        self.content.addLayout(line)
        self.content.addWidget(self.table)
        self.content.addWidget(self.note)
        self.content.addStretch(1)

    # -- what is checked -------------------------------------------------------------------------------------

    def _subject(self) -> tuple[Network, Array, Array] | None:
        """Return network, inputs and targets to check, None where there is nothing that can be."""
        moment = self._session.moment
        if moment.trace is None or self._reason(moment):
            return None
        network = moment.trace.network
        if self.scope_field.value == "all":
            return network, moment.dataset.inputs, moment.dataset.targets
        return network, moment.trace.input, moment.trace.target

    def _reason(self, moment: Moment) -> str:
        """Return why nothing can be checked, "" if something can."""
        if "step" in moment.network.activations:
            return PERCEPTRON
        if moment.trace is None:
            return moment.misfit or "The numbers of this instance are too large to compute."
        if moment.network.n_parameters > MOST_PARAMETERS:
            return (
                f"The network has {moment.network.n_parameters} parameters; "
                f"up to {MOST_PARAMETERS} are checked here, for each needs two more forward passes."
            )
        return ""

    def _holds(self, subject: tuple[Network, Array, Array] | None) -> bool:
        """Tell whether the result is about these numbers."""
        if self._checked is None or subject is None:
            return False
        network, x, y = self._checked
        same = np.array_equal(x, subject[1]) and np.array_equal(y, subject[2])
        return same and (network is subject[0] or network == subject[0])

    # -- showing ---------------------------------------------------------------------------------------------

    def _light(self, quantity: Quantity | None) -> None:
        self._session.set_lit(frozenset() if quantity is None else frozenset({quantity}))

    def refresh(self) -> None:
        """Show the result, if it still is one of the present numbers."""
        moment = self._session.moment
        reason, subject = self._reason(moment), self._subject()
        if not self._holds(subject):
            self._result = self._checked = None
        self.button.setEnabled(not reason)
        self.scope_field.setEnabled(not reason)
        self.table.setVisible(self._result is not None)
        rows = [] if self._result is None else sorted(self._rows(self._result), key=_by_difference)
        self.model.show(rows, number_format(self._session.view))
        self.table.fit(MOST_ROWS)
        self._show_badge(reason)
        self._show_note(moment.network)

    def _show_badge(self, reason: str) -> None:
        if self._result is None:
            text, role = reason or UNKNOWN_YET, "quiet"
        else:
            agrees = self._result.largest <= AGREES
            number = f"{self._result.largest:.1e}".replace("e-0", "e-").replace("-", "−")
            number = number.replace(".", self._session.view.decimal_separator)
            text = f"Gradient check: {number} from central differences {'✓' if agrees else '✗'}"
            role = "right" if agrees else "wrong"
        self.badge.setText(text)
        if self.badge.property("role") != role:
            self.badge.setProperty("role", role)
            self.badge.style().polish(self.badge)

    def _show_note(self, network: Network) -> None:
        off = self._result is not None and self._result.largest > AGREES
        kinked = any(name in KINKS for name in network.activations)
        self.note.setText(KINK if kinked and off else "")
        self.note.setVisible(kinked and off)

    def _rows(self, result: GradientCheck) -> Iterator[ReadingRow]:
        assert self._checked is not None
        for l, mask in enumerate(self._checked[0].masks):
            weights = (result.weights[l], result.numeric_weights[l], result.weight_differences[l])
            for i, j in np.argwhere(mask).tolist():
                yield self._row(Quantity("weight", l + 1, i, j), tuple(float(a[i, j]) for a in weights))
            biases = (result.biases[l], result.numeric_biases[l], result.bias_differences[l])
            for i in range(len(mask)):
                yield self._row(Quantity("bias", l + 1, i), tuple(float(a[i]) for a in biases))

    def _row(self, quantity: Quantity, values: tuple[float, ...]) -> ReadingRow:
        """Return a row; the gradients of the present instance only once they are shown."""
        moment = self._session.moment
        step = quantity._replace(kind="step" if quantity.kind == "weight" else "bias_step")
        known = self.scope_field.value == "all" or is_known(moment, step)
        numbers = values if known else (None, None, values[-1])
        write = writing(self._session.view, moment.network)
        return ReadingRow(quantity, write.letter(quantity), write.name(quantity), numbers)


def _by_difference(row: ReadingRow) -> float:
    return -(row.values[-1] or 0.0)
