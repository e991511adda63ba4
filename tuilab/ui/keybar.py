"""The last lines of a screen: every key that works now, and what it does."""

from rich.segment import Segment
from textual import events
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget

FEWEST_ROWS, USUAL_ROWS, MOST_ROWS = 1, 2, 3
GAP = 2  # columns between two keys
LAST = ("question_mark", "q")  # the way to help and the way out stand at the end


class KeyBar(Widget):
    """Lists the shown bindings of the focused widget first, then those of what is around it.

    Before them stands the app's `footnote`, where it has one.
    """

    COMPONENT_CLASSES = {"keybar--key", "keybar--label", "keybar--note"}
    DEFAULT_CSS = """
    KeyBar { dock: bottom; height: auto; padding: 0 1; background: $surface; }
    KeyBar > .keybar--key { text-style: bold; color: $primary; background: $surface; }
    KeyBar > .keybar--label { background: $surface; }
    KeyBar > .keybar--note { text-style: bold; color: $warning; background: $surface; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._keys: list[tuple[str, str]] = []  # when the bindings changed last

    def on_mount(self) -> None:
        """Follow the focus."""
        self.screen.bindings_updated_signal.subscribe(self, self.look)

    @property
    def note(self) -> str:
        """What stands before the keys."""
        return getattr(self.app, "footnote", "")

    def look(self, _screen: Screen | None = None) -> None:
        """Told often, mostly of the same keys: only what is new is drawn, and only other lines move the screen."""
        before, self._keys = self._keys, self.keys()
        if self._keys != before:
            self.refresh(layout=self._lines(self.size.width) != self.size.height)

    def keys(self) -> list[tuple[str, str]]:
        """Each key and its label."""
        found = {"": (self.note, "")} if self.note else {}
        for key, (_node, binding, enabled, _tooltip) in self.screen.active_bindings.items():
            if binding.show and enabled:
                found.setdefault(binding.action, (self.app.get_key_display(binding), binding.description))
                if key in LAST:
                    found[binding.action] = found.pop(binding.action)
        return list(found.values())

    def rows(self, width: int) -> list[list[tuple[str, str]]]:
        """The keys, in as many rows as they need; closer together where they would need more than two."""
        return self._rows(width, self._gap(width))[:MOST_ROWS]

    def _gap(self, width: int) -> int:
        return GAP if len(self._rows(width, GAP)) <= USUAL_ROWS else 1

    def _rows(self, width: int, gap: int) -> list[list[tuple[str, str]]]:
        rows: list[list[tuple[str, str]]] = [[]]
        used = 0
        for key, label in self.keys():
            size = len(key) + 1 + len(label) + gap
            if used + size - gap > width and rows[-1]:
                rows.append([])
                used = 0
            rows[-1].append((key, label))
            used += size
        return rows

    def get_content_height(self, container, viewport, width: int) -> int:  # type: ignore[no-untyped-def]
        """As many rows as the keys need."""
        return self._lines(width)

    def _lines(self, width: int) -> int:
        return max(FEWEST_ROWS, len(self.rows(width)))

    def on_resize(self, _event: events.Resize) -> None:
        """Fill the new width."""
        self.refresh(layout=True)

    def render_line(self, y: int) -> Strip:
        """One row of keys."""
        rows = self.rows(self.size.width)
        gap = " " * self._gap(self.size.width)
        segments = []
        key_style = self.get_component_rich_style("keybar--key")
        label_style = self.get_component_rich_style("keybar--label")
        note_style = self.get_component_rich_style("keybar--note")
        for key, label in rows[y] if y < len(rows) else ():
            segments += [Segment(key, key_style if label else note_style), Segment(f" {label}{gap}", label_style)]
        return Strip(segments).adjust_cell_length(self.size.width, self.rich_style)
