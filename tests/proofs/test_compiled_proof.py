"""The compiled loop agrees with stepping for every error, output, optimizer and size of a batch."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import bpsim
from bpsim.optimizers import OPTIMIZERS
from tests.bpsim.trainings import BATCHES, TABLE, assert_agree, training

UPDATES = 2000


@pytest.mark.parametrize(("pair", "optimizer", "batch_size"), TABLE, ids=str)
def test_thousands_of_updates(pair: tuple[str, str], optimizer: str, batch_size: int) -> None:
    rng = np.random.default_rng([TABLE.index((pair, optimizer, batch_size)), 17])
    assert_agree(training(rng, *pair, optimizer, batch_size), UPDATES)


@pytest.mark.parametrize("pair", [row[0] for row in TABLE[:: len(OPTIMIZERS) * len(BATCHES)]], ids=str)
def test_thousands_of_updates_by_nothing_but_the_gradient(pair: tuple[str, str]) -> None:
    for seed in range(3):
        rng = np.random.default_rng([seed, 18])
        assert_agree(training(rng, *pair, "gradient_descent", 1, l1=0.0, l2=0.0), UPDATES)


class TestWithoutAFolderToWriteTo:
    """Where numba keeps what it has compiled, when the program's own folder is read-only."""

    @pytest.mark.timeout(120)
    def test_the_users_cache_serves(self, tmp_path: Path) -> None:
        home = tmp_path / "home"
        home.mkdir()
        site = _read_only_copy(tmp_path)
        assert [_hits_and_misses(site, home) for _ in range(2)] == ["0 1", "1 0"]
        assert list(home.rglob("*.nbi"))

    @pytest.mark.timeout(120)
    def test_without_any_it_works_too(self, tmp_path: Path) -> None:
        home = tmp_path / "home"
        home.write_text("no folder")
        assert _hits_and_misses(_read_only_copy(tmp_path), home) == "0 1"


def _read_only_copy(folder: Path) -> Path:
    """Return a folder with a copy of the engine in which nothing compiled can be kept."""
    without = shutil.ignore_patterns("__pycache__")
    package = shutil.copytree(Path(bpsim.__file__).parent, folder / "site" / "bpsim", ignore=without)
    (package / "__pycache__").write_text("in the way: not even root can make a folder of this name")
    return package.parent


def _hits_and_misses(site: Path, home: Path) -> str:
    """Return how often a new process finds the loop compiled, and how often not."""
    code = (
        "from bpsim.compiled import warm_up; warm_up(); from bpsim.kernels import train;"
        "stats = train.stats; print(sum(stats.cache_hits.values()), sum(stats.cache_misses.values()))"
    )
    kept = {
        name: value for name, value in os.environ.items() if name not in ("NUMBA_CACHE_DIR", "XDG_CACHE_HOME")
    }
    environment = {**kept, "HOME": str(home), "LOCALAPPDATA": str(home), "PYTHONPATH": str(site)}
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=site, env=environment, check=True, capture_output=True, text=True
    )
    return run.stdout.strip()
