from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from ui.plots.plot_widget import plot_widget


def test_there_is_no_menu_and_no_button(qtbot: QtBot) -> None:
    widget = plot_widget()
    qtbot.addWidget(widget)
    with qtbot.waitExposed(widget):
        widget.show()
    assert widget.childAt(QPoint(20, 10)) is widget.viewport()
    assert not widget.getPlotItem().autoBtn.isVisible()


def test_the_focus_stays_where_it_is(qtbot: QtBot) -> None:
    widget = plot_widget()
    qtbot.addWidget(widget)
    assert widget.focusPolicy() == Qt.FocusPolicy.NoFocus
