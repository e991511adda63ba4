"""Home: the lessons in order, and the labs."""

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding
from textual.screen import Screen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from tuilab.course.lesson import Lesson
from tuilab.labs import catalogue
from tuilab.labs.catalogue import Lab
from tuilab.ui.header import Header
from tuilab.ui.keybar import KeyBar


class HomeScreen(Screen[None]):
    """Lists what there is; enter opens it, / filters it."""

    HELP = """\
The lessons come in the order in which they are meant to be taken; a lab stands beside most pages and can also
be opened by itself. up and down (or j and k) move, enter opens, / filters the list by what you type, esc shows all."""

    BINDINGS = [
        Binding("enter", "open", "Open", tooltip="Open what the cursor stands on"),
        Binding("g", "go_on", "Go on", tooltip="Go on where you left off"),
        Binding("j", "down", "Down", show=False),
        Binding("k", "up", "Up", show=False),
        Binding("slash", "filter", "Filter", key_display="/", tooltip="List only what has these letters"),
        Binding("escape", "all", "All", show=False, tooltip="List everything again"),
    ]
    CSS_PATH = "home.tcss"

    def compose(self) -> ComposeResult:
        """The list, and the line for the filter."""
        yield Header()
        yield Static("", id="go-on", markup=False)
        yield OptionList(id="list", markup=False)
        yield Input(placeholder="type a part of a name, enter goes to the list", id="filter")
        yield Static("", id="notes", markup=False)
        yield KeyBar()

    def on_mount(self) -> None:
        """Fill the list."""
        header = self.query_one(Header)
        header.left, header.right = "tuilab", "recurrent networks by hand"
        self.fill()
        self.query_one(OptionList).focus()

    def on_screen_resume(self) -> None:
        """Come back with the newest progress."""
        self.fill()

    def on_resize(self) -> None:
        """Lay the lines out anew."""
        self.fill()

    def fill(self) -> None:
        """List what matches the filter, under its headings."""
        wanted = self.query_one(Input).value.strip().lower()
        options = self.query_one(OptionList)
        at = options.highlighted_option.id if options.highlighted_option else None
        width = max(40, self.app.size.width - 4)
        lessons = [
            Option(self._lesson_line(lesson, width), id=f"lesson:{lesson.name}")
            for lesson in self.app.lessons
            if wanted in f"{lesson.number} {lesson.title} {lesson.summary}".lower()
        ]
        labs = [
            Option(_lab_line(lab), id=f"lab:{lab.name}")
            for lab in catalogue.labs()
            if wanted in f"{lab.name} {lab.summary}".lower()
        ]
        options.clear_options()
        if lessons:
            options.add_options([_heading("LESSONS", "min   pages        answers", width), *lessons])
        if labs:
            options.add_options([_heading("\nLABS" if lessons else "LABS", "", width), *labs])
        if at is not None and any(option.id == at for option in [*lessons, *labs]):
            options.highlighted = options.get_option_index(at)
        else:
            options.action_first()
        self._say_where(bool(lessons or labs), wanted)

    def _say_where(self, found: bool, wanted: str) -> None:
        place = self.app.progress.last_place()
        lesson = next((lesson for lesson in self.app.lessons if place and lesson.name == place[0]), None)
        if not found:
            text = f"Nothing here has {wanted!r} in it; esc lists everything."
        elif lesson is not None and place is not None:
            text = f"Go on   {lesson.number}  {lesson.title} · page {place[1]} of {lesson.page_count}   g"
        else:
            text = "Each lesson is a few pages beside a live experiment on real tensors. Begin with lesson 1: enter."
        self.query_one("#go-on", Static).update(text)
        notes = [f"This lesson has a mistake and is left out: {mistake}" for mistake in self.app.mistakes]
        notes += [self.app.progress.problem] if self.app.progress.problem else []
        self.query_one("#notes", Static).update("\n".join(notes))

    def _lesson_line(self, lesson: Lesson, width: int) -> Text:
        seen = len([page for page in self.app.progress.pages(lesson.name) if page <= lesson.page_count])
        answers = [right for quiz, right in self.app.progress.answers().items() if quiz.startswith(f"{lesson.name}/")]
        bar = "━" * seen + "─" * (lesson.page_count - seen) + f" {seen}/{lesson.page_count}" if seen else ""
        score = f"{sum(answers)} of {len(answers)}" if answers else ""
        right = f"{lesson.minutes:>3}   {bar:<14}{score:<7}"
        left = f" {lesson.number}  {lesson.title}"
        room = width - len(right) - len(left) - 2
        summary = "  " + lesson.summary if len(lesson.summary) + 2 <= room else ""
        return Text.assemble(left, (summary, "dim"), " " * max(1, room + 2 - len(summary)), right, no_wrap=True)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Open a lesson or a lab."""
        kind, _, name = (event.option.id or "").partition(":")
        if kind == "lesson":
            self.app.open_lesson(next(lesson for lesson in self.app.lessons if lesson.name == name))
        elif kind == "lab":
            self.app.open_lab(catalogue.lab(name).spec())

    def on_input_changed(self) -> None:
        """Filter as the learner types."""
        self.fill()

    def on_input_submitted(self) -> None:
        """Go to what was found."""
        self.query_one(OptionList).focus()

    def action_open(self) -> None:
        """Open what the cursor stands on."""
        self.query_one(OptionList).action_select()

    def action_go_on(self) -> None:
        """Go on where the learner left off."""
        place = self.app.progress.last_place()
        lesson = next((lesson for lesson in self.app.lessons if place and lesson.name == place[0]), None)
        if lesson is not None:
            self.app.open_lesson(lesson)

    def action_filter(self) -> None:
        """Type into the filter."""
        self.query_one(Input).focus()

    def action_all(self) -> None:
        """List everything again."""
        self.query_one(Input).value = ""
        self.query_one(OptionList).focus()

    def action_down(self) -> None:
        """Move down."""
        self.query_one(OptionList).action_cursor_down()

    def action_up(self) -> None:
        """Move up."""
        self.query_one(OptionList).action_cursor_up()


def _heading(text: str, right: str, width: int) -> Option:
    gap = max(1, width - len(text.strip("\n")) - len(right.ljust(27)) - 1)
    return Option(Text(f"{text}{' ' * gap}{right}", "bold", no_wrap=True), disabled=True)


def _lab_line(lab: Lab) -> Text:
    return Text.assemble(f" {lab.name:<10}", (lab.summary, "dim"), no_wrap=True)
