"""What stands above an explanation: how it was come to, what is explained, and in which way."""

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QToolButton, QVBoxLayout, QWidget

from ui.icons import icon
from ui.widgets.labels import heading_label, quiet_label, title_label
from ui.widgets.segments import Segments

FOLLOWING = "number of this step"
FOLLOW_AGAIN = "follow the steps"
FOLLOW_SHORTLY = "follow"
PINNED = "held by the pin"
WAYS = (("sums", "Sums"), ("matrices", "Matrices"))


class ExplanationHead(QWidget):
    """Title and subtitle, the way back, the pin, and the choice of sums or matrices.

    Where the panel is low, all of it stands on two lines, with the value beside the title, so that the
    formula is seen below it without scrolling.
    """

    def __init__(self) -> None:
        super().__init__()
        self._low = False
        self.follow_button = QPushButton(FOLLOW_AGAIN)
        self.following_line = quiet_label(FOLLOWING)
        self.back_button = _button("earlier", "Back to what was asked about before (Alt+Left)")
        self.forward_button = _button("later", "Forward again (Alt+Right)")
        self.pin_button = _button("pin", "Hold this number, whatever is stepped or clicked")
        self.title = title_label("")
        self.value = heading_label("")
        self.subtitle = quiet_label()
        self.way_switch = Segments(WAYS)
        self._top, self._titles, self._column = QHBoxLayout(), QHBoxLayout(), QVBoxLayout(self)
        self._build()

    @property
    def is_low(self) -> bool:
        """Whether all of it stands on two lines."""
        return self._low

    def show_state(self, asked: bool, pinned: bool) -> None:
        """Say whether the steps are followed, a number was asked about, or one is held."""
        self.follow_button.setVisible(asked and not pinned)
        self.following_line.setText(PINNED if pinned else FOLLOWING)
        self.following_line.setVisible(not self._low and (not asked or pinned))

    def show_number(self, title: str, subtitle: str, value: str = "") -> None:
        """Show what is explained, and how much it is, which is written where it is low only."""
        self.title.setText(title)
        self.title.setToolTip(subtitle if self._low else "")
        self.subtitle.setText(subtitle)
        self.value.setText(value)
        self.value.setVisible(self._low and bool(value))
        self.subtitle.setVisible(not (self._low and value))

    def set_low(self, low: bool) -> None:
        """Stand on two lines, or on as many as there are parts."""
        if low == self._low:
            return
        self._low = low
        self.follow_button.setText(FOLLOW_SHORTLY if low else FOLLOW_AGAIN)
        self.title.setProperty("role", "heading" if low else "title")
        self.title.style().polish(self.title)
        if low:
            self._column.removeWidget(self.way_switch)
            self._top.insertWidget(_BEFORE_BUTTONS, self.way_switch)
        else:
            self._top.removeWidget(self.way_switch)
            self._column.addWidget(self.way_switch)

    def _build(self) -> None:
        self.follow_button.setProperty("kind", "link")
        self.follow_button.setAccessibleName(FOLLOW_AGAIN)
        self.follow_button.setToolTip("Explain the number of the present step again")
        self.pin_button.setCheckable(True)
        self.title.setWordWrap(True)
        self.way_switch.button("sums").setToolTip("The rule of this one number, term by term")
        self.way_switch.button("matrices").setToolTip(
            "The same step of the whole layer, as a matrix equation"
        )
        self._top.setSpacing(2)
        self._top.addWidget(self.follow_button)
        self._top.addWidget(self.following_line, 1)
        self._top.addStretch(0)
        for button in (self.back_button, self.forward_button, self.pin_button):
            self._top.addWidget(button)
        self._titles.setSpacing(8)
        self._titles.addWidget(self.title, 1)
        self._titles.addWidget(self.value)
        self.value.hide()
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._column.addLayout(self._top)
        self._column.addLayout(self._titles)
        self._column.addWidget(self.subtitle)
        self._column.addWidget(self.way_switch)


_BEFORE_BUTTONS = 3  # after the button, the line and the room between


def _button(name: str, tip: str) -> QToolButton:
    button = QToolButton()
    button.setIcon(icon(name))
    button.setAutoRaise(True)
    button.setToolTip(tip)
    button.setAccessibleName(tip)
    return button
