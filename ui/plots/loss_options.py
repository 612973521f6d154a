"""The menu of the plot of the error, for what has no room beside it."""

from functools import partial

from PySide6.QtWidgets import QCheckBox, QMenu, QToolButton, QWidget

from ui.icons import icon
from ui.widgets.fields import ChoiceField

UNITS = (
    ("epoch", "by epoch", "x counts the epochs"),
    ("update", "by update", "x counts the updates of the weights"),
)


class LossOptions(QToolButton):
    """Offers in a menu what two fields and a button offer, which are hidden where the plot is narrow."""

    def __init__(
        self, unit_field: ChoiceField, log_box: QCheckBox, fit: QToolButton, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._unit_field, self._log_box, self._fit = unit_field, log_box, fit
        self.setIcon(icon("settings"))
        self.setAutoRaise(True)
        self.setToolTip("Axes of the plot")
        self.setAccessibleName(self.toolTip())
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self)
        menu.aboutToShow.connect(self._fill)
        self.setMenu(menu)

    def _fill(self) -> None:
        """Write the choices as they are now."""
        menu = self.menu()
        assert menu is not None
        menu.clear()
        for name, text, _meaning in UNITS:
            action = menu.addAction(text, partial(self._choose, name))
            action.setCheckable(True)
            action.setChecked(self._unit_field.value == name)
        menu.addSeparator()
        logarithmic = menu.addAction("log axis", self._log_box.toggle)
        logarithmic.setCheckable(True)
        logarithmic.setChecked(self._log_box.isChecked())
        if self._fit.isHidden():
            menu.addSeparator()
            menu.addAction(self._fit.toolTip(), self._fit.click)

    def _choose(self, name: str) -> None:
        self._unit_field.set_value(name)
        self._unit_field.value_chosen.emit(name)
