"""Lines to write into."""

from textual import events
from textual.binding import Binding
from textual.widgets import TextArea


class Area(TextArea):
    """A TextArea that takes its keys itself, in the order in which they come; see `widgets.line.Line`."""

    BINDINGS = [
        Binding("ctrl+home", "document_start", "To the beginning", show=False),
        Binding("ctrl+end", "document_end", "To the end", show=False),
    ]

    async def _on_key(self, event: events.Key) -> None:
        if bound := self._bindings.key_to_bindings.get(event.key):
            self.taken(event)
            await self.run_action(bound[0].action)
        else:
            await super()._on_key(event)

    def taken(self, event: events.Key) -> None:
        """Let nobody else have a key."""
        event.stop()
        event.prevent_default()

    def action_document_start(self) -> None:
        """Go to the beginning of the text."""
        self.move_cursor(self.document.start)

    def action_document_end(self) -> None:
        """Go behind the end of the text."""
        self.move_cursor(self.document.end)
