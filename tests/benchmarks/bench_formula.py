"""How long a formula takes to lay out and to paint, and the panel to follow a step. The aim is 2 ms each."""

import numpy as np
import pytest
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication
from pytest_benchmark.fixture import BenchmarkFixture
from pytestqt.qtbot import QtBot

from bpsim.backprop import backpropagate
from bpsim.datasets import Dataset
from bpsim.explain import explain
from bpsim.formula import Equation
from bpsim.matrices import MatrixEquation, matrix_equation
from bpsim.network import Network
from bpsim.project import Project
from bpsim.quantity import Quantity
from ui.appearance import Appearance
from ui.fonts import FORMULA_SIZE
from ui.formula.colors import role_of
from ui.formula.layout import Setting, lay_out
from ui.formula.matrices import lay_out_matrices
from ui.formula.paint import paint
from ui.numbers import NumberFormat
from ui.panels.explanation_panel import ExplanationPanel
from ui.session import Session
from ui.theme import load_theme
from ui.widgets.matrix_view import ROOMS

WIDTH = 300
THEME = load_theme("light")
SETTING = Setting(NumberFormat().given, FORMULA_SIZE)
SIZES = (63, 64, 4)


def network() -> Network:
    return Network.dense(SIZES, ["sigmoid", "softmax"], "cross_entropy", seed=1)


def numbers(kind: str) -> Equation:
    rng = np.random.default_rng(0)
    trace = backpropagate(network(), rng.uniform(-1, 1, SIZES[0]), [0.0, 1.0, 0.0, 0.0])
    quantity = {
        "z of 64 terms": Quantity("z", 1, 0),
        "hidden δ of 4 terms": Quantity("delta", 1, 0),
        "step": Quantity("step", 2, 0, 1),
        "softmax of 4": Quantity("a", 2, 1),
    }[kind]
    return explain(trace, quantity).numbers


FORMULAS = ["z of 64 terms", "hidden δ of 4 terms", "step", "softmax of 4"]


@pytest.mark.parametrize("opened", [False, True], ids=["folded", "opened"])
@pytest.mark.parametrize("kind", FORMULAS)
def test_layout(benchmark: BenchmarkFixture, qapp: QApplication, kind: str, opened: bool) -> None:
    formula = numbers(kind)

    def laid_out() -> int:
        picture = lay_out(formula, SETTING, WIDTH, opened=opened)
        return len(picture.marks) + len(picture.areas)

    benchmark(laid_out)


@pytest.mark.parametrize("opened", [False, True], ids=["folded", "opened"])
@pytest.mark.parametrize("kind", FORMULAS)
def test_paint(benchmark: BenchmarkFixture, qapp: QApplication, kind: str, opened: bool) -> None:
    picture = lay_out(numbers(kind), SETTING, WIDTH, opened=opened)
    image = QImage(2 * WIDTH, 2 * round(picture.height), QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(2)
    painter = QPainter(image)

    def color(quantity: Quantity | None, quiet: bool) -> QColor:
        return THEME.color("text_quiet" if quiet else role_of(quantity))

    benchmark(paint, painter, picture, color)
    painter.end()


@pytest.mark.parametrize("sizes", [(2, 3, 2), SIZES], ids=str)
def test_panel_follows_a_step(
    benchmark: BenchmarkFixture, qtbot: QtBot, qapp: QApplication, sizes: tuple[int, ...]
) -> None:
    rng = np.random.default_rng(0)
    data = Dataset(rng.uniform(-1, 1, (50, sizes[0])), rng.uniform(0, 1, (50, sizes[-1])))
    session = Session(Project(Network.dense(sizes, seed=1), data))
    panel = ExplanationPanel(session, Appearance(qapp, "light"))
    qtbot.addWidget(panel)
    panel.resize(320, 700)
    with qtbot.waitExposed(panel):
        panel.show()

    def step() -> None:
        session.step("node")
        while panel.waiting:
            qapp.processEvents()
        qapp.processEvents()  # what waits to be painted

    benchmark.pedantic(step, rounds=60, warmup_rounds=2)


@pytest.mark.parametrize("kind", ["z", "delta", "step"])
@pytest.mark.parametrize("sizes", [(2, 3, 2), SIZES], ids=str)
def test_matrices(benchmark: BenchmarkFixture, qapp: QApplication, sizes: tuple[int, ...], kind: str) -> None:
    """Everything from the trace to a picture painted; the equation is made for each number of columns."""
    rng = np.random.default_rng(0)
    trace = backpropagate(Network.dense(sizes, seed=1), rng.uniform(-1, 1, sizes[0]), np.zeros(sizes[-1]))
    quantity = Quantity(kind, 1, 1, 1 if kind == "step" else None)
    image = QImage(2 * WIDTH, 800, QImage.Format.Format_RGB32)

    def color(subject: Quantity | None, quiet: bool) -> QColor:
        return THEME.color("text_quiet" if quiet else role_of(subject))

    def shown() -> None:
        made = [matrix_equation(trace, quantity, "lecture", room=room) for room in ROOMS]
        assert isinstance(made[-1], MatrixEquation)
        picture = lay_out_matrices(made[-1], SETTING, WIDTH)
        painter = QPainter(image)
        paint(painter, picture, color)
        painter.end()

    benchmark(shown)
