"""From the start of the process to the first painted window, and to the plot. The aim: 0.5 s to the first."""

import os
import subprocess
import sys
import time

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

# An installed program has its byte code.
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}

PROGRAM = """
import sys, time
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication
from ui.main_window import MainWindow
from ui.session import Session

class FirstPaint(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint:
            print(time.monotonic(), flush=True)
            window.removeEventFilter(self)
        return False

app = QApplication([])
window = MainWindow(Session())
first = FirstPaint()
window.installEventFilter(first)  # of the application it would make PySide load every class
window.show()
while "ui.plots.loss" not in sys.modules:
    app.processEvents()
app.processEvents()
print(time.monotonic(), flush=True)
"""


@pytest.mark.parametrize("until", ["first paint", "plot"])
def test_start(benchmark: BenchmarkFixture, until: str) -> None:
    """The time is that of the program's own clock: the end of the process is not counted."""
    times: list[float] = []

    def start() -> None:
        began = time.monotonic()
        run = subprocess.run(
            [sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True, env=ENVIRONMENT
        )
        first, plot = map(float, run.stdout.split())
        times.append((first if until == "first paint" else plot) - began)

    benchmark.pedantic(start, rounds=7, warmup_rounds=1)
    median = benchmark.extra_info["seconds"] = sorted(times)[len(times) // 2]
    sys.stderr.write(f"\nmedian from start to {until}: {median:.3f} s\n")
