"""Questions once more: two of earlier lessons before a new one opens, or all that were missed."""

from tuilab.course.review import Asked
from tuilab.plain.lines import Lines
from tuilab.plain.questions import Questions
from tuilab.plain.rooms import Command, Leave, Room
from tuilab.records.progress import Progress


class ReviewRoom(Room):
    """Asks them one by one; a right answer, or n, goes on, and after the last to the lesson."""

    opening = "Before you begin: questions from earlier lessons. n goes on to the next one, q to the lesson."
    after = "the lesson"

    def __init__(self, lines: Lines, questions: list[Asked], progress: Progress) -> None:
        super().__init__(lines)
        self.due, self.progress = list(questions), progress

    def enter(self) -> None:
        """Ask the first."""
        self.lines.say(self.opening)
        self._ask()

    def commands(self) -> list[Command]:
        """What can be typed."""
        return [
            Command(("answer",), "answer b, or b", "answer the question", self._answer),
            Command(("hint", "h"), "hint", "a hint to the question, and then another", lambda rest: self.asked.hint()),
            Command(("n", "next", "skip"), "n", f"the next question, or {self.after}", lambda rest: self._on()),
            *super().commands(),
        ]

    def otherwise(self, typed: str) -> bool:
        """Answers go before commands."""
        if not self.asked.takes(typed):
            return False
        self._answer(typed)
        return True

    def _ask(self) -> None:
        lesson, quiz = self.due[0]
        self.asked = Questions([quiz], lesson.name, self.lines, self.progress, again=True)
        self.lines.say()
        self.lines.say(f"From lesson {lesson.number}, {lesson.title}:")
        self.asked.say(quiz)

    def _answer(self, typed: str) -> None:
        self.asked.answer(typed)
        if self.asked.right:
            self._on()

    def left(self) -> None:
        """Note until when the last one was thought about."""
        self.progress.left(self.asked.lesson)

    def _on(self) -> None:
        del self.due[0]
        if not self.due:
            self.lines.say()
            raise Leave
        self._ask()


class MissedRoom(ReviewRoom):
    """Asks from home what was missed."""

    opening = "Review: questions whose latest answer was wrong. n goes on to the next one, q back."
    after = "back"
