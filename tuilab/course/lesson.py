"""What a lesson is: its title, its pages, and the prose, labs and quizzes on them."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from tuilab.course.marks import Mark


class LessonError(Exception):
    """A mistake in a lesson: the file within the folder of lessons, the line, and one sentence.

    What it quotes may be anything; its text can be printed.
    """

    def __init__(self, file: str, line: int, sentence: str) -> None:
        told = f"{file}, line {line}: {sentence}"
        super().__init__("".join(character if character.isprintable() else "?" for character in told))
        self.file = file
        self.line = line
        self.sentence = sentence


@dataclass(frozen=True)
class Prose:
    """Markdown whose formulas are Unicode text already.

    Where it states numbers that experiments fill in, `live` has their marks, and `template` the text with holes.
    """

    text: str
    live: "tuple[Mark, ...]" = ()
    template: str = ""


@dataclass(frozen=True)
class LabBlock:
    """A lab beside the text: the spelling of what it opens, and the state that its panel is put into.

    `show` is of the type that the lab names in its spec module, None where the page asks for no state.
    """

    spelling: str
    show: Any
    line: int


@dataclass(frozen=True)
class Choice:
    """One choice of a quiz: its text, the value that it stands for, and what to say to who takes it.

    Where choices are many or put in order, each has instead an experiment and a path into its answer.
    """

    text: str
    value: Any = None
    why: str = ""
    experiment: str = ""
    answer: str = ""


@dataclass(frozen=True)
class Curve:
    """A curve that is marked where it first crosses a level: its numbers stand at 0 to `until` on an axis."""

    axis: str
    until: int
    crosses: float


@dataclass(frozen=True)
class QuizBlock:
    """A question; right is what the path `answer` gives in the answer to the spelling `experiment`.

    Of many choices those are right whose own values keep the `rule`; choices are put in the order of their values
    that it names. `hints` lead to it step by step. All texts are plain, with their formulas in Unicode. Where there is
    a `curve`, `answer` leads to its numbers, and right is where it crosses its level. One that is not `alone` cannot be
    answered without the lab of its page.
    """

    id: str
    ask: str
    kind: Literal["choose", "many", "number", "order"]
    choices: tuple[Choice, ...]
    experiment: str
    answer: str
    tolerance: float
    why: str
    line: int
    rule: str = ""
    hints: tuple[str, ...] = ()
    curve: Curve | None = None
    alone: bool = True


@dataclass(frozen=True)
class PredictBlock:
    """A number, or which of several choices comes first, to be said before the lab shows it.

    After a number the lab stands at the question's experiment, in the state `then` where that is not None; it is of
    the type that the experiment's lab names.
    """

    question: QuizBlock
    then: Any

    @property
    def id(self) -> str:
        """What it is known by, as a quiz is."""
        return self.question.id

    @property
    def line(self) -> int:
        """The line where it begins."""
        return self.question.line


@dataclass(frozen=True)
class ExerciseBlock:
    """An exercise of the lesson, by its name: what it is stands in its own folder."""

    name: str
    line: int


Segment = Prose | LabBlock | QuizBlock | PredictBlock | ExerciseBlock


@dataclass(frozen=True)
class Page:
    """One page: what stands on it, in order, and the line of its heading in the file.

    `marks` are those of its numbers; `unmarked` the lines of claims that have none.
    """

    title: str
    segments: tuple[Segment, ...]
    line: int
    marks: "tuple[Mark, ...]" = ()
    unmarked: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True)
class Lesson:
    """A lesson as the home screen lists it; its text is read when its pages are asked for."""

    number: int
    title: str
    summary: str
    minutes: int
    path: Path
    page_count: int
    quiz_count: int = 0
    exercise_count: int = 0

    @property
    def name(self) -> str:
        """The name of the lesson's folder, by which records know it."""
        return self.path.parent.name

    def pages(self) -> tuple[Page, ...]:
        """Cut the text into pages; it is read once. Raises LessonError at the first mistake."""
        return self._pages

    @cached_property
    def _pages(self) -> tuple[Page, ...]:
        from tuilab.course.cutter import cut

        pages, mistakes = cut(self.path)
        if mistakes:
            raise mistakes[0]
        return pages
