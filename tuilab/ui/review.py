"""Questions once more: two of earlier lessons before a new one opens, or all that were missed."""

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.widgets import Static

from tuilab.course.review import Asked
from tuilab.ui.header import Header
from tuilab.ui.host import host
from tuilab.ui.keybar import KeyBar
from tuilab.ui.place import Place
from tuilab.ui.quiz import Quiz


class ReviewScreen(Place):
    """Stands above the lesson that was opened, one question at a time; q goes to the lesson at once."""

    HELP = """\
Before a new lesson, questions of earlier ones come once more: what went wrong or took a hint, then what is long ago.
enter answers, n goes to the next question or to the lesson, q skips them all."""

    CSS = """
    ReviewScreen VerticalScroll { padding: 1 2 0 2; }
    ReviewScreen .where { color: $text-muted; margin: 0 0 1 0; height: auto; }
    """
    heading, way_out = "Before you begin", "q goes on to the lesson."
    BINDINGS = [
        Binding("n", "page(1)", "Next", priority=True, tooltip="The next question, or the lesson"),
        Binding("p", "page(-1)", "Before", show=False, priority=True),
        Binding("q", "skip", "Skip", priority=True, tooltip="Go to the lesson at once"),
        Binding("slash", "stay", show=False, priority=True),  # this and a term's page would lead away from the lesson
        Binding("l", "stay", show=False),
        Binding("tab,shift+tab", "stay", show=False, priority=True),  # there is nothing but the question
    ]

    def __init__(self, questions: list[Asked]) -> None:
        super().__init__()
        self.questions, self.at = questions, 0
        self.right: set[str] = set()  # what was answered rightly here stays so, with what led to it

    def compose(self) -> ComposeResult:
        """Header, a question, keys."""
        yield Header()
        yield VerticalScroll()
        yield KeyBar()

    async def on_mount(self) -> None:
        """Ask the first."""
        self.worker_changed(*host(self).worker_state)
        self.query_one(Header).left = self.heading
        await self._ask()

    async def _ask(self) -> None:
        asked = self.questions[self.at]
        self.query_one(Header).right = f"{self.at + 1}/{len(self.questions)}"
        view, progress = self.query_one(VerticalScroll), host(self).progress
        quiz = Quiz(asked.quiz, asked.name, host(self).lab_worker, progress.answers()[asked.name])
        with self.app.batch_update():
            await view.remove_children()
            if not self.is_attached:
                return
            where = f"Once more, from lesson {asked.lesson.number}, {asked.lesson.title}. {self.way_out}"
            await view.mount(Static(where, classes="where", markup=False), quiz)
        self.set_focus(quiz.first_focus())

    async def action_page(self, direction: int) -> None:
        """Go to another question; after the last to the lesson."""
        self.at = max(0, self.at + direction)
        if self.at < len(self.questions):
            await self._ask()
        else:
            self.action_skip()

    def action_skip(self) -> None:
        """Go to the lesson, if that was not done already."""
        if self.app.screen is self:
            self.at = min(self.at, len(self.questions) - 1)
            self.dismiss()

    def leave(self) -> None:
        """Note until when their lessons were thought about."""
        host(self).progress.left(self.questions[min(self.at, len(self.questions) - 1)].lesson.name)

    def action_stay(self) -> None:
        """Do nothing."""

    def on_quiz_answered(self, event: Quiz.Answered) -> None:
        """Keep the answer, a wrong one too: what was known once may have been forgotten."""
        if event.name not in self.right:
            host(self).progress.answered(event.name, event.given, event.right)
        if event.right:
            self.right.add(event.name)

    def on_quiz_hinted(self, event: Quiz.Hinted) -> None:
        """Keep which hints were used."""
        if event.name not in self.right:
            host(self).progress.hinted(event.name, event.step)


class MissedScreen(ReviewScreen):
    """Stands above home."""

    HELP = """\
The questions whose latest answer was wrong come once more; those that need the lab of their page are left to it.
enter answers, n goes to the next question, p to the one before, q goes back."""

    heading, way_out = "Review", "q goes back."
    BINDINGS = [
        Binding("n", "page(1)", "Next", priority=True, tooltip="The next question"),
        Binding("q", "skip", "Back", priority=True, tooltip="Back to the lessons and labs"),
    ]
