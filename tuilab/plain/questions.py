"""The questions of a page: asked, and judged by the lab as everywhere else."""

import re
from collections.abc import Callable, Sequence

from tuilab.course.lesson import PredictBlock, QuizBlock
from tuilab.course.quiz import KNOWN, Given, judge, judge_prediction, needed, written
from tuilab.labs import spelling
from tuilab.labs.edits import read_number
from tuilab.plain.bench import answer_to
from tuilab.plain.lines import Lines
from tuilab.records.progress import Progress

_NUMBER = re.compile(r"[-+−.,\de]*\d[-+−.,\de]*")  # as it is meant, not as it is read


class Questions:
    """What a page asks; `open` is the question that an answer is for: the first that has no right answer yet.

    What is asked `again` may have been forgotten: a wrong answer then counts after a right one. `seen` hears of each
    prediction that was made.
    """

    def __init__(
        self,
        blocks: Sequence[QuizBlock | PredictBlock],
        lesson: str,
        lines: Lines,
        progress: Progress,
        *,
        again: bool = False,
        seen: Callable[[PredictBlock], None] = lambda block: None,
    ) -> None:
        self.predictions = {block.id: block for block in blocks if isinstance(block, PredictBlock)}
        self.blocks = [block.question if isinstance(block, PredictBlock) else block for block in blocks]
        self.lesson, self.lines, self.progress = lesson, lines, progress
        self.again, self.seen = again, seen
        self.right: set[str] = set()  # and predictions that were made
        self.hinted: dict[str, int] = {}  # how many hints were given here

    @property
    def open(self) -> QuizBlock | None:
        """The question that is answered next; the last one stays open. None where nothing is asked."""
        left = [block for block in self.blocks if block.id not in self.right]
        return next(iter(left or self.blocks[-1:]), None)

    def say(self, block: QuizBlock | PredictBlock) -> None:
        """Ask a question, or for a prediction."""
        if isinstance(block, PredictBlock):
            block = block.question
        what = "First predict" if block.id in self.predictions else "Question"
        self.lines.say(f"{what}: {block.ask}", hanging="  ")
        for letter, choice in zip(_letters(block), block.choices, strict=True):
            self.lines.say(f"{letter}) {choice.text}", "  ", "     ")
        how = _how(block, _kind(self, block))
        if block.hints:
            how += " hint gives a hint."
        before = KNOWN[self.progress.answers().get(self._name(block))]
        self.lines.say(f"{how} {before}".strip())

    def takes(self, typed: str) -> bool:
        """Whether a line is meant as an answer: letters of the choices, or a number where one is asked for."""
        block = self.open
        if block is None:
            return False
        kind = _kind(self, block)
        if kind != "number":
            letters = _typed_letters(typed)
            most = 1 if kind == "choose" else len(block.choices)
            return 0 < len(letters) <= most and set(letters) <= set(_letters(block))
        return _NUMBER.fullmatch(typed) is not None

    def answer(self, typed: str) -> None:
        """Judge an answer, say why, and keep it. Raises ValueError where it is none."""
        block = self.open
        if block is None:
            raise ValueError("There is no question on this page.")
        given = _read(block, typed, _kind(self, block))
        answers = {each: answer_to(spelling.parse(each), self.lines.say) for each in needed(block)}
        if block.id in self.predictions:
            verdict = judge_prediction(block, given, answers)
            self.right.add(block.id)
            self.progress.predicted(self._name(block), written(block, given), verdict.right)
            self.lines.say(verdict.sentence)
            return self.seen(self.predictions[block.id])
        verdict = judge(block, given, answers)
        self._keep(block, written(block, given), verdict.right)
        if verdict.right:
            self.lines.say(verdict.sentence)
        else:
            self.lines.say(f"Not right. {verdict.sentence} You can answer again.")
        return None

    def hint(self) -> None:
        """Give the next hint to the open question. Raises ValueError where there is none."""
        block = self.open
        if block is None:
            raise ValueError("There is no question on this page.")
        if not block.hints:
            raise ValueError("There is no hint to this question.")
        given = max(self.hinted.get(block.id, 0), self.progress.hints(self._name(block)))
        step = self.hinted[block.id] = min(given + 1, len(block.hints))
        if self._counts(block):
            self.progress.hinted(self._name(block), step)
        for number, hint in enumerate(block.hints[:step], start=1):
            self.lines.say(f"Hint {number} of {len(block.hints)}: {hint}", hanging="  ")

    def _keep(self, block: QuizBlock, text: str, right: bool) -> None:
        if right:
            self.right.add(block.id)
        if self._counts(block):
            self.progress.answered(self._name(block), text, right)

    def _counts(self, block: QuizBlock) -> bool:
        """Whether the record changes: in its lesson a right answer stays, with what led to it."""
        return self.again or not self.progress.answers().get(self._name(block))

    def _name(self, block: QuizBlock) -> str:
        return f"{self.lesson}/{block.id}"


def _letters(block: QuizBlock) -> str:
    return "abcdefgh"[: len(block.choices)]


def _kind(questions: Questions, block: QuizBlock) -> str:
    """How it is answered: of a prediction with choices by one of them."""
    return "choose" if block.id in questions.predictions and block.choices else block.kind


def _how(block: QuizBlock, kind: str) -> str:
    """What to type."""
    if kind == "number":
        return "Type a number to answer; with the word page before it, it turns to that page."
    first, last = _letters(block)[0], _letters(block)[-1]
    if kind == "many":
        return f"Several may be right: type their letters, such as {first}{last}."
    if kind == "order":
        return f"Type all letters from {first} to {last} in their order, such as {_letters(block)[::-1]}."
    return f"Type a letter from {first} to {last} to answer."


def _typed_letters(typed: str) -> str:
    """Letters as they may be typed: acd, a c d, or a) c) d)."""
    return "".join(character for character in typed.lower() if character not in " ,;)")


def _read(block: QuizBlock, typed: str, kind: str) -> Given:
    """What was answered. Raises ValueError with a sentence."""
    if kind == "number":
        read_number(typed)
        return typed
    letters, given = _letters(block), _typed_letters(typed)
    wrong = not given or not set(given) <= set(letters) or len(set(given)) < len(given)
    if kind == "choose":
        if wrong or len(given) != 1:
            raise ValueError(f"The choices go from {letters[0]} to {letters[-1]}; type one of these letters.")
        return letters.index(given)
    if wrong or (kind == "order" and len(given) < len(letters)):
        each = "each of these letters once, in their order" if kind == "order" else "each that is right once"
        raise ValueError(f"The choices go from {letters[0]} to {letters[-1]}; type {each}.")
    places = tuple(map(letters.index, given))
    return tuple(sorted(places)) if kind == "many" else places
