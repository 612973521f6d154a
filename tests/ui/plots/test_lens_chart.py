import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QImage, QPainter, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from bpsim.lens import Lens
from ui.numbers import NumberFormat
from ui.plots.lens_chart import LensChart, Letters, frame_of
from ui.theme import THEMES, load_theme

BOX = QRectF(40, 10, 300, 150)


def parabola(step: float, at: float = 2.0, scale: float = 1.0) -> Lens:
    """Return the lens of E = scale · θ² at a θ."""
    values = np.linspace(at - 4, at + 4, 81)
    landing = scale * (at + step) ** 2
    return Lens((0, 0, 0), at, scale * at**2, 2 * scale * at, step, landing, values, scale * values**2, 4, 4)


@pytest.fixture
def chart(qtbot: QtBot) -> LensChart:
    chart = LensChart(load_theme("light"), NumberFormat())
    qtbot.addWidget(chart)
    chart.resize(400, 220)
    with qtbot.waitExposed(chart):
        chart.show()
    return chart


def test_no_number_stands_on_the_name_of_the_weight(chart: LensChart) -> None:
    chart.set_lens(parabola(-1.0, at=2.0), Letters("θ²₁₁"))
    metrics = QFontMetricsF(chart.font())
    frame = chart.frame(parabola(-1.0, at=2.0))
    ticks = chart._ticks(frame, metrics)
    assert [text for _tick, text in ticks][:2] == ["0", "2"]  # −2 would begin where the name ends
    begins = [
        frame.point(tick, frame.bottom).x() - metrics.horizontalAdvance(text) / 2 for tick, text in ticks
    ]
    assert min(begins) > frame.box.left() - 6


@pytest.mark.parametrize("size", [(140, 100), (330, 90), (400, 220)])
@pytest.mark.parametrize("scale", [1.0, 1.3e-4, 3e7])
def test_both_axes_have_two_numbers_at_least(chart: LensChart, size: tuple[int, int], scale: float) -> None:
    chart.resize(*size)
    for at in (0.3, -7.4, 2.0):
        lens = parabola(-0.3, at, scale)
        chart.set_lens(lens, Letters("θ²₁₁"))
        frame = chart.frame(lens)
        for labelled in (chart._levels(frame), chart._ticks(frame, QFontMetricsF(chart.font()))):
            assert sum(bool(text) for _tick, text in labelled) >= 2


def test_the_curve_has_nearly_all_of_the_height(chart: LensChart) -> None:
    chart.resize(380, 130)
    assert chart.frame(parabola(-1.0)).box.height() >= 100


@pytest.mark.parametrize("step", [-0.01, -1.0, -3.0, -3.9])
def test_what_the_step_is_about_is_in_sight(step: float) -> None:
    lens = parabola(step)
    frame = frame_of(lens, BOX)
    assert (frame.left, frame.right) == (-2, 6)
    for value, error in ((lens.value, lens.error), (lens.landing, lens.landing_error), (0.0, 0.0)):
        assert BOX.contains(frame.point(value, error))
    assert frame.x_at(frame.point(1.25, 1.0).x()) == pytest.approx(1.25)


def test_what_is_high_above_the_step_is_left_out() -> None:
    values = np.linspace(-4, 4, 81)
    lens = Lens((0, 0, 0), 1.0, 1.0, 2.0, -0.5, 0.25, values, np.exp(values**2), 4, 4)
    assert frame_of(lens, BOX).top < 10


@pytest.mark.parametrize("error", [0.0, 1e-300, 0.5, 1e9])
def test_a_level_curve_has_a_frame_too(error: float) -> None:
    values = np.linspace(-2, 2, 41)
    lens = Lens((0, 0, 0), 0.0, error, 0.0, 0.0, error, values, np.full(41, error), 4, 4)
    frame = frame_of(lens, BOX)
    assert frame.bottom < error < frame.top
    assert BOX.contains(frame.point(0, error))


def test_curves_with_parts_that_are_too_large_have_a_frame() -> None:
    lens = parabola(-1.0)
    errors = lens.errors.copy()
    errors[:20] = np.inf
    whole = Lens(*[getattr(lens, name) for name in ("parameter", "value", "error", "slope", "step")], np.inf,
                 lens.values, errors, 4, 4)  # fmt: skip
    assert np.isfinite(frame_of(whole, BOX).top)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("step", "role"), [(-1.0, "right"), (-4.5, "wrong")])
def test_the_step_has_the_colour_of_what_it_does(
    chart: LensChart, theme: str, step: float, role: str
) -> None:
    chart.set_theme(load_theme(theme))
    chart.set_lens(parabola(step))
    image = QImage(400, 220, QImage.Format.Format_RGB32)
    image.fill(load_theme(theme).color("canvas"))
    painter = QPainter(image)
    chart.paint(painter, QRectF(0, 0, 400, 220))
    painter.end()
    assert has(image, load_theme(theme).color(role).rgb())
    assert not has(image, load_theme(theme).color("wrong" if role == "right" else "right").rgb())
    assert has(image, load_theme(theme).color("accent").rgb())


def test_without_a_lens_nothing_is_painted(chart: LensChart) -> None:
    before = chart.grab().toImage()
    chart.set_lens(parabola(-1.0))
    assert chart.grab().toImage() != before
    chart.set_lens(None)
    assert chart.grab().toImage() == before


def test_the_mouse_points_at_the_nearest_point_of_the_curve(chart: LensChart) -> None:
    lens = parabola(-1.0)
    chart.set_lens(lens)
    pointed: list[int] = []
    chart.pointed.connect(pointed.append)
    frame = chart.frame(lens)
    for index in (0, 40, 80, 13):
        place = frame.point(float(lens.values[index]), 0.0)
        QTest.mouseMove(chart, QPoint(round(place.x()), 60))
        QApplication.processEvents()
    assert pointed == [0, 40, 80, 13]


def test_the_wheel_asks_to_look_closer(chart: LensChart) -> None:
    turned: list[float] = []
    chart.zoomed.connect(turned.append)
    for delta in (120, -240):
        event = QWheelEvent(
            QPointF(100, 60), QPointF(100, 60), QPoint(), QPoint(0, delta), Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(chart, event)
    assert turned == [1.0, -2.0]


def test_levels_have_as_many_digits_as_tell_them_apart(chart: LensChart) -> None:
    lens = parabola(-1.0, scale=1e-6)
    errors = lens.errors + 0.140724
    near = Lens((0, 0, 0), 2.0, 0.140728, 4e-6, -1.0, 0.140725, lens.values, errors, 4, 4)
    texts = [text for _, text in chart._levels(chart.frame(near))]
    assert len(texts) >= 2
    assert len(set(texts)) == len(texts)


@pytest.mark.parametrize("step", [-1e300, 1e300, -1e-300])
def test_any_step_can_be_painted(chart: LensChart, step: float) -> None:
    lens = parabola(-1.0)
    for landing in (np.inf, 0.0, 4.0):
        chart.set_lens(Lens((0, 0, 0), 2.0, 4.0, 4.0, step, landing, lens.values, lens.errors, 4, 4))
        chart.grab()


@pytest.mark.parametrize("size", [(10, 10), (140, 100), (2000, 60)])
def test_any_size_can_be_painted(chart: LensChart, size: tuple[int, int]) -> None:
    chart.set_lens(parabola(-1.0), Letters("weight from input 1 to hidden node 2", "its Δ", "C"))
    chart.point_at(3)
    chart.resize(*size)
    chart.grab()


def has(image: QImage, wanted: int) -> bool:
    return any(image.pixel(x, y) == wanted for x in range(image.width()) for y in range(image.height()))
