from bpsim.quantity import Quantity
from ui.formula.boxes import Box
from ui.formula.lines import Atom, broken, deeper, glued, one_line, owned

SIZE = 10
OWNER = Quantity("back_sum", 1, 0)


def atom(width: float, depth: int | None = 0, gap: float = 0.0) -> Atom:
    return Atom(Box(width, 7, 2), gap, depth)


def lines(box: Box) -> list[Box]:
    return [part.what for part in box.parts if isinstance(part.what, Box)]


def test_what_fits_stays_on_one_line() -> None:
    box = broken([atom(30), atom(30, gap=5)], 65, 20, SIZE)
    assert (box.width, box.ascent, box.descent) == (65, 7, 2)


def test_no_line_is_too_wide_and_all_but_the_first_are_indented() -> None:
    box = broken([atom(30, gap=5) for _ in range(7)], 100, 20, SIZE)
    assert box.width <= 100
    assert [round(line.width) for line in lines(box)] == [100, 85, 85]
    assert [line.parts[0].x for line in lines(box)] == [0, 20, 20]


def test_a_line_ends_where_the_formula_is_least_torn_apart() -> None:
    torn = broken([atom(70), atom(20), atom(20, depth=3)], 95, 0, SIZE)
    assert [line.width for line in lines(torn)] == [70, 40]


def test_nothing_is_torn_apart_that_belongs_together() -> None:
    box = broken([atom(60), atom(60, depth=None), atom(30)], 100, 0, SIZE)
    assert [line.width for line in lines(box)] == [120, 30]


def test_an_inner_part_is_deeper_unless_it_stays_together() -> None:
    assert [a.depth for a in deeper([atom(1), atom(1, depth=None)], 2)] == [2, None]


def test_brackets_stay_with_what_they_embrace() -> None:
    first, last = glued(Box(3, 8, 2), [atom(30), atom(30)], Box(4, 8, 2))
    assert (first.box.width, last.box.width) == (33, 34)


def test_a_part_on_two_lines_has_an_area_on_each() -> None:
    atoms = [atom(30), *owned([atom(40), atom(40), atom(40)], OWNER), atom(10)]
    assert not owned([atom(1)], None)[0].owners
    box = broken(atoms, 115, 0, SIZE)
    areas = [
        (part.x, part.what.width)
        for line in lines(box)
        for part in line.parts
        if isinstance(part.what, Box) and part.what.quantity == OWNER
    ]
    assert areas == [(30, 80), (0, 40)]


def test_the_larger_of_two_nested_parts_comes_first() -> None:
    inner = owned([atom(10), atom(10)], Quantity("slope", 1, 0))
    line = one_line(owned([*inner, atom(10)], OWNER))
    boxes = [part.what for part in line.parts if isinstance(part.what, Box) and part.what.quantity]
    assert [box.quantity.kind for box in boxes if box.quantity] == ["back_sum", "slope"]
