import numpy as np
import pytest
from PySide6.QtGui import QImage, QPalette
from pytestqt.qtbot import QtBot

from bpsim.datasets import Dataset
from ui.dialogs.data_preview import MARGIN, MARKS, MOST_POINTS, DataPreview

Role = QPalette.ColorRole
SQUARE = [[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]]
XOR = Dataset(SQUARE, [0, 1, 1, 0])


@pytest.fixture
def preview(qtbot: QtBot) -> DataPreview:
    preview = DataPreview()
    qtbot.addWidget(preview)
    preview.resize(320, 300)
    with qtbot.waitExposed(preview):
        preview.show()
    return preview


def image(preview: DataPreview) -> QImage:
    return preview._picture.grab().toImage()


def ink(picture: QImage, x: float, y: float) -> set[str]:
    """Return the colours within 4 pixels of a place, given as shares of the room for points."""
    width, height = picture.width() - 2 * MARGIN, picture.height() - 2 * MARGIN
    side = min(width, height)
    left = round(MARGIN + (width - side) / 2 + x * side)
    top = round(MARGIN + (height - side) / 2 + (1 - y) * side)
    near = range(-4, 5)
    return {picture.pixelColor(left + dx, top + dy).name() for dx in near for dy in near}


def test_each_instance_stands_where_its_inputs_are_in_the_colour_of_its_target(preview: DataPreview) -> None:
    preview.show_data(XOR)
    palette, picture = preview.palette(), image(preview)
    hollow, full = palette.color(Role.Text).name(), palette.color(Role.Accent).name()
    for (x, y), target in zip(SQUARE, [0, 1, 1, 0], strict=True):
        assert (full in ink(picture, x, y)) == bool(target)
    assert hollow != full
    assert len(ink(picture, 0.5, 0.5)) == 1


def test_the_legend_says_what_axes_and_marks_are(preview: DataPreview) -> None:
    preview.show_data(XOR)
    assert preview.legend == "x₂ (up) over x₁   ○ y₁ = 0  ● y₁ = 1"
    names = ["setosa", "<b>"]
    preview.show_data(Dataset(SQUARE[:2], [[1, 0], [0, 1]], target_names=names, one_hot=True))
    assert preview.legend == "x₂ (up) over x₁   ○ setosa  ● <b>"
    assert "&lt;b&gt;" in preview._legend.text().replace("</span>", "")
    preview.show_data(Dataset([[0.0], [1.0]], [0.5, 0.25], input_names=["age"], target_names=["height"]))
    assert preview.legend == "height (up) over age"


def test_one_input_is_drawn_with_its_target(preview: DataPreview) -> None:
    preview.show_data(Dataset([[0.0], [0.5], [1.0]], [0.0, 0.5, 1.0]))
    picture = image(preview)
    ground = ink(picture, 0.0, 1.0)
    assert all(ink(picture, share, share) > ground for share in (0.0, 0.5, 1.0))


def test_without_a_plane_there_is_no_picture(preview: DataPreview) -> None:
    preview.show_data(None)
    empty = image(preview)
    assert preview.legend == ""
    preview.show_data(XOR)
    assert image(preview) != empty
    preview.show_data(Dataset([[0.0, 1.0, 2.0]], [0]))
    assert image(preview) == empty
    assert preview.legend == "3 inputs: no picture."
    preview.show_data(XOR)
    preview.show_data(None)
    assert (image(preview), preview.legend) == (empty, "")


def test_any_number_of_instances_and_classes_can_be_drawn(preview: DataPreview) -> None:
    rng = np.random.default_rng(0)
    many = Dataset(rng.normal(size=(3 * MOST_POINTS, 2)), rng.integers(0, 2, 3 * MOST_POINTS))
    preview.show_data(many)
    preview.grab()
    count = len(MARKS) + 3
    preview.show_data(Dataset(rng.normal(size=(count, 2)), np.eye(count), one_hot=True))
    preview.grab()
    assert preview.legend.count(MARKS[0]) == 2  # the marks begin anew
    preview.show_data(Dataset([[1.0, 1.0], [1.0, 1.0]], [0, 1]))  # on one place
    preview.grab()
