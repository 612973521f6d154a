"""What a project is about: the dialog that asks for its title and notes, and the one that shows them."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ui.session import Session
from ui.widgets.labels import quiet_label

UNTITLED = "This project"
NO_NOTES = "It has no notes yet: File, Title and notes… adds some."
LONGEST_TITLE = 200
_WIDTH, _HEIGHT = 460, 340
_MARGIN = 16


def edit_notes(session: Session, window: QWidget) -> None:
    """Open the dialog that asks for title and notes."""
    NotesDialog(session, window).open()


def show_notes(session: Session, window: QWidget) -> None:
    """Open the dialog that shows title and notes."""
    ShownNotes(session, window).open()


class NotesDialog(QDialog):
    """A field for the title, and room for the notes."""

    def __init__(self, session: Session, window: QWidget | None = None) -> None:
        super().__init__(window)
        self.setObjectName("notes_dialog")
        self.setWindowTitle("Title and notes")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._session, project = session, session.project
        self.title_field, self.notes_field = QLineEdit(project.title), QPlainTextEdit(project.notes)
        buttons = QDialogButtonBox.StandardButton
        self.buttons = QDialogButtonBox(buttons.Ok | buttons.Cancel)
        self._build()
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)

    def _build(self) -> None:
        self.title_field.setMaxLength(LONGEST_TITLE)
        self.notes_field.setTabChangesFocus(True)
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setProperty("kind", "primary")
        column = _column(self)
        for text, field in (("&Title", self.title_field), ("&Notes", self.notes_field)):
            label = QLabel(text)
            label.setBuddy(field)
            field.setAccessibleName(text.replace("&", ""))
            column.addWidget(label)
            column.addWidget(field)
        column.addWidget(quiet_label("Saved with the project; the notes are shown when it is opened."))
        column.addWidget(self.buttons)
        self.resize(_WIDTH, _HEIGHT)

    # -- Qt ------------------------------------------------------------------------------------------------

    def accept(self) -> None:
        self._session.describe(self.title_field.text().strip(), self.notes_field.toPlainText().strip())
        super().accept()


class ShownNotes(QDialog):
    """Title and notes, to be read; notes of any length."""

    def __init__(self, session: Session, window: QWidget | None = None) -> None:
        super().__init__(window)
        self.setObjectName("shown_notes")
        self.setWindowTitle("About this project")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.title, self.notes = QLabel(session.project.title or UNTITLED), QLabel()
        self.notes.setText(session.project.notes or NO_NOTES)
        self.title.setProperty("role", "heading")
        for label in (self.title, self.notes):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.notes.setAlignment(Qt.AlignmentFlag.AlignTop)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(self.notes)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column = _column(self)
        column.addWidget(self.title)
        column.addWidget(area, 1)
        column.addWidget(buttons)
        self.resize(_WIDTH, _HEIGHT - 100)


def _column(dialog: QDialog) -> QVBoxLayout:
    column = QVBoxLayout(dialog)
    column.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
    column.setSpacing(8)
    return column
