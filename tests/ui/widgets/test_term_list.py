from itertools import pairwise

import pytest
from pytestqt.qtbot import QtBot

from bpsim.backprop import backpropagate
from bpsim.examples import load_example
from bpsim.explain import Explanation, explain
from bpsim.formula import Equation
from bpsim.quantity import Quantity
from ui.numbers import NumberFormat
from ui.theme import load_theme
from ui.widgets.term_list import TermList

Z = Quantity("z", 1, 0)


@pytest.fixture
def terms(qtbot: QtBot) -> TermList:
    terms = TermList(load_theme("light"), NumberFormat())
    qtbot.addWidget(terms)
    terms.resize(300, 300)
    terms.show()
    return terms


def parts(notation: str = "lecture", quantity: Quantity = Z) -> list[Explanation]:
    """Return what a number, if not another one z of a hidden node, is made of."""
    project = load_example("lecture_demo")
    trace = backpropagate(project.network, project.dataset.inputs[0], project.dataset.targets[0])
    whole = explain(trace, quantity, notation)
    return [explain(trace, term, notation) for term in whole.terms]


def words(terms: TermList) -> list[bool]:
    return [row.words.isVisible() for row in terms.rows]


def test_every_part_has_a_row_with_its_value_if_it_is_known(terms: TermList) -> None:
    some = parts()[:3]
    terms.show_parts([(some[0], True), (some[1], False), (some[2], True)], 0, words=True)
    assert [isinstance(view.formula, Equation) for view in terms.views] == [True, False, True]
    assert terms.views[1].formula == some[1].rule.left
    assert [row.words.text() for row in terms.rows] == [part.title for part in some]


def test_of_a_letter_without_a_place_it_is_said_what_it_is_for(terms: TermList) -> None:
    (part,) = (
        one for one in parts(quantity=Quantity("step", 1, 0, 0)) if one.quantity.kind == "learning_rate"
    )
    terms.show_parts([(part, True)], 0, words=True)
    assert part.title == "η"  # the symbol says that
    assert terms.rows[0].words.text() == part.subtitle == "how far each step goes"


def test_the_other_parts_are_counted(terms: TermList) -> None:
    terms.show_parts([(part, True) for part in parts()[:2]], 123, words=True)
    assert terms.more == "and 123 more"
    terms.show_parts([(part, True) for part in parts()[:1]], 0, words=True)
    assert terms.more == ""
    assert len(terms.views) == 1
    terms.show_parts([], 0, words=True)
    assert terms.isHidden()


def test_symbols_take_the_room_they_need_and_words_the_rest(terms: TermList, qtbot: QtBot) -> None:
    terms.show_parts([(part, True) for part in parts()], 0, words=True)
    qtbot.waitUntil(lambda: len({view.width() for view in terms.views}) == 1)
    assert terms.views[0].width() == max(view.natural_width() for view in terms.views)
    assert all(words(terms))


def test_names_in_words_stand_alone(terms: TermList, qtbot: QtBot) -> None:
    terms.show_parts([(part, True) for part in parts("words")], 0, words=False)
    assert not any(words(terms))
    qtbot.waitUntil(lambda: all(view.width() > 250 for view in terms.views))


def test_a_row_leads_on(terms: TermList) -> None:
    terms.show_parts([(part, True) for part in parts()], 0, words=True)
    said: list[object] = []
    terms.quantity_clicked.connect(said.append)
    terms.quantity_hovered.connect(said.append)
    terms.views[0].quantity_clicked.emit(parts()[0].quantity)
    terms.views[0].quantity_hovered.emit(None)
    assert said == [parts()[0].quantity, None]


def test_theme_digits_and_light_reach_every_row(terms: TermList) -> None:
    some = parts()
    terms.show_parts([(part, True) for part in some], 0, words=True)
    images = [terms.grab().toImage()]
    for change in (
        lambda: terms.set_lit(frozenset({some[0].quantity})),
        lambda: terms.set_theme(load_theme("dark")),
        lambda: terms.set_number_format(NumberFormat(3, ",")),
    ):
        change()
        images.append(terms.grab().toImage())
    assert all(before != after for before, after in pairwise(images))


def test_a_rounded_number_is_about(terms: TermList) -> None:
    made_of = parts(quantity=Quantity("z", 2, 0))[:2]
    terms.show_parts([(part, True) for part in made_of], 0, words=True)
    assert [view.as_text() for view in terms.views] == ["θ²₁₁ = 0.4", "a²₁ ≈ 0.593"]
