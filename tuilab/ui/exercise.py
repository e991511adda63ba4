"""An exercise on a page: its task, how far it is, the ways to write it; it is checked whenever its file is saved."""

from typing import Any

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.reactive import reactive
from textual.widgets import Static

from tuilab.course.exercises import Exercise
from tuilab.course.lesson import LessonError
from tuilab.exercises.client import REFUSED
from tuilab.exercises.telling import file_of, shown_lines, told, without_task
from tuilab.exercises.verdict import Verdict
from tuilab.records.folders import exercises_folder, is_restricted
from tuilab.records.folders import told as told_path
from tuilab.records.worksheets import begin, begin_anew, state_of, worksheet
from tuilab.ui.editing import EditingError, edit_in, own_editor
from tuilab.ui.host import host
from tuilab.ui.prose import prose, spelled, with_code
from tuilab.ui.solution import SolutionScreen
from tuilab.widgets.text import folded, put

LOOK = 0.3  # seconds from one look at the file to the next


class ExerciseBox(Vertical, can_focus=True):
    """Shows an exercise of a lesson, or what is wrong with it."""

    HELP = """\
An exercise: you write a little Python, and it is checked each time the file is saved, from any editor.
e opens it in your own editor, the one that VISUAL or EDITOR names; i opens it in an editor here. enter checks it once
more. up, down, pgup and pgdn scroll the page.
h gives a hint, and then another. c shows a solution; it asks once before. What you have written stands beside it where
100 columns are there, else tab shows it.
r begins anew; it asks once before, and what you had written is kept beside it.
What you write is run in a process of its own, with limits on time, memory and output: they guard against accidents."""

    BINDINGS = [
        Binding("e", "edit", "Your editor", tooltip="Write it in your own editor, which VISUAL or EDITOR names"),
        Binding("i", "edit_here", "Edit here", tooltip="Write it in an editor here"),
        Binding("enter", "check", "Check", tooltip="Check the file as it is saved"),
        Binding("h", "hint", "Hint", tooltip="A hint; the next one with each press"),
        Binding("c", "solution", "Solution", tooltip="A solution, beside what you have written"),
        Binding("r", "begin_anew", "Begin anew", tooltip="Begin anew; what you have written is kept"),
    ]
    DEFAULT_CSS = """
    ExerciseBox { height: auto; border-left: outer $primary; padding: 0 0 0 1; }
    ExerciseBox Static { height: auto; }
    ExerciseBox .ask { text-style: bold; margin: 0 0 1 0; }
    ExerciseBox .hints, ExerciseBox .file { color: $text-muted; }
    ExerciseBox .verdict.right { color: $success; }
    ExerciseBox .verdict.wrong { color: $warning; }
    ExerciseBox .verdict.muted { color: $text-muted; }
    """

    said: reactive[tuple[str, str]] = reactive(("", "muted"))
    """What came of the last check, or that there was none; and what kind of sentence that is."""

    def __init__(self, exercise: Exercise | LessonError) -> None:
        super().__init__()
        self.exercise = exercise if isinstance(exercise, Exercise) else None
        self.mistake = str(exercise) if isinstance(exercise, LessonError) else REFUSED if is_restricted() else ""
        self._seen: tuple[int, ...] | None = None
        self._checking = self._asked = False
        self._given_up: tuple[int, ...] | None = None  # the file as it was when r was pressed
        self._told = ""  # the part that said something last
        self.place: tuple[int, int] | None = None  # of the cursor in the editor here, when it was left

    def compose(self) -> ComposeResult:
        """The title and the task, hints that were asked for, where the file is, the verdict."""
        if self.exercise is not None:
            yield Static(spelled(f"Exercise: {self.exercise.title}", self), classes="ask", markup=False)
            yield prose(self.exercise.task, self)
            yield Static("", classes="hints", markup=False)
            yield Static(self._where(), classes="file", markup=False)
        yield Static(self.mistake, classes="verdict muted", markup=False)

    def on_mount(self) -> None:
        """Let torch be loaded for the checks, and look at the file again and again."""
        if self.exercise is None or self.mistake:
            return
        self._show_hints()
        self.say("Not begun yet.")
        try:
            host(self).checks.start()
        except OSError as error:
            self.say(f"Nothing can be checked: {error.strerror}.", "wrong")
        self.look()
        self.set_interval(LOOK, self.look)

    @property
    def file(self) -> Any:
        """The learner's file."""
        assert self.exercise is not None
        return worksheet(exercises_folder(), self.exercise.lesson, self.exercise.name)

    def first_focus(self) -> "ExerciseBox":
        """What takes the keys."""
        return self

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There are no keys where the exercise cannot be shown, and no hint after the last."""
        if self.exercise is None or self.mistake:
            return False
        return action != "hint" or self._worked().hints < len(self.exercise.hints)

    def look(self) -> None:
        """Check the file if it is another than before."""
        now = state_of(self.file)
        if now is not None and now != self._seen:
            self._seen = now
            self._begin_check()

    def action_check(self) -> None:
        """Check the file once more."""
        if state_of(self.file) is None:
            self.say("Not begun yet: e and i begin it.")
        else:
            self._begin_check()

    def action_edit(self) -> None:
        """Step aside for the learner's own editor; where none is named, use the one here."""
        editor = own_editor()
        if not self._begin():
            return
        if editor is None:
            self.action_edit_here()
            return self.app.notify("VISUAL and EDITOR name no editor; this is the one here.", timeout=6)
        try:
            edit_in(self.app, editor, self.file)
        except EditingError as error:
            self.app.notify(str(error), severity="error", timeout=8, markup=False)
        self.look()
        return None

    def action_edit_here(self) -> None:
        """Open the editor here."""
        from tuilab.ui.editor import EditorScreen

        if self._begin():
            self.app.clear_notifications()
            self.app.push_screen(EditorScreen(self))

    def action_hint(self) -> None:
        """Show the next hint."""
        assert self.exercise is not None
        host(self).progress.exercised(self.exercise.id, "hint", self._worked().hints + 1)
        self._show_hints()
        self._told = ".hints"
        self.call_after_refresh(self.keep_in_sight)
        self.refresh_bindings()

    def action_solution(self) -> None:
        """Show a solution: at once where it is solved, else once it was asked for twice."""
        assert self.exercise is not None
        worked = self._worked()
        if not (worked.solved or worked.solution or self._asked):
            self._asked = True
            self.app.notify("It is not solved yet. c once more shows a solution, and it is noted.", timeout=6)
            return
        self.app.clear_notifications()
        host(self).progress.exercised(self.exercise.id, "solution")
        mine = without_task(self.file.read_text("utf-8", "replace")) if self.file.exists() else ""
        solution = self.exercise.solution.read_text("utf-8")
        self.app.push_screen(SolutionScreen(f"{self.exercise.title}: a solution", solution, shown_lines(mine)))

    def action_begin_anew(self) -> None:
        """Put the starter there again once it was asked for twice, and keep what was written."""
        assert self.exercise is not None
        now, before = state_of(self.file), self._given_up
        self._given_up = now
        if now not in (None, before):
            return self.app.notify("r once more begins anew; what is there is kept.", timeout=6)
        self.app.clear_notifications()
        try:
            kept = begin_anew(self.file, file_of(self.exercise))
        except OSError as error:
            return self.say(f"The file cannot be written: {error.strerror}.", "wrong")
        self.place = None
        if kept is not None:
            self.app.notify(f"What you had written is kept in {told_path(kept)}", timeout=8, markup=False)
        self.look()
        return None

    def say(self, sentence: str, kind: str = "muted") -> None:
        """Say how it stands."""
        solved = "Solved before. " if kind != "right" and self._worked().solved else ""
        self.said = f"{solved}{sentence}", kind

    def watch_said(self, said: tuple[str, str]) -> None:
        """Show what is said."""
        for verdict in self.query(".verdict").results(Static):
            if said[0]:
                verdict.update(marked(said, self))
                verdict.set_classes(f"verdict {said[1]}")
                if said[1] != "muted":
                    self._told = ".verdict"
                    self.call_after_refresh(self.keep_in_sight)

    def keep_in_sight(self) -> None:
        """Show what was told last; there may be less room than when it was told, for a scroll bar or another key."""
        for shown in self.query(self._told).results(Static) if self._told else ():
            shown.scroll_visible(animate=False)

    def on_resize(self) -> None:
        """Lines may have been wrapped anew."""
        for where in self.query(".file").results(Static):
            put(where, folded(self._where(), self.size.width))
        self.keep_in_sight()

    def _where(self) -> str:
        return f"Your file: {told_path(self.file)}"

    def _begin(self) -> bool:
        assert self.exercise is not None
        try:
            begin(self.file, file_of(self.exercise))
        except OSError as error:
            self.say(f"The file cannot be written: {error.strerror}.", "wrong")
            return False
        return True

    def _begin_check(self) -> None:
        if not self._checking:
            self._checking = True
            self.run_worker(self._check(), group="check")

    async def _check(self) -> None:
        """Check until the file is as it was when the last check began."""
        assert self.exercise is not None
        checks, progress, verdict, checked = host(self).checks, host(self).progress, None, None
        self.say("Checking…")
        try:
            while verdict is None or checked != self._seen:
                checked = self._seen
                verdict = await checks.check(self.exercise)
        finally:
            self._checking = False
        if verdict.is_right:
            progress.exercised(self.exercise.id, "solved")
        if self.is_attached:
            self.say(*sentence_of(verdict))
            self.refresh_bindings()

    def _worked(self) -> Any:
        assert self.exercise is not None
        return host(self).progress.worked(self.exercise.id)

    def _show_hints(self) -> None:
        assert self.exercise is not None
        hints, shown = self.exercise.hints, self._worked().hints
        lines = (f"hint {step} of {len(hints)}: {text}" for step, text in enumerate(hints[:shown], start=1))
        line = self.query_one(".hints", Static)
        line.update(with_code("\n".join(lines), self))
        line.display = bool(shown)


def sentence_of(verdict: Verdict) -> tuple[str, str]:
    """What is said of a verdict, and of which kind that is."""
    return "\n".join(told(verdict)), "right" if verdict.is_right else "wrong"


def marked(said: tuple[str, str], node: Any) -> Content:
    """What is said, with its mark before it."""
    return with_code({"right": "✓ ", "wrong": "✗ "}.get(said[1], "") + said[0], node)
