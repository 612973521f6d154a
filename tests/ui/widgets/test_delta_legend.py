import pytest
from pytestqt.qtbot import QtBot

from ui.numbers import NumberFormat
from ui.theme import THEMES, load_theme
from ui.widgets.delta_legend import DeltaLegend


@pytest.fixture
def legend(qtbot: QtBot) -> DeltaLegend:
    legend = DeltaLegend(load_theme("light"))
    qtbot.addWidget(legend)
    return legend


def test_there_is_no_legend_before_there_is_a_delta(legend: DeltaLegend) -> None:
    assert legend.isHidden()
    legend.set_limit(0.146)
    assert not legend.isHidden()
    legend.set_limit(None)
    assert legend.isHidden()


def test_the_legend_carries_numbers(legend: DeltaLegend) -> None:
    legend.set_limit(0.146)
    assert legend.texts == ("−0.146", "δ = 0", "+0.146")
    assert legend.accessibleName() == "Colours of δ from −0.146 by δ = 0 to +0.146"
    legend.set_number_format(NumberFormat(2, ","))
    assert legend.texts == ("−0,15", "δ = 0", "+0,15")


@pytest.mark.parametrize("name", THEMES)
def test_the_bar_has_the_colours_of_delta(legend: DeltaLegend, name: str) -> None:
    theme = load_theme(name)
    legend.set_theme(theme)
    legend.set_limit(2.0)
    legend.resize(legend.sizeHint())
    image = legend.grab().toImage()
    for share in (-0.9, -0.5, 0.0, 0.5, 0.9):
        x = round((share + 1) / 2 * (legend.width() - 1))
        seen, wanted = image.pixelColor(x, 5).getRgb(), theme.delta_color(share, 1).getRgb()
        assert max(abs(a - b) for a, b in zip(seen, wanted, strict=True)) < 12


def test_another_letter(legend: DeltaLegend) -> None:
    legend.set_limit(0.5)
    legend.set_letter("dL/dz")
    assert legend.texts == ("−0.500", "dL/dz = 0", "+0.500")
    assert legend.accessibleName().startswith("Colours of dL/dz from")


def test_the_numbers_never_run_into_the_middle(legend: DeltaLegend) -> None:
    advance = legend.fontMetrics().horizontalAdvance
    for digits in range(1, 16):
        legend.set_number_format(NumberFormat(digits))
        legend.set_limit(0.00052603951)
        left, middle, right = legend.texts
        assert max(advance(left), advance(right)) < (legend.sizeHint().width() - advance(middle)) / 2
    legend.set_number_format(NumberFormat(6))
    legend.set_limit(0.146)
    assert legend.texts == ("−0.146000", "δ = 0", "+0.146000")
