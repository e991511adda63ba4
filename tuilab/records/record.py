"""What the entries of the record add up to.

They count in the order of their file, whatever the clock said.
"""

from typing import Any, NamedTuple

from tuilab.records.entries import Answered, Entry, Exercised, Hinted, LabSet, Left, PageSeen, Predicted
from tuilab.records.timespent import TimeSpent


class Worked(NamedTuple):
    """Whether an exercise was solved, how many hints were shown, and whether the solution was."""

    solved: bool = False
    hints: int = 0
    solution: bool = False

    def after(self, entry: Exercised) -> "Worked":
        """The same after one thing more was done; what is not known here changes nothing."""
        hints = max(self.hints, entry.step if entry.did == "hint" else 0)
        return Worked(self.solved or entry.did == "solved", hints, self.solution or entry.did == "solution")


class Record:
    """What a learner has seen, answered and set."""

    def __init__(self) -> None:
        self.forget()

    def forget(self) -> None:
        """Begin anew."""
        self._pages: dict[str, dict[int, None]] = {}
        self._begun: set[str] = set()
        self._last_place: tuple[str, int] | None = None
        self._answers: dict[str, Answered] = {}
        self._hints: dict[str, int] = {}  # these two since the last right answer
        self._wrong: dict[str, int] = {}
        self._trouble: dict[str, int] = {}
        self._predictions: dict[str, Predicted] = {}
        self._labs: dict[tuple[str, int], LabSet] = {}
        self._worked: dict[str, Worked] = {}
        self._settings: dict[str, Any] = {}
        self._time = TimeSpent()

    def take(self, entry: Entry) -> None:
        """Add an entry."""
        match entry:
            case PageSeen():
                self._take_page(entry)
                self._time.note(entry.lesson, entry.time)
            case Answered():
                self._take_answer(entry)
                self._time.note(_lesson_of(entry.quiz), entry.time)
            case Predicted():
                self._predictions[entry.predict] = entry
                self._time.note(_lesson_of(entry.predict), entry.time)
            case Hinted():
                self._hints[entry.hint] = max(entry.step, self.hints(entry.hint))
                self._time.note(_lesson_of(entry.hint), entry.time)
            case LabSet():
                self._labs[entry.lab, entry.page] = entry
                self._time.note(entry.lab, entry.time)
            case Left():
                self._time.left(entry.left, entry.time)
            case Exercised():
                self._worked[entry.exercise] = self.worked(entry.exercise).after(entry)
                self._time.note(_lesson_of(entry.exercise), entry.time)
            case _:
                self._settings[entry.setting] = entry.value

    def prediction(self, name: str) -> Predicted | None:
        """Find what was predicted last; None where nothing was."""
        return self._predictions.get(name)

    def hints(self, quiz: str) -> int:
        """Say how many hints to a quiz were shown since its last right answer."""
        return self._hints.get(quiz, 0)

    def trouble(self, quiz: str) -> int:
        """Say how many wrong answers and hints led to a quiz's newest right answer, since the right one before it."""
        return self._trouble.get(quiz, 0)

    def pages(self, lesson: str) -> set[int]:
        """List the pages of a lesson that were seen."""
        return set(self._pages.get(lesson, ()))

    def begun(self, lesson: str) -> bool:
        """Whether a lesson is being read; jumps to single pages of it do not begin it."""
        return lesson in self._begun

    def last_page(self, lesson: str) -> int | None:
        """Find the page of a lesson that was seen last."""
        return next(reversed(self._pages.get(lesson, {})), None)

    def last_place(self) -> tuple[str, int] | None:
        """Find the lesson and page that were seen last."""
        return self._last_place

    def answers(self) -> dict[str, bool]:
        """Say of each quiz that was answered whether its latest answer was right."""
        return {quiz: answer.right for quiz, answer in self._answers.items()}

    def score(self, lesson: str) -> tuple[int, int]:
        """Count the quizzes of a lesson that were ever answered rightly, and all that were answered."""
        answered = [quiz for quiz in self._answers if _lesson_of(quiz) == lesson]
        return sum(quiz in self._trouble for quiz in answered), len(answered)

    def solved(self, lesson: str) -> int:
        """Count the exercises of a lesson that are solved."""
        return sum(worked.solved for name, worked in self._worked.items() if _lesson_of(name) == lesson)

    def latest(self) -> dict[str, Answered]:
        """Find the latest answer to each quiz: first what was answered longest ago."""
        return dict(self._answers)

    def lab(self, lesson: str, page: int, own: str) -> str:
        """How the lab of a page was left that spells it `own`; empty where that is as the page has it."""
        found = self._labs.get((lesson, page))
        return found.spelling if found is not None and found.own == own else ""

    def worked(self, exercise: str) -> "Worked":
        """What was done with an exercise, which is named as a quiz is."""
        return self._worked.get(exercise, Worked())

    def seconds(self, lesson: str) -> float:
        """How long a learner was at a lesson."""
        return self._time.seconds.get(lesson, 0.0)

    def setting(self, name: str) -> Any:
        """Find a setting; None where it was never made."""
        return self._settings.get(name)

    def _take_page(self, entry: PageSeen) -> None:
        seen = self._pages.setdefault(entry.lesson, {})
        seen.pop(entry.page, None)
        seen[entry.page] = None
        self._last_place = entry.lesson, entry.page
        if not entry.jumped:
            self._begun.add(entry.lesson)

    def _take_answer(self, entry: Answered) -> None:
        self._answers.pop(entry.quiz, None)
        self._answers[entry.quiz] = entry
        if entry.right:
            self._trouble[entry.quiz] = self._wrong.pop(entry.quiz, 0) + self._hints.pop(entry.quiz, 0)
        else:
            self._wrong[entry.quiz] = self._wrong.get(entry.quiz, 0) + 1


def _lesson_of(quiz: str) -> str:
    """The lesson of a quiz, which is named `lesson/id`."""
    return quiz.partition("/")[0]
