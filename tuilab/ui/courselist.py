"""The list on the home screen: the lessons in order with what was seen of them, and the labs."""

from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from rich.text import Text
from textual.binding import Binding
from textual.widgets import OptionList
from textual.widgets.option_list import Option, OptionDoesNotExist

from tuilab.course.lesson import Lesson
from tuilab.course.pagename import page_named
from tuilab.course.reader import not_there
from tuilab.labs import catalogue
from tuilab.records.timespent import long_told, minutes_of
from tuilab.ui.host import host

BAR = 8  # cells of the bar that shows the pages seen


class CourseList(OptionList):
    """The lessons and the labs."""

    BINDINGS = [
        Binding("enter", "select", "Open", tooltip="Open what the cursor stands on"),
        Binding("j", "cursor_down", "Down", show=False),
        Binding("k", "cursor_up", "Up", show=False),
    ]

    marked = 0
    wanted = ""  # the letters that narrow it

    def _move_page(self, direction: Any) -> None:
        """Move by a page; Textual's list fails on a key that comes before it has been laid out."""
        with suppress(KeyError):
            super()._move_page(direction)

    def fill(self, wanted: str) -> bool:
        """List what has `wanted` in it, under its headings; whether there is anything.

        The cursor goes to the first whose name begins with letters that are new, before what only has them.
        """
        at = self.highlighted_option.id if self.highlighted_option else None
        if wanted and wanted != self.wanted:
            at = next(_named(wanted, host(self).lessons), at)
        self.wanted = wanted
        width = max(40, self.app.size.width - 6)
        found = [
            (lesson.number, Option(self._lesson_line(lesson, width), id=f"lesson:{lesson.name}"))
            for lesson in host(self).lessons
            if wanted in f"{lesson.number} {lesson.title} {lesson.summary}".lower()
        ]
        gaps = [] if wanted else not_there(host(self).lessons, host(self).mistakes)
        found += [(number, _gap_line(number)) for number in gaps]
        lessons = [option for _, option in sorted(found, key=lambda each: each[0])]
        lessons += self._page(wanted)
        labs = [
            Option(_lab_line(name, summary), id=f"lab:{name}")
            for name, summary in catalogue.SUMMARIES.items()
            if wanted in f"{name} {summary}".lower()
        ]
        self.marked = 0
        self.clear_options()
        if lessons:
            self.add_options([_heading(self._lessons(), "min   pages           answers ", width), *lessons])
        if labs:
            self.add_options([_heading("\nLABS" if lessons else "LABS", "", width), *labs])
        if at is not None and any(option.id == at for option in [*lessons, *labs]):
            self.highlighted = self.get_option_index(at)
        else:
            self.action_first()
        return bool(lessons or labs)

    def _page(self, wanted: str) -> list[Option]:
        if named := page_named(wanted, host(self).lessons):
            lesson, page, title = named
            return [Option(Text(f" {lesson.number}.{page}  {title}", no_wrap=True), id=f"page:{lesson.name}:{page}")]
        return []

    def point_at(self, lesson: Lesson) -> None:
        """Put the cursor on a lesson, where it is listed."""
        with suppress(OptionDoesNotExist):
            self.highlighted = self.get_option_index(f"lesson:{lesson.name}")

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Mark the line under the cursor, so that it is seen without colours too."""
        for index in {self.marked, event.option_index}:
            option = self.get_option_at_index(index) if index < self.option_count else None
            if option is not None and not option.disabled and isinstance(option.prompt, Text):
                mark = "▸" if index == event.option_index else " "
                self.replace_option_prompt_at_index(index, Text.assemble(mark, option.prompt[1:], no_wrap=True))
        self.marked = event.option_index

    def _lessons(self) -> str:
        spent = sum(host(self).progress.seconds(lesson.name) for lesson in host(self).lessons)
        return f"LESSONS   {long_told(spent)} so far" if spent else "LESSONS"

    def _lesson_line(self, lesson: Lesson, width: int) -> Text:
        seen = len([page for page in host(self).progress.pages(lesson.name) if page <= lesson.page_count])
        right, answered = host(self).progress.score(lesson.name)
        solved = host(self).progress.solved(lesson.name)
        done = -(-BAR * seen // lesson.page_count)
        bar = f"{'━' * done}{'─' * (BAR - done)} {seen}/{lesson.page_count}" if seen else ""
        score = f"{right + solved} of {lesson.quiz_count + lesson.exercise_count}" if answered or solved else ""
        spent = host(self).progress.seconds(lesson.name)
        minutes = f"{minutes_of(spent)}/{lesson.minutes}" if spent else f"{lesson.minutes}"
        figures = f"{minutes:>7}   {bar:<{BAR + 8}}{score:<8}"
        left = f" {lesson.number}  {lesson.title}"
        room = width - len(figures) - len(left) - 2
        summary = "  " + lesson.summary if len(lesson.summary) + 2 <= room else ""
        return Text.assemble(left, (summary, "dim"), " " * max(1, room + 2 - len(summary)), figures, no_wrap=True)


def _named(wanted: str, lessons: list[Lesson]) -> Iterator[str]:
    """The lessons and labs whose names begin so, as the list has them."""
    for lesson in sorted(lessons, key=lambda each: each.number):
        if any(name.startswith(wanted) for name in (str(lesson.number), lesson.title.lower())):
            yield f"lesson:{lesson.name}"
    yield from (f"lab:{name}" for name in catalogue.SUMMARIES if name.startswith(wanted))


def _heading(text: str, right: str, width: int) -> Option:
    gap = max(1, width - len(text.strip("\n")) - len(right) - 1)
    return Option(Text(f"{text}{' ' * gap}{right}", "bold", no_wrap=True), disabled=True)


def _gap_line(number: int) -> Option:
    return Option(Text(f" {number}  not there yet", "dim", no_wrap=True), disabled=True)


def _lab_line(name: str, summary: str) -> Text:
    return Text.assemble(f" {name:<12}", (summary, "dim"), no_wrap=True, overflow="ellipsis")
