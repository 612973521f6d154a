"""A run on a machine that has not compiled the loop yet: in a process and with a cache of its own."""

import os
import subprocess
import sys
from pathlib import Path

SCRIPT = """
import sys, time
from PySide6.QtWidgets import QApplication
app = QApplication([])
from bpsim.stopping import Stopping
from tests.helpers import xor_project
from ui.main_window import MainWindow
from ui.session import Session

session = Session(xor_project(stopping=Stopping(epochs=None)))
window = MainWindow(session)
window.show()
assert "numba" not in sys.modules
said = set()
window.trainer.progressed.connect(lambda _progress: said.add(window.trainer.remark))
window.trainer.start()
end = time.monotonic() + 50
while session._work.simulation.history.compiled_from is None and time.monotonic() < end:
    app.processEvents()
    time.sleep(0.002)
window.trainer.stop()
history = session._work.simulation.history
assert history.compiled_from is not None and history.compiled_from > 0, history.compiled_from
assert any("NumPy trains while" in text for text in said), said
updates = session.recorded
session.go_to(history.compiled_from - 1)
before = session.moment.network
session.step("instance")
session.back("instance")
assert session.moment.network == before
session.undo_stack.setClean()
window.close()
print("trained", updates, "instances")
"""


def test_numpy_trains_until_the_loop_is_compiled(tmp_path: Path) -> None:
    environment = os.environ | {"NUMBA_CACHE_DIR": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        env=environment,
        capture_output=True,
        text=True,
        timeout=58,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("trained ")
