"""Home: the lessons in order, and the labs."""

from contextlib import suppress
from typing import Any

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
from tuilab.ui.host import host
from tuilab.ui.keybar import KeyBar
from tuilab.widgets.line import Line

BAR = 8  # cells of the bar that shows the pages seen


class CourseList(OptionList):
    """The lessons and the labs."""

    BINDINGS = [
        Binding("enter", "select", "Open", tooltip="Open what the cursor stands on"),
        Binding("j", "cursor_down", "Down", show=False),
        Binding("k", "cursor_up", "Up", show=False),
    ]

    def _move_page(self, direction: Any) -> None:
        """Move by a page; Textual's list fails on a key that comes before it has been laid out."""
        with suppress(KeyError):
            super()._move_page(direction)


class FilterLine(Line):
    """Narrows the list to what has its letters."""

    BINDINGS = [
        Binding("enter,down", "submit", "To the list", tooltip="Go to what was found"),
        Binding("escape", "screen.all", "Show all", key_display="esc", tooltip="List everything again"),
    ]


class HomeScreen(Screen[None]):
    """Lists what there is; enter opens it, / filters it."""

    HELP = """\
The lessons come in the order in which they are meant to be taken. A lab stands beside most pages, and can be \
opened by itself.
up and down (or j and k) move, enter opens, / filters the list by what you type, esc shows all."""

    BINDINGS = [
        Binding("g", "go_on", "Go on", tooltip="Go on where you left off"),
        Binding(
            "slash", "filter", "Filter", key_display="/", priority=True, tooltip="List only what has these letters"
        ),
        Binding("q", "app.leave", "Quit", priority=True, tooltip="Leave tuilab"),
        Binding("escape", "all", "All", show=False, tooltip="List everything again"),
    ]
    CSS_PATH = "home.tcss"
    marked = 0

    def compose(self) -> ComposeResult:
        """The list, and the line for the filter."""
        yield Header()
        yield Static("", id="go-on", markup=False)
        yield CourseList(id="list", markup=False)
        yield FilterLine(placeholder="type a part of a name, enter goes to the list", id="filter", compact=True)
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
        width = max(40, self.app.size.width - 6)
        lessons = [
            Option(self._lesson_line(lesson, width), id=f"lesson:{lesson.name}")
            for lesson in host(self).lessons
            if wanted in f"{lesson.number} {lesson.title} {lesson.summary}".lower()
        ]
        labs = [
            Option(_lab_line(lab), id=f"lab:{lab.name}")
            for lab in catalogue.labs()
            if wanted in f"{lab.name} {lab.summary}".lower()
        ]
        self.marked = 0
        options.clear_options()
        if lessons:
            options.add_options([_heading("LESSONS", "min   pages           answers ", width), *lessons])
        if labs:
            options.add_options([_heading("\nLABS" if lessons else "LABS", "", width), *labs])
        if at is not None and any(option.id == at for option in [*lessons, *labs]):
            options.highlighted = options.get_option_index(at)
        else:
            options.action_first()
        self._say_where(bool(lessons or labs), wanted)

    def _say_where(self, found: bool, wanted: str) -> None:
        place = self._left_off()
        if not found:
            text = f"Nothing here has {wanted!r} in it; esc lists everything."
        elif place is not None:
            lesson, page = place
            text = f"g goes on   {lesson.number}  {lesson.title} · page {page} of {lesson.page_count}"
        else:
            text = "A few pages a lesson, live experiments beside them. enter opens lesson 1."
        self.query_one("#go-on", Static).update(text)
        notes = [f"This lesson has a mistake and is left out: {mistake}" for mistake in host(self).mistakes]
        if problem := host(self).progress.problem:
            notes.append(problem)
        self.query_one("#notes", Static).update("\n".join(notes))

    def _lesson_line(self, lesson: Lesson, width: int) -> Text:
        seen = len([page for page in host(self).progress.pages(lesson.name) if page <= lesson.page_count])
        answers = [right for quiz, right in host(self).progress.answers().items() if quiz.startswith(f"{lesson.name}/")]
        done = -(-BAR * seen // lesson.page_count)
        bar = f"{'━' * done}{'─' * (BAR - done)} {seen}/{lesson.page_count}" if seen else ""
        score = f"{sum(answers)} of {len(answers)}" if answers else ""
        right = f"{lesson.minutes:>3}   {bar:<{BAR + 8}}{score:<8}"
        left = f" {lesson.number}  {lesson.title}"
        room = width - len(right) - len(left) - 2
        summary = "  " + lesson.summary if len(lesson.summary) + 2 <= room else ""
        return Text.assemble(left, (summary, "dim"), " " * max(1, room + 2 - len(summary)), right, no_wrap=True)

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Mark the line under the cursor, so that it is seen without colours too."""
        options = self.query_one(OptionList)
        for index in {self.marked, event.option_index}:
            option = options.get_option_at_index(index) if index < options.option_count else None
            if option is not None and not option.disabled and isinstance(option.prompt, Text):
                mark = "▸" if index == event.option_index else " "
                options.replace_option_prompt_at_index(index, Text.assemble(mark, option.prompt[1:], no_wrap=True))
        self.marked = event.option_index

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Open a lesson or a lab; a second enter that was typed ahead finds home covered already."""
        if self.app.screen is not self:
            return
        kind, _, name = (event.option.id or "").partition(":")
        if kind == "lesson":
            host(self).open_lesson(next(lesson for lesson in host(self).lessons if lesson.name == name))
        elif kind == "lab":
            host(self).open_lab(catalogue.lab(name).spec())

    def on_input_changed(self) -> None:
        """Filter as the learner types."""
        self.fill()

    def on_input_submitted(self) -> None:
        """Go to what was found."""
        self._to_list()

    def action_go_on(self) -> None:
        """Go on where the learner left off."""
        if place := self._left_off():
            host(self).open_lesson(place[0], place[1] - 1)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There is something to go on with only after a first page."""
        return action != "go_on" or self._left_off() is not None

    def _left_off(self) -> tuple[Lesson, int] | None:
        """The lesson and page, counted from 1, to go on with: where one was; after a last page the next lesson."""
        name, page = host(self).progress.last_place() or ("", 0)
        lessons = host(self).lessons
        index = next((i for i, lesson in enumerate(lessons) if lesson.name == name), None)
        if index is None:
            return None
        if page >= lessons[index].page_count and index + 1 < len(lessons):
            following = lessons[index + 1]
            return following, host(self).progress.last_page(following.name) or 1
        return lessons[index], page

    def action_filter(self) -> None:
        """Type into the filter."""
        line = self.query_one(Input)
        line.display = True
        self.set_focus(line)

    def action_all(self) -> None:
        """List everything again."""
        self.query_one(Input).value = ""
        self._to_list()

    def _to_list(self) -> None:
        """Give the keys to the list; the filter is only seen while it narrows the list."""
        line = self.query_one(Input)
        self.set_focus(self.query_one(OptionList))
        line.display = bool(line.value)


def _heading(text: str, right: str, width: int) -> Option:
    gap = max(1, width - len(text.strip("\n")) - len(right) - 1)
    return Option(Text(f"{text}{' ' * gap}{right}", "bold", no_wrap=True), disabled=True)


def _lab_line(lab: Lab) -> Text:
    return Text.assemble(f" {lab.name:<10}", (lab.summary, "dim"), no_wrap=True, overflow="ellipsis")
