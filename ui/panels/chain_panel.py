"""The Chain of reactions panel: how a weight reaches E, what a small change of it does."""

from PySide6.QtGui import QHideEvent

from bpsim.chain import PERCEPTRON
from bpsim.moment import Moment
from bpsim.quantity import Quantity
from ui.appearance import Appearance
from ui.asking import exists
from ui.session import Session
from ui.theme import Theme
from ui.view_state import Selection
from ui.widgets.chain_reading import ALL, ChainReading, first_parameter, parameter_of
from ui.widgets.chain_rows import ChainRows
from ui.widgets.fields import ChoiceField
from ui.widgets.following_panel import FollowingPanel
from ui.widgets.labels import quiet_label
from ui.widgets.math_line import MathLine
from ui.widgets.too_early_section import TooEarlySection
from ui.widgets.wiggle_section import WiggleSection
from ui.widgets.writing import writing

NO_NUMBERS = "There is no chain as long as the numbers of this instance cannot be computed."


class ChainPanel(FollowingPanel):
    """Follows the weight or bias that was asked about or selected, else the first into the present node.

    While it is hidden it computes nothing.
    """

    def __init__(self, session: Session, appearance: Appearance) -> None:
        super().__init__(session)
        self.setObjectName("chain_panel")
        self._chosen = _selected(session.selection) or parameter_of(session.focus)
        self._shown: ChainReading | None = None
        write = writing(session.view, session.moment.network)
        self.subject_label = quiet_label()
        self.path_field = ChoiceField([(ALL, "", "")])
        self.path_field.setAccessibleName("Paths from the weight to E")
        self.rows = ChainRows(appearance.theme)
        self.product_line = MathLine()
        self.sum_line = MathLine()
        self.step_line = MathLine()
        self.note_label = quiet_label()
        self.wiggle = WiggleSection(write)
        self.too_early = TooEarlySection(write)
        self._build()
        self._connect(appearance)

    @property
    def parameter(self) -> Quantity:
        """The weight or bias whose chain is shown."""
        moment = self._session.moment
        return self._chosen or first_parameter(moment)

    def _build(self) -> None:
        self._parts = (
            self.rows, self.product_line, self.sum_line, self.step_line, self.wiggle, self.too_early,
        )  # fmt: skip
        for widget in (
            self.subject_label, self.path_field, self.rows, self.product_line, self.sum_line,
            self.step_line, self.note_label, self.wiggle, self.too_early,
        ):  # fmt: skip
            self.content.addWidget(widget)
        self.content.addStretch(1)

    def _connect(self, appearance: Appearance) -> None:
        session = self._session
        session.moment_changed.connect(self._on_moment)
        session.focus_changed.connect(self._on_focus)
        session.selection_changed.connect(self._on_selection)
        session.view_changed.connect(lambda _new, _old: self.follow())
        session.lit_changed.connect(lambda new, _old: self.rows.set_lit(new))
        appearance.changed.connect(self._on_theme)
        self.path_field.value_chosen.connect(lambda _path: self.follow_now())
        self.rows.lit_changed.connect(session.set_lit)
        self.rows.quantity_chosen.connect(session.set_focus)
        self.wiggle.reached_changed.connect(session.set_lit)
        for table in (self.wiggle.table, self.too_early.table):
            table.quantity_pointed.connect(self.light)
            table.quantity_chosen.connect(session.set_focus)

    # -- which weight ----------------------------------------------------------------------------------------

    def _on_moment(self, new: Moment, old: Moment) -> None:
        same_sizes = new.network.sizes == old.network.sizes  # else the indices may mean another weight
        if self._chosen is not None and not (same_sizes and exists(new, self._chosen)):
            self._chosen = None
        self.follow()

    def _on_focus(self, new: Quantity | None, _old: Quantity | None) -> None:
        """Take the weight that is asked about; asking about a link of its chain leaves the chain."""
        if new is None:
            self._choose(_selected(self._session.selection))
        elif parameter_of(new) is not None:
            self._choose(parameter_of(new))

    def _on_selection(self, new: Selection, _old: Selection) -> None:
        self._choose(_selected(new) or parameter_of(self._session.focus))

    def _choose(self, parameter: Quantity | None) -> None:
        if parameter != self._chosen:
            self._chosen = parameter
            self.path_field.set_value(ALL)
            self.follow()

    # -- showing ---------------------------------------------------------------------------------------------

    def _on_theme(self, new: Theme, _old: Theme) -> None:
        self.rows.set_theme(new)

    def refresh(self) -> None:
        """Show the chain of the present parameter."""
        moment = self._session.moment
        reason = _reason(moment)
        for part in self._parts:
            part.setVisible(not reason)
        self.path_field.setVisible(False)
        if reason:
            self.subject_label.setText(reason)
            self.note_label.hide()
            return
        write = writing(self._session.view, moment.network)
        reading = ChainReading(moment, self.parameter, self.path_field.value, write)
        self._show_chain(reading)
        self.wiggle.show_parameter(moment, self.parameter, write)
        self.too_early.show_moment(moment, write)

    def _show_chain(self, reading: ChainReading) -> None:
        write = reading.writing
        self.subject_label.setText(f"from the {write.name(reading.parameter)} to the error {write.error}")
        self.path_field.set_choices(reading.choices)
        self.path_field.setVisible(reading.path_count > 1)
        self.rows.show_rows(reading.rows, reading.hidden_branches)
        self.rows.set_lit(self._session.lit)
        self.product_line.set_text(reading.product)
        self.sum_line.set_text(reading.sum_of_paths)
        self.sum_line.setVisible(bool(reading.sum_of_paths))
        self.step_line.set_text(reading.step)
        note = reading.waiting or reading.shown.note
        self.note_label.setText(note)
        self.note_label.setVisible(bool(note))

    # -- Qt --------------------------------------------------------------------------------------------------

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._session.set_lit(frozenset())


def _selected(selection: Selection) -> Quantity | None:
    """Return the weight, or the bias of the node, that alone is selected."""
    if len(selection.edges) + len(selection.nodes) != 1:
        return None
    for l, i, j in selection.edges:
        return Quantity("weight", l + 1, i, j)
    layer, node = next(iter(selection.nodes))
    return Quantity("bias", layer, node) if layer else None


def _reason(moment: Moment) -> str:
    """Return why there is no chain, "" if there is one."""
    if "step" in moment.network.activations:
        return PERCEPTRON
    return (moment.misfit or NO_NUMBERS) if moment.trace is None else ""
