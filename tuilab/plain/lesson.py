"""A lesson in plain lines: a page, its lab, its questions."""

import sys
from collections.abc import Sequence

from tuilab.course.asleft import as_left
from tuilab.course.leftoff import after_last_page
from tuilab.course.lesson import ExerciseBlock, LabBlock, Lesson, PredictBlock, Prose, QuizBlock
from tuilab.course.marks import fill_in
from tuilab.course.quiz import state_after
from tuilab.course.review import review
from tuilab.labs import spelling
from tuilab.labs.leftthere import left_there
from tuilab.labs.spec import Spec
from tuilab.plain.bench import Bench, answer_to
from tuilab.plain.exercise import say_exercise
from tuilab.plain.labroom import WithLab
from tuilab.plain.lines import Lines
from tuilab.plain.markdown import say_markdown
from tuilab.plain.questions import Questions
from tuilab.plain.review import ReviewRoom
from tuilab.plain.rooms import Command
from tuilab.records.folders import runs_folder
from tuilab.records.progress import Progress


class LessonRoom(WithLab):
    """The pages of a lesson; the lab stays as the learner left it while the pages ask for the same.

    Raises LessonError where the lesson has a mistake.
    """

    def __init__(self, lines: Lines, lesson: Lesson, progress: Progress, before: Sequence[Lesson] = ()) -> None:
        super().__init__(lines)
        self.before = before  # the lessons that may be asked about before this one opens
        self.lesson, self.pages, self.progress = lesson, lesson.pages(), progress
        self.page = min(progress.last_page(lesson.name) or 1, len(self.pages)) - 1
        self.opened: LabBlock | None = None
        self.kept: Bench | None = None
        self.as_left: Spec | None = None  # where the lab of this page stands as the learner left it
        self.noted: Spec | None = None  # how the record has it, or where a prediction has put it
        self.questions = Questions([], lesson.name, lines, progress)

    def enter(self) -> None:
        """Ask what is due of earlier lessons; say which lesson it is, and show the page where the learner left it."""
        if questions := review(self.before, self.lesson, self.progress):
            ReviewRoom(self.lines, questions, self.progress).stay()
        self.lines.say(f"Lesson {self.lesson.number}: {self.lesson.title}")
        self.lines.say(
            "n turns to the next page, p to the one before, q leaves. ? tells what else can be typed, and what to type "
            "where a page names a key of the screen."
        )
        self._show()
        if self.progress.damage:
            self.lines.say(self.progress.damage)

    def commands(self) -> list[Command]:
        """What can be typed in a lesson."""
        return [
            Command(("n", "next"), "n", "the next page", lambda rest: self._turn(self.page + 1)),
            Command(("p", "previous"), "p", "the page before", lambda rest: self._turn(self.page - 1)),
            Command(("page",), "page 3, or 3", "turn to a page; page alone prints this one again", self._to),
            Command(("pages",), "pages", "the titles of all pages", self._list),
            Command(("answer",), "answer b, or b", "answer the question of the page", self._answer),
            Command(("hint", "h"), "hint", "a hint to the question, and then another", self._hint),
            *super().commands(),
        ]

    def otherwise(self, typed: str) -> bool:
        """Answers go before commands, so that c is the third choice; a number that is none turns the page."""
        if self.questions.takes(typed):
            self.questions.answer(typed)
        elif typed.isdecimal():
            self._to(typed)
        else:
            return False
        self._say_problem()
        return True

    def obey(self, typed: str) -> None:
        """Do what was typed, and keep how that has set the lab of the page."""
        super().obey(typed)
        self._note_lab()

    def _show(self) -> None:
        page = self.pages[self.page]
        self.progress.refresh()
        self._use_lab()
        quizzes = [block for block in page.segments if isinstance(block, QuizBlock | PredictBlock)]
        self.questions = Questions(quizzes, self.lesson.name, self.lines, self.progress, seen=self._turn_lab)
        self.lines.say()
        self.lines.say(f"Page {self.page + 1} of {len(self.pages)}: {page.title}", hanging="  ")
        for segment in page.segments:
            self.lines.say()
            if isinstance(segment, Prose):
                say_markdown(self.lines, self._filled_in(segment))
            elif isinstance(segment, QuizBlock | PredictBlock):
                self.questions.say(segment)
            elif isinstance(segment, ExerciseBlock):
                say_exercise(self.lines, self.lesson, segment, self.progress)
            else:
                self.say_lab()
                if self.as_left is not None:
                    self.lines.say("It stands as you left it; undo gives the page's own.", "  ")
                self._say_left()
        self.progress.page_seen(self.lesson.name, self.page + 1)
        self._say_problem()

    def _say_left(self) -> None:
        """Say that the lab of a page was trained before, where the page is not new to the learner."""
        if self.bench is None or self.bench.training is not None:
            return
        seen = self.page + 1 in self.progress.pages(self.lesson.name)
        if left := left_there(runs_folder(), self.bench.spec) if seen else None:
            fate = f"is {left.finished}, at" if left.finished else "was left at"
            how = "tells of it" if left.finished else "on goes on with it"
            said = f"A training of it {fate} step {left.step:,}; at home, run {left.name} {how}."
            self.lines.say(said, "  ", "  ")

    def _filled_in(self, prose: Prose) -> str:
        """A text with the numbers of experiments in it; as it is written where they give none.

        Reading alone loads no torch: before a lab was asked numbers stand as they are written, which is checked.
        """
        if "torch" not in sys.modules:
            return prose.text
        try:
            answers = {mark.by: answer_to(spelling.parse(mark.by), self.lines.say) for mark in prose.live}
        except (ValueError, RuntimeError, MemoryError):
            return prose.text
        return fill_in(prose.template, prose.live, answers) if prose.live else prose.text

    def _use_lab(self) -> None:
        """Put the lab into the state that the page asks for, or that it was left in; else leave it alone."""
        block = self._lab_block
        if block is None:
            self.bench = self.as_left = self.noted = None
            return
        self.as_left = as_left(self.lesson.name, self.page + 1, block, self.progress)
        self._open_lab(block)
        self.bench = self.kept
        self.noted = self.bench.spec if self.bench is not None else None

    def _open_lab(self, block: LabBlock) -> None:
        own = spelling.parse(block.spelling)
        spec = self.as_left or own
        same = self.opened and (block.spelling, block.show) == (self.opened.spelling, self.opened.show)
        if same and self.kept and self.as_left in (None, self.kept.spec):
            return
        if self.opened and self.kept and block.spelling == self.opened.spelling and self.kept.spec == spec:
            self.kept.show = block.show  # what was trained stays
        else:
            self._close()
            self.kept = Bench(own, self.lines.say, block.show)
            self.kept.turn_to(spec, block.show)
        self.opened = block

    @property
    def _lab_block(self) -> LabBlock | None:
        return next((part for part in self.pages[self.page].segments if isinstance(part, LabBlock)), None)

    def _note_lab(self) -> None:
        """Keep how the learner has set the lab of this page, where that is something new."""
        block, bench = self._lab_block, self.bench
        if block is not None and bench is not None and bench.spec != self.noted:
            self.noted = bench.spec
            spelled = "" if bench.spec == spelling.parse(block.spelling) else spelling.spell(bench.spec)
            self.progress.lab_set(self.lesson.name, self.page + 1, block.spelling, spelled)

    def _turn_lab(self, block: PredictBlock) -> None:
        """Let the lab stand at what was predicted."""
        state, bench = state_after(block), self.bench
        if state is None or bench is None or bench.spec.kind != state[0].kind:
            return
        before, trained = (bench.spec, bench.show), bench.training
        bench.turn_to(*state)
        self.noted = bench.spec  # which is no change of the learner's
        if (bench.spec, bench.show) != before:
            self.say_lab()
        if bench.spec != before[0]:
            gone = " What was trained is gone." if trained else ""
            self.lines.say(f"undo goes back to what it stood at.{gone}", "  ")

    def left(self) -> None:
        """Leave what was trained to others, and note when the lesson was left."""
        self._close()
        self.progress.left(self.lesson.name)

    def _close(self) -> None:
        if self.kept is not None:
            self.kept.close()

    def _turn(self, page: int) -> None:
        if page < 0:
            raise ValueError("This is the first page; n turns to the next.")
        if page >= len(self.pages):
            raise ValueError(f"{after_last_page(self.lesson, self.before, self.progress)} q leaves the lesson.")
        self.page = page
        self._show()

    def _to(self, rest: str) -> None:
        number = int(rest) if rest.isdecimal() and len(rest) < 10 else self.page + 1 if not rest else 0
        if not 1 <= number <= len(self.pages):
            raise ValueError(f"There is no page {rest}; the pages are 1 to {len(self.pages)}.")
        self._turn(number - 1)

    def _list(self, rest: str) -> None:
        seen = self.progress.pages(self.lesson.name)
        for number, page in enumerate(self.pages, start=1):
            state = " (here)" if number == self.page + 1 else " (seen)" if number in seen else ""
            self.lines.say(f"{number}. {page.title}{state}", hanging="    ")

    def _answer(self, rest: str) -> None:
        self.questions.answer(rest)
        self._say_problem()

    def _hint(self, rest: str) -> None:
        self.questions.hint()
        self._say_problem()

    def _say_problem(self) -> None:
        if self.progress.problem:
            self.lines.say(self.progress.problem)
