"""A drop-down for a choice from a table, and a field for a whole number."""

import re
from collections.abc import Iterable, Mapping

from PySide6.QtCore import QEvent, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QKeySequence,
    QPaintEvent,
    QStandardItemModel,
    QValidator,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QComboBox,
    QSizePolicy,
    QSpinBox,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
    QWidget,
)

from bpsim.numbers import THIN_SPACE, whole_text
from ui.widgets.typing_end import OutsidePress, is_undo

TEXT_MARGIN = 6
LIST_FRAME = 12
LEAST_SPARE = 4
"""Pixels to the right of the widest choice."""

_BETWEEN_DIGITS = re.compile(r"(?<=[0-9])\s(?=[0-9])")
_HALF_GROUPED = re.compile(rf"(?<=[0-9])(?!{THIN_SPACE})\s(?=[0-9])(?![0-9]{{3}}(?![0-9]))")
"""A space that was typed between two digits, but not where thousands begin."""


class ChoiceField(QComboBox):
    """Offers choices by name; those that cannot be taken now are greyed and say why.

    Parameters
    ----------
    choices : iterable of (str, str, str)
        Name in the program, text in the list, and what it means.
    """

    value_chosen = Signal(str)

    def __init__(self, choices: Iterable[tuple[str, str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._meanings: dict[str, str] = {}
        self._tip = ""
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(4)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_choices(choices)
        self.activated.connect(lambda _row: self.value_chosen.emit(self.value))

    @property
    def value(self) -> str:
        """The name of the choice."""
        return str(self.currentData())

    def set_choices(self, choices: Iterable[tuple[str, str, str]]) -> None:
        """Offer other choices, without telling anybody; the present one stays if it is among them."""
        present = self.currentData()
        with QSignalBlocker(self):
            self.clear()
            self._meanings = {}
            for name, text, meaning in choices:
                self.addItem(text, name)
                self._meanings[name] = meaning
            self.setCurrentIndex(max(self.findData(present), 0))
        self.set_refusals({})

    def set_value(self, name: str) -> None:
        """Show a choice, or the placeholder where there is none of this name, without telling anybody."""
        with QSignalBlocker(self):
            self.setCurrentIndex(self.findData(name))
        self._show_tip()

    def set_tip(self, tip: str) -> None:
        """Explain the field; its tool tip says what the present choice means, too."""
        self._tip = tip
        self._show_tip()

    def set_refusals(self, reasons: Mapping[str, str]) -> None:
        """Grey the choices that cannot be taken, each for a reason that it then shows as its tool tip."""
        model = self.model()
        assert isinstance(model, QStandardItemModel)
        for row in range(self.count()):
            name = self.itemData(row)
            model.item(row).setEnabled(name not in reasons)
            self.setItemData(row, reasons.get(name, self._meanings[name]), Qt.ItemDataRole.ToolTipRole)

    def full_width(self) -> int:
        """Return how wide the field has to be so that no choice is cut."""
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        widest = max(
            (self.fontMetrics().horizontalAdvance(self.itemText(n)) for n in range(self.count())), default=0
        )
        contents = QSize(widest + LEAST_SPARE, self.fontMetrics().height())
        kind = QStyle.ContentsType.CT_ComboBox
        return self.style().sizeFromContents(kind, option, contents, self).width()

    def _show_tip(self) -> None:
        meaning = self._meanings.get(self.value, "")
        present = f"{self.currentText()}: {meaning}" if meaning else ""
        self.setToolTip("\n".join(text for text in (self._tip, present) if text))

    # -- Qt --------------------------------------------------------------------------------------------------

    def showPopup(self) -> None:  # noqa: N802
        view = self.view()
        view.setMinimumWidth(view.sizeHintForColumn(0) + LIST_FRAME)  # also where the field is narrower
        super().showPopup()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, option = QStylePainter(self), QStyleOptionComboBox()
        self.initStyleOption(option)
        if self.currentIndex() < 0:
            option.currentText = self.placeholderText()
        part = QStyle.SubControl.SC_ComboBoxEditField
        room = self.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, part, self).width()
        elided = self.fontMetrics().elidedText(option.currentText, Qt.TextElideMode.ElideRight, room)
        option.currentText = elided
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # the panel scrolls; a choice is not changed by the way


class WholeField(QSpinBox):
    """Takes a whole number, handed on by Enter, by the arrows, or by leaving the field.

    Its thousands stand apart; they may be typed so, too.

    Ctrl+Z and Esc take back what is being typed; with nothing typed, undo and redo are the program's.
    """

    value_entered = Signal(int)
    confirmed = Signal()
    """Enter has been pressed."""

    def __init__(self, smallest: int, largest: int) -> None:
        super().__init__()
        self.setRange(smallest, largest)
        self.setKeyboardTracking(False)
        self.setAccelerated(True)
        self.lineEdit().setTextMargins(TEXT_MARGIN, 0, 0, 0)
        self._outside = OutsidePress(self)
        self.valueChanged.connect(self.value_entered)

    def set_value(self, value: int) -> None:
        """Show a number without telling anybody."""
        if value == self.value():
            return  # what is being typed stays
        with QSignalBlocker(self):
            self.setValue(value)

    # -- Qt --------------------------------------------------------------------------------------------------

    def textFromValue(self, value: int) -> str:
        return whole_text(value)

    def valueFromText(self, text: str) -> int:
        return super().valueFromText(_ungrouped(text))

    def validate(self, text: str, position: int) -> tuple[QValidator.State, str, int]:
        state = super().validate(_ungrouped(text), position)[0]
        if state == QValidator.State.Acceptable and _HALF_GROUPED.search(text):
            state = QValidator.State.Intermediate
        return state, text, position

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and self._takes_back(event):
            event.accept()
            if event.type() == QEvent.Type.KeyPress:
                self.lineEdit().setText(self.textFromValue(self.value()))
                self.selectAll()
            return True
        if isinstance(event, QKeyEvent) and is_undo(event):
            event.ignore()  # the key is then the program's shortcut
            return False
        return super().event(event)

    def _takes_back(self, event: QKeyEvent) -> bool:
        undo = event.matches(QKeySequence.StandardKey.Undo)
        typed = self.cleanText() != self.textFromValue(self.value())
        return typed and (undo or event.key() == Qt.Key.Key_Escape)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        super().keyPressEvent(event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()  # it takes the number, and does not close the dialog, too
            self.confirmed.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._outside.watch()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._outside.rest()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()  # the panel under the mouse scrolls instead


def _ungrouped(text: str) -> str:
    """Return the text of a count without what stands between its thousands."""
    return _BETWEEN_DIGITS.sub("", text)
