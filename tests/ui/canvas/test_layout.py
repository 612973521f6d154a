"""Geometry: nothing overlaps, everything is in sight, and points are found where things are drawn."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.canvas.layout import Layout, arrange, distinct_lines, largest_zoom

SIZES = st.lists(st.integers(1, 300), min_size=2, max_size=7)


def assert_tidy(layout: Layout) -> None:
    """Every node is within the area, and no two touch."""
    for layer, rows in enumerate(layout.rows):
        radius = layout.radii[layer]
        assert rows[0] - radius >= layout.top - 1e-6
        assert rows[-1] + radius <= layout.bottom + 1e-6
        assert all(below - above > 2 * radius for above, below in pairwise(rows.tolist()))
    assert 0 < layout.columns[0] - layout.radii[0]
    assert layout.columns[-1] + layout.radii[-1] < layout.width
    for layer, (left, right) in enumerate(pairwise(layout.columns)):
        assert right - left > layout.radii[layer] + layout.radii[layer + 1]


@given(SIZES, st.integers(320, 2000), st.integers(240, 1400))
def test_a_network_of_any_shape_is_laid_out_in_sight_without_overlaps(
    sizes: list[int], width: int, height: int
) -> None:
    layout = arrange(sizes, width, height)
    assert_tidy(layout)
    assert (layout.width, layout.height) == (width, height)


@given(SIZES, st.floats(0.5, 30))
def test_at_every_zoom_nothing_overlaps(sizes: list[int], zoom: float) -> None:
    assert_tidy(arrange(sizes, 790, 450, zoom))


@pytest.mark.parametrize("sizes", [(2, 3, 2), (2, 1, 1), (2, 1), (3, 3, 4, 2)])
def test_the_lectures_networks_show_everything(sizes: tuple[int, ...]) -> None:
    layout = arrange(sizes, 790, 450)
    for layer in range(len(sizes)):
        assert layout.has_numbers(layer)
        assert layout.lines(layer) == 2
    assert len(set(layout.radii)) == 1


def test_numbers_give_way_before_they_overlap_and_come_back_with_zoom() -> None:
    sizes = (64, 128, 64, 10)
    small = arrange(sizes, 790, 450)
    assert not small.has_numbers(1)
    assert small.lines(3) == 0
    large = arrange(sizes, 790, 450, largest_zoom(sizes, 790, 450))
    assert all(large.has_numbers(layer) and large.lines(layer) == 2 for layer in range(4))


@given(SIZES, st.data())
def test_a_node_is_found_where_it_is_drawn(sizes: list[int], data: st.DataObject) -> None:
    layout = arrange(sizes, 790, 450)
    layer = data.draw(st.integers(0, len(sizes) - 1))
    node = data.draw(st.integers(0, sizes[layer] - 1))
    assert layout.node_at(*layout.place(layer, node)) == (layer, node)
    assert layout.column_at(layout.columns[layer]) == layer


def test_between_two_columns_is_room_for_a_layer() -> None:
    layout = arrange((2, 3, 2), 790, 450)
    assert layout.gap_at(layout.gap_place(1)) == 1
    assert layout.gap_at(layout.gap_place(2)) == 2
    assert layout.gap_at(layout.columns[1]) is None
    assert layout.gap_at(1.0) is None
    assert layout.gap_at(layout.width - 1) is None


@pytest.mark.parametrize("index", [0, 1, 2, 3])
@pytest.mark.parametrize("layer", [0, 1])
@pytest.mark.parametrize("height", [270, 345, 450])
def test_a_new_node_is_previewed_where_it_touches_no_other_and_no_text(
    layer: int, index: int, height: int
) -> None:
    layout = arrange((3, 3, 2), 790, height)
    x, y, radius = layout.slot_place(layer, index)
    column, reach = layout.columns[layer], layout.radii[layer]
    for row in layout.rows[layer].tolist():
        assert np.hypot(x - column, y - row) >= reach + radius
        line = 18 * layout.scale * min(layout.lines(layer), 1) * (layer > 0)
        beside = abs(x - column) >= 18 + radius
        assert beside or abs(y - row) >= reach + line + radius
    assert abs(x - column) <= layout.band
    assert layout.heads_end <= y - radius
    assert y + radius < layout.height


def test_a_frame_holds_the_nodes_whose_centres_are_in_it() -> None:
    layout = arrange((2, 3, 2), 790, 450)
    (x1, y1), (x2, y2) = layout.place(0, 0), layout.place(1, 1)
    assert layout.nodes_within(x2 + 1, y2 + 1, x1 - 1, y1 - 60) == [(0, 0), (1, 0), (1, 1)]
    assert layout.nodes_within(0, 0, 5, 5) == []


def test_a_place_is_found_again_at_another_zoom() -> None:
    small, large = arrange((2, 3, 2), 790, 450), arrange((2, 3, 2), 790, 450, 2.0)
    for node in ((0, 1), (1, 0), (2, 1)):
        x, y = large.same_place(small, *small.place(*node))
        assert x == pytest.approx(large.place(*node)[0])
        assert small.same_place(large, x, y) == pytest.approx(small.place(*node))


def test_larger_areas_show_more_lines_up_to_what_can_be_painted() -> None:
    few, many, most = (distinct_lines(arrange((64, 128, 64), 800, height)) for height in (300, 900, 9000))
    assert few < many < most == 5000


def test_where_height_is_scarce_the_heads_are_low_and_one_line_of_text_stays() -> None:
    high, low = arrange((2, 3, 2), 790, 450), arrange((2, 3, 2), 755, 270)
    assert (high.has_low_heads, low.has_low_heads) == (False, True)
    assert low.lines(1) == 1
    assert low.radii[1] >= 20


def test_a_large_window_shows_a_small_network_larger_and_a_big_one_with_more_room() -> None:
    assert arrange((2, 3, 2), 1650, 820).scale > 1.5
    assert arrange((64, 128, 64, 10), 1650, 820).scale == 1.0
    assert arrange((2, 3, 2), 790, 450).scale == 1.0
