"""The timeline under the drawing: where in the training we are, and the way to any instance of it."""

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from bpsim.moment import Moment
from ui.numbers import whole_text
from ui.player import Player
from ui.session import Session
from ui.widgets.fields import WholeField
from ui.widgets.jumping_slider import JumpingSlider

LONGEST = 2**31 - 1
"""What a slider can count."""


class Timeline(QWidget):
    """A slider over all instances trained so far, and a field for the epoch.

    With the slider in focus ← → go by an instance, Page Up and Page Down by an epoch, Home and End to the
    start and to the last instance trained. The mouse leaves the keyboard where it is: `used` says that it has
    put the slider somewhere.
    """

    used = Signal()

    def __init__(self, session: Session, player: Player) -> None:
        super().__init__()
        self._session, self._player = session, player
        self._wanted = 0  # where the slider was put last; a run under way moves it on
        self.slider = JumpingSlider()
        self.epoch_field = WholeField(0, 1)
        self._label, self._of = QLabel("&Timeline"), QLabel()
        self._seek = QTimer(self)
        self._seek.setSingleShot(True)
        self._seek.setInterval(0)
        self._build()
        self._show(session.moment)
        session.moment_changed.connect(lambda new, _old: self._show(new))
        self.slider.valueChanged.connect(self._on_moved)
        self.slider.sliderReleased.connect(self._on_released)
        self._seek.timeout.connect(self._go)
        self.epoch_field.value_entered.connect(self._go_to_epoch)

    def _build(self) -> None:
        self._label.setBuddy(self.slider)
        self._label.setProperty("role", "quiet")
        self._of.setProperty("role", "quiet")
        self.slider.setObjectName("timeline")
        self.slider.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.slider.setAccessibleName("Timeline: instances trained")
        self.slider.setToolTip("Drag to any instance that was trained; everything goes on from there")
        self.epoch_field.setAccessibleName("Epoch")
        self.epoch_field.setToolTip("Go to the end of an epoch")
        self.epoch_field.setFixedWidth(84)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 2, 16, 4)
        row.setSpacing(8)
        row.addWidget(self._label)
        row.addWidget(self.slider, 1)
        row.addWidget(QLabel("epoch"))
        row.addWidget(self.epoch_field)
        row.addWidget(self._of)

    # -- showing -------------------------------------------------------------------------------------------

    def _show(self, moment: Moment) -> None:
        trained = moment.instances_done + moment.finished
        recorded, size = max(self._session.recorded, trained), moment.epoch_size
        begun = moment.instances_done > 0 or moment.shown > 0
        epoch = moment.instances_done // size + 1 if begun else 0
        epochs = max(-(-recorded // size), epoch)
        self.setEnabled(recorded > 0)
        with QSignalBlocker(self.slider), QSignalBlocker(self.epoch_field):
            self.slider.setRange(0, min(recorded, LONGEST))
            self.slider.setPageStep(size)
            self.slider.setValue(min(trained, LONGEST))
            self.epoch_field.setRange(0, max(epochs, 1))
            self.epoch_field.set_value(epoch)
        self._of.setText(f"of {whole_text(epochs)}")

    # -- going ---------------------------------------------------------------------------------------------

    def _on_moved(self, trained: int) -> None:
        self._wanted = trained
        self._seek.start()

    def _on_released(self) -> None:
        if not self.slider.hasFocus():
            self.used.emit()

    def _go(self) -> None:
        """Go where the slider was put; while it is dragged the last place counts."""
        if self._wanted:
            self._player.go_to(self._wanted - 1)
        else:
            self._player.go_to(0, 0)

    def _go_to_epoch(self, epoch: int) -> None:
        trained = min(epoch * self._session.moment.epoch_size, self._session.recorded)
        self._player.go_to(max(trained - 1, 0), None if trained else 0)
