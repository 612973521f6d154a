"""The line over the canvas that says what is wrong and offers cures."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QToolButton

from bpsim.fitting import fitted_dataset, fitted_network
from bpsim.moment import Moment
from ui.drawing import try_network
from ui.icons import icon
from ui.session import Session
from ui.view_state import Notice

Cure = tuple[str, Callable[[], None]]


class NoticeBar(QFrame):
    """Shows the latest notice, or why network and data do not fit; hidden while there is nothing to say."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setProperty("role", "notice")
        self._session = session
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(12, 6, 8, 6)
        self._text = QLabel()
        self._text.setObjectName("notice_text")
        self._text.setWordWrap(True)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._row.addWidget(self._text)
        self._close = QToolButton()
        self._close.setIcon(icon("close"))
        self._close.setAutoRaise(True)
        self._close.setToolTip("Close")
        self._close.setAccessibleName("Close the notice")
        self._close.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._close.clicked.connect(partial(session.notice, ""))
        self._buttons: list[QPushButton] = []
        self._show(Notice(""))
        session.noticed.connect(self._show)  # every change of the moment takes the last notice away

    @property
    def text(self) -> str:
        """The sentence that is shown, "" for none."""
        return self._text.text()

    def _show(self, notice: Notice) -> None:
        moment = self._session.moment
        if not notice.text and moment.misfit:
            notice = Notice(moment.misfit, self._cures(moment))
        self._text.setText(notice.text)
        self._text.setAccessibleName(notice.text)
        for button in self._buttons:
            button.hide()
            button.deleteLater()
        self._buttons = [self._add_button(label, cure) for label, cure in notice.cures]
        self._row.removeWidget(self._close)
        self._row.addWidget(self._close)
        self._close.setVisible(notice.text != moment.misfit)  # that one stays until it is cured
        self.setVisible(bool(notice.text))

    def _add_button(self, label: str, cure: Callable[[], None]) -> QPushButton:
        button = QPushButton(label)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(lambda _checked=False: cure())
        self._row.addWidget(button)
        return button

    def _cures(self, moment: Moment) -> tuple[Cure, ...]:
        """Return the two cures for a network and data that do not fit each other."""
        sizes = (moment.dataset.inputs.shape[1], moment.dataset.targets.shape[1])
        if sizes == (moment.network.sizes[0], moment.network.sizes[-1]):
            return (("Use the mean squared error", self._use_mean_squared),)
        return (
            ("Fit the network to the data", self._fit_network),
            ("Fit the data to the network", self._fit_data),
        )

    def _use_mean_squared(self) -> None:
        self._session.edit(
            "Use the mean squared error", network=self._session.moment.network.with_loss("mse")
        )

    def _fit_network(self) -> None:
        now = self._session.moment
        fit = partial(fitted_network, now.network, now.dataset)
        try_network(self._session, "Fit the network to the data", fit)

    def _fit_data(self) -> None:
        now = self._session.moment
        self._session.edit("Fit the data to the network", dataset=fitted_dataset(now.network, now.dataset))
