"""The Chain of reactions panel, with real keys and mouse and a real session."""

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QEnterEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QWidget
from pytestqt.qtbot import QtBot

from bpsim.chain import ERROR, PERCEPTRON
from bpsim.datasets import Dataset
from bpsim.examples import load_example
from bpsim.network import Network
from bpsim.project import Project
from bpsim.quantity import Quantity
from tests.ui.tables import Show, click, keep_settled, texts
from ui.appearance import Appearance
from ui.panels.chain_panel import ChainPanel
from ui.session import Session
from ui.view_state import Selection

Key = Qt.Key
LEFT = Qt.MouseButton.LeftButton
THETA = Quantity("weight", 1, 0, 0)


@pytest.fixture
def session(qapp: object) -> Session:
    return Session(load_example("mazur"))


@pytest.fixture
def panel(session: Session, appearance: Appearance, show: Show, qtbot: QtBot) -> ChainPanel:
    panel = ChainPanel(session, appearance)
    show(panel, session)
    keep_settled(panel, session, qtbot)
    session.set_focus(THETA)
    return panel


def symbols(panel: ChainPanel) -> list[str]:
    return [row.reaction.symbol for row in panel.rows.rows]


def values(panel: ChainPanel) -> list[str]:
    return [row.reaction.value for row in panel.rows.rows]


def partials(panel: ChainPanel) -> list[str]:
    return [row.reaction.partial for row in panel.rows.rows]


def move_over(widget: QWidget) -> None:
    """Move the mouse onto a widget; the offscreen platform sends no such event of itself."""
    place = QPointF(widget.rect().center())
    QApplication.sendEvent(widget, QEnterEvent(place, place, QPointF(widget.mapToGlobal(place))))


# -- the chain ----------------------------------------------------------------------------------------------


def test_nothing_is_shown_before_its_phase(panel: ChainPanel, session: Session) -> None:
    assert symbols(panel) == ["θ¹₁₁", "z²₁", "a²₁", "z³₁", "z³₂", "E"]
    assert values(panel) == ["0.15", "–", "–", "–", "–", "–"]
    assert all(partial.endswith("–") for partial in partials(panel)[:-1])
    assert panel.product_line.text == "product = ∂E/∂θ¹₁₁ = –"
    assert "press →" in panel.note_label.text()
    session.go_to_phase("forward")
    assert values(panel) == ["0.15", "0.378", "0.593", "1.106", "1.225", "–"]
    assert partials(panel)[0] == "∂z²₁/∂θ¹₁₁ = a¹₁ = 0.05"
    assert partials(panel)[1] == "∂a²₁/∂z²₁ = g′(z²₁) = –"
    session.go_to_phase("error")
    assert values(panel)[-1] == "0.298"
    session.go_to_phase("backward")
    assert partials(panel)[1:3] == ["∂a²₁/∂z²₁ = g′(z²₁) ≈ 0.241", "∂E/∂a²₁ = Σ of 2 branches ≈ 0.0364"]
    assert partials(panel)[3] == "θ²₁₁ · ∂E/∂z³₁ ≈ 0.0554"
    assert panel.product_line.text == "product = ∂E/∂θ¹₁₁ ≈ 0.000439"
    assert panel.step_line.text.endswith("= –")
    assert panel.note_label.isHidden()
    session.go_to_phase("gradient")
    assert panel.step_line.text == "Δθ¹₁₁ = −η · ∂E/∂θ¹₁₁ ≈ −0.5·0.000439 ≈ −0.000219"


def test_after_the_update_the_chain_has_the_weights_it_was_computed_with(
    panel: ChainPanel, session: Session
) -> None:
    session.go_to_phase("update")
    assert values(panel)[0] == "0.15"


def test_one_path_and_all_together(panel: ChainPanel, session: Session, qtbot: QtBot) -> None:
    session.go_to_phase("gradient")
    assert [panel.path_field.itemText(n) for n in range(3)] == [
        "all paths together", "path 1: a²₁ → a³₁", "path 2: a²₁ → a³₂",
    ]  # fmt: skip
    assert panel.sum_line.isHidden()
    panel.path_field.setFocus()
    qtbot.keyClick(panel.path_field, Key.Key_Down)
    assert symbols(panel) == ["θ¹₁₁", "z²₁", "a²₁", "z³₁", "a³₁ = ŷ₁", "E"]
    assert partials(panel)[4] == "∂E/∂a³₁ = −(y₁ − a³₁) ≈ 0.741"
    assert panel.product_line.text == "product ≈ 0.000668"
    assert panel.sum_line.text == "sum of the 2 paths = ∂E/∂θ¹₁₁ ≈ 0.000439"
    session.set_focus(Quantity("weight", 1, 1, 0))
    assert panel.path_field.value == "all"


def test_a_weight_into_an_output_has_one_path(panel: ChainPanel, session: Session) -> None:
    session.set_focus(Quantity("step", 2, 1, 0))
    assert symbols(panel) == ["θ²₁₂", "z³₂", "a³₂ = ŷ₂", "E"]
    assert panel.path_field.isHidden()


def test_more_branches_than_fit_are_counted(
    session: Session, appearance: Appearance, show: Show, qtbot: QtBot
) -> None:
    session.open(Project(Network.dense([1, 3, 20], seed=1), Dataset([[1.0]], [[0.5] * 20])))
    panel = ChainPanel(session, appearance)
    show(panel, session)
    keep_settled(panel, session, qtbot)
    assert len(panel.rows.rows) == 3 + 6 + 1
    assert panel.rows._more.text() == "… and 14 more branches in the same way"
    assert panel.rows._more.isVisible()
    session.open(Project(Network.dense([1, 9, 9, 9, 9], seed=1), Dataset([[1.0]], [[0.5] * 9])))
    assert [panel.path_field.itemText(n) for n in range(panel.path_field.count())] == [
        "all 729 paths together"
    ]


def test_saturated_cross_entropy_says_so_and_frozen_biases_stay(
    session: Session, appearance: Appearance, show: Show, qtbot: QtBot
) -> None:
    network = Network.dense([1, 1], "sigmoid", "cross_entropy", "zeros").with_weight(0, 0, 0, -2000.0)
    session.open(Project(network, Dataset([[1.0]], [[1.0]])))
    panel = ChainPanel(session, appearance)
    show(panel, session)
    keep_settled(panel, session, qtbot)
    session.go_to_phase("gradient")
    assert "g′ cancels" in panel.note_label.text()
    assert panel.product_line.text == "product = ∂E/∂θ¹₁₁ = −1"
    session.edit("Keep biases", settings=session.moment.settings.with_(update_biases=False))
    session.set_focus(Quantity("bias", 1, 0))
    session.go_to_phase("gradient")
    assert panel.step_line.text == "Δθ¹₀₁ = 0: the biases stay as they are"


# -- which weight --------------------------------------------------------------------------------------------


def test_it_follows_the_present_node_until_something_is_chosen(
    session: Session, appearance: Appearance, show: Show, qtbot: QtBot
) -> None:
    panel = ChainPanel(session, appearance)
    show(panel, session)
    keep_settled(panel, session, qtbot)
    assert panel.parameter == THETA
    for _ in range(3):
        session.step("layer")
    assert panel.parameter == Quantity("weight", 2, 1, 0)  # into the output that was computed last
    session.select(Selection(edges=frozenset({(0, 1, 1)})))
    assert panel.parameter == Quantity("weight", 1, 1, 1)
    session.step("layer")
    assert panel.parameter == Quantity("weight", 1, 1, 1)
    session.select(Selection(nodes=frozenset({(2, 1)})))
    assert panel.parameter == Quantity("bias", 2, 1)
    assert symbols(panel)[0] == "θ²₀₂"
    session.select(Selection())
    assert panel.parameter.kind == "weight"


def test_asking_about_a_link_leaves_the_chain(panel: ChainPanel, session: Session) -> None:
    session.set_focus(Quantity("delta", 2, 0))
    assert panel.parameter == THETA
    session.set_focus(Quantity("mean_bias_step", 2, 0))
    assert panel.parameter == Quantity("bias", 2, 0)
    session.set_focus(None)
    assert panel.parameter == THETA  # the first weight into the present node


def test_a_connection_that_is_taken_away_is_not_shown_any_more(panel: ChainPanel, session: Session) -> None:
    session.edit("Disconnect", network=session.moment.network.with_disconnected(0, 0, 0))
    assert panel.parameter == Quantity("weight", 1, 0, 1)
    assert symbols(panel)[0] == "θ¹₂₁"


def test_other_sizes_may_make_it_another_weight_so_it_is_left(panel: ChainPanel, session: Session) -> None:
    session.set_focus(Quantity("weight", 1, 1, 1))
    session.edit("Add node", network=session.moment.network.with_node_added(1, 0, seed=0))
    assert panel.parameter == THETA


def test_an_edit_is_shown_at_once(panel: ChainPanel, session: Session) -> None:
    session.go_to_phase("forward")
    session.edit("Change weight", network=session.moment.network.with_weight(0, 0, 0, 0.75))
    assert values(panel)[0] == "0.75"
    session.undo_stack.undo()
    assert values(panel)[0] == "0.15"


def test_other_digits_and_another_decimal_sign(panel: ChainPanel, session: Session) -> None:
    session.go_to_phase("forward")
    session.set_view(digits=5, decimal_separator=",")
    assert values(panel)[:2] == ["0,15", "0,37750"]


# -- pointing and clicking -----------------------------------------------------------------------------------


def test_a_row_lights_its_piece_and_is_asked_about(panel: ChainPanel, session: Session) -> None:
    row = panel.rows.rows[1]
    move_over(row)
    assert session.lit == {Quantity("z", 1, 0), Quantity("a", 1, 0), Quantity("slope", 1, 0)}
    assert row.is_lit
    QTest.mouseClick(row, LEFT, pos=row.rect().center())
    assert session.focus == Quantity("z", 1, 0)
    panel.rows.rows[0].setFocus()
    assert THETA in session.lit
    panel.wiggle.slider.setFocus()
    assert session.lit == frozenset()


def test_rows_by_keyboard(panel: ChainPanel, session: Session, qtbot: QtBot) -> None:
    panel.rows.rows[0].setFocus()
    for _ in range(5):
        qtbot.keyClick(QApplication.focusWidget(), Key.Key_Down)
    qtbot.keyClick(QApplication.focusWidget(), Key.Key_Return)
    assert session.focus == ERROR
    assert "E: not known yet" in panel.rows.rows[-1].accessibleName()


def test_what_is_pointed_at_elsewhere_lights_its_row(panel: ChainPanel, session: Session) -> None:
    session.set_lit(frozenset({Quantity("a", 1, 0)}))
    assert [row.is_lit for row in panel.rows.rows] == [False, False, True, False, False, False]


# -- wiggle --------------------------------------------------------------------------------------------------


def test_varying_theta_and_letting_go(panel: ChainPanel, session: Session, qtbot: QtBot) -> None:
    session.go_to_phase("gradient")
    before, slider = session.moment, panel.wiggle.slider
    middle = slider.rect().center()
    qtbot.mousePress(slider, LEFT, pos=middle)
    qtbot.mouseMove(slider, QPoint(slider.width() - 2, middle.y()))
    assert panel.wiggle.epsilon_label.text() == "ε = +2"
    assert texts(panel.wiggle.table, 0) == ["θ¹₁₁", "2.000", "2.000"]
    assert texts(panel.wiggle.table, 1) == ["z²₁", "0.100", "0.100"]
    last = panel.wiggle.model.rowCount() - 1
    assert texts(panel.wiggle.table, last)[0] == "E"
    assert panel.wiggle.sentence.text().startswith("E changes by +0.00087")
    assert "∂E/∂θ¹₁₁ · ε ≈ 0.0004386·2 ≈ +0.000877" in panel.wiggle.sentence.text()
    assert {Quantity("z", 1, 0), ERROR} < session.lit
    qtbot.mouseRelease(slider, LEFT, pos=QPoint(slider.width() - 2, middle.y()))
    assert slider.epsilon == 0
    assert texts(panel.wiggle.table, 1) == ["z²₁", "0", "0"]
    assert session.lit == frozenset()
    assert session.moment is before
    assert session.undo_stack.count() == 0


def test_epsilon_by_keys(panel: ChainPanel, session: Session, qtbot: QtBot) -> None:
    session.go_to_phase("gradient")
    slider = panel.wiggle.slider
    slider.setFocus()
    qtbot.keyClick(slider, Key.Key_Home)
    assert slider.epsilon == -2
    qtbot.keyClick(slider, Key.Key_Escape)
    assert slider.epsilon == 0
    qtbot.keyClick(slider, Key.Key_Right)
    assert slider.epsilon == 0.00025
    panel.too_early.box.setFocus()
    assert slider.epsilon == 0


def test_a_step_lets_go(panel: ChainPanel, session: Session, qtbot: QtBot) -> None:
    panel.wiggle.slider.setValue(50)
    assert (
        panel.wiggle.sentence.text() == "What E does is known once the error is computed: press → to go on."
    )
    assert texts(panel.wiggle.table, 1) == ["z²₁", "–", "–"]
    session.step("phase")
    assert panel.wiggle.slider.epsilon == 0


def test_the_prediction_waits_for_the_backward_pass(panel: ChainPanel, session: Session) -> None:
    session.go_to_phase("error")
    panel.wiggle.slider.setValue(80)
    assert texts(panel.wiggle.table, 1) == ["z²₁", "0.050", "–"]
    assert "The backward pass gives" in panel.wiggle.sentence.text()


def test_where_the_prediction_fails(
    session: Session, appearance: Appearance, show: Show, qtbot: QtBot
) -> None:
    session.open(load_example("relu_by_hand"))
    panel = ChainPanel(session, appearance)
    show(panel, session)
    keep_settled(panel, session, qtbot)
    session.set_focus(THETA)
    session.go_to_phase("backward")
    panel.wiggle.slider.setValue(-100)
    assert "% off" in panel.wiggle.sentence.text()


def test_an_epsilon_too_large_to_compute_says_so(
    session: Session, appearance: Appearance, show: Show, qtbot: QtBot
) -> None:
    network = Network.dense([1, 1], "linear", initializer="zeros")
    session.open(Project(network, Dataset([[1e160]], [[0.0]])))
    panel = ChainPanel(session, appearance)
    show(panel, session)
    keep_settled(panel, session, qtbot)
    panel.wiggle.slider.setValue(100)
    assert "too large to compute" in panel.wiggle.sentence.text()
    assert panel.wiggle.model.rowCount() == 0
    panel.wiggle.slider.setValue(0)
    assert panel.wiggle.model.rowCount() == 4


def test_a_row_of_the_table_is_asked_about(panel: ChainPanel, session: Session) -> None:
    click(panel.wiggle.table, 1, 0)
    assert session.focus == Quantity("z", 1, 0)


# -- updated too early ---------------------------------------------------------------------------------------


def test_too_early_beside_right(panel: ChainPanel, session: Session, qtbot: QtBot) -> None:
    section = panel.too_early
    assert section.table.isHidden()
    section.box.setFocus()
    qtbot.keyClick(section.box, Key.Key_Space)
    assert texts(section.table, 0) == ["δ²₁", "–", "–"]
    session.go_to_phase("backward")
    assert texts(section.table, 0) == ["δ²₁", "−0.0088", "−0.0073"]
    assert texts(section.table, 2) == ["Δθ¹₁₁", "–", "–"]
    session.go_to_phase("gradient")
    assert texts(section.table, 2)[0:2] == ["Δθ¹₁₁", "−0.00022"]
    assert "update all parameters at once" in section.sentence.text()
    session.set_view(digits=5)
    session.go_to_phase("update")
    assert "0.291027774" in section.sentence.text()
    assert "0.291027924" in section.sentence.text()  # as Mazur published it


def test_without_hidden_layer_nothing_can_be_too_early(panel: ChainPanel, session: Session) -> None:
    panel.too_early.box.setChecked(True)
    session.open(Project(Network.dense([1, 1]), Dataset([[1.0]], [[1.0]])))
    assert not panel.too_early.box.isEnabled()
    assert panel.too_early.table.isHidden()
    assert "Without a hidden layer" in panel.too_early.box.toolTip()


# -- where there is no chain ---------------------------------------------------------------------------------


def test_the_perceptron_says_why_not(panel: ChainPanel, session: Session) -> None:
    session.open(load_example("perceptron_and"))
    assert panel.subject_label.text() == PERCEPTRON
    assert panel.rows.isHidden()
    session.open(load_example("mazur"))
    assert panel.rows.isVisible()


def test_a_misfit_says_what_is_wrong(panel: ChainPanel, session: Session) -> None:
    session.edit("Remove node", network=session.moment.network.with_nodes_removed([(0, 0)]))
    assert panel.subject_label.text() == session.moment.misfit
    assert panel.wiggle.isHidden()


def test_hidden_it_computes_nothing_and_shown_it_is_up_to_date(panel: ChainPanel, session: Session) -> None:
    panel.hide()
    session.go_to_phase("forward")
    assert values(panel)[1] == "–"
    panel.show()
    assert values(panel)[1] == "0.378"


def test_theme_and_width(panel: ChainPanel, session: Session, qtbot: QtBot) -> None:
    session.go_to_phase("gradient")
    window = panel.window()
    heights = []
    for width in (268, 520):
        window.resize(width, 640)
        qtbot.wait(1)
        heights.append(panel.rows.rows[2].height())
        assert panel.rows.rows[2].width() <= width
        assert not panel.grab().isNull()
    assert heights[0] > heights[1]
    assert isinstance(panel.path_field, QComboBox)


def test_the_other_theme_reaches_the_rows(panel: ChainPanel, appearance: Appearance) -> None:
    row = panel.rows.rows[0]
    light = row.grab().toImage()
    appearance.choose("dark")
    dark = row.grab().toImage()
    appearance.choose("light")
    assert dark != light
    assert row.grab().toImage() == light


def test_a_row_of_a_table_is_pointed_at(panel: ChainPanel, session: Session) -> None:
    table = panel.wiggle.table
    QTest.mouseMove(table.viewport(), table.visualRect(panel.wiggle.model.index(2, 0)).center())
    assert session.lit == {Quantity("a", 1, 0)}
    QApplication.sendEvent(table, QEvent(QEvent.Type.Leave))
    assert session.lit == frozenset()


@pytest.mark.parametrize("width", [224, 300])
def test_nothing_is_wider_than_the_panel(panel: ChainPanel, session: Session, width: int) -> None:
    panel.window().resize(width, 640)
    while not session.moment.finished:
        session.step("node")
        panel.follow_now()
        body = panel.widget()
        assert body is not None
        assert body.minimumSizeHint().width() <= panel.viewport().width()
        for line in (panel.product_line, panel.sum_line, panel.step_line):
            assert not any(part.endswith("…") for part in line.lines)
