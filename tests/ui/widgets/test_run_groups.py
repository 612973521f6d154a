"""Train and test, and when a run stops, in the Training panel, with real keys and mouse."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from bpsim.stopping import LABELS, Stopping
from tests.helpers import press
from tests.ui.tables import Show
from tests.ui.widgets.groups import enter, settings_of, unfolded
from ui.appearance import Appearance
from ui.trainer import Trainer
from ui.widgets.run_groups import CRITERIA, SplitGroup, StoppingGroup

Key = Qt.Key


def test_a_share_is_kept_for_testing(appearance: Appearance, show: Show) -> None:
    session, panel, group = unfolded(appearance, show, "split")
    assert isinstance(group, SplitGroup)
    assert group.summary.text() == "all are trained"
    assert not group.seed_field.isVisible()
    enter(group.share_field, "12.5")
    assert settings_of(session).test_share == 0.125
    assert group.share_field.text() == "12.5 %"
    session.undo_stack.undo()
    enter(group.share_field, "50")
    assert settings_of(session).test_share == 0.5
    assert session.undo_stack.undoText() == "Change test share"
    assert group.summary.text() == "2 trained, 2 tested"
    assert group.counts.text() == "2 instances are trained, 2 only tested."
    before = session.moment.split
    group.seed_field.setFocus()
    press(group.seed_field, Key.Key_Up)
    press(group.seed_field, Key.Key_Up)
    assert session.undo_stack.undoText() == "Change seed of split"
    assert (settings_of(session).split_seed, group.seed_field.value()) == (2, 2)
    assert session.moment.split != before
    assert panel.update_field.itemData(1, Qt.ItemDataRole.ToolTipRole).startswith("Batches need at least 3")
    for _ in range(3):
        session.undo_stack.undo()
    assert session.moment.split.test == ()
    assert group.share_field.value() == 0


def test_a_share_is_changed_by_tens(appearance: Appearance, show: Show) -> None:
    session, _, group = unfolded(appearance, show, "split")
    assert isinstance(group, SplitGroup)
    group.share_field.setFocus()
    press(group.share_field, Key.Key_Up)
    assert settings_of(session).test_share == 0.1
    assert group.share_field.text() == "10 %"


@pytest.mark.parametrize("name", LABELS)
def test_every_criterion_is_switched_on_changed_and_off(
    appearance: Appearance, show: Show, qtbot: QtBot, name: str
) -> None:
    session, _, group = unfolded(appearance, show, "stopping", stopping=Stopping(epochs=None))
    assert isinstance(group, StoppingGroup)
    assert group.summary.text() == "it is stopped by hand"
    box, field = group.boxes[name], group.fields[name]
    assert not field.isEnabled()
    box.setFocus()
    press(box, Key.Key_Space)
    offered = {criterion[0]: criterion[2] for criterion in CRITERIA}[name]
    assert settings_of(session).stopping == Stopping(**{"epochs": None, name: offered})
    assert session.undo_stack.undoText() == "Change when to stop"
    enter(field, "7")
    assert getattr(settings_of(session).stopping, name) == 7
    assert "7" in group.summary.text()
    qtbot.mouseClick(box, Qt.MouseButton.LeftButton, pos=box.rect().topLeft() + box.rect().center() / 8)
    assert settings_of(session).stopping == Stopping(epochs=None)
    session.undo_stack.undo()
    assert getattr(settings_of(session).stopping, name) == 7
    assert box.isChecked()


def test_several_at_once_in_words(appearance: Appearance, show: Show) -> None:
    chosen = Stopping(epochs=500, error_below=0.01, patience=20, gradient_below=0.5, seconds=3)
    session, _, group = unfolded(appearance, show, "stopping", stopping=chosen)
    assert group.summary.text() == (
        "500 epochs or E < 0.01 or no better for 20 epochs or |gradient| < 0.5 or 3 seconds"
    )
    assert session.undo_stack.count() == 0


def test_a_limit_that_cannot_be_says_so(appearance: Appearance, show: Show) -> None:
    session, _, group = unfolded(appearance, show, "stopping", stopping=Stopping(error_below=0.01))
    assert isinstance(group, StoppingGroup)
    field = group.fields["error_below"]
    enter(field, "0")
    assert settings_of(session).stopping.error_below == 0.01
    assert field.problem == "It must be above 0."  # type: ignore[union-attr]


def test_there_is_a_row_for_every_criterion() -> None:
    assert [name for name, *_ in CRITERIA] == list(LABELS)


def test_when_to_stop_does_not_touch_the_training(appearance: Appearance, show: Show) -> None:
    session, _, group = unfolded(appearance, show, "stopping")
    assert isinstance(group, StoppingGroup)
    session.step("phase")
    before = session.moment
    enter(group.fields["epochs"], "3")
    assert settings_of(session).stopping.epochs == 3
    assert session.moment.position == before.position
    assert session.moment.trace is before.trace


def test_each_criterion_has_its_present_value_while_a_run_trains_and_after_it(
    appearance: Appearance, show: Show, qtbot: QtBot
) -> None:
    chosen = Stopping(epochs=30, error_below=1e-9, patience=5000, seconds=60.0)
    session, panel, group = unfolded(appearance, show, "stopping", stopping=chosen)
    assert isinstance(group, StoppingGroup)

    def notes() -> dict[str, str]:
        return {name: note.text() for name, note in group.notes.items() if note.isVisible()}

    assert notes() == {}
    trainer = Trainer(session, panel)
    trainer.set_pace("full")
    seen: list[dict[str, str]] = []
    trainer.progressed.connect(lambda progress: (panel.show_run(progress), seen.append(notes())))
    trainer.start()
    qtbot.waitUntil(lambda: not session.running, timeout=20000)
    assert set(seen[0]) == {"epochs", "error_below", "patience", "seconds"}
    assert session.series is not None
    error = session.series.epoch_errors[-1]
    assert notes() == {
        "epochs": "now 30", "error_below": f"now {error:.3f}", "patience": notes()["patience"],
        "seconds": "now 0",
    }  # fmt: skip
    session.set_view(digits=5)
    assert notes()["error_below"] == f"now {error:.5f}"
    session.edit("Change when to stop", settings=settings_of(session).with_(stopping=Stopping(60)))
    assert notes()["epochs"] == "now 30"
    session.back("instance")
    assert notes() == {}
