"""The runs that were kept, newest first."""

from pathlib import Path

from textual.app import ComposeResult
from textual.binding import Binding
from textual.widgets import Static

from tuilab.labs.branchpoint import moments
from tuilab.records.folders import runs_folder, told
from tuilab.records.shelf import Row, clear_damaged, folders, row
from tuilab.records.telling import spelled, words_of
from tuilab.ui.aside import aside
from tuilab.ui.filtering import Filtered, FilterLine
from tuilab.ui.header import Header
from tuilab.ui.keybar import KeyBar
from tuilab.ui.runs.list import MOST_MARKED, RunList
from tuilab.ui.runs.place import RunPlace

EMPTY = """\
There is no run yet. Each training that you begin in a lab is kept here as it goes: its settings, its loss and \
gradient norm at every step, and its weights at up to 32 moments.

Open a lab that trains, forecast for one, and press space; q goes back to the labs."""


class RunsScreen(Filtered, RunPlace):
    """Lists them; each row is read when it is seen."""

    HELP = """\
Each training that was kept, newest first: the lab and the settings that are not at their defaults, when, how long, at \
which step, the last loss, the seed, and what became of it.
left can be gone on with (t); done, stopped and diverged have ended, but b goes on from a moment of them; training is \
trained in a tuilab now. n at the end of a line: you have written notes on it.
up and down (or j and k) move, n and p by a page; enter opens a run, space marks up to four, d draws those together; \
/ lists only what has some letters in its spelling or name."""

    BINDINGS = [
        Binding("d", "draw", "Draw", tooltip="The curves of the marked runs in one chart"),
    ]
    CSS_PATH = "screen.tcss"

    def __init__(self) -> None:
        super().__init__()
        self.everything: list[Path] = []
        self._texts: dict[Path, str] = {}  # what the filter looks at; read once it is wanted
        self._reads_texts = self._opens_then = False

    def compose(self) -> ComposeResult:
        """The list, what is at its cursor, and the line for the filter."""
        yield Header()
        yield Static(EMPTY, id="empty", markup=False)
        yield RunList()
        yield Static("", id="detail", markup=False)
        yield FilterLine(placeholder="a part of a spelling or name; enter opens it", id="filter", compact=True)
        yield Static("", id="said", markup=False)
        yield KeyBar()

    def on_mount(self) -> None:
        """List them; what is damaged is looked for meanwhile."""
        if not self.query(RunList):
            return
        self.query_one(Header).left = "runs"
        self.query_one(RunList).focus()
        self.call_after_refresh(aside, self, lambda: clear_damaged(runs_folder()), self._tell_damaged)

    def on_screen_resume(self) -> None:
        """List what there is now."""
        if self.query(RunList):
            self._read_anew()

    def _read_anew(self) -> None:
        self.everything = folders(runs_folder())
        listed = self.query_one(RunList)
        listed.forget()
        listed.marked = [folder for folder in listed.marked if folder in self.everything]
        self._texts.clear()
        self.fill()

    @property
    def listed(self) -> RunList:
        """The list, which takes the keys."""
        return self.query_one(RunList)

    def fill(self) -> None:
        """List what matches the filter."""
        wanted = self.query_one(FilterLine).value.strip().lower()
        if wanted and self.everything and not self._texts and not self._reads_texts:
            self._reads_texts = True
            aside(self, lambda: {folder: _text(folder) for folder in self.everything}, self._take_texts)
        shown = [each for each in self.everything if wanted in self._texts.get(each, "")]
        listed = self.query_one(RunList)
        listed.show(shown)
        listed.display = bool(self.everything)
        self.query_one("#empty").display = not self.everything
        self.refresh_bindings()

    def open_found(self) -> None:
        """Open what the cursor stands on, once it is known what is found."""
        self._opens_then = self._reads_texts
        if not self._opens_then:
            self.listed.action_open()

    def _take_texts(self, texts: dict[Path, str]) -> None:
        self._texts, self._reads_texts = texts, False
        self.fill()
        if self._opens_then:
            self.open_found()

    def _tell_damaged(self, gone: list[Path]) -> None:
        if not gone:
            return
        self._read_anew()
        what = "A run could not be read and is" if len(gone) == 1 else f"{len(gone)} runs could not be read and are"
        self.say(f"{what} no longer listed; what there is of it is in {told(gone[0])}.")

    @property
    def folder(self) -> Path | None:
        """The run under the cursor."""
        listed = next(iter(self.query(RunList)), None)
        return listed.folder if listed is not None else None

    def say(self, sentence: str) -> None:
        """Put a sentence below the list."""
        self.query_one("#said", Static).update(sentence)

    def reread(self) -> None:
        """A name or notes are others."""
        self._read_anew()

    def deleted(self) -> None:
        """List the others."""
        self._read_anew()
        self.say("Deleted.")

    def on_run_list_moved(self, event: RunList.Moved) -> None:
        """Say more of the run under the cursor."""
        listed = self.query_one(RunList)
        count = len(listed.folders)
        header = self.query_one(Header)
        header.right = f"{listed.cursor + 1:,}/{count:,}" if count else ""
        header.middle = f"{len(listed.marked)} marked, d draws" if listed.marked else ""
        if event.by_key:
            self.say("")
        self.query_one("#detail", Static).update(self._detail(listed))
        self.refresh_bindings()

    def _detail(self, listed: RunList) -> str:
        if listed.folder is None:
            return "No run has these letters; esc lists all." if self.everything and self._texts else ""
        found = listed.row(listed.folder)
        return "" if found is None else "\n".join(filter(None, (spelled(found), _facts(found), _first_line(found))))

    def on_run_list_opened(self) -> None:
        """Open the run under the cursor."""
        if self.folder is not None and self.app.screen is self:
            self._draw([self.folder])

    def on_run_list_too_many(self) -> None:
        """Four are what a chart can tell apart."""
        self.say(f"{MOST_MARKED} runs are marked; no more can be told apart in one chart.")

    def action_draw(self) -> None:
        """Draw the marked runs together."""
        marked = self.query_one(RunList).marked
        if len(marked) > 1:
            self._draw(marked)
        else:
            self.say("Mark two to four runs with space; then d draws them together.")

    def _draw(self, runs: list[Path]) -> None:
        from tuilab.ui.runs.chart import RunScreen

        there = [found for folder in runs if (found := row(folder)) is not None]
        if there:
            self.app.push_screen(RunScreen(there))
        else:
            self.say("That run cannot be read.")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There is something to filter where there is a run, and more while filtered."""
        if action == "all":
            return self.is_narrowed
        if action in ("filter", "draw"):
            return bool(self.everything)
        return super().check_action(action, parameters)


def _text(folder: Path) -> str:
    """What the filter looks at."""
    found = row(folder)
    return f"{spelled(found)} {found.label.title} {folder.name}".lower() if found else ""


def _facts(found: Row) -> str:
    """What the columns have no room for."""
    kept = moments(found.folder)
    moment = f"{len(kept) or 'no'} moment{'s' * (len(kept) != 1)} kept"
    return f"step {found.step:,}   seed {words_of(spelled(found)).seed}   {moment}   {found.name}"


def _first_line(found: Row) -> str:
    return found.about.sentence or found.label.notes.partition("\n")[0]
