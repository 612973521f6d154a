"""The Explanation panel: where a number comes from, in the lecture's words, in symbols and in numbers."""

from functools import partial

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QHideEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QLayoutItem, QPushButton, QWidget

from bpsim.backprop import PHASES, Trace
from bpsim.explain import Explanation, explain
from bpsim.moment import Moment
from bpsim.narration import describe
from bpsim.notation import NOTATIONS
from bpsim.quantity import Earlier, Quantity
from ui.appearance import Appearance
from ui.asking import exists, is_known, quantity_of_step, step_of, way_to
from ui.history import History
from ui.session import Session
from ui.theme import Theme
from ui.view_state import ViewState
from ui.widgets.activation_section import ActivationSection
from ui.widgets.explanation_card import ExplanationCard
from ui.widgets.explanation_head import ExplanationHead
from ui.widgets.fields import ChoiceField
from ui.widgets.following_panel import FollowingPanel
from ui.widgets.formula_lines import FormulaLines
from ui.widgets.labels import quiet_label
from ui.widgets.matrix_card import MatrixCard
from ui.widgets.panel import number_format
from ui.widgets.term_list import MOST, TermList
from ui.widgets.term_view import TermView
from ui.widgets.term_walk import TermWalk

MEANS = ("mean_step", "mean_bias_step")
"""The numbers that are made of those of other instances, too."""
LOW, WIDE = 260, 320
"""In less height than so many pixels what stands above the formula takes two lines only, in enough width."""


class ExplanationPanel(FollowingPanel):
    """Explains the number of the present step, or the one that was asked about.

    A pin holds what is shown, whatever is stepped or clicked elsewhere. What was asked about is kept, for
    going back and forward.
    """

    def __init__(self, session: Session, appearance: Appearance) -> None:
        super().__init__(session)
        self.setObjectName("explanation_panel")
        self._history = History()
        self._pinned: Quantity | None = None
        self._shown: tuple[object, ...] = ()
        self._about: object = None  # the number, or why there is none
        self._batch: tuple[Trace | None, Earlier] | None = None
        theme, numbers = appearance.theme, number_format(session.view)
        self.head = head = ExplanationHead()
        self.follow_button, self.following_line = head.follow_button, head.following_line
        self.back_button, self.forward_button = head.back_button, head.forward_button
        self.pin_button, self.way_switch = head.pin_button, head.way_switch
        self.title, self.subtitle = head.title, head.subtitle
        self.card = ExplanationCard(theme, numbers)
        self.matrices = MatrixCard(theme, numbers)
        self.unknown_line = quiet_label()
        self.go_button = QPushButton("go to that step")
        self.notes = quiet_label()
        self.derivation = FormulaLines(theme, numbers)
        self.activation = ActivationSection(theme, numbers)
        self.terms = TermList(theme, numbers)
        self.notation_field = ChoiceField(
            (name, notation.label, notation.note) for name, notation in NOTATIONS.items()
        )
        self._to_the_fold = QWidget()
        self._walk = TermWalk(self)
        self._build()
        self._connect(appearance)

    @property
    def quantity(self) -> Quantity | None:
        """The number that is explained, None where there is none."""
        asked = (q for q in (self._pinned, self._session.focus) if q is not None and self._exists(q))
        return self._of_present(next(asked, None) or quantity_of_step(self._session.moment))

    @property
    def _formulas(self) -> tuple[ExplanationCard, MatrixCard, FormulaLines, TermList]:
        return self.card, self.matrices, self.derivation, self.terms

    def _connect(self, appearance: Appearance) -> None:
        session = self._session
        self.follow_button.clicked.connect(lambda _checked=False: session.set_focus(None))
        self.back_button.clicked.connect(lambda _checked=False: self._go(-1))
        self.forward_button.clicked.connect(lambda _checked=False: self._go(1))
        self.pin_button.toggled.connect(self._on_pin)
        self.go_button.clicked.connect(lambda _checked=False: self._go_to_step())
        self.way_switch.chosen.connect(self._on_way)
        self.notation_field.value_chosen.connect(lambda name: session.set_view(notation=name))
        for part in self._formulas:
            part.quantity_hovered.connect(self.light)
            part.quantity_clicked.connect(self._on_clicked)
        for keys, way in (("Alt+Left", -1), ("Alt+Right", 1)):
            shortcut = QShortcut(
                QKeySequence(keys), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut
            )
            shortcut.activated.connect(partial(self._go, way))
        self.activation.quantity_hovered.connect(self.light)
        session.moment_changed.connect(self._on_moment)
        session.focus_changed.connect(self._on_focus)
        session.lit_changed.connect(self._light)
        session.view_changed.connect(self._on_view)
        appearance.changed.connect(self._on_theme)

    # -- what is asked about ---------------------------------------------------------------------------------

    def _on_moment(self, _new: Moment, _old: Moment) -> None:
        if not self._session.running:
            self._forget_what_is_gone()
        self.follow()

    def _forget_what_is_gone(self) -> None:
        """Ask no longer about numbers that there are no more."""
        there = self._exists
        self._history.keep(there)
        if self._pinned is not None and not there(self._pinned):
            self._pinned = None
            with QSignalBlocker(self.pin_button):
                self.pin_button.setChecked(False)
        if self._session.focus is not None and not there(self._session.focus):
            self._session.set_focus(None)

    def _exists(self, quantity: Quantity) -> bool:
        earlier = None if quantity.instance is None else self._earlier()
        return exists(self._session.moment, quantity, earlier)

    def _of_present(self, quantity: Quantity | None) -> Quantity | None:
        """Return a number of the present instance without the instance's row."""
        present = quantity is not None and quantity.instance == self._session.moment.position.instance
        return quantity._replace(instance=None) if present and quantity is not None else quantity

    def _earlier(self) -> Earlier:
        """Return the traces of the earlier instances of the batch, computed once for each instance."""
        trace = self._session.moment.trace
        if self._batch is None or self._batch[0] is not trace:
            self._batch = trace, self._session.batch_traces()
        return self._batch[1]

    def _on_focus(self, new: Quantity | None, _old: Quantity | None) -> None:
        self._history.visit(new)
        self.follow()

    def _on_clicked(self, quantity: Quantity) -> None:
        if self._pinned is not None:
            self._pinned = quantity
        if quantity == self._session.focus:
            self.follow()
        self._session.set_focus(quantity)

    def _on_pin(self, pinned: bool) -> None:
        self._pinned = self.quantity if pinned else None
        self.follow_now()

    def _on_way(self, _way: str) -> None:
        self._shown = ()
        self.follow_now()

    def _go(self, way: int) -> None:
        asked = self._history.go(way)
        if self._pinned is not None:
            self._pinned = asked or self._pinned
        self._session.set_focus(asked)
        self.follow_now()

    def _go_to_step(self) -> None:
        quantity, moment = self.quantity, self._session.moment
        shown = None if quantity is None else way_to(moment, quantity)
        if shown is not None:
            self._session.set_focus(quantity)
            self._session.go_to(moment.instances_done, shown)

    # -- showing ---------------------------------------------------------------------------------------------

    def _on_view(self, new: ViewState, _old: ViewState) -> None:
        for part in (*self._formulas, self.activation):
            part.set_number_format(number_format(new))
        self._shown = ()
        self.follow()

    def _on_theme(self, theme: Theme) -> None:
        for part in (*self._formulas, self.activation):
            part.set_theme(theme)

    def _light(self, quantities: frozenset[Quantity]) -> None:
        for part in self._formulas:
            part.set_lit(quantities)

    def refresh(self) -> None:
        """Show the present state; does nothing where nothing has changed."""
        moment, quantity, view = self._session.moment, self.quantity, self._session.view
        self._show_state()
        if quantity is None or moment.trace is None:
            shown: tuple[object, ...] = (describe(moment, view.step_size, NOTATIONS[view.notation]),)
        else:
            shown = (quantity, moment.trace, moment.shown, view.notation)
        if shown == self._shown:
            return
        if shown[0] != self._about:
            self.verticalScrollBar().setValue(0)
        self._shown, self._about = shown, shown[0]
        if quantity is None or moment.trace is None:
            self._show_nothing(str(shown[0]))
        else:
            self._show_quantity(moment, quantity)

    def _show_state(self) -> None:
        asked, pinned = self._session.focus is not None, self._pinned is not None
        self.head.show_state(asked, pinned)
        self.back_button.setEnabled(self._history.can_go_back)
        self.forward_button.setEnabled(self._history.can_go_forward)
        self.pin_button.setEnabled(pinned or self.quantity is not None)
        self.notation_field.set_value(self._session.view.notation)

    def _show_nothing(self, why: str) -> None:
        self.head.show_number("Nothing computed yet", why)
        for part in (
            *self._formulas,
            self.way_switch,
            self.unknown_line,
            self.go_button,
            self.notes,
            self.activation,
        ):
            part.hide()
        self._walk.set_views(())

    def _show_quantity(self, moment: Moment, quantity: Quantity) -> None:
        explanation, known = self._explained(quantity), is_known(moment, quantity)
        self.card.show_explanation(explanation, known)
        value = self.card.result_view.as_text() if known else ""
        self.head.show_number(explanation.title, explanation.subtitle, value)
        self.way_switch.show()
        self._show_matrices(moment, quantity)
        self.unknown_line.setText("" if known else _how_to_get_there(moment, quantity))
        self.unknown_line.setVisible(not known)
        self.go_button.setVisible(not known and way_to(moment, quantity) is not None)
        self.notes.setText("\n".join(explanation.notes))
        self.notes.setVisible(bool(explanation.notes))
        sums = not self.card.isHidden()
        self.derivation.show_lines(explanation.derivation if sums else (), quantity)
        self._show_activation(moment, quantity)
        parts = [(self._explained(term), is_known(moment, term)) for term in explanation.terms[:MOST]]
        words = not NOTATIONS[self._session.view.notation].words
        self.terms.show_parts(parts, len(explanation.terms) - len(parts), words)
        views: list[TermView] = [view for part in self._formulas for view in part.views]
        self._walk.set_views([view for view in views if view.isVisibleTo(self)])
        self._keep_curve_whole()

    def _show_activation(self, moment: Moment, quantity: Quantity) -> None:
        """Show g and g′ of the node."""
        assert moment.trace is not None
        notation = NOTATIONS[self._session.view.notation]
        self.activation.show_node(moment.trace, quantity, notation, partial(is_known, moment))

    def _show_matrices(self, moment: Moment, quantity: Quantity) -> None:
        """Show the matrix equation in place of the sums, if it is wanted and there is one."""
        wanted = self.way_switch.choice == "matrices"
        assert moment.trace is not None
        there = wanted and self.matrices.show_step(
            moment.trace, quantity, self._session.view.notation, partial(is_known, moment)
        )
        self.matrices.setVisible(wanted)
        self.card.setVisible(not there)

    def _explained(self, quantity: Quantity) -> Explanation:
        trace = self._session.moment.trace
        assert trace is not None
        needs_earlier = quantity.instance is not None or quantity.kind in MEANS
        earlier = self._earlier() if needs_earlier else None
        return explain(trace, quantity, self._session.view.notation, earlier)

    # -- fitting into the height ----------------------------------------------------------------------------

    def _fit_height(self) -> None:
        """Stand on few lines where the panel is low."""
        low = self.viewport().height() < LOW and self.viewport().width() >= WIDE
        if low != self.head.is_low:
            self.head.set_low(low)
            self.card.set_low(low)
            self._shown = ()
            self.follow()
        self._keep_curve_whole()

    def _keep_curve_whole(self) -> None:
        """Have the curve of g begin below what is seen without scrolling, if it would be cut there."""
        self._to_the_fold.hide()
        if self.activation.isHidden():
            return
        width, room = self._contents.width(), self.viewport().height()
        items = [item for n in range(self.content.count()) if (item := self.content.itemAt(n)) is not None]
        above = [item for item in items[: self.content.indexOf(self.activation)] if not item.isEmpty()]
        heights = (_height(item, width) + self.content.spacing() for item in above)
        top = self.column.contentsMargins().top() + sum(heights)
        if top < room < top + _height(items[self.content.indexOf(self.activation)], width):
            self._to_the_fold.setFixedHeight(room - top)
            self._to_the_fold.show()

    # -- building --------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self.go_button.setProperty("kind", "link")
        self.go_button.setToolTip("Go on to the step of this instance that shows the number")
        label = quiet_label("Notation")
        label.setBuddy(self.notation_field)
        label.setContentsMargins(0, 6, 0, 0)
        self.notation_field.setAccessibleName("Notation")
        self.notation_field.set_tip("How everything is written; the numbers stay the same")
        for widget in (
            self.head,
            self.matrices,
            self.card,
            self.unknown_line,
            self.go_button,
            self.notes,
            self.derivation,
            self.terms,
            self._to_the_fold,
            self.activation,
            label,
            self.notation_field,
        ):
            self.content.addWidget(widget)
        self.content.addStretch(1)

    # -- Qt --------------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_height()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.light(None)


def _height(item: QLayoutItem, width: int) -> int:
    return item.heightForWidth(width) if item.hasHeightForWidth() else item.sizeHint().height()


def _how_to_get_there(moment: Moment, quantity: Quantity) -> str:
    step = step_of(moment, quantity)
    assert step is not None  # what no step shows is known
    if way_to(moment, quantity) is None:
        return "Not computed yet. The update comes at the end of the batch."
    number = PHASES.index(step.phase) + 1
    return f"Not computed yet. It comes in phase {number} {step.phase.capitalize()}: press → until then."
