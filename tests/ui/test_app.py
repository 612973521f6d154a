"""The program as a process of its own."""

import subprocess
import sys
from pathlib import Path

import pytest

import bpsim
from tests.helpers import xor_project

# The real program; soon after its event loop starts it is asked what it shows, and closed.
OPEN_AND_ASK = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from ui.app import main

def ask():
    window = next(widget for widget in QApplication.topLevelWidgets() if hasattr(widget, "session"))
    moment = window.session.moment
    print(window.windowTitle(), moment.network.sizes, moment.position.phase)
    window.close()

class Asked(QApplication):
    def exec(self):
        QTimer.singleShot(2000, ask)
        return super().exec()

import PySide6.QtWidgets
PySide6.QtWidgets.QApplication = Asked
sys.exit(main(sys.argv[1:]))
"""


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, *arguments], capture_output=True, text=True, timeout=50)


def test_it_says_its_version() -> None:
    assert run("-m", "ui", "--version").stdout == f"bpsim {bpsim.__version__}\n"


@pytest.mark.parametrize("arguments", [["--nonsense"], ["a", "b"]])
def test_arguments_that_mean_nothing_are_refused_with_the_usage(arguments: list[str]) -> None:
    refused = run("-m", "ui", *arguments)
    assert refused.returncode == 2
    assert refused.stderr.startswith("usage: bpsim")


def test_it_opens_on_the_first_example_or_on_a_file_where_it_was_left(tmp_path: Path) -> None:
    path = tmp_path / "left.bpsim"
    simulation = xor_project().simulation()
    simulation.step("phase")
    bpsim.save(bpsim.Project.of(simulation), path)
    assert run("-c", OPEN_AND_ASK).stdout == "Untitled[*] — bpsim (2, 3, 2) None\n"
    assert run("-c", OPEN_AND_ASK, str(path)).stdout == "left.bpsim[*] — bpsim (2, 2, 1) receive\n"
