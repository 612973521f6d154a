import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from bpsim.datasets import Dataset
from bpsim.fitting import fitted_network
from tests.helpers import press
from ui.dialogs.fit_box import FitBox
from ui.session import Session
from ui.view_state import Notice

THREE_INPUTS = Dataset([[0.0, 1.0, 2.0], [1.0, 0.0, 2.0]], [[0, 1], [1, 0]])
FITTING = Dataset([[0.5, 0.25], [0.125, 1.0]], [[1], [0]])


@pytest.fixture
def box(session: Session, qtbot: QtBot) -> FitBox:
    box = FitBox(session.moment.network)
    qtbot.addWidget(box)
    return box


def notices(session: Session) -> list[Notice]:
    heard: list[Notice] = []
    session.noticed.connect(heard.append)
    return heard


def test_it_is_offered_ticked_where_data_need_another_network(box: FitBox) -> None:
    box.show_data(THREE_INPUTS)
    assert box.isVisible()
    assert box.isChecked()
    assert box.text() == "Make the network &fit: 3 inputs, 2 outputs"
    for fitting in (FITTING, None):
        box.show_data(fitting)
        assert not box.isVisible()


def test_network_and_data_are_put_in_as_one_undo_step(box: FitBox, session: Session) -> None:
    before = session.moment.network
    box.show_data(THREE_INPUTS)
    box.put(session, "Import data", THREE_INPUTS)
    assert session.moment.network.sizes == (3, 2, 2)
    assert session.moment.dataset == THREE_INPUTS
    assert session.moment.misfit is None
    session.undo_stack.undo()
    assert session.moment.network == before


def test_without_the_tick_the_network_stays_and_does_not_fit(box: FitBox, session: Session) -> None:
    before = session.moment.network
    box.show_data(THREE_INPUTS)
    press(box, Qt.Key.Key_Space)
    assert not box.isChecked()
    box.put(session, "Import data", THREE_INPUTS)
    assert session.moment.network == before
    assert session.moment.misfit is not None


@pytest.mark.parametrize("data", [FITTING, THREE_INPUTS])
def test_a_new_training_begins_with_the_start_weights_and_that_is_said(
    box: FitBox, session: Session, data: Dataset
) -> None:
    start = session.moment.network
    session.step("epoch")
    assert session.moment.network != start
    heard = notices(session)
    box.put(session, "Make data", data)
    assert session.moment.network == fitted_network(start, data)
    assert session.moment.instances_done == 0
    assert heard[-1].text.startswith("A new training starts from")
