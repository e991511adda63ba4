"""A lesson: its pages, with the lab of the page beside the prose or one key away."""

from typing import Any

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.geometry import Size
from textual.widgets import Input, Markdown

from tuilab.course.exercises import exercise_of
from tuilab.course.leftoff import after_last_page
from tuilab.course.lesson import ExerciseBlock, Lesson, Page, PredictBlock, Prose, QuizBlock
from tuilab.course.marks import fill_in
from tuilab.labs import spelling
from tuilab.labs.port import Gone, Unanswerable
from tuilab.ui.exercise import ExerciseBox
from tuilab.ui.header import Header
from tuilab.ui.host import host
from tuilab.ui.keybar import KeyBar
from tuilab.ui.pagelab import AsLeft, PageLab
from tuilab.ui.predict import Predict
from tuilab.ui.prose import preformatted_width, prose
from tuilab.ui.quiz import Quiz

SIDE_BY_SIDE, ROOMY = 100, 120  # columns
STACKED = 38  # rows
MARGINS = 5  # columns of a page that hold no text
SCROLLING = ("up", "down", "pageup", "pagedown", "home", "end")  # meant for the page, though all of it may be in sight

UNJUDGED = "Your answer was not judged yet. It stands on its page: enter there asks again."


class PageView(VerticalScroll):
    """The prose of a page and its questions; left and right turn pages while it has the focus."""

    HELP = """\
n and p (or right and left) turn pages; up and down scroll; tab goes to the lab beside the page.
/ finds another page by a word of its title; l says what a symbol or a term means.
What you have seen and answered is kept for the next time, and how you left the lab of each page; u gives the page's \
own again."""

    BINDINGS = [
        Binding("right", "screen.page(1)", "Next page", show=False, tooltip="The next page"),
        Binding("left", "screen.page(-1)", "Page before", show=False, tooltip="The page before"),
        Binding("l", "app.glossary", "Terms", tooltip="What a symbol or a term means"),
        Binding("pagedown", "page_down", "Scroll", key_display="pgup pgdn", tooltip="Scroll where a page is longer"),
    ]

    def on_mount(self) -> None:
        """Name the keys that scroll where there is something to scroll."""
        self.watch(self, "show_vertical_scrollbar", self.refresh_bindings)

    def on_resize(self) -> None:
        """An exercise keeps in sight what it has told."""
        for exercise in self.query(ExerciseBox):
            exercise.keep_in_sight()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A page that is all in sight does not scroll."""
        return action != "page_down" or self.show_vertical_scrollbar


class LessonScreen(PageLab):
    """One page at a time; a lab stays while pages ask for the same, and what they have trained comes back with them."""

    CSS_PATH = "lesson.tcss"
    BINDINGS = [
        Binding(
            "n", "page(1)", "Page", key_display="n p", priority=True, tooltip="The next page (n) or the one before (p)"
        ),
        Binding("p", "page(-1)", "Page back", show=False, priority=True, tooltip="The page before"),
        Binding("tab", "other_side(True)", "Lab", tooltip="Go from the page to the lab", priority=True),
        Binding("tab", "other_side(False)", "Page", tooltip="Go from the lab back to the page", priority=True),
    ]

    def __init__(self, lesson: Lesson, pages: tuple[Page, ...], page: int, jumped: bool = False) -> None:
        super().__init__(lesson, pages, page)
        self.jumped = jumped  # to this page, which does not begin the lesson; turning pages does
        self._shown = False
        self.begun: dict[str, Any] = {}  # by the name of a question: what was answered so far, or said last

    def compose(self) -> ComposeResult:
        """Header, the two sides, keys."""
        yield Header()
        with Horizontal(id="sides"):
            yield PageView(id="page")
            yield Vertical(id="lab")
        yield KeyBar()

    async def on_mount(self) -> None:
        """Show the page."""
        self.worker_changed(*host(self).worker_state)
        await self.show_page()

    async def show_page(self) -> None:
        """Fill both sides, where they are there: not before the screen is, or once it was left as it was opened."""
        if not self.query(Header) or not self.query(PageView):
            return
        host(self).progress.refresh()
        page = self.pages[self.page]
        header = self.query_one(Header)
        header.left = f"{self.lesson.number} · {self.lesson.title}"
        header.right = f"{self.page + 1}/{len(self.pages)}"
        view = self.query_one(PageView)
        self.begun |= {quiz.quiz_name: quiz.answer.draft for quiz in view.query(Quiz)}
        with self.app.batch_update():
            await view.remove_children()
            if self.is_attached:  # a key may leave the screen while it is being filled
                await view.mount_all(self._widgets(page))
                view.scroll_home(animate=False)
                await self.show_lab()
        if not self.is_attached:
            return
        self._lay_out(self.app.size)
        self._shown = True
        self._note()
        self.show_side(lab=False)
        self.refresh_bindings()

    def on_screen_resume(self) -> None:
        """Something was looked up elsewhere: the learner is here again, perhaps after answers in another tuilab."""
        if self._shown:
            self._note()
            host(self).progress.refresh()
            for quiz in self.query(Quiz):
                quiz.known(*self._known(quiz.quiz_name))

    def leave(self) -> None:
        """Note how the lab was left, and when the lesson was."""
        super().leave()
        host(self).checks.close()
        host(self).progress.left(self.lesson.name)

    def _note(self) -> None:
        host(self).progress.page_seen(self.lesson.name, self.page + 1, self.jumped)

    def _widgets(self, page: Page) -> list[Any]:
        widgets: list[Any] = [AsLeft()]
        title = f"## {page.title}\n\n"
        for segment in page.segments:
            if isinstance(segment, Prose):
                widgets.append(prose(title + segment.text, self))
                if segment.live:
                    self.call_after_refresh(self._fill_in, widgets[-1], title, segment)
                title = ""
            elif isinstance(segment, QuizBlock | PredictBlock):
                widgets.append(self._question(segment))
            elif isinstance(segment, ExerciseBlock):
                widgets.append(ExerciseBox(exercise_of(self.lesson.path.parent, segment.name)))
        if title:
            widgets.insert(1, prose(title, self))
        return widgets

    def _fill_in(self, shown: Markdown, title: str, segment: Prose) -> None:
        """Put the numbers of experiments into a text, as they come."""
        self.run_worker(self._fill(shown, title, segment))

    async def _fill(self, shown: Markdown, title: str, segment: Prose) -> None:
        """Fill a text in; it stays as it is written where its numbers are right, or none come."""
        answers: dict[str, Any] = {}
        for mark in segment.live:
            try:
                answers[mark.by] = answers.get(mark.by) or await host(self).lab_worker.ask(spelling.parse(mark.by))
            except (Gone, Unanswerable):
                return
        text = fill_in(segment.template, segment.live, answers)
        if text != segment.text and shown.is_attached:
            await shown.update(title + text)

    def _question(self, block: QuizBlock | PredictBlock) -> Quiz:
        name, port = f"{self.lesson.name}/{block.id}", host(self).lab_worker
        answered, hints = self._known(name)
        if isinstance(block, PredictBlock):
            quiz: Quiz = Predict(block, name, port, host(self).progress.prediction(name), hints)
        else:
            quiz = Quiz(block, name, port, answered, hints)
        quiz.kept = self.begun.get(name)
        return quiz

    def _known(self, name: str) -> tuple[bool | None, int]:
        """Whether the latest answer to a question was right, and how many of its hints were shown."""
        return host(self).progress.answers().get(name), host(self).progress.hints(name)

    def show_side(self, lab: bool) -> None:
        """Give the keys to one side; in a narrow terminal only that side is shown."""
        self.set_class(lab, "at-lab")
        if lab and self.panel is not None:
            self.set_focus(self.panel.first_focus())
        else:
            asks = next(
                (each for each in self.query("Quiz, ExerciseBox") if isinstance(each, Quiz | ExerciseBox)), None
            )
            self.set_focus(asks.first_focus() if asks is not None else self.query_one(PageView))

    def on_resize(self) -> None:
        """Two sides where there is room for them."""
        self._lay_out(self.app.size)

    def _lay_out(self, size: Size) -> None:
        """Side by side, unless that would cut off what cannot be wrapped; then below each other, or one at a time."""
        width = size.width
        medium = SIDE_BY_SIDE <= width < ROOMY
        room = int(width * (0.36 if medium else 0.4)) - MARGINS
        texts = (segment.text for segment in self.pages[self.page].segments if isinstance(segment, Prose))
        narrow = width < SIDE_BY_SIDE or max(map(preformatted_width, texts), default=0) > room
        self.set_class(narrow and size.height < STACKED, "narrow")
        self.set_class(narrow and size.height >= STACKED, "stacked")
        self.set_class(medium, "medium")

    async def action_page(self, direction: int) -> None:
        """Turn the page."""
        if 0 <= self.page + direction < len(self.pages):
            self.app.clear_notifications()  # they were about the page before
            if any(quiz.is_asking for quiz in self.query(Quiz)):
                self.app.notify(UNJUDGED, timeout=6)
            self.page, self.jumped = self.page + direction, False
            await self.show_page()
        elif direction > 0:
            self.app.clear_notifications()
            told = after_last_page(self.lesson, host(self).lessons, host(self).progress)
            self.app.notify(f"{told} q goes back to the lessons; there g goes on.", timeout=6, markup=False)

    def on_key(self, event: events.Key) -> None:
        """Say where a key belongs that a page may speak of, and that only its lab obeys."""
        panel = self.panel
        if panel is None or self.lab_block is None or self.has_class("at-lab") or isinstance(self.focused, Input):
            return
        if panel.obeys(event.key) and event.key not in SCROLLING:
            self.app.clear_notifications()
            self.app.notify(f"{event.key} is a key of the lab: tab goes there.", timeout=3)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There is another side only where the page has a lab; it is the one that has not got the keys."""
        if action != "other_side":
            return super().check_action(action, parameters)
        return self.lab_block is not None and parameters == (not self.has_class("at-lab"),)

    def action_other_side(self, lab: bool) -> None:
        """Go from the page to the lab, or back."""
        if self.lab_block is not None:
            self.app.clear_notifications()
            self.show_side(lab)
            self.refresh_bindings()

    def on_quiz_answered(self, event: Quiz.Answered) -> None:
        """Keep the answer."""
        if self._is_open(event.name):
            host(self).progress.answered(event.name, event.given, event.right)

    def on_quiz_hinted(self, event: Quiz.Hinted) -> None:
        """Keep which hints were used."""
        if self._is_open(event.name):
            host(self).progress.hinted(event.name, event.step)

    def _is_open(self, quiz: str) -> bool:
        """Whether a quiz is still to be answered: in its lesson a right answer stays, with what led to it."""
        return not host(self).progress.answers().get(quiz)

    def on_predict_seen(self, event: Predict.Seen) -> None:
        """Keep the prediction, and let the lab show what it was about."""
        host(self).progress.predicted(event.name, event.given, event.right)
        self.steer(event.block)
