import pytest
from pytestqt.qtbot import QtBot

from bpsim.backprop import Trace, backpropagate
from bpsim.examples import load_example
from bpsim.explain import explain
from bpsim.formula import Equation
from bpsim.quantity import Quantity
from ui.numbers import NumberFormat
from ui.theme import load_theme
from ui.widgets.explanation_card import ExplanationCard
from ui.widgets.formula_view import FormulaView

HIDDEN, NEW = Quantity("delta", 1, 0), Quantity("new_weight", 1, 0, 0)


@pytest.fixture
def card(qtbot: QtBot) -> ExplanationCard:
    card = ExplanationCard(load_theme("light"), NumberFormat())
    qtbot.addWidget(card)
    card.resize(300, 400)
    card.show()
    return card


@pytest.fixture(scope="module")
def trace() -> Trace:
    project = load_example("lecture_demo")
    return backpropagate(project.network, project.dataset.inputs[0], project.dataset.targets[0])


def shown(view: FormulaView) -> Equation:
    assert isinstance(view.formula, Equation)
    return view.formula


def test_rule_numbers_and_result(card: ExplanationCard, trace: Trace) -> None:
    explanation = explain(trace, HIDDEN)
    card.show_explanation(explanation, known=True)
    assert card.rule_view.formula == explanation.rule
    assert shown(card.written_view).right == explanation.written_out.right
    assert shown(card.numbers_view).right == explanation.numbers.right
    assert all(view.isVisible() for view in card.views)
    assert all(shown(view).left is None for view in card.views[1:])


def test_of_what_is_not_known_there_is_only_the_rule(card: ExplanationCard, trace: Trace) -> None:
    card.show_explanation(explain(trace, HIDDEN), known=False)
    assert [view.isVisible() for view in card.views] == [True, True, False, False, False]


def test_a_rule_without_a_sum_is_not_written_twice(card: ExplanationCard, trace: Trace) -> None:
    card.show_explanation(explain(trace, Quantity("step", 2, 0, 1)), known=True)
    assert not card.written_view.isVisible()


def test_a_small_step_is_seen_in_the_result(card: ExplanationCard, trace: Trace) -> None:
    card.show_explanation(explain(trace, NEW), known=True)
    assert "0.15 " in card.numbers_view.accessibleName()
    assert "0.1499" in card.result_view.accessibleName()


@pytest.mark.parametrize(
    ("quantity", "about"), [(Quantity("step", 2, 0, 1), True), (Quantity("z", 1, 0), False)]
)
def test_what_is_rounded_is_about(
    card: ExplanationCard, trace: Trace, quantity: Quantity, about: bool
) -> None:
    card.show_explanation(explain(trace, quantity), known=True)
    assert shown(card.numbers_view).about == shown(card.result_view).about == about


def test_numbers_have_the_digits_that_give_the_result(card: ExplanationCard, trace: Trace) -> None:
    """0.215·(−0.677) is −0.146, but 0.680·0.320 is 0.218."""
    card.show_explanation(explain(trace, Quantity("slope", 2, 1)), known=True)
    assert card.worked_view.as_text() == "≈ 0.6803·0.3197"
    assert card.result_view.as_text() == "≈ 0.217"
    card.set_number_format(NumberFormat(3, ","))
    card.show_explanation(explain(trace, Quantity("slope", 2, 0)), known=True)
    assert card.worked_view.as_text() == "≈ 0,687·0,313"


def test_what_is_only_one_number_is_not_written_twice(card: ExplanationCard, trace: Trace) -> None:
    card.show_explanation(explain(trace, Quantity("mean_step", 2, 0, 1)), known=True)
    assert [view.isVisible() for view in card.views] == [True, False, False, False, True]


def test_what_is_lit_and_the_theme_reach_every_formula(card: ExplanationCard, trace: Trace) -> None:
    card.show_explanation(explain(trace, HIDDEN), known=True)
    before = card.grab().toImage()
    card.set_lit(frozenset({Quantity("delta", 2, 0)}))
    lit = card.grab().toImage()
    card.set_theme(load_theme("dark"))
    assert before != lit != card.grab().toImage()


def test_in_little_height_the_sum_is_written_out_in_place_of_the_rule(
    card: ExplanationCard, trace: Trace
) -> None:
    card.set_low(True)
    card.show_explanation(explain(trace, HIDDEN), known=True)
    assert [view.isVisible() for view in card.views] == [False, True, True, True, False]
    assert shown(card.written_view).left is not None
    card.show_explanation(explain(trace, HIDDEN), known=False)
    assert [view.isVisible() for view in card.views] == [True, True, False, False, False]
    card.set_low(False)
    card.show_explanation(explain(trace, HIDDEN), known=True)
    assert all(view.isVisible() for view in card.views)


def test_a_given_number_has_no_rule(card: ExplanationCard, trace: Trace) -> None:
    card.show_explanation(explain(trace, Quantity("weight", 1, 0, 0)), known=True)
    assert card.where_line.text() == "As it is before this update."
    assert [view.isVisible() for view in card.views] == [False, False, False, False, True]
    assert shown(card.result_view).left == explain(trace, Quantity("weight", 1, 0, 0)).rule.left
    card.show_explanation(explain(trace, HIDDEN), known=True)
    assert not card.where_line.isVisible()
    assert card.numbers_view.isVisible()
