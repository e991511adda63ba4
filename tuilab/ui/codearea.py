"""The text of a program, where it is edited."""

from textual import events
from textual.binding import Binding

from tuilab.widgets.area import Area

INDENT = 4


class CodeArea(Area):
    """The lines of a program: what was typed before ctrl+s is saved, and a new line begins below the one before."""

    BINDINGS = [
        Binding("ctrl+s", "screen.save", "Save and check", tooltip="Save the file; it is checked at once"),
        Binding("ctrl+z,super+z", "undo", "Undo", tooltip="Take back what was written last"),
        Binding("ctrl+y,super+y", "redo", "Redo", tooltip="Write again what was taken back"),
        Binding("escape", "screen.leave", "Back", tooltip="Back to the page"),
    ]

    async def _on_key(self, event: events.Key) -> None:
        if event.key == "enter":
            self.taken(event)
            self.replace(f"\n{self._indentation()}", *self.selection, maintain_selection_offset=False)
        else:
            await super()._on_key(event)

    def _indentation(self) -> str:
        """What the next line begins with: the indentation of this one, and more where it ends with a colon."""
        row, column = min(self.selection)
        before = self.document[row][:column]
        indentation = before[: len(before) - len(before.lstrip())]
        return indentation + " " * INDENT * before.rstrip().endswith(":")

    def action_delete_left(self) -> None:
        """Take away a letter; in the indentation of a line, a step of it."""
        row, column = self.cursor_location
        before = self.document[row][:column]
        if before and not before.strip(" ") and self.selection.is_empty:
            self.delete((row, (column - 1) // INDENT * INDENT), (row, column), maintain_selection_offset=False)
        else:
            super().action_delete_left()

    def on_resize(self) -> None:
        """Keep the cursor in sight where the room becomes less."""
        self.call_after_refresh(self.scroll_cursor_visible)
