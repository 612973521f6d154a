"""Breaking a formula into lines: atoms stand side by side, and a line may end before some of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from bpsim.quantity import Quantity
from ui.formula.boxes import Box, Part, column, row

_WASTE = 4.0  # an empty line's worth of room weighs as much as so many levels of nesting
_GAP = 0.3  # between two lines, as a share of the size of the letters
_STRUT = (0.8, 0.28)  # how far a plain line reaches up and down


@dataclass(slots=True)
class Atom:
    """What stays together on a line; made anew for each layout, and changed while it is put together.

    Parameters
    ----------
    box : Box
    gap : float
        Room before it, left out at the beginning of a line.
    depth : int or None
        How deep in the formula a line that begins with it breaks the formula; None where none may.
    owners : tuple of Quantity
        What the larger parts stand for that it belongs to, the innermost first.
    """

    box: Box
    gap: float = 0.0
    depth: int | None = None
    owners: tuple[Quantity, ...] = ()


def owned(atoms: list[Atom], quantity: Quantity | None) -> list[Atom]:
    """Make atoms parts of something that stands for a quantity, and return them."""
    if quantity is not None:
        for atom in atoms:
            atom.owners = (*atom.owners, quantity)
    return atoms


def deeper(atoms: list[Atom], levels: int = 1) -> list[Atom]:
    """Make atoms an inner part, so that a line is rather ended outside of it, and return them."""
    for atom in atoms:
        if atom.depth is not None:
            atom.depth += levels
    return atoms


def following(atoms: list[Atom], gap: float) -> list[Atom]:
    """Have atoms stay with what is before them, at a distance, and return them."""
    atoms[0].gap, atoms[0].depth = gap, None
    return atoms


def glued(before: Box | None, atoms: list[Atom], after: Box | None) -> list[Atom]:
    """Put a box to the first atom and one to the last one, and return them."""
    if before is not None:
        atoms[0].box = row((before, atoms[0].box))
    if after is not None:
        atoms[-1].box = row((atoms[-1].box, after))
    return atoms


def one_line(atoms: Sequence[Atom]) -> Box:
    """Return atoms side by side, with an area for each larger part that stands for a quantity."""
    starts, x = [], 0.0
    for number, atom in enumerate(atoms):
        x += atom.gap if number else 0.0
        starts.append(x)
        x += atom.box.width
    larger = _larger_parts(atoms, starts)
    parts = []
    for number, (start, atom) in enumerate(zip(starts, atoms, strict=True)):
        parts += [*larger.get(number, ()), Part(start, 0.0, atom.box)]
    ascent, descent = _reach(atoms)
    return Box(x, ascent, descent, tuple(parts))


def _larger_parts(atoms: Sequence[Atom], starts: Sequence[float]) -> dict[int, list[Part]]:
    """Return the areas of the parts that atoms belong to, by the atom they begin with, the largest first."""
    spans: dict[Quantity, tuple[int, int]] = {}
    for number, atom in enumerate(atoms):
        for owner in reversed(atom.owners):
            spans[owner] = (spans.get(owner, (number, number))[0], number)
    parts: dict[int, list[Part]] = {}
    for owner, (first, last) in spans.items():
        width = starts[last] + atoms[last].box.width - starts[first]
        area = Box(width, *_reach(atoms[first : last + 1]), quantity=owner)
        parts.setdefault(first, []).append(Part(starts[first], 0.0, area))
    return parts


def _reach(atoms: Sequence[Atom]) -> tuple[float, float]:
    return max(atom.box.ascent for atom in atoms), max(atom.box.descent for atom in atoms)


def broken(atoms: Sequence[Atom], width: float, indent: float, size: int) -> Box:
    """Return atoms on as many lines as they need to be no wider than `width`.

    All lines but the first are indented. A line ends where the formula is least torn apart and not much room
    is left over.
    """
    lines: list[Box] = []
    start = 0
    while start < len(atoms):
        room = width - (indent if lines else 0.0)
        end = _line_end(atoms, start, room)
        line = one_line(atoms[start:end])
        if lines and indent:
            line = Box(line.width + indent, line.ascent, line.descent, (Part(indent, 0.0, line),))
        lines.append(line)
        start = end
    if len(lines) == 1:
        return lines[0]
    return column(lines, round(_GAP * size), (round(_STRUT[0] * size), round(_STRUT[1] * size)))


def _line_end(atoms: Sequence[Atom], start: int, room: float) -> int:
    """Return where the next line begins."""
    used, best, least = 0.0, None, float("inf")
    for number in range(start, len(atoms)):
        atom = atoms[number]
        if number > start and atom.depth is not None:
            if used > room:
                return number if best is None else best
            cost = atom.depth + _WASTE * (room - used) / room
            if cost <= least:
                best, least = number, cost
        used += atom.box.width + (atom.gap if number > start else 0.0)
    return len(atoms) if used <= room or best is None else best
