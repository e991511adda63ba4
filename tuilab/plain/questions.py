"""The questions of a page: asked, and judged by the lab as everywhere else."""

from tuilab.course.lesson import QuizBlock
from tuilab.course.quiz import check_choice, check_number, read_number
from tuilab.labs import spelling
from tuilab.plain.bench import answer_to
from tuilab.plain.lines import Lines
from tuilab.records.progress import Progress

_BEFORE = {True: "You answered this rightly before.", False: "Your last answer was not right yet."}


class Questions:
    """What a page asks; `open` is the question that an answer is for: the first that has no right answer yet."""

    def __init__(self, blocks: list[QuizBlock], lesson: str, lines: Lines, progress: Progress) -> None:
        self.blocks, self.lesson, self.lines, self.progress = blocks, lesson, lines, progress
        self.right: set[str] = set()

    @property
    def open(self) -> QuizBlock | None:
        """The question that is answered next; the last one stays open. None where nothing is asked."""
        left = [block for block in self.blocks if block.id not in self.right]
        return next(iter(left or self.blocks[-1:]), None)

    def say(self, block: QuizBlock) -> None:
        """Ask a question."""
        self.lines.say(f"Question: {block.ask}", hanging="  ")
        for letter, choice in zip(_letters(block), block.choices, strict=True):
            self.lines.say(f"{letter}) {choice.text}", "  ", "     ")
        if block.kind == "choose":
            how = f"Type a letter from {_letters(block)[0]} to {_letters(block)[-1]} to answer."
        else:
            how = "Type a number to answer; with the word page before it, it turns to that page."
        before = _BEFORE.get(self.progress.answers().get(self._name(block)), "")  # type: ignore[arg-type]
        self.lines.say(f"{how} {before}".strip())

    def takes(self, typed: str) -> bool:
        """Whether a line is meant as an answer: a letter of the choices, or a number where one is asked for."""
        block = self.open
        if block is None:
            return False
        if block.kind == "choose":
            return len(typed) == 1 and typed.lower() in _letters(block)
        try:
            read_number(typed)
        except ValueError:
            return False
        return True

    def answer(self, typed: str) -> None:
        """Judge an answer, say why, and keep it. Raises ValueError where it is none."""
        block = self.open
        if block is None:
            raise ValueError("There is no question on this page.")
        given: int | str = typed
        if block.kind == "choose":
            given = _choice(block, typed)
        else:
            read_number(typed)
        answer = answer_to(spelling.parse(block.experiment), self.lines.say)
        if isinstance(given, int):
            verdict, text = check_choice(block, given, answer), block.choices[given].text
        else:
            verdict, text = check_number(block, given, answer), typed
        self._keep(block, text, verdict.right)
        if verdict.right:
            self.lines.say(verdict.sentence)
        else:
            self.lines.say(f"Not right. {verdict.sentence} You can answer again.")

    def _keep(self, block: QuizBlock, text: str, right: bool) -> None:
        name = self._name(block)
        if right:
            self.right.add(block.id)
        if right or not self.progress.answers().get(name):  # a right answer stays right
            self.progress.answered(name, text, right)

    def _name(self, block: QuizBlock) -> str:
        return f"{self.lesson}/{block.id}"


def _letters(block: QuizBlock) -> str:
    return "abcdefghijklm"[: len(block.choices)]


def _choice(block: QuizBlock, typed: str) -> int:
    letters = _letters(block)
    letter = typed.strip().rstrip(")").lower()
    if len(letter) != 1 or letter not in letters:
        raise ValueError(f"The choices go from {letters[0]} to {letters[-1]}; type one of these letters.")
    return letters.index(letter)
