"""The status bar: only what is shown already."""

import pytest

from tests.helpers import xor_session
from ui.status import Status, place_text

pytestmark = pytest.mark.usefixtures("qapp")


def test_the_error_is_named_once_it_is_shown_and_the_mean_once_the_epoch_is_complete() -> None:
    session = xor_session()
    assert place_text(session) == "epoch 1  ·  instance 1 of 4"
    session.go_to_phase("forward")
    assert "E" not in place_text(session)
    session.go_to_phase("error")
    assert session.moment.trace is not None
    assert place_text(session).endswith(f"E₁ = {session.moment.trace.error:.3f}")
    session.step("epoch")
    assert session.series is not None
    assert place_text(session).endswith(f"mean E of epoch 1 = {session.series.epoch_errors[0]:.3f}")


def test_the_penalty_stands_beside_the_error() -> None:
    session = xor_session(l2=0.01)
    session.go_to_phase("error")
    trace = session.moment.trace
    assert trace is not None
    assert place_text(session).endswith(f"E₁ = {trace.error:.3f} + penalty {trace.penalty:.3f}")


def test_a_misfit_is_named() -> None:
    session = xor_session()
    session.edit("Add node", network=session.moment.network.with_node_added(0, 2))
    assert place_text(session) == "Network and data do not fit each other"


def test_the_file_and_whether_it_is_saved() -> None:
    session = xor_session()
    status = Status(session)
    shown = status.findChild(type(status._file), "status_file")
    assert shown.text() == "not saved yet"
    session.edit("Change bias", network=session.moment.network.with_bias(0, 0, 2.0))
    assert shown.text() == "not saved yet — changed"
    session.saved_as("/folder/mine.bpsim")
    assert shown.text() == "mine.bpsim — saved"
    session.edit("Change bias", network=session.moment.network.with_bias(0, 0, 3.0))
    assert shown.text() == "mine.bpsim — changed"
    status.deleteLater()


def test_the_error_has_the_letter_of_the_notation() -> None:
    session = xor_session()
    session.set_view(notation="nielsen")
    session.go_to_phase("error")
    assert "  ·  C₁ = " in place_text(session)
