"""The Gradient check panel: backpropagation beside central differences, for every parameter."""

from collections.abc import Iterator

import numpy as np
from PySide6.QtWidgets import QLabel, QProgressBar, QPushButton

from bpsim.arrays import Array
from bpsim.batch_traces import MOST_INSTANCES
from bpsim.errors import DivergenceError
from bpsim.gradcheck import GradientCheck, checking
from bpsim.moment import Moment
from bpsim.network import Network
from bpsim.quantity import Quantity
from ui.appearance import Appearance
from ui.asking import is_known
from ui.session import Session
from ui.slices import Slices
from ui.widgets.fields import ChoiceField
from ui.widgets.following_panel import FollowingPanel
from ui.widgets.labels import quiet_label
from ui.widgets.panel import number_format
from ui.widgets.reading_table import ReadingRow, ReadingTable, ReadingTableModel
from ui.widgets.row import Row
from ui.widgets.writing import writing

AGREES = 1e-5
"""Up to this relative difference the two gradients are called the same."""
MOST_LISTED = 200
"""Of more parameters the table has those with the largest differences."""
MOST_ROWS = 12
SCOPES = (
    ("instance", "this instance", "E of the present instance"),
    ("batch", "the batch so far", "the mean E of the instances of the batch in progress, up to this one"),
    ("all", "all instances", "the mean E of all training instances"),
)
BATCH_OF_ONE = "The batch has one instance only: this one."
LONG_BATCH = "The batch has too many instances to look back at."
CHECK, CANCEL = "Check now", "Cancel"
Subject = tuple[Network, Array, Array]
"""Network, inputs and targets."""
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
CHECKING = "Gradient check: moving every parameter a little …"
LATER = (
    "The two gradients are shown once Δθ, which is made of them, is: in phase 5 Gradient. Press → until then."
)
UNKNOWN_YET = "Gradient check: not computed for these numbers yet"


class CheckPanel(FollowingPanel):
    """A badge that says how well both gradients agree, and the table of all parameters behind it.

    A result belongs to a network and to instances: once these change it is unknown until computed anew.
    """

    def __init__(self, session: Session, _appearance: Appearance) -> None:
        super().__init__(session)
        self.setObjectName("check_panel")
        self._result: GradientCheck | None = None
        self._checked: Subject | None = None
        self.badge = QLabel()
        self.badge.setWordWrap(True)
        self.badge.setToolTip(TIP)
        self.button = QPushButton(CHECK)
        self.button.setToolTip(TIP)
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName("Parameters checked so far")
        self.progress.hide()
        self._slices = Slices(DivergenceError, self)
        self.scope_field = ChoiceField(SCOPES)
        self.scope_field.setAccessibleName("Instances to check")
        self.model = ReadingTableModel(HEADS, number_format(session.view))
        self.table = ReadingTable(self.model, "Gradients of all parameters, the largest difference first")
        self.note = quiet_label()
        self._build()
        self.button.clicked.connect(lambda _checked=False: self._on_button())
        self._slices.advanced.connect(self.progress.setValue)
        self._slices.finished.connect(self._on_finished)
        self._slices.failed.connect(self._on_failed)
        self.scope_field.value_chosen.connect(lambda _name: self.follow_now())
        self.table.quantity_pointed.connect(self.light)
        self.table.quantity_chosen.connect(session.set_focus)
        session.moment_changed.connect(lambda _new, _old: self.follow())
        session.view_changed.connect(lambda _new, _old: self.follow())

    @property
    def result(self) -> GradientCheck | None:
        """What was computed, None where it no longer holds."""
        return self._result

    @property
    def is_checking(self) -> bool:
        """Whether a check is under way."""
        return self._slices.running

    # -- checking --------------------------------------------------------------------------------------------

    def _on_button(self) -> None:
        if self.is_checking:
            self._slices.cancel()
            self._checked = None
            self.follow_now()
        else:
            self.compute()

    def compute(self) -> None:
        """Begin to compare both gradients of the present numbers."""
        subject = self._subject()
        if subject is None:
            return
        self._result, self._checked = None, subject
        self.progress.setRange(0, subject[0].n_parameters)
        self.progress.setValue(0)
        self._slices.start(checking(*subject))
        self.follow_now()

    def _on_finished(self, result: GradientCheck) -> None:
        self._result = result
        self.follow_now()

    def _on_failed(self, error: DivergenceError) -> None:
        self._checked = None
        self._session.notice(str(error))
        self.follow_now()

    def _build(self) -> None:
        self.content.addWidget(self.badge)
        self.content.addWidget(Row(self.scope_field, self.button))
        self.content.addWidget(self.progress)
        self.content.addWidget(self.note)
        self.content.addWidget(self.table)
        self.content.addStretch(1)

    # -- what is checked -------------------------------------------------------------------------------------

    def _subject(self) -> Subject | None:
        """Return network, inputs and targets to check, None where there is nothing that can be."""
        moment = self._session.moment
        if moment.trace is None or self._reason(moment):
            return None
        rows = list(self._rows_of(moment))
        return moment.trace.network, moment.dataset.inputs[rows], moment.dataset.targets[rows]

    def _rows_of(self, moment: Moment) -> Iterator[int]:
        """Yield which instances of the data are checked."""
        if self.scope_field.value == "all":
            yield from moment.split.train
            return
        if self.scope_field.value == "batch":
            yield from self._session.batch_traces()
        yield moment.position.instance

    def _refusals(self, moment: Moment) -> dict[str, str]:
        """Return why there is no batch to check, if there is none."""
        count = 1 if moment.trace is None else moment.trace.batch.count
        if count == 1:
            return {"batch": BATCH_OF_ONE}
        return {"batch": LONG_BATCH} if count > MOST_INSTANCES else {}

    def _reason(self, moment: Moment) -> str:
        """Return why nothing can be checked, "" if something can."""
        if "step" in moment.network.activations:
            return PERCEPTRON
        if moment.trace is None:
            return moment.misfit or "The numbers of this instance are too large to compute."
        return ""

    def _holds(self, subject: Subject | None) -> bool:
        """Tell whether the result, or the check under way, is about these numbers."""
        if self._checked is None or subject is None:
            return False
        network, x, y = self._checked
        same = np.array_equal(x, subject[1]) and np.array_equal(y, subject[2])
        return same and (network is subject[0] or network == subject[0])

    # -- showing ---------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Show the result, if it still is one of the present numbers."""
        moment = self._session.moment
        self._show_scopes(moment)
        reason, subject = self._reason(moment), self._subject()
        if not self._holds(subject):
            self._slices.cancel()
            self._result = self._checked = None
        self.button.setEnabled(not reason)
        self.button.setText(CANCEL if self.is_checking else CHECK)
        self.progress.setVisible(self.is_checking)
        self.scope_field.setEnabled(not reason)
        self.table.setVisible(self._result is not None)
        rows = (
            [] if self._result is None else [self._row(*largest) for largest in self._largest(self._result)]
        )
        self.model.show(rows, number_format(self._session.view))
        self.table.fit(MOST_ROWS)
        self._show_badge(reason)
        self._show_note(moment.network, any(row.values[0] is None for row in rows))

    def _show_scopes(self, moment: Moment) -> None:
        refusals = self._refusals(moment)
        self.scope_field.set_refusals(refusals)
        if self.scope_field.value in refusals:
            self.scope_field.set_value("instance")

    def _show_badge(self, reason: str) -> None:
        if self.is_checking:
            text, role = CHECKING, "quiet"
        elif self._result is None:
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

    def _show_note(self, network: Network, later: bool) -> None:
        off = self._result is not None and self._result.largest > AGREES
        kinked = any(name in KINKS for name in network.activations)
        more = self._result is not None and network.n_parameters > MOST_LISTED
        listed = f"The {MOST_LISTED} largest differences of {network.n_parameters} are listed."
        notes = [text for text, wanted in ((LATER, later), (KINK, kinked and off), (listed, more)) if wanted]
        self.note.setText("\n".join(notes))
        self.note.setVisible(bool(notes))

    def _largest(self, result: GradientCheck) -> list[tuple[Quantity, tuple[float, ...]]]:
        """Return the parameters whose gradients differ most, with both gradients and the difference."""
        assert self._checked is not None
        found: list[tuple[Quantity, tuple[float, ...]]] = []
        for l, mask in enumerate(self._checked[0].masks):
            weights = (result.weights[l], result.numeric_weights[l], result.weight_differences[l])
            places = np.argwhere(mask)
            order = np.argsort(-weights[2][mask], kind="stable")[:MOST_LISTED]
            for i, j in places[order].tolist():
                found.append((Quantity("weight", l + 1, i, j), tuple(float(a[i, j]) for a in weights)))
            biases = (result.biases[l], result.numeric_biases[l], result.bias_differences[l])
            found += [
                (Quantity("bias", l + 1, i), tuple(float(a[i]) for a in biases)) for i in range(len(mask))
            ]
        return sorted(found, key=lambda row: -row[1][-1])[:MOST_LISTED]

    def _row(self, quantity: Quantity, values: tuple[float, ...]) -> ReadingRow:
        """Return a row; the gradients of the present instance only once they are shown."""
        moment = self._session.moment
        step = quantity._replace(kind="step" if quantity.kind == "weight" else "bias_step")
        known = self.scope_field.value != "instance" or is_known(moment, step)
        numbers = values if known else (None, None, values[-1])
        write = writing(self._session.view, moment.network)
        return ReadingRow(quantity, write.letter(quantity), write.name(quantity), numbers)
