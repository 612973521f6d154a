import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from bpsim.examples import EXAMPLES, load_example
from bpsim.explain import explain
from bpsim.formula import Equation, Number
from bpsim.matrices import NONE
from bpsim.notation import NOTATIONS
from bpsim.quantity import Quantity
from bpsim.running import run
from bpsim.stopping import Stopping
from tests.helpers import xor_session
from tests.ui.tables import Show, keep_settled
from ui.appearance import Appearance
from ui.panels.explanation_panel import ExplanationPanel
from ui.session import Session
from ui.widgets.formula_view import FormulaView
from ui.widgets.term_list import MOST

Key, Modifier = Qt.Key, Qt.KeyboardModifier
LEFT = Qt.MouseButton.LeftButton
HIDDEN, OUTPUT, PREDICTION = Quantity("delta", 1, 0), Quantity("delta", 2, 0), Quantity("a", 2, 0)


@pytest.fixture
def session(qapp: object) -> Session:
    session = Session(load_example("lecture_demo"))
    session.go_to_phase("backward")
    return session


@pytest.fixture
def panel(session: Session, appearance: Appearance, show: Show, qtbot: QtBot) -> ExplanationPanel:
    panel = ExplanationPanel(session, appearance)
    show(panel, session).resize(320, 700)
    keep_settled(panel, session, qtbot)
    return panel


def is_seen(panel: ExplanationPanel, widget: QWidget) -> bool:
    """Tell whether a widget is wholly in the part of the panel that is seen without scrolling."""
    place = QRect(widget.mapTo(panel.viewport(), QPoint()), widget.size())
    return widget.isVisible() and panel.viewport().rect().contains(place)


def click(view: FormulaView, quantity: Quantity, qtbot: QtBot) -> None:
    place = view.place_of(quantity)
    assert place is not None
    qtbot.mouseClick(view, LEFT, pos=place.center())


def row(panel: ExplanationPanel, quantity: Quantity) -> FormulaView:
    """Return the row of a number in the list of what the shown one is made of."""
    return next(view for view in panel.terms.views if view.place_of(quantity) is not None)


def press(button: QAbstractButton, qtbot: QtBot) -> None:
    assert button.isVisible()
    qtbot.mouseClick(button, LEFT)


def result(panel: ExplanationPanel) -> float | None:
    """Return the number that the card shows as the result, None where it shows none."""
    view = panel.card.result_view
    if not view.isVisible():
        return None
    assert isinstance(view.formula, Equation)
    assert isinstance(view.formula.right, Number)
    return view.formula.right.value


def shows(panel: ExplanationPanel, session: Session, quantity: Quantity) -> bool:
    assert session.moment.trace is not None
    told = explain(session.moment.trace, quantity, session.view.notation)
    return panel.title.text() == told.title and panel.card.rule_view.formula == told.rule


def is_whole(panel: ExplanationPanel) -> bool:
    """Tell whether everything is as wide and high as it needs to be."""
    body = panel.widget()
    assert body is not None
    return body.minimumSizeHint().width() <= panel.viewport().width() and all(
        view.picture is not None
        and view.picture.width <= view.width()
        and view.picture.height <= view.height()
        for view in (*panel.card.views, *panel.derivation.views, *panel.terms.views)
        if view.isVisible()
    )


# -- following -----------------------------------------------------------------------------------------------


def test_it_follows_the_steps(panel: ExplanationPanel, session: Session) -> None:
    session.go_to(0, 0)
    assert panel.title.text() == "Nothing computed yet"
    assert "Press →" in panel.subtitle.text()
    assert not panel.card.isVisible()
    titles = []
    while not session.moment.finished:
        session.step("node")
        assert panel.quantity is not None
        assert shows(panel, session, panel.quantity)
        assert result(panel) is not None
        titles.append(panel.title.text())
    assert len(set(titles)) == len(titles)
    assert not panel.follow_button.isVisible()


def test_another_number_is_shown_from_its_beginning(panel: ExplanationPanel, session: Session) -> None:
    panel.window().resize(300, 240)
    session.go_to_phase("forward")
    scroll_bar = panel.verticalScrollBar()
    scroll_bar.setValue(scroll_bar.maximum())
    assert scroll_bar.value() > 0
    session.set_view(digits=5)
    assert scroll_bar.value() > 0  # the same number stays where it is read
    session.back("node")
    assert scroll_bar.value() == 0


def test_of_a_given_number_it_is_only_said_where_it_comes_from(
    panel: ExplanationPanel, session: Session
) -> None:
    session.set_focus(Quantity("input", 0, 1))
    assert panel.card.where_line.text() == "Given by the data."
    assert [view for view in panel.card.views if view.isVisible()] == [panel.card.result_view]
    session.set_focus(HIDDEN)
    assert not panel.card.where_line.isVisible()
    assert panel.card.rule_view.isVisible()


def test_it_is_never_stale(panel: ExplanationPanel, session: Session) -> None:
    session.set_focus(Quantity("z", 1, 0))
    before = result(panel)
    session.edit("Change weight", network=session.moment.network.with_weight(0, 0, 0, 5.0))
    session.step("phase")
    session.step("phase")
    assert session.moment.trace is not None
    assert result(panel) == session.moment.trace.pre_activations[1][0] != before  # type: ignore[index]


def test_nothing_is_worked_out_while_nobody_sees_it(panel: ExplanationPanel, session: Session) -> None:
    panel.window().hide()
    session.set_focus(PREDICTION)
    assert not shows(panel, session, PREDICTION)
    panel.window().show()
    assert shows(panel, session, PREDICTION)


def test_where_network_and_data_do_not_fit_it_says_so(panel: ExplanationPanel, session: Session) -> None:
    session.set_focus(HIDDEN)
    session.edit("Add node", network=session.moment.network.with_node_added(0, 2))
    assert session.moment.misfit is not None
    assert panel.subtitle.text() == session.moment.misfit
    assert not panel.card.isVisible()


def test_a_rule_with_a_sum_is_written_out_too(
    panel: ExplanationPanel, session: Session, qtbot: QtBot
) -> None:
    session.set_focus(HIDDEN)
    assert panel.card.rule_view.place_of(OUTPUT) is None
    click(panel.card.written_view, OUTPUT, qtbot)
    assert shows(panel, session, OUTPUT)
    assert not panel.card.written_view.isVisible()
    assert not panel.derivation.isVisible()


def test_where_a_factor_cancels_it_is_shown_how(appearance: Appearance, show: Show, qtbot: QtBot) -> None:
    session = Session(load_example("softmax"))
    session.go_to_phase("backward")
    panel = ExplanationPanel(session, appearance)
    show(panel, session)
    keep_settled(panel, session, qtbot)
    session.set_focus(OUTPUT)
    assert len(panel.derivation.views) == 3
    assert all(view.isVisible() for view in panel.derivation.views)


# -- asking --------------------------------------------------------------------------------------------------


def test_a_click_on_a_term_goes_on_from_it(panel: ExplanationPanel, session: Session, qtbot: QtBot) -> None:
    session.set_focus(HIDDEN)
    click(panel.card.numbers_view, OUTPUT, qtbot)
    assert session.focus == OUTPUT
    assert shows(panel, session, OUTPUT)
    click(panel.card.rule_view, PREDICTION, qtbot)
    assert shows(panel, session, PREDICTION)
    session.step("node")
    assert shows(panel, session, PREDICTION)
    press(panel.follow_button, qtbot)
    assert session.focus is None
    assert panel.quantity == Quantity("step", 2, 0, 0)
    assert shows(panel, session, Quantity("step", 2, 0, 0))


def test_the_list_of_terms_leads_on_too(panel: ExplanationPanel, session: Session, qtbot: QtBot) -> None:
    session.set_focus(HIDDEN)
    assert len(panel.terms.views) == MOST
    click(row(panel, OUTPUT), OUTPUT, qtbot)
    assert session.focus == OUTPUT
    assert row(panel, PREDICTION).isVisible()
    assert len(panel.terms.views) < MOST


def test_back_and_forward(panel: ExplanationPanel, session: Session, qtbot: QtBot) -> None:
    assert not panel.back_button.isEnabled()
    session.set_focus(HIDDEN)
    session.set_focus(OUTPUT)
    press(panel.back_button, qtbot)
    assert shows(panel, session, HIDDEN)
    press(panel.forward_button, qtbot)
    assert shows(panel, session, OUTPUT)
    assert not panel.forward_button.isEnabled()
    panel.pin_button.setFocus()
    qtbot.keyClick(panel.pin_button, Key.Key_Left, Modifier.AltModifier)
    assert session.focus == HIDDEN
    qtbot.keyClick(panel.pin_button, Key.Key_Right, Modifier.AltModifier)
    assert session.focus == OUTPUT
    for _ in range(2):
        press(panel.back_button, qtbot)
    assert session.focus is None
    assert not panel.back_button.isEnabled()


def test_the_pin_holds_what_is_shown(panel: ExplanationPanel, session: Session, qtbot: QtBot) -> None:
    held = panel.quantity
    assert held is not None
    press(panel.pin_button, qtbot)
    session.step("node")
    session.set_focus(HIDDEN)
    assert shows(panel, session, held)
    assert panel.following_line.text() == "held by the pin"
    click(row(panel, OUTPUT), OUTPUT, qtbot)
    assert shows(panel, session, OUTPUT)
    session.set_focus(HIDDEN)
    assert shows(panel, session, OUTPUT)
    press(panel.pin_button, qtbot)
    assert shows(panel, session, HIDDEN)


def test_a_number_that_is_gone_is_asked_about_no_more(
    panel: ExplanationPanel, session: Session, qtbot: QtBot
) -> None:
    last = Quantity("z", 1, 2)
    session.set_focus(HIDDEN)
    session.set_focus(last)
    press(panel.pin_button, qtbot)
    session.edit("Delete node", network=session.moment.network.with_nodes_removed([(1, 2)]))
    assert session.focus is None
    assert not panel.pin_button.isChecked()
    assert panel.quantity != last
    press(panel.back_button, qtbot)
    assert session.focus in (HIDDEN, None)


# -- what is not known yet -----------------------------------------------------------------------------------


def test_a_number_that_is_not_computed_yet_has_a_rule_and_no_numbers(
    panel: ExplanationPanel, session: Session, qtbot: QtBot
) -> None:
    session.go_to_phase("receive")
    session.set_focus(HIDDEN)
    assert shows(panel, session, HIDDEN)
    assert result(panel) is None
    assert not panel.card.numbers_view.isVisible()
    assert "4 Backward" in panel.unknown_line.text()
    assert not isinstance(row(panel, OUTPUT).formula, Equation)  # a symbol without a number
    press(panel.go_button, qtbot)
    assert session.moment.position[2:] == ("backward", 1, 0)
    assert result(panel) is not None
    assert not panel.unknown_line.isVisible()
    session.back("node")
    assert result(panel) is None


def test_an_update_at_the_end_of_the_batch_cannot_be_gone_to(
    appearance: Appearance, show: Show, qtbot: QtBot
) -> None:
    session = xor_session(batch_size=2)
    panel = ExplanationPanel(session, appearance)
    show(panel, session)
    keep_settled(panel, session, qtbot)
    session.set_focus(Quantity("new_weight", 1, 0, 0))
    assert "end of the batch" in panel.unknown_line.text()
    assert not panel.go_button.isVisible()


# -- lighting up ---------------------------------------------------------------------------------------------


def test_a_term_under_the_mouse_is_lit_everywhere(
    panel: ExplanationPanel, session: Session, qtbot: QtBot
) -> None:
    session.set_focus(HIDDEN)
    place = panel.card.numbers_view.place_of(OUTPUT)
    assert place is not None
    qtbot.mouseMove(panel.card.numbers_view, place.center())
    assert session.lit == {OUTPUT}
    qtbot.mouseMove(panel.card.numbers_view, QPoint(1, 1))
    assert session.lit == frozenset()


def test_what_is_lit_elsewhere_is_lit_in_the_formulas(panel: ExplanationPanel, session: Session) -> None:
    session.set_focus(HIDDEN)
    views = (panel.card.numbers_view, row(panel, OUTPUT))
    before = [view.grab().toImage() for view in views]
    session.set_lit(frozenset({OUTPUT}))
    assert all(view.grab().toImage() != old for view, old in zip(views, before, strict=True))
    session.set_lit(frozenset())
    assert all(view.grab().toImage() == old for view, old in zip(views, before, strict=True))


def test_nothing_stays_lit_when_the_panel_goes(
    panel: ExplanationPanel, session: Session, qtbot: QtBot
) -> None:
    panel.card.rule_view.setFocus()
    assert session.lit
    panel.window().hide()
    assert not session.lit


# -- how it is written ---------------------------------------------------------------------------------------


def test_the_notation_is_chosen_at_the_bottom(
    panel: ExplanationPanel, session: Session, qtbot: QtBot
) -> None:
    session.set_focus(HIDDEN)
    lecture = result(panel)
    panel.notation_field.setFocus()
    seen = {session.view.notation}
    for _ in range(len(NOTATIONS) - 1):
        qtbot.keyClick(panel.notation_field, Key.Key_Down)
        seen.add(session.view.notation)
        assert shows(panel, session, HIDDEN)
        assert abs(result(panel) or 0) == abs(lecture or 0)
    assert seen == set(NOTATIONS)
    session.set_view(notation="nielsen")
    assert panel.notation_field.value == "nielsen"
    assert result(panel) == -(lecture or 0)


def test_digits_and_decimal_sign_follow_the_view(panel: ExplanationPanel, session: Session) -> None:
    session.set_focus(Quantity("slope", 1, 0))
    view = panel.card.result_view
    before = view.natural_width()
    session.set_view(digits=6)
    assert view.natural_width() > before
    spoken = view.accessibleName()
    session.set_view(decimal_separator=",")
    assert view.accessibleName() != spoken


def test_the_result_is_about_right_where_the_numbers_shown_do_not_give_it(
    panel: ExplanationPanel, session: Session
) -> None:
    session.set_focus(HIDDEN)
    signs = []
    for digits in (1, 15):
        session.set_view(digits=digits)
        assert isinstance(panel.card.result_view.formula, Equation)
        assert isinstance(panel.card.numbers_view.formula, Equation)
        assert panel.card.result_view.formula.about == panel.card.numbers_view.formula.about
        signs.append(panel.card.numbers_view.formula.about)
    assert signs[0]


@pytest.mark.parametrize("width", [268, 300, 380])
@pytest.mark.parametrize("notation", NOTATIONS)
def test_nothing_is_cut_off(
    panel: ExplanationPanel, session: Session, qtbot: QtBot, width: int, notation: str
) -> None:
    panel.window().resize(width, 400)
    session.set_view(notation=notation)
    session.go_to_phase("update")
    for quantity in (HIDDEN, Quantity("z", 1, 0), Quantity("step", 2, 0, 1), Quantity("new_weight", 1, 0, 0)):
        session.set_focus(quantity)
        qtbot.waitUntil(lambda: is_whole(panel), timeout=1000)


@pytest.mark.parametrize("way", ["sums", "matrices"])
@pytest.mark.parametrize("width", [224, 300])
def test_nothing_is_wider_than_the_panel_at_any_step(
    panel: ExplanationPanel, session: Session, qtbot: QtBot, width: int, way: str
) -> None:
    panel.window().resize(width, 640)
    session.step("node")
    press(panel.way_switch.button(way), qtbot)
    while not session.moment.finished:
        session.step("node")
        panel.follow_now()
        body = panel.widget()
        assert body is not None
        assert body.minimumSizeHint().width() <= panel.viewport().width()


@pytest.mark.parametrize("example", [example.name for example in EXAMPLES])
def test_every_number_of_every_example_is_shown(
    appearance: Appearance, show: Show, qtbot: QtBot, example: str
) -> None:
    session = Session(load_example(example))
    panel = ExplanationPanel(session, appearance)
    show(panel, session)
    keep_settled(panel, session, qtbot)
    while not session.moment.finished:
        session.step("node")
        assert panel.quantity is not None
        assert result(panel) is not None
        for term in [view.formula for view in panel.terms.views]:
            assert term is not None


def test_every_button_and_formula_has_a_name(panel: ExplanationPanel, session: Session) -> None:
    session.set_focus(HIDDEN)
    body = panel.widget()
    assert body is not None
    buttons = [button for button in body.findChildren(QAbstractButton) if button.isVisible()]
    assert all(button.accessibleName() or button.text() for button in buttons)
    assert all(button.toolTip() for button in buttons)
    views = [view for view in body.findChildren(FormulaView) if view.isVisible()]
    assert len(views) > 5
    assert all(view.accessibleName() for view in views)


# -- matrices ------------------------------------------------------------------------------------------------


def test_the_same_step_as_matrices(panel: ExplanationPanel, session: Session, qtbot: QtBot) -> None:
    session.set_focus(HIDDEN)
    press(panel.way_switch.button("matrices"), qtbot)
    view = panel.matrices.view
    assert view.isVisible()
    assert not panel.card.isVisible()
    assert view.equation is not None
    entries = {e.quantity: e.value for m in view.equation.matrices for row in m.entries for e in row if e}
    told = explain(session.moment.trace, HIDDEN)
    assert entries[HIDDEN] == told.result
    place = view.place_of(OUTPUT)
    assert place is not None
    qtbot.mouseMove(view, place.center())
    assert session.lit == {OUTPUT}
    qtbot.mouseClick(view, LEFT, pos=place.center())
    assert session.focus == OUTPUT
    assert {m.entries[0][0].quantity.kind for m in view.equation.matrices} == {
        "delta",
        "target",
        "a",
        "slope",
    }
    press(panel.way_switch.button("sums"), qtbot)
    assert panel.card.isVisible()
    assert not view.isVisible()


def test_matrices_know_no_more_than_the_steps(
    panel: ExplanationPanel, session: Session, qtbot: QtBot
) -> None:
    session.set_focus(HIDDEN)
    press(panel.way_switch.button("matrices"), qtbot)
    session.go_to_phase("forward")
    values = {
        e.quantity.kind: e.value
        for m in panel.matrices.view.equation.matrices
        for row in m.entries
        for e in row
    }
    assert values["delta"] is None
    assert values["slope"] is None
    assert values["weight"] is not None


def test_without_a_matrix_equation_the_sums_stay(
    panel: ExplanationPanel, session: Session, qtbot: QtBot
) -> None:
    press(panel.way_switch.button("matrices"), qtbot)
    session.set_focus(Quantity("error"))
    assert panel.card.isVisible()
    assert panel.matrices.note.text() == NONE
    assert not panel.matrices.view.isVisible()


def test_all_formulas_are_one_stop_of_tab(panel: ExplanationPanel, session: Session, qtbot: QtBot) -> None:
    session.set_focus(HIDDEN)
    stops = [v for v in panel.findChildren(FormulaView) if v.focusPolicy() == Qt.FocusPolicy.TabFocus]
    assert [view for view in stops if view.isVisible()] == [panel.card.rule_view]
    panel.card.rule_view.setFocus()
    for _ in range(100):
        qtbot.keyClick(QApplication.focusWidget(), Key.Key_Right)
    assert QApplication.focusWidget() is panel.terms.views[-1]


# -- batches -------------------------------------------------------------------------------------------------


def test_a_mean_is_made_of_the_steps_of_its_instances(
    appearance: Appearance, show: Show, qtbot: QtBot
) -> None:
    session = xor_session(batch_size=4)
    panel = ExplanationPanel(session, appearance)
    show(panel, session)
    keep_settled(panel, session, qtbot)
    session.go_to(3, None)
    mean = Quantity("mean_step", 2, 0, 0)
    session.set_focus(mean)
    terms = explain(session.moment.trace, mean, earlier=session.batch_traces()).terms
    assert len([term for term in terms if term.instance is not None]) == 3
    assert [view.place_of(term) is not None for view, term in zip(panel.terms.views, terms, strict=False)]
    click(panel.card.numbers_view, terms[0], qtbot)
    assert session.focus == terms[0]
    assert panel.quantity == terms[0]
    assert "instance 1" in panel.title.text()
    assert result(panel) is not None
    session.go_to(4, 0)  # the batch is over, and this the present instance again
    assert panel.quantity == terms[0]._replace(instance=None)


def test_a_number_of_an_earlier_instance_is_asked_about_until_a_run_has_ended(
    appearance: Appearance, show: Show, qtbot: QtBot
) -> None:
    session = xor_session(batch_size=4)
    panel = ExplanationPanel(session, appearance)
    show(panel, session)
    session.go_to(3)
    of_third = Quantity("step", 1, 0, 0, instance=2)
    session.set_focus(of_third)
    start = session.begin_run()
    assert start is not None
    for progress in run(start, Stopping(epochs=2), lambda _wait: None):
        session.follow([progress])
    session.go_to(session.moment.instances_done - 2, 0)  # the second of its batch
    assert session.focus == of_third
    session.end_run()
    assert session.focus is None


# -- in little height ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("quantity", [OUTPUT, HIDDEN, Quantity("z", 2, 0), Quantity("step", 2, 0, 2)])
def test_in_a_low_panel_formula_and_value_are_seen_without_scrolling(
    panel: ExplanationPanel, session: Session, quantity: Quantity, qtbot: QtBot
) -> None:
    session.go_to_phase("gradient")
    session.set_focus(quantity)
    panel.resize(376, 136)
    qtbot.wait(50)
    formula = panel.card.written_view if panel.card.written_view.isVisible() else panel.card.rule_view
    assert is_seen(panel, formula)
    assert is_seen(panel, panel.head.value)
    assert panel.head.value.text() == panel.card.result_view.as_text()
    assert is_seen(panel, panel.way_switch)
    assert panel.title.toolTip() == panel.subtitle.text()
    assert panel.widget().width() <= panel.viewport().width()
    panel.resize(376, 700)
    qtbot.wait(50)
    assert panel.subtitle.isVisible()
    assert panel.card.result_view.isVisible()
    assert not panel.head.value.isVisible()


@pytest.mark.parametrize("height", range(360, 900, 45))
def test_the_curve_is_seen_whole_or_not_at_all(
    panel: ExplanationPanel, session: Session, height: int, qtbot: QtBot
) -> None:
    session.set_focus(PREDICTION)
    panel.resize(320, height)
    qtbot.wait(20)
    top = panel.activation.mapTo(panel.viewport(), QPoint()).y()
    assert panel.activation.isVisible()
    assert is_seen(panel, panel.activation) or top >= panel.viewport().height()
