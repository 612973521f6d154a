"""Open the window of the *installed* program, paint it, take one step and close it.

Run with the Python of an environment that has the wheel, from a folder that is not the checkout.
"""

import sys
from pathlib import Path

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication

import bpsim
import resources
import ui.main_window
import ui.session
from ui.fonts import math_family
from ui.icons import icon


def main() -> None:
    for package in (bpsim, ui, resources):
        assert Path(package.__file__).is_relative_to(sys.prefix), f"{package} is not the installed one"
    app = QApplication(sys.argv)
    assert "STIX" in math_family()
    for name in ("step", "back", "play"):
        assert not icon(name).pixmap(24, 24).isNull(), name
    window = ui.main_window.MainWindow(ui.session.Session())
    window.resize(1440, 900)
    window.show()
    app.processEvents()
    before = window.grab().toImage()
    window.findChild(QAction, "step").trigger()
    app.processEvents()
    after = window.grab().toImage()
    assert (before.width(), before.height()) == (1440, 900)
    assert before != after, "a step changed nothing in the window"
    window.deleteLater()


main()
