import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.helpers import kept_run, xor_session
from ui.appearance import Appearance
from ui.kept_runs import KeptRuns
from ui.loss_view import LossView
from ui.main_window import MainWindow
from ui.plots.loss import LossPlot
from ui.session import Session
from ui.status import place_text


class Shown:
    """The view of a session, once its plot is there."""

    def __init__(self, qtbot: QtBot, qapp: QApplication, **settings: object) -> None:
        self.session: Session = xor_session(**settings)
        self.runs = KeptRuns()
        self.view = LossView(self.session, Appearance(qapp, "light"), self.runs)
        qtbot.addWidget(self.view)
        self.view.resize(760, 240)
        with qtbot.waitExposed(self.view):
            self.view.show()
        qtbot.waitUntil(lambda: self.view.findChild(LossPlot) is not None)
        self.plot = self.view.findChild(LossPlot)


@pytest.fixture
def shown(qtbot: QtBot, qapp: QApplication) -> Shown:
    return Shown(qtbot, qapp)


def test_the_plot_follows_the_training(shown: Shown) -> None:
    shown.session.step("epoch")
    assert len(shown.plot._chart.series.errors) == 4
    assert shown.plot._chart.cursor == 3
    shown.plot.instance_chosen.emit(1)
    assert shown.session.moment.instances_done == 1


def test_updates_are_those_of_the_batch_sizes(shown: Shown) -> None:
    session, plot = shown.session, shown.plot
    session.step("epoch")
    session.edit("Change batch size", settings=session.moment.settings.with_(batch_size=4))
    session.step("epoch")
    session.step("epoch")
    plot.unit_chosen.emit("update")
    assert plot._chart._train.curve.getData()[0].tolist() == [4, 5, 6]
    session.step("epoch")
    assert plot._chart._train.curve.getData()[0].tolist() == [4, 5, 6, 7]
    plot.unit_chosen.emit("epoch")
    assert plot._chart._train.curve.getData()[0].tolist() == [1, 2, 3, 4]


def test_while_a_run_trains_the_plot_is_refreshed_30_times_a_second(shown: Shown, qtbot: QtBot) -> None:
    session, plot = shown.session, shown.plot
    session.step("epoch")
    session._running = True
    for _ in range(20):
        session.step("epoch")
    assert len(plot._chart.series.errors) == 4
    qtbot.waitUntil(lambda: len(plot._chart.series.errors) == 84, timeout=1000)
    session.step("epoch")
    session._running = False
    session.running_changed.emit(False)
    assert len(plot._chart.series.errors) == 88


def test_while_a_run_trains_the_line_tells_the_epoch_of_the_status(shown: Shown) -> None:
    session, plot = shown.session, shown.plot
    session.step("epoch")
    session._running = True
    session.step("epoch")
    for epoch in range(3, 9):
        session.step("epoch")  # the curves are drawn later
        assert len(plot._chart.series.errors) == 4
        assert f"epoch {epoch} ·" in plot._readout.text()
        assert place_text(session).startswith(f"epoch {epoch} ")
    session._running = False


def test_the_letter_follows_the_notation(shown: Shown) -> None:
    shown.session.set_view(notation="nielsen")
    assert shown.plot.accessibleName().startswith("Error C ")


def test_with_weight_decay_the_plot_says_what_it_leaves_out(qtbot: QtBot, qapp: QApplication) -> None:
    shown = Shown(qtbot, qapp, l2=0.1)
    shown.session.step("instance")
    trace = shown.session.moment.trace
    assert trace is not None
    assert trace.penalty > 0
    note = f"E without the penalty = {shown.view._numbers().text(trace.penalty)}"
    assert shown.plot._legend.text == note
    for width in (760, 380, shown.plot.minimumSizeHint().width()):
        shown.view.resize(width, 240)
        QApplication.processEvents()
        legend = shown.plot._legend
        assert legend.block.width() >= legend.fontMetrics().horizontalAdvance(note)  # nothing of it is cut


def test_without_weight_decay_there_is_nothing_to_say(shown: Shown) -> None:
    shown.session.step("instance")
    assert shown.plot._legend.text == ""


def test_kept_runs_are_drawn_while_they_are_shown(shown: Shown) -> None:
    shown.session.step("epoch")
    shown.runs.keep(kept_run("first", np.full(5, 0.2)), kept_run("second", np.full(5, 0.1)))
    assert [overlay.run.name for overlay in shown.plot._chart.overlays] == ["first", "second"]
    shown.runs.show(shown.runs.all[0], False)
    assert [(overlay.run.name, overlay.style) for overlay in shown.plot._chart.overlays] == [("second", 1)]


def test_the_cursor_leaves_nothing_behind_in_the_window(qtbot: QtBot) -> None:
    window = MainWindow(xor_session())
    window.resize(1440, 900)
    qtbot.addWidget(window, before_close_func=lambda w: w.session.undo_stack.setClean())
    with qtbot.waitExposed(window):
        window.show()
    qtbot.waitUntil(lambda: window.findChild(LossPlot) is not None)
    widget = window.findChild(LossPlot)._chart.widget
    window.session.go_to(120)
    for done in (10, 25, 40, 55, 70, 85, 3):
        window.session.go_to(done)
        qtbot.wait(60)
    on_screen = window.screen().grabWindow(window.winId()).toImage()  # not painted anew
    shown = on_screen.copy(QRect(widget.mapTo(window, QPoint(0, 0)), widget.size()))
    again = widget.grab().toImage()
    assert shown.convertToFormat(again.format()) == again
