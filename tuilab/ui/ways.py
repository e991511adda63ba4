"""The ways between home, lessons and labs: one of these stands above home at a time, with what it opens above it.

A page or a lab that is looked up from there, in the glossary or by finding, is what it opens: `q` goes back to it.
"""

from functools import cached_property
from typing import TYPE_CHECKING

from textual.await_complete import AwaitComplete
from textual.screen import Screen

from tuilab.course.lesson import Lesson, LessonError
from tuilab.course.review import review
from tuilab.labs.spec import Spec
from tuilab.records.progress import Progress
from tuilab.ui.meter import MeteredApp

if TYPE_CHECKING:
    from tuilab.course.glossary import Entry


class WaysApp(MeteredApp):
    """An app that goes from lesson to lab and back."""

    lessons: list[Lesson]
    progress: Progress

    @cached_property
    def terms(self) -> "list[Entry]":
        """The entries of the glossary, without those that have a mistake."""
        from tuilab.course.glossary import read_glossary
        from tuilab.course.reader import lessons_folder

        return read_glossary(lessons_folder())[0]

    def page_of(self, entry: "Entry") -> tuple[Lesson, int] | None:
        """The lesson and the page where a term lives; None where that lesson has a mistake."""
        from tuilab.course.glossary import place_of

        try:
            return place_of(entry, self.lessons)
        except LessonError:
            return None

    def open_lesson(self, lesson: Lesson, page: int | None = None) -> None:
        """Open a lesson, at a page or where the learner left it; one with a mistake says what it is."""
        from tuilab.ui.lesson import LessonScreen

        try:
            pages = lesson.pages()
        except LessonError as error:
            self.notify(f"This lesson has a mistake. {error}", severity="error", timeout=10, markup=False)
            return
        questions = review(self.lessons, lesson, self.progress) if page is None else []
        at = page if page is not None else (self.progress.last_page(lesson.name) or 1) - 1
        jumped = page is not None
        self._go(LessonScreen(lesson, pages, min(at, len(pages) - 1), jumped), looked_up=jumped)
        if questions:
            from tuilab.ui.review import ReviewScreen

            self.push_screen(ReviewScreen(questions))

    def open_lesson_number(self, number: int) -> None:
        """Open a lesson by its number."""
        lesson = next((lesson for lesson in self.lessons if lesson.number == number), None)
        if lesson is not None:
            self.open_lesson(lesson)

    def open_lab(self, spec: Spec, run: str = "") -> None:
        """Open a lab by itself; go on with a kept run of it."""
        from tuilab.ui.lab import LabScreen

        self._go(LabScreen(spec, run), looked_up=True)

    def action_runs(self) -> None:
        """List the kept runs, or go back to their list."""
        from tuilab.ui.runs.screen import RunsScreen
        from tuilab.ui.small import SmallScreen

        if isinstance(self.screen, SmallScreen):
            return
        if any(isinstance(each, RunsScreen) for each in self.screen_stack):
            while not isinstance(self.screen, RunsScreen):
                self.pop_screen()
        else:
            self._go(RunsScreen(), looked_up=True)

    def _go(self, screen: Screen, looked_up: bool) -> None:
        """Show a screen in place of whatever stood above home; what is looked up, above the lesson or lab there."""
        from tuilab.ui.place import Place

        self.clear_notifications()  # they were about what is left
        from_place = looked_up and any(isinstance(each, Place) for each in self.screen_stack[2:3])
        while len(self.screen_stack) > 2 + from_place:
            self.pop_screen()
        self.push_screen(screen)

    async def action_back(self) -> None:
        """Back to what stands below: where one looked something up from, or home."""
        self.clear_notifications()  # they were about what is left
        self.pop_screen()

    def pop_screen(self) -> AwaitComplete:
        """Go back one screen, which notes first how it is left; home stays."""
        if len(self.screen_stack) <= 2:
            return AwaitComplete.nothing()
        if hasattr(self.screen, "leave"):
            self.screen.leave()
        return super().pop_screen()
