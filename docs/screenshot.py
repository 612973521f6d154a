"""Writes docs/screenshot.png, the picture in the README, from the real window: python docs/screenshot.py."""

import os
import sys
import tempfile
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["QT_NO_GUI_THREADPOOL"] = "1"
os.environ["XDG_CONFIG_HOME"] = tempfile.mkdtemp()  # not the developer's window layout

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from PySide6.QtTest import QTest  # noqa: E402
from PySide6.QtWidgets import QApplication  # noqa: E402

from ui.appearance import Appearance  # noqa: E402
from ui.main_window import MainWindow  # noqa: E402
from ui.session import Session  # noqa: E402

SIZE = (1440, 900)
EPOCHS_BEFORE = 12
SETTLING = 500  # milliseconds that plot and movement take


def main() -> None:
    """Train for some epochs, step to the δ of the first hidden node, and take the picture."""
    app = QApplication([])
    window = MainWindow(Session(), Appearance(app, "light"))
    window.resize(*SIZE)
    window.show()
    for _ in range(EPOCHS_BEFORE):
        window.session.step("epoch")
    window.session.step("phase")
    window.session.step("phase")
    window.session.step("phase")
    for _ in range(3):
        window.session.step("node")
    QTest.qWait(SETTLING)
    path = Path(__file__).with_name("screenshot.png")
    window.grab().save(str(path))
    print(path)


main()
