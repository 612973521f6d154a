"""Lint, format, types and the import direction: the tools run as part of the tests."""

import shutil
import subprocess
import sysconfig
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.mark.timeout(300)
@pytest.mark.parametrize(
    "command",
    ["ruff check", "ruff format --check --diff", "mypy", "lint-imports --no-logo"],
)
def test_tool_has_nothing_to_say(command: str, request: pytest.FixtureRequest) -> None:
    name, *arguments = command.split()
    tool = shutil.which(name, path=sysconfig.get_path("scripts"))
    assert tool, f"{name} is not installed beside this Python"
    run = subprocess.run([tool, *arguments], cwd=ROOT, capture_output=True, text=True, encoding="utf-8")
    if run.returncode != 0:
        request.node.add_report_section("call", command, run.stdout + run.stderr)
        pytest.fail(f"{command} has something to say", pytrace=False)
