import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from bpsim.backprop import PHASES
from bpsim.network import Network
from tests.helpers import press, xor_session
from ui.appearance import Appearance
from ui.phase_strip import PhaseButton, PhaseStrip, Progress
from ui.session import Session

LEFT = Qt.MouseButton.LeftButton
TO_COME, NOW, DONE = Progress.TO_COME, Progress.NOW, Progress.DONE


class Shown:
    """A strip on the XOR project."""

    def __init__(self, qtbot: QtBot, qapp: QApplication, session: Session) -> None:
        self.session, self.appearance = session, Appearance(qapp, "light")
        self.strip = PhaseStrip(session, self.appearance)
        qtbot.addWidget(self.strip)
        self.strip.resize(self.strip.sizeHint())
        with qtbot.waitExposed(self.strip):
            self.strip.show()
        self.strip.activateWindow()
        qtbot.mouseMove(self.strip, QPoint(self.strip.width() + 20, 60))

    def button(self, phase: str) -> PhaseButton:
        found = self.strip.findChild(PhaseButton, f"phase_{phase}")
        assert found is not None
        return found

    @property
    def progress(self) -> list[Progress]:
        return [self.button(phase).progress for phase in PHASES]

    def color(self, phase: str) -> str:
        button = self.button(phase)
        button.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, False)  # wherever another test has left it
        return button.grab().toImage().pixelColor(button.width() // 2, 2).name()


@pytest.fixture
def shown(qtbot: QtBot, qapp: QApplication) -> Shown:
    return Shown(qtbot, qapp, xor_session())


def test_it_says_what_is_done_and_where_we_are(shown: Shown) -> None:
    assert shown.progress == [TO_COME] * 6
    for number, phase in enumerate(PHASES):
        shown.session.step("phase")
        assert shown.session.moment.position.phase == phase
        assert shown.progress == [DONE] * number + [NOW] + [TO_COME] * (5 - number)
        names = [shown.button(name).accessibleName() for name in PHASES]
        assert names[number] == f"Phase {number + 1} {phase.capitalize()}, now"
        assert [name.endswith("done") for name in names] == [place < number for place in range(6)]
    shown.session.back("phase")
    assert shown.progress == [DONE] * 4 + [NOW, TO_COME]


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_each_has_the_colour_of_its_progress(shown: Shown, theme: str) -> None:
    shown.appearance.choose(theme)
    shown.session.go_to_phase("forward")
    color = shown.appearance.theme.color
    assert shown.color("receive") == color("accent_wash").name()
    assert shown.color("forward") == color("accent").name()
    assert shown.color("error") == color("chip").name()
    shown.appearance.choose("light")


@pytest.mark.parametrize("phase", PHASES)
def test_a_click_jumps_forwards_and_back_within_the_instance(shown: Shown, qtbot: QtBot, phase: str) -> None:
    shown.session.step("instance")
    shown.session.step("node")
    done = shown.session.moment.instances_done
    for before in ("update", "receive"):
        shown.session.go_to_phase(before)
        qtbot.mouseClick(shown.button(phase), LEFT)
        moment = shown.session.moment
        assert (moment.position.phase, moment.instances_done) == (phase, done)
        assert moment.knows(phase)


def test_space_jumps_too(shown: Shown) -> None:
    shown.button("backward").setFocus(Qt.FocusReason.TabFocusReason)
    press(shown.button("backward"), Qt.Key.Key_Space)
    assert shown.session.moment.position.phase == "backward"


def test_a_phase_that_an_instance_does_not_have_cannot_be_chosen(qtbot: QtBot, qapp: QApplication) -> None:
    shown = Shown(qtbot, qapp, xor_session(batch_size=2))
    assert [shown.button(phase).isEnabled() for phase in PHASES] == [True] * 5 + [False]
    shown.session.step("instance")
    shown.session.step("node")
    assert shown.button("update").isEnabled()
    shown.session.edit("Grow", network=Network.dense([3, 2, 1]))
    assert not any(shown.button(phase).isEnabled() for phase in PHASES)


def test_where_there_is_less_room_names_or_numbers_stay(shown: Shown) -> None:
    shown.session.go_to_phase("error")
    widths = [shown.strip.sizeHint().width(), 0, shown.strip.minimumSizeHint().width()]
    widths[1] = next(width for width in range(widths[0], widths[2], -1) if shown.strip._width_in(0) > width)
    forms = []
    for width in widths:
        shown.strip.resize(width, 30)
        forms.append([shown.button(phase)._form for phase in PHASES])
    assert forms[0] == [0] * 6
    assert forms[1] == [1] * 6
    assert forms[2] == [2, 2, 1, 2, 2, 2]  # only the present one has its name
    shown.session.step("phase")
    assert [shown.button(phase)._form for phase in PHASES] == [2, 2, 2, 1, 2, 2]


def test_tips_are_in_the_letters_of_the_notation(shown: Shown) -> None:
    before = [shown.button(phase).toolTip() for phase in PHASES]
    assert all(before)
    shown.session.set_view(notation="nielsen")
    after = [shown.button(phase).toolTip() for phase in PHASES]
    assert all(after)
    assert after != before
