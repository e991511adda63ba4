"""Home: the lessons in order, and the labs."""

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.binding import Binding
from textual.widgets import OptionList, Static

from tuilab.course.leftoff import left_off
from tuilab.course.lesson import Lesson
from tuilab.labs import catalogue, spelling
from tuilab.records.folders import runs_folder
from tuilab.ui.courselist import CourseList
from tuilab.ui.filtering import Filtered, FilterLine
from tuilab.ui.header import Header
from tuilab.ui.host import host
from tuilab.ui.keybar import KeyBar
from tuilab.ui.reviewline import ReviewLine
from tuilab.widgets.alarm import Alarm
from tuilab.widgets.steady import Steady

if TYPE_CHECKING:
    from tuilab.records.shelf import Left


class HomeScreen(Steady, Filtered):
    """Lists what there is; enter opens it, / filters it."""

    HELP = """\
The lessons come in the order in which they are meant to be taken. A lab stands beside most pages, and can be \
opened by itself.
up and down (or j and k) move, enter opens, / filters the list by what you type (7.3 is page 3 of lesson 7); enter \
opens the marked one of what is left, esc shows all.
Under min stand the minutes you were at a lesson, of those it is meant to take: the time from one thing done there to \
the next (a page, an answer, a hint, a change of its lab), where less than five minutes lie between them.
Under answers stand the questions that you have answered rightly and the exercises that you have solved. r asks once \
more what went wrong."""

    BINDINGS = [
        Binding("g", "go_on", "Go on", tooltip="Go on where you left off"),
        Binding("r", "review", "Review", tooltip="Once more the questions that went wrong"),
        Binding("t", "train_on", "Train on", tooltip="Go on with the training that was left"),
        Binding("u", "app.runs", "Runs", tooltip="The trainings that were kept: their curves, notes and moments"),
        Binding("l", "app.glossary", "Terms", show=False, tooltip="What a symbol or a term means"),
        Binding("q", "app.leave", "Quit", priority=True, tooltip="Leave tuilab"),
    ]
    CSS_PATH = "home.tcss"
    left: "Left | None" = None

    def __init__(self) -> None:
        super().__init__()
        self._alarm = Alarm(self, self._look_for_a_run)

    def compose(self) -> ComposeResult:
        """The list, and the line for the filter."""
        yield Header()
        yield Static("", id="go-on", markup=False)
        yield ReviewLine()
        yield Static("", id="left", markup=False)
        yield CourseList(id="list", markup=False)
        yield FilterLine(placeholder="type a part of a name; enter opens what is marked", id="filter", compact=True)
        yield Static("", id="notes", markup=False)
        yield KeyBar()

    def on_mount(self) -> None:
        """Fill the list."""
        header = self.query_one(Header)
        header.left, header.right = "tuilab", "recurrent networks by hand"
        self.fill()
        self.query_one(OptionList).focus()

    def on_screen_resume(self) -> None:
        """Come back with the newest progress, of another tuilab too."""
        host(self).progress.refresh()
        self.fill()
        self.call_after_refresh(self._look_for_questions)
        self.call_after_refresh(self._look_for_a_run)
        self._alarm.set(1.0)  # the worker may still be saving what was left just now

    def on_resize(self) -> None:
        """Lay the lines out anew."""
        self.fill()

    @property
    def listed(self) -> CourseList:
        """The list, which takes the keys."""
        return self.query_one(CourseList)

    def fill(self) -> None:
        """List what matches the filter."""
        wanted = self.query_one(FilterLine).value.strip().lower()
        self._say_where(self.query_one(CourseList).fill(wanted), wanted)

    def open_found(self) -> None:
        """Open what the cursor stands on."""
        self.listed.action_select()

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
        notes += filter(None, (host(self).progress.problem, host(self).progress.damage))
        self.query_one("#notes", Static).update("\n".join(notes))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Open a lesson or a lab; a second enter that was typed ahead finds home covered already."""
        if self.app.screen is not self:
            return
        kind, _, name = (event.option.id or "").partition(":")
        if kind == "lesson":
            host(self).open_lesson(next(lesson for lesson in host(self).lessons if lesson.name == name))
        elif kind == "page":
            lesson_name, _, page = name.partition(":")
            lesson = next(each for each in host(self).lessons if each.name == lesson_name)
            host(self).open_lesson(lesson, int(page) - 1)
        elif kind == "lab":
            host(self).open_lab(catalogue.lab(name).spec())

    def action_go_on(self) -> None:
        """Go on where the learner left off."""
        if place := self._left_off():
            self.query_one(CourseList).point_at(place[0])
            host(self).open_lesson(place[0])

    def _look_for_questions(self) -> None:
        self.query_one(ReviewLine).look()
        self.refresh_bindings()

    def action_review(self) -> None:
        """Ask once more what went wrong."""
        from tuilab.ui.review import MissedScreen

        self.app.push_screen(MissedScreen(self.query_one(ReviewLine).questions))

    def _look_for_a_run(self) -> None:
        """Offer the training that was left, by a learner in a hurry or a line that dropped."""
        from tuilab.records.shelf import newest_left

        self.left = newest_left(runs_folder())
        line = self.query_one("#left", Static)
        line.display = self.left is not None
        if self.left is not None:
            line.update(f"t trains on from step {self.left.step:,}   {spelling.shown(self.left.spelling)}")
        self.refresh_bindings()

    def action_train_on(self) -> None:
        """Go on with the training that was left."""
        if self.left is None:
            return
        try:
            host(self).open_lab(spelling.parse(self.left.spelling), self.left.name)
        except spelling.SpellingError as error:  # of another version
            self._give_up(f"That run cannot be gone on with. {error}")

    def _give_up(self, sentence: str) -> None:
        """Say why what was left cannot be gone on with, and offer what was left before it."""
        from tuilab.records.runs import give_up

        assert self.left is not None
        give_up(runs_folder(), self.left.name, sentence)
        self.notify(sentence, severity="error", markup=False)
        self._look_for_a_run()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There is something to go on with after a first page or a training that was left, and more while filtered."""
        if action == "all":
            return self.is_narrowed
        if action == "train_on":
            return self.left is not None
        if action == "review":
            return any(line.questions for line in self.query(ReviewLine))
        return action != "go_on" or self._left_off() is not None

    def _left_off(self) -> tuple[Lesson, int] | None:
        return left_off(host(self).lessons, host(self).progress)
