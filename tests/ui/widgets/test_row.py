"""A row of widgets that breaks where it is narrow."""

from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from ui.widgets.row import Row


def test_it_breaks_where_its_widgets_have_no_room_beside_each_other(qtbot: QtBot) -> None:
    first, second = QPushButton("New weights"), QPushButton("Same again")
    row = Row(first, second)
    qtbot.addWidget(row)
    row.show()
    for width, broken in ((400, False), (120, True), (400, False)):
        row.resize(width, 80)
        qtbot.waitUntil(lambda broken=broken: (second.y() > first.y()) == broken)
        assert row.is_broken == broken
        for button in (first, second):
            assert button.width() >= button.minimumSizeHint().width()
            assert button.geometry().right() <= row.width()
    assert row.minimumSizeHint().width() < first.sizeHint().width() + second.sizeHint().width()
