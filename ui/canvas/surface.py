"""The graphics view: shows the session's moment, and hands mouse and keys to gestures and commands."""

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QGraphicsView, QMenu, QToolTip, QWidget

from bpsim.moment import Moment
from ui.canvas import spoken, tips, tools
from ui.canvas.composing import Composer, Scenery
from ui.canvas.editor import Edited, NumberEditor, edited_at, edited_in
from ui.canvas.heads import head_box
from ui.canvas.keys import Keyboard
from ui.canvas.layout import largest_zoom
from ui.canvas.marks import Marks
from ui.canvas.menus import activation_menu, context_menu
from ui.canvas.picture import Picture, Target
from ui.canvas.pointing import quantity_at
from ui.canvas.preview import Preview
from ui.canvas.scene import NetworkScene
from ui.session import Session
from ui.theme import Theme
from ui.widgets.refresher import LIVE, Refresher

_BREATH_MS = 1
_SMALLEST_ZOOM = 0.5
_WHEEL_STEP = 1.0015  # a unit of the wheel; a notch has 120 of them

_CURSORS = {
    "head": Qt.CursorShape.PointingHandCursor,
    "node": Qt.CursorShape.PointingHandCursor,
    "bias": Qt.CursorShape.PointingHandCursor,
    "edge": Qt.CursorShape.PointingHandCursor,
    "slot": Qt.CursorShape.CrossCursor,
    "gap": Qt.CursorShape.CrossCursor,
}


class Surface(QGraphicsView):
    """The drawing itself. It keeps where mouse and keyboard are and how large things are, nothing else.

    `picture_changed(picture)` tells what shows something beside the drawing.
    """

    picture_changed = Signal(object)

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self._theme = theme
        self._zoom = 1.0
        self._hovered = Target()
        self._pressed = Target()
        self._mouse = QPointF()
        self._left_at: QPointF | None = None  # where the mouse stood when what is under it was forgotten
        self._gesture: tools.Gesture | None = None
        self._editor: NumberEditor | None = None
        self._composer = Composer()
        self._keyboard = Keyboard(session, self.edit_selected)
        self._scene = NetworkScene(self)
        self._marks = Marks(self, self._scene.marks, session)
        self._live = Refresher(self, self._refresh_live, LIVE)
        self._set_up()
        self.refresh()
        self._describe_selection()
        session.moment_changed.connect(self._on_moment_changed)
        session.selection_changed.connect(self._on_selection_changed)
        session.view_changed.connect(self._on_view_changed)
        session.lit_changed.connect(self.refresh)
        session.running_changed.connect(self._on_running_changed)

    def _set_up(self) -> None:
        self.setScene(self._scene)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setViewportUpdateMode(self.ViewportUpdateMode.FullViewportUpdate)
        self.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Drawing of the network")

    # -- showing ----------------------------------------------------------------------------------------

    @property
    def picture(self) -> Picture:
        """What is shown."""
        return self._picture

    @property
    def preview(self) -> Preview | None:
        """What is shown of what a click or release would do."""
        return self._scene.preview.preview

    def refresh(self) -> None:
        """Show the session's state as it is now."""
        size = self.viewport().size()
        current = self._keyboard.current if self._shows_keyboard() else None
        hovered = self._hovered if self._hovered.is_in(self.session.moment.network) else Target()
        self._picture = self._composer.compose(
            Scenery(
                self.session.moment, self.session.view, self._theme, size.width(), size.height(), self._zoom,
                self.session.selection, hovered, current, self.session.lit, self.session.running,
            )
        )  # fmt: skip
        self.setBackgroundBrush(self._theme.color("canvas"))
        self._scene.show_picture(self._picture)
        self._scene.heads.stay_at(self.mapToScene(0, 0).y())
        self.picture_changed.emit(self._picture)

    def _refresh_live(self) -> None:
        """Show the session's state while it trains; mouse and keys come in between computing and painting."""
        self.viewport().setUpdatesEnabled(False)
        self.refresh()
        QTimer.singleShot(_BREATH_MS, self.viewport(), lambda: self.viewport().setUpdatesEnabled(True))

    def set_theme(self, theme: Theme) -> None:
        """Take other colours."""
        self._theme = theme
        self.refresh()

    def zoom_by(self, factor: float, anchor: QPoint | None = None) -> None:
        """Show everything larger or smaller; what is at the anchor stays there."""
        self.zoom_to(self._zoom * factor, anchor)

    def zoom_to(self, zoom: float, anchor: QPoint | None = None) -> None:
        """Show everything at a size; 1 shows the whole network."""
        self._close_editor()
        at = self.viewport().rect().center() if anchor is None else anchor
        before, point = self._picture.layout, self.mapToScene(at)
        size = self.viewport().size()
        most = largest_zoom(before.sizes, size.width(), size.height())
        self._zoom = min(max(zoom, _SMALLEST_ZOOM), most)
        if abs(self._zoom - 1.0) < 0.03:
            self._zoom = 1.0
        self.refresh()
        x, y = self._picture.layout.same_place(before, point.x(), point.y())
        self.horizontalScrollBar().setValue(round(x - at.x()))
        self.verticalScrollBar().setValue(round(y - at.y()))

    def stop_movement(self) -> None:
        """Take away the dots that are on their way."""
        self._scene.flow.stop()

    def show_preview(self, preview: Preview | None) -> None:
        """Show what a click or release would do."""
        self._scene.preview.show_preview(preview)

    def scroll_by(self, dx: float, dy: float) -> None:
        """Move what is seen."""
        self.horizontalScrollBar().setValue(round(self.horizontalScrollBar().value() + dx))
        self.verticalScrollBar().setValue(round(self.verticalScrollBar().value() + dy))

    def _shows_keyboard(self) -> bool:
        return self.hasFocus() and self.session.view.mode == "draw"

    def _on_moment_changed(self, new: Moment, old: Moment) -> None:
        self._keyboard.forget(new.network)
        if new.network.sizes != old.network.sizes or not self._hovered.is_in(new.network):
            self._forget_mouse()
        if self.session.running:
            self._live.ask()
            return
        self.refresh()
        self._describe_selection()
        onwards = (new.instances_done, new.shown) > (old.instances_done, old.shown)
        if onwards and new.dataset is old.dataset:
            self._scene.flow.start(self._picture)
        else:
            self.stop_movement()

    def _on_running_changed(self, running: bool) -> None:
        self.stop_movement()
        if not running:
            self.refresh()
            self._describe_selection()

    def _on_selection_changed(self) -> None:
        if len(self.session.selection.nodes) == 1:
            self._keyboard.current = next(iter(self.session.selection.nodes))
        self.refresh()
        self._describe_selection()

    def _on_view_changed(self) -> None:
        self._forget_mouse()
        self.stop_movement()
        self.refresh()
        self._describe_selection()

    def _describe_selection(self) -> None:
        text = spoken.selection(self._picture)
        self.setAccessibleDescription(self._marks.spoken(text, self.session.selection))

    # -- editing a number -------------------------------------------------------------------------------

    def edit_selected(self) -> None:
        """Open a field for the number of what is selected."""
        edited = edited_in(self.session, self._picture, self.session.selection)
        if edited is None:
            self.session.notice(
                "Select one node, one weight, or two connected nodes first; then its number can be typed."
            )
            return
        self._bring_into_sight(edited)
        self._open_editor(edited)

    def _open_editor(self, edited: Edited) -> None:
        self._close_editor()
        self._editor = NumberEditor(edited, self._picture.reading.numbers, self.viewport())
        self._editor.problem_changed.connect(self.session.notice)
        self._editor.closed.connect(self._on_editor_closed)
        self._editor.open_at(self.mapFromScene(QPointF(*edited.place)))

    def _bring_into_sight(self, edited: Edited) -> None:
        place = self.mapFromScene(QPointF(*edited.place))
        if not self.viewport().rect().contains(place):
            self.centerOn(QPointF(*edited.place))

    def _close_editor(self) -> None:
        if self._editor is not None:
            self._editor.close_editor()

    def _on_editor_closed(self, had_keyboard: bool) -> None:
        self._editor = None
        if had_keyboard:
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- mouse ------------------------------------------------------------------------------------------

    def _point(self, event: QMouseEvent) -> tools.Point:
        self._mouse = event.position()
        place = self.mapToScene(event.position().toPoint())
        return place.x(), place.y()

    def _target_at(self, point: tools.Point) -> Target:
        target = self._picture.target_at(*point, scrolled=self._scene.heads.y())
        if self.session.view.mode != "draw" and target.kind in ("slot", "gap", "head"):
            return Target()
        return target

    def _gesture_for(self, event: QMouseEvent, point: tools.Point) -> tools.Gesture | None:
        """Return the gesture that a press begins."""
        adding = bool(
            event.modifiers() & (Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.ControlModifier)
        )
        target = self._pressed
        if event.button() == Qt.MouseButton.MiddleButton:
            return tools.Pan(self, point)
        if event.button() != Qt.MouseButton.LeftButton:
            return None
        if self.session.view.mode != "draw":
            if target.kind == "nothing":
                return tools.PanOrDeselect(self, point)
            return tools.Ask(self, point, target, adding)
        if target.node is not None:
            return tools.PressNode(self, point, target, adding)
        if target.edge is not None:
            return tools.Select(self, point, target, adding)
        return tools.PressRoom(self, point, target, adding)

    def _hover(self, target: Target) -> None:
        if target != self._hovered:
            self._hovered = target
            self.viewport().setCursor(_CURSORS.get(target.kind, Qt.CursorShape.ArrowCursor))
            quantity = quantity_at(self._picture.reading, target)
            self.session.set_lit(frozenset() if quantity is None else frozenset({quantity}))
            self.refresh()
            self.show_preview(tools.preview_of(self._picture, target))

    def _forget_mouse(self) -> None:
        """Give up a gesture in progress and what is under the mouse: the drawing is another one now."""
        if self._gesture is not None:
            self._gesture.cancel()
            self._gesture = None
        self._close_editor()
        self._hovered = Target()
        self._left_at = self._mouse
        self.viewport().unsetCursor()
        self.session.set_lit(frozenset())
        self.show_preview(None)

    def _choose_activation(self, layer: int) -> None:
        box = head_box(self._picture, layer).translated(0, self._scene.heads.y())
        self._pop_up(activation_menu(self.session, layer, self), self.mapFromScene(box.bottomLeft()))

    def _pop_up(self, menu: QMenu, at: QPoint) -> None:
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if not menu.isEmpty():
            menu.popup(self.viewport().mapToGlobal(at))

    # -- Qt ---------------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        point = self._point(event)
        self._pressed = self._target_at(point)
        if self._gesture is not None:
            return
        if event.button() == Qt.MouseButton.LeftButton and self._pressed.kind == "head":
            self._choose_activation(self._pressed.layer)
            return
        self._gesture = self._gesture_for(event, point)
        if self._gesture is not None:
            self._gesture.move(point)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        point = self._point(event)
        if self._gesture is not None:
            self._gesture.move(point)
        elif event.position() != self._left_at:
            self._left_at = None
            self._hover(self._target_at(point))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        gesture, self._gesture = self._gesture, None
        point = self._point(event)
        if gesture is not None:
            self._left_at = None
            gesture.release(point)
            if self._left_at is None:
                self._hover(self._target_at(point))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        target = self._target_at(self._point(event))
        edited = edited_at(self.session, self._picture, target) if target == self._pressed else None
        if self._pressed.kind in ("slot", "gap"):
            return  # one node or layer is enough: a number was aimed at and missed
        if edited is None or event.button() != Qt.MouseButton.LeftButton:
            self.mousePressEvent(event)
        else:
            self._open_editor(edited)

    def wheelEvent(self, event: QWheelEvent) -> None:
        self.zoom_by(_WHEEL_STEP ** event.angleDelta().y(), event.position().toPoint())
        event.accept()

    def leaveEvent(self, event: QEvent) -> None:
        if self._gesture is None:
            self._hover(Target())
        super().leaveEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            place = self.mapToScene(event.pos())
            target, at = self._target_at((place.x(), place.y())), event.pos()
        else:
            target = spoken.first_selected(self.session.selection)
            at = self.mapFromScene(QPointF(*spoken.place_of(self._picture, target)))
        self._pop_up(context_menu(self.session, target, self.edit_selected, self), at)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._gesture is not None:
            self._gesture.cancel()
            self._gesture = None
        elif self.session.view.mode != "draw" or not self._keyboard.press(event):
            event.ignore()
        else:
            self._keep_current_in_sight()

    def _keep_current_in_sight(self) -> None:
        self.refresh()
        if self._keyboard.current is not None and self._zoom > 1.0:
            x, y = self._picture.layout.place(*self._keyboard.current)
            above = 60 + int(self._picture.layout.head)
            self.ensureVisible(QRect(int(x) - 60, int(y) - above, 120, above + 60))

    def focusNextPrevChild(self, following: bool) -> bool:  # noqa: N802
        if self.hasFocus() and self.session.view.mode == "draw" and self._keyboard.step(following):
            self._keep_current_in_sight()
            return True
        return super().focusNextPrevChild(following)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.refresh()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.refresh()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            escaping = event.key() == Qt.Key.Key_Escape and self._gesture is not None
            drawing_key = self.session.view.mode == "draw" and self._keyboard.means_something(event)
            if escaping or drawing_key:
                event.accept()
                return True
        return super().event(event)

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            place = self.mapToScene(event.pos())
            target = self._target_at((place.x(), place.y()))
            text = self._marks.tip(tips.describe(self._picture, target), target, place.x(), place.y())
            QToolTip.showText(event.globalPos(), tips.wrapped(text), self.viewport())
            return True
        return super().viewportEvent(event)

    def scrollContentsBy(self, dx: int, dy: int) -> None:  # noqa: N802
        super().scrollContentsBy(dx, dy)
        self._scene.heads.stay_at(self.mapToScene(0, 0).y())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._close_editor()
        self.refresh()
