from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.appearance import Appearance
from ui.plots.plot_parts import fit_button, nothing_label, put_on_canvas
from ui.theme import load_theme


def test_the_fit_button_is_pressed_and_says_what_it_does(qtbot: QtBot) -> None:
    pressed: list[str] = []
    for button, name in ((fit_button("All of it"), "All of it"), (fit_button("All", "Show all"), "Show all")):
        qtbot.addWidget(button)
        button.show()
        button.clicked.connect(lambda _checked=False, name=name: pressed.append(name))
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        assert not button.icon().isNull()
        assert name.lower().endswith(button.toolTip().lower())
        assert button.accessibleName() == name
    assert pressed == ["All of it", "Show all"]


def test_what_stands_in_place_of_a_drawing_is_in_the_middle_and_wraps(qtbot: QtBot) -> None:
    label = nothing_label("Nothing has been trained yet, so there is nothing to draw here.")
    qtbot.addWidget(label)
    assert label.alignment() == Qt.AlignmentFlag.AlignCenter
    assert label.heightForWidth(100) > label.heightForWidth(1000)


def test_the_ground_has_the_colour_of_the_canvas_in_each_theme(qtbot: QtBot, qapp: QApplication) -> None:
    appearance = Appearance(qapp, "light")
    window, plot = QWidget(), QWidget()
    qtbot.addWidget(window)
    put_on_canvas(plot)
    QVBoxLayout(window).addWidget(plot)
    window.resize(120, 80)
    window.show()
    for theme in ("dark", "light"):
        appearance.choose(theme)
        assert plot.grab().toImage().pixelColor(20, 20) == load_theme(theme).color("canvas")
