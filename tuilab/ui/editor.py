"""The editor for exercises: ctrl+s saves, the verdict stands below, esc goes back to the page."""

from contextlib import suppress
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static, TextArea

from tuilab.records.folders import told
from tuilab.records.worksheets import save, state_of, unsaved_of
from tuilab.ui.codearea import CodeArea
from tuilab.ui.keybar import KeyBar
from tuilab.widgets.steady import Steady

if TYPE_CHECKING:
    from tuilab.ui.exercise import ExerciseBox

MOST = 7  # lines of the verdict, below a line that sets it off


class EditorScreen(Steady, Screen[None]):
    """Edits the learner's file of an exercise."""

    HELP = """\
The file of the exercise. ctrl+s saves it, and it is checked at once; what came of it stands below.
enter keeps the indentation, tab indents, backspace takes a step of it back; ctrl+u and ctrl+k delete to the beginning \
and the end of a line. ctrl+z takes back what was written last, ctrl+y writes it again.
esc goes back to the page."""
    CSS = """
    EditorScreen .title { padding: 0 1; background: $surface; height: 1; }
    EditorScreen TextArea { height: 1fr; border: none; padding: 0; scrollbar-size: 1 1; }
    EditorScreen TextArea > .text-area--gutter { color: $text-muted; }
    EditorScreen TextArea > .text-area--cursor-gutter { color: $foreground; }
    EditorScreen #verdict { height: auto; max-height: 8; padding: 0 1; border-top: solid $ground-line; }
    EditorScreen #verdict.right { color: $success; }
    EditorScreen #verdict.wrong { color: $warning; }
    """

    def __init__(self, box: "ExerciseBox") -> None:
        super().__init__()
        self.box = box
        self._opened: tuple[int, ...] | None = None
        self._text = self._saved = ""
        self._place = box.place
        self._warned = False

    def compose(self) -> ComposeResult:
        """The name of the file, its text, the verdict."""
        yield Static(told(self.box.file), classes="title", markup=False)
        yield CodeArea("", theme="css", soft_wrap=False, tab_behavior="indent", show_line_numbers=True)
        yield Static("", id="verdict", markup=False)
        yield KeyBar()

    def on_mount(self) -> None:
        """Read the file."""
        area = self.query_one(TextArea)
        self._opened = state_of(self.box.file)
        try:
            area.text = self.box.file.read_text("utf-8", "replace")
        except OSError as error:
            self.app.notify(f"The file cannot be read: {error.strerror}.", severity="error", markup=False)
        self._text = self._saved = area.text
        if (unsaved := unsaved_of(self.box.file)).exists():
            self.app.notify(f"What was not saved the last time is in {told(unsaved)}", timeout=8, markup=False)
        self.set_focus(area)
        area.move_cursor(self.box.place or _first_place(area.text))
        self.watch(self.box, "said", self._tell)

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """Know the text, though the area may go before the screen does."""
        self._text = event.text_area.text

    def on_text_area_selection_changed(self, event: TextArea.SelectionChanged) -> None:
        """Know where the cursor is, likewise."""
        self._place = event.selection.end

    def on_unmount(self) -> None:
        """Keep the place, and beside the file what is not saved: the program may be left, or the line lost, before."""
        self.box.place = self._place
        if self._text != self._saved and not self._warned:
            with suppress(OSError):
                unsaved_of(self.box.file).write_text(self._text, "utf-8")

    def action_save(self) -> None:
        """Save; what another program has saved meanwhile is kept."""
        text = self._text = self.query_one(TextArea).text
        try:
            kept = save(self.box.file, text if text.endswith("\n") else f"{text}\n", self._opened)
        except OSError as error:
            return self.app.notify(f"It cannot be saved: {error.strerror}.", severity="error", timeout=8, markup=False)
        if kept is not None:
            self.app.notify(f"It was saved elsewhere meanwhile; that is kept in {told(kept)}", timeout=8, markup=False)
        self._opened, self._saved, self._warned = state_of(self.box.file), text, False
        self.box.look()
        return None

    def action_leave(self) -> None:
        """Go back; what is not saved is asked for once."""
        if self.query_one(TextArea).text != self._saved and not self._warned:
            self._warned = True
            return self.app.notify("Not saved yet: ctrl+s saves it. esc once more leaves it unsaved.", timeout=6)
        self.dismiss()
        return None

    def on_resize(self) -> None:
        """Lines may be wrapped anew."""
        self._tell(self.box.said)

    def _tell(self, said: tuple[str, str]) -> None:
        from tuilab.ui.exercise import marked

        verdict = self.query_one("#verdict", Static)
        whole = marked(said, self)
        lines = whole.wrap(max(1, self.size.width - 2))
        if len(lines) > MOST:
            lines = [*lines[: MOST - 1], Content("The rest is on the page: esc goes back to it.")]
            whole = Content("\n").join(lines)
        verdict.update(whole)
        verdict.set_classes(said[1])


def _first_place(text: str) -> tuple[int, int]:
    """Where the task above the program ends."""
    lines = text.splitlines()
    return next((place for place, line in enumerate(lines) if line and not line.startswith("#")), 0), 0
