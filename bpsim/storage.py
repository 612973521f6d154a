"""Project files: JSON that people can read, with a version, saved all or nothing and checked when opened."""

import json
import math
import os
import re
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from bpsim.building import build
from bpsim.files import atomic_write, read_bytes, reason
from bpsim.migrations import MIGRATIONS, Migration
from bpsim.project import Fault, Project, ProjectError
from bpsim.records import ProjectRecord, record_of

FORMAT = "bpsim project"
VERSION = 3
LARGEST = 64 * 2**20
"""Bytes that a project file may have."""


def save(project: Project, path: str | os.PathLike[str]) -> None:
    """Save a project, all or nothing: if it fails the file that was there before is still there.

    Raises
    ------
    ProjectError
        If the file cannot be written, or the project is one that could not be opened again.
    """
    name = os.fspath(path)
    try:
        content = encode(project)
        decode(content)
    except ProjectError as error:
        sentence = f"“{name}” was not saved. {error.sentence}"
        raise ProjectError(sentence, error.faults, "" if error.faults else error.advice) from None
    try:
        atomic_write(path, content)
    except (OSError, ValueError) as error:
        raise ProjectError(
            f"“{name}” was not saved: {_why(error)}.",
            advice="Save it in another place or under another name.",
        ) from None


def load(path: str | os.PathLike[str]) -> Project:
    """Open a project file.

    Raises
    ------
    ProjectError
        If it cannot be read: every fault with the path to its field, and what to do.
    """
    name = os.fspath(path)
    try:
        content = read_bytes(path, LARGEST)
    except (OSError, ValueError) as error:
        raise ProjectError(f"“{name}” cannot be opened: {_why(error)}.") from None
    try:
        return decode(content)
    except ProjectError as error:
        raise ProjectError(
            f"“{name}” cannot be opened. {error.sentence}", error.faults, error.advice
        ) from None


def _why(error: OSError | ValueError) -> str:
    if isinstance(error, OSError):
        return reason(error)
    return "its name has a character that no file can have"


# -- the content of a file ------------------------------


def encode(project: Project) -> bytes:
    """Return the content of a project's file; every number is written so that it is read back bit for bit.

    Raises
    ------
    ProjectError
        If it is larger than a file may be.
    """
    content = {"format": FORMAT, "version": VERSION, **msgspec.to_builtins(record_of(project))}
    # A character that UTF-8 cannot hold becomes a JSON escape, which `decode` then names.
    data = _layout(content).encode("utf-8", errors="backslashreplace")
    if len(data) > LARGEST:
        raise ProjectError(
            f"It would be larger than {LARGEST // 2**20} MB, the largest project that opens.",
            advice="Delete some of its kept runs." if project.runs else "",
        )
    return data


def decode(content: bytes) -> Project:
    """Return the project of a file's content.

    Raises
    ------
    ProjectError
        If it is none, or has faults.
    """
    tree = _parsed(content)
    if not isinstance(tree, dict) or tree.get("format") != FORMAT:
        raise ProjectError(
            "It is no bpsim project:",
            [Fault("$.format", f"“{FORMAT}” is needed here")],
            "Choose a file that was saved by bpsim.",
        )
    current = migrated(tree, MIGRATIONS)
    try:
        record = msgspec.convert({k: v for k, v in current.items() if k not in _MARKS}, ProjectRecord)
    except msgspec.ValidationError as error:
        raise _faulty([_translated(str(error))]) from None
    try:
        return build(record)
    except ProjectError as error:
        raise _faulty(error.faults) from None


def migrated(tree: dict[str, Any], migrations: Mapping[int, Migration]) -> dict[str, Any]:
    """Return the content of a file of any version as one of version 1 + the last migration."""
    newest, version = len(migrations) + 1, tree.get("version")
    if type(version) is not int or version < 1:
        raise _faulty([Fault("$.version", "a whole number from 1 is needed here")])
    if version > newest:
        raise ProjectError(
            "It was made by a newer bpsim:",
            [Fault("$.version", f"is {version}, and this bpsim reads up to {newest}")],
            "Open it with that version, or bring this one up to date.",
        )
    for step in range(version, newest):
        tree = migrations[step](tree)
    return tree


_MARKS = ("format", "version")


def _faulty(faults: Any) -> ProjectError:
    return ProjectError(
        "It has faults:", faults, "Correct them if the file was edited by hand, or open an earlier copy."
    )


def _layout(value: Any, indent: str = "") -> str:
    """Return JSON with a line for every field and for every row of numbers."""
    inner = indent + " "
    if isinstance(value, dict):
        lines = [f"{inner}{json.dumps(key)}: {_layout(part, inner)}" for key, part in value.items()]
        return "{\n" + ",\n".join(lines) + f"\n{indent}}}"
    if isinstance(value, list) and any(isinstance(part, list | dict) for part in value):
        return "[\n" + ",\n".join(inner + _layout(part, inner) for part in value) + f"\n{indent}]"
    return json.dumps(value, ensure_ascii=False)


# -- parsing ------------------------------


class _Object(dict[str, Any]):
    """A JSON object that remembers which names it has more than once."""

    def __init__(self, pairs: list[tuple[str, Any]]) -> None:
        super().__init__(pairs)
        names = [name for name, _ in pairs]
        self.repeated = [] if len(self) == len(pairs) else [name for name in self if names.count(name) > 1]


def _parsed(content: bytes) -> Any:
    """Return the JSON tree of a file; what the types will not settle is refused here."""
    try:
        tree = json.loads(content.decode("utf-8-sig"), object_pairs_hook=_Object, parse_int=_whole)
        faults = list(_faults_of(tree, "$"))
    except UnicodeDecodeError as error:
        raise _no_json(f"byte {error.start + 1} is no UTF-8 text") from None
    except json.JSONDecodeError as error:
        raise _no_json(f"line {error.lineno}, column {error.colno}: {error.msg.lower()}") from None
    except RecursionError:
        raise _no_json("its lists are nested too deeply") from None
    if faults:
        raise _faulty(faults)
    return tree


def _no_json(detail: str) -> ProjectError:
    return ProjectError(
        "It is no bpsim project, or a part of it is lost:",
        [Fault("$", f"this is not complete JSON ({detail})")],
        "Choose a file that was saved by bpsim, or an earlier copy of this one.",
    )


def _whole(digits: str) -> int | float:
    return int(digits) if len(digits) <= 400 else math.inf


def _faults_of(value: Any, path: str) -> Iterator[Fault]:
    """Yield every number that is not finite, every name that stands twice, every text that is damaged."""
    if isinstance(value, float):
        if not math.isfinite(value):
            yield Fault(path, "is no finite number")
    elif isinstance(value, str):
        if _HALF.search(value):
            yield Fault(path, _DAMAGED)
    elif isinstance(value, list):
        for place, part in enumerate(value):
            yield from _faults_of(part, f"{path}[{place}]")
    elif isinstance(value, _Object):
        yield from (Fault(f"{path}.{_short(name)}", "stands here more than once") for name in value.repeated)
        for name, part in value.items():
            if _HALF.search(name):
                yield Fault(f"{path}.{_short(name)}", _DAMAGED)
            yield from _faults_of(part, f"{path}.{_short(name)}")


_DAMAGED = "has a character that is not complete"
_HALF = re.compile(r"[\ud800-\udfff]")


def _short(name: str) -> str:
    return name[:40] if name.isprintable() else ascii(name[:40])[1:-1]


# -- what msgspec says, in plain words ------------------------------

_WORDS = {
    "float": "a number",
    "int": "a whole number",
    "str": "a text",
    "bool": "true or false",
    "array": "a list",
    "object": "an object",
    "null": "null",
    "float | str": "a number or “missing”",
    "array | null": "a list or null",
    "object | null": "an object or null",
    "int | null": "a whole number or null",
    "float | null": "a number or null",
}

_PLACE = re.compile(r"(.*?)(?: - at `(\$[^`]*)`)?", re.DOTALL)


def _translated(message: str) -> Fault:
    """Return the fault that a message of msgspec such as "Expected `float`, got `str` - at `$.a`" names."""
    what, path = _PLACE.fullmatch(message).groups("$")  # type: ignore[union-attr]  # it matches any text
    before, _, quoted = what.partition("`")
    match before.split():
        case ["Expected"]:
            needed, found = quoted.removesuffix("`").split("`, got `")
            got = "a decimal number" if (needed, found) == ("int", "float") else _WORDS[found]
            return Fault(path, f"{_WORDS[needed]} is needed here, not {got}")
        case ["Object", "missing", *_]:
            return Fault(f"{path}.{quoted.removesuffix('`')}", "is missing")
        case ["Object", "contains", *_]:
            return Fault(f"{path}.{_short(quoted.removesuffix('`'))}", "is unknown to this version of bpsim")
        case ["Number", *_]:
            return Fault(path, "is too large a number")
    return Fault(path, f"{_WORDS['float | str']} is needed here, and no other text")
