import ast
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

import bpsim


def test_every_name_is_that_of_its_module():
    for home, names in bpsim._OFFERED.items():
        module = import_module(f"bpsim.{home}")
        for name in names:
            assert getattr(bpsim, name) is getattr(module, name)


def test_a_type_checker_is_told_the_same_names():
    tree = ast.parse(Path(bpsim.__file__).read_text(encoding="utf-8"))
    [checked] = [part for part in tree.body if isinstance(part, ast.If) and isinstance(part.test, ast.Name)]
    told = {(part.module, name.name, name.asname) for part in checked.body for name in part.names}
    assert told == {(f"bpsim.{home}", name, name) for home, names in bpsim._OFFERED.items() for name in names}


def test_functions_named_as_their_modules_stay_functions():
    for name in ("explain", "chain", "wiggle", "too_early"):
        assert isinstance(import_module(f"bpsim.{name}"), ModuleType)
        assert callable(getattr(bpsim, name))


def test_all_names_are_listed():
    assert set(bpsim.__all__) <= set(dir(bpsim))
    names: dict[str, object] = {}
    exec("from bpsim import *", names)
    assert set(bpsim.__all__) <= set(names)


def test_an_unknown_name_is_no_attribute():
    with pytest.raises(AttributeError, match="'bpsim' has no attribute 'nothing'"):
        bpsim.nothing  # noqa: B018


def test_the_package_alone_imports_nothing_heavy():
    script = "import sys, bpsim; print(sorted(m for m in sys.modules if m == 'numpy' or 'bpsim.' in m))"
    found = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
