"""The edits that only the drawing makes."""

from tests.ui.canvas.hands import lecture_session
from ui.canvas import edits


def test_an_edit_that_cannot_be_made_is_said(qapp: object) -> None:
    session, said = lecture_session(), []
    session.noticed.connect(lambda notice: said.append(notice.text))
    edits.set_activation(session, 1, "softmax")
    edits.set_weight(session, (0, 0, 0), float("inf"))
    assert "output layer only" in said[0]
    assert "finite" in said[1]
    assert session.undo_stack.count() == 0


def test_moving_an_input_takes_its_data_along(qapp: object) -> None:
    session = lecture_session()
    edits.move_node(session, 0, 0, 1)
    assert session.moment.dataset.inputs.tolist() == [[0.1, 0.05], [0.3, 0.8]]
    assert session.moment.network.weights[0][0].tolist() == [0.2, 0.15]


def test_moving_an_output_takes_its_data_along(qapp: object) -> None:
    session = lecture_session()
    edits.move_node(session, 2, 1, 0)
    assert session.moment.dataset.targets.tolist() == [[0.99, 0.01], [0.1, 0.9]]


def test_moving_a_node_of_a_network_that_does_not_fit_leaves_the_data(qapp: object) -> None:
    session = lecture_session()
    session.edit("Add node", network=session.moment.network.with_node_added(0, 2))
    before = session.moment.dataset
    edits.move_node(session, 0, 0, 2)
    assert session.moment.dataset is before


def test_a_hidden_layer_is_deleted(qapp: object) -> None:
    session = lecture_session()
    edits.delete_layer(session, 1)
    assert session.moment.network.sizes == (2, 2)
    session.undo_stack.undo()
    assert session.moment.network.sizes == (2, 3, 2)
