"""The list of runs: of each that is seen its line is read from the disk, and of no other."""

from collections.abc import Iterator
from pathlib import Path

from rich.segment import Segment
from rich.style import Style
from textual.binding import Binding
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from tuilab.records.shelf import Row, row
from tuilab.ui.runs.row import headings, line_of

MOST_MARKED = 4
INDENT = 3  # columns for the cursor and a mark
SERIES = ("first", "second", "third", "fourth")


class RunList(Widget, can_focus=True):
    """Shows `folders`; space marks up to four, in the order in which they will be drawn."""

    BINDINGS = [
        Binding("enter", "open", "Open", tooltip="The curves of this run, its notes, its moments"),
        Binding("space", "mark", "Mark", tooltip="Mark this run, up to four, or take its mark away"),
        Binding("up,k", "move(-1)", "Up", show=False),
        Binding("down,j", "move(1)", "Down", show=False),
        Binding("pageup,p", "page(-1)", "Page up", show=False, tooltip="A page of the list up (p) or down (n)"),
        Binding("pagedown,n", "page(1)", "Page down", show=False),
        Binding("home", "move(-1_000_000)", "First", show=False),
        Binding("end", "move(1_000_000)", "Last", show=False),
    ]
    COMPONENT_CLASSES = {f"runs--{part}" for part in ("heading", "cursor", "title", *SERIES)}
    DEFAULT_CSS = """
    RunList { height: 1fr; padding: 0 1; }
    RunList > .runs--heading { color: $text-muted; text-style: bold; }
    RunList > .runs--title { text-style: bold; }
    RunList > .runs--cursor { color: $block-cursor-foreground; background: $block-cursor-background; text-style: bold; }
    RunList > .runs--first { color: $primary; text-style: bold; }
    RunList > .runs--second { color: $secondary; text-style: bold; }
    RunList > .runs--third { color: $success; text-style: bold; }
    RunList > .runs--fourth { color: $fourth-series; text-style: bold; }
    """

    class Moved(Message):
        """The cursor stands on another run, or the marks are others; whether a key has done it."""

        def __init__(self, by_key: bool) -> None:
            super().__init__()
            self.by_key = by_key

    class Opened(Message):
        """Enter was pressed on a run."""

    class TooMany(Message):
        """There are four marks already."""

    def __init__(self) -> None:
        super().__init__()
        self.folders: list[Path] = []
        self.marked: list[Path] = []
        self.cursor = self.top = 0
        self._rows: dict[Path, Row | None] = {}

    @property
    def folder(self) -> Path | None:
        """The run under the cursor."""
        return self.folders[self.cursor] if self.folders else None

    def show(self, folders: list[Path], at: Path | None = None) -> None:
        """List these; the cursor stays with its run, where that is still there."""
        at = at or self.folder
        self.folders = folders
        self.cursor = folders.index(at) if at in folders else min(self.cursor, max(0, len(folders) - 1))
        self._changed()

    def forget(self) -> None:
        """What was read may be otherwise now."""
        self._rows.clear()
        self.refresh()

    def row(self, folder: Path) -> Row | None:
        """What is said of a run, read once."""
        if folder not in self._rows:
            self._rows[folder] = row(folder)
        return self._rows[folder]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Of no runs there is none to open or mark."""
        return bool(self.folders) if action in ("open", "mark") else super().check_action(action, parameters)

    def action_move(self, by: int) -> None:
        """Move the cursor."""
        self.cursor = max(0, min(len(self.folders) - 1, self.cursor + by))
        self._changed(by_key=True)

    def action_page(self, direction: int) -> None:
        """Move the cursor by a page."""
        self.action_move(direction * max(1, self._height - 1))

    def action_mark(self) -> None:
        """Mark a run, or take its mark away, and go on to the next."""
        folder = self.folder
        if folder is None or self.row(folder) is None:
            return
        if folder in self.marked:
            self.marked.remove(folder)
        elif len(self.marked) == MOST_MARKED:
            self.post_message(self.TooMany())
            return
        else:
            self.marked.append(folder)
        self.action_move(1)

    def action_open(self) -> None:
        """Open a run."""
        if self.folder is not None:
            self.post_message(self.Opened())

    def on_resize(self) -> None:
        """Keep the cursor in sight."""
        self._changed()

    @property
    def _height(self) -> int:
        return max(1, self.size.height - 1)  # without the headings

    def _changed(self, by_key: bool = False) -> None:
        self.top = max(0, min(self.top, len(self.folders) - self._height))
        self.top = min(self.cursor, max(self.top, self.cursor - self._height + 1))
        self.refresh()
        self.post_message(self.Moved(by_key))

    def render_line(self, y: int) -> Strip:
        """The headings, then a run a line."""
        width, ground = self.size.width, self.rich_style
        at = self.top + y - 1
        if y == 0:
            segments = [
                Segment(f"{'':{INDENT}}{headings(width - INDENT)}", self.get_component_rich_style("runs--heading"))
            ]
        elif at < len(self.folders):
            segments = list(self._line(at, width))
        else:
            segments = []
        return Strip(segments).adjust_cell_length(width, ground)

    def _line(self, at: int, width: int) -> Iterator[Segment]:
        folder, here = self.folders[at], at == self.cursor
        text, style = line_of(self.row(folder), width - INDENT), self.rich_style
        bold = self.get_component_rich_style("runs--title")
        if here and self.has_focus:
            style = bold = self.get_component_rich_style("runs--cursor")
        yield Segment("▸" if here else " ", style)
        yield self._mark(folder, style)
        yield Segment(" ", style)
        yield Segment(text.title, bold)
        yield Segment(text.settings + text.rest, style)

    def _mark(self, folder: Path, style: Style) -> Segment:
        """Its number among those that will be drawn together, in the colour of its curves."""
        if folder not in self.marked:
            return Segment(" ", style)
        number = self.marked.index(folder)
        coloured = self.get_component_rich_style(f"runs--{SERIES[number]}")
        return Segment(str(number + 1), coloured if folder != self.folder else style)
