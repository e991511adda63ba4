"""The course as a list: type a number to open a lesson, a name or a spelling to open a lab."""

from tuilab.course.leftoff import left_off
from tuilab.course.lesson import Lesson, LessonError
from tuilab.course.reader import not_there
from tuilab.course.review import count_told, missed
from tuilab.labs import catalogue, spelling
from tuilab.labs.spec import Spec
from tuilab.plain.labroom import LabRoom
from tuilab.plain.lesson import LessonRoom
from tuilab.plain.lines import Lines
from tuilab.plain.review import MissedRoom
from tuilab.plain.rooms import Command, Room
from tuilab.plain.runs import WITH_ONE, RunShelf
from tuilab.records.folders import runs_folder
from tuilab.records.progress import Progress
from tuilab.records.runs import give_up
from tuilab.records.shelf import newest_left
from tuilab.records.timespent import long_told


class HomeRoom(Room):
    """The lessons and the labs."""

    def __init__(self, lines: Lines, lessons: list[Lesson], mistakes: list[LessonError], progress: Progress) -> None:
        super().__init__(lines)
        self.lessons, self.mistakes, self.progress = lessons, mistakes, progress
        self.runs = RunShelf(lines, self._open_lab)

    def enter(self) -> None:
        """List them."""
        self.lines.say("tuilab: recurrent networks by hand")
        self.lines.say("Type the number of a lesson, or the name of a lab; ? tells what else can be typed, q leaves.")
        self._list("")

    def commands(self) -> list[Command]:
        """What can be typed at home."""
        return [
            Command(("list",), "list", "the lessons and labs again", self._list),
            Command(("g", "go"), "g", "go on where you left off", self._go_on),
            Command(("r", "review"), "r", "once more the questions that went wrong", self._review),
            Command(("t",), "t", "train on what was left", self._train_on),
            Command(("runs", "u"), "runs, runs 50, runs gru", "the trainings that were kept", self.runs.list_them),
            Command(("run",), "run 1", f"tell of one of them; {WITH_ONE}", self.runs.act),
            Command(("lesson",), "lesson 2, or 2", "open a lesson", self._lesson),
            Command(("open",), "open forecast cell=gru, or forecast cell=gru", "open a lab", self._lab),
            *super().commands(),
        ]

    def otherwise(self, typed: str) -> bool:
        """A number opens a lesson, a lab's name or spelling a lab."""
        if typed.isdecimal():
            self._lesson(typed)
        elif typed.split(maxsplit=1)[0] in catalogue.kinds():
            self._lab(typed)
        else:
            return False
        return True

    def _list(self, rest: str) -> None:
        self.progress.refresh()
        self.lines.say()
        self.lines.say("Lessons")
        for lesson in self.lessons:
            self.lines.say(
                f"{lesson.number}. {lesson.title}: {lesson.summary}. {self._how_far(lesson)}.", "  ", "     "
            )
        if spent := sum(self.progress.seconds(lesson.name) for lesson in self.lessons):
            self.lines.say(f"Time spent in all: {long_told(spent)}, breaks of five minutes and more left out.", "  ")
        if gaps := not_there(self.lessons, self.mistakes):
            self.lines.say(f"Not there yet: {', '.join(map(str, gaps))}.", "  ")
        self.lines.say()
        self.lines.say("Labs")
        for name, summary in catalogue.SUMMARIES.items():
            self.lines.say(f"{name}: {summary}", "  ", "     ")
        for mistake in self.mistakes:
            self.lines.say(f"This lesson has a mistake and is left out: {mistake}")
        place = left_off(self.lessons, self.progress)
        if place:
            lesson, page = place
            self.lines.say()
            self.lines.say(f"g goes on with lesson {lesson.number}, page {page} of {lesson.page_count}.")
        if questions := missed(self.lessons, self.progress):
            self.lines.say(f"r reviews {count_told(questions)} that went wrong.")
        if left := newest_left(runs_folder()):
            self.lines.say(f"t trains on {spelling.shown(left.spelling)} from step {left.step:,}.")
        for sentence in filter(None, (self.progress.problem, self.progress.damage)):
            self.lines.say(sentence)

    def _how_far(self, lesson: Lesson) -> str:
        seen = len([page for page in self.progress.pages(lesson.name) if page <= lesson.page_count])
        right, answered = self.progress.score(lesson.name)
        told = f"{lesson.minutes} minutes, {lesson.page_count} pages"
        told += f", {seen} seen" if seen else ""
        spent = self.progress.seconds(lesson.name)
        told += f", {long_told(spent)} spent" if spent else ""
        told += f", {right} of {lesson.quiz_count} answers right" if answered else ""
        solved = self.progress.solved(lesson.name)
        return told + (f", {solved} of {lesson.exercise_count} exercises solved" if solved else "")

    def _go_on(self, rest: str) -> None:
        place = left_off(self.lessons, self.progress)
        if place is None:
            raise ValueError("There is nothing to go on with yet; type the number of a lesson.")
        self._open(place[0])

    def _review(self, rest: str) -> None:
        questions = missed(self.lessons, self.progress)
        if not questions:
            raise ValueError("There is no question that went wrong and was not right since.")
        MissedRoom(self.lines, questions, self.progress).stay()
        self._back()

    def _train_on(self, rest: str) -> None:
        left = newest_left(runs_folder())
        if left is None:
            raise ValueError("No training was left that could be gone on with.")
        try:
            spec = spelling.parse(left.spelling)
        except spelling.SpellingError as error:  # of another version
            give_up(runs_folder(), left.name, str(error))
            raise ValueError(f"That run cannot be gone on with. {error}") from None
        self._open_lab(spec, left.name)

    def _open_lab(self, spec: Spec, run: str = "") -> None:
        LabRoom(self.lines, spec, run).stay()
        self._back()

    def _lesson(self, rest: str) -> None:
        lesson = next((lesson for lesson in self.lessons if str(lesson.number) == rest), None)
        if lesson is None:
            numbers = ", ".join(str(lesson.number) for lesson in self.lessons)
            raise ValueError(f"There is no lesson {rest}. There are: {numbers}.")
        self._open(lesson)

    def _open(self, lesson: Lesson) -> None:
        try:
            room = LessonRoom(self.lines, lesson, self.progress, self.lessons)
        except LessonError as error:
            raise ValueError(f"This lesson has a mistake. {error}") from None
        room.stay()
        self._back()

    def _lab(self, rest: str) -> None:
        spec = spelling.parse(rest)
        if spec.kind not in catalogue.NAMES:
            raise ValueError(f"{spec.kind} is no lab but a question to a run of one; open that lab, train, then ask.")
        self._open_lab(spec)

    def _back(self) -> None:
        self.lines.say("Back at the lessons and labs; list prints them.")
