"""What a learner has answered, and noted of runs, as Markdown that reads well anywhere."""

from collections.abc import Iterator

from tuilab.exports.handin import HandIn, Question, Taken, Trained, Written

_SIGNS = str.maketrans({sign: f"\\{sign}" for sign in "\\`*_{}[]<>#|"})


def as_markdown(handed: HandIn) -> str:
    """The whole of a hand-in as a page."""
    return "\n".join(_lines(handed)).rstrip() + "\n"


def _lines(handed: HandIn) -> Iterator[str]:
    yield f"# tuilab{f': {_plain(handed.learner)}' if handed.learner else ''}"
    yield f"\n{handed.made[:10]}, tuilab {handed.version}\n"
    for lesson in handed.lessons:
        yield from _lesson(lesson)
    if handed.exercises:
        yield "## Exercises\n"
        for exercise in handed.exercises:
            yield from _exercise(exercise)
    if not handed.lessons:
        yield "No lesson has been begun.\n"
    if handed.runs:
        yield "## Runs\n"
        for run in handed.runs:
            yield from _run(run)


def _lesson(lesson: Taken) -> Iterator[str]:
    yield f"## {lesson.number}. {_plain(lesson.title)}\n"
    told = f"{len(lesson.seen)} of {lesson.pages} pages, {lesson.minutes:g} minutes"
    yield f"{told}, {lesson.right} of {lesson.asked} questions right\n"
    for question in lesson.questions:
        yield from _question(question)
    if lesson.questions:
        yield ""


def _question(question: Question) -> Iterator[str]:
    where = f"Page {question.page}: " if question.page else ""
    ask = _plain(question.ask) or f"question {_plain(question.id)}, which is no longer asked"
    yield f"* {where}{'predicted: ' if question.predicted else ''}{ask}"
    verdict = "right" if question.right else "wrong"
    before = question.wrong - (not question.right)
    if before:
        verdict += f", after {before} wrong {'answer' if before == 1 else 'answers'}"
    if question.hints:
        verdict += f", {question.hints} {'hint' if question.hints == 1 else 'hints'}"
    yield f"  **{_plain(question.given)}** ({verdict})"


def _exercise(exercise: Written) -> Iterator[str]:
    seen = [f"{exercise.hints} hints"] * bool(exercise.hints) + ["its solution seen"] * exercise.solution
    yield f"* {_plain(exercise.name)}: {', '.join(['solved' if exercise.solved else 'not solved yet', *seen])}\n"
    for line in exercise.text.splitlines():  # indented, so that it is code whatever it holds
        yield "      " + "".join(character if character.isprintable() else "?" for character in line)
    yield ""


def _run(run: Trained) -> Iterator[str]:
    title = f" **{_plain(run.title)}**" if run.title else ""
    loss = f", loss {run.loss:.4g}" if run.loss is not None else ""
    yield f"* `{run.spelling}`{title}: {run.fate} at step {run.steps:,}{loss}, {run.began[:10]}"
    for line in run.notes.splitlines():
        yield f"  {_plain(line)}" if line.strip() else ""


def _plain(text: str) -> str:
    """Text as it is, whatever signs it has: on one line, with nothing that Markdown or a terminal would obey."""
    shown = "".join(character if character.isprintable() else "?" for character in " ".join(text.split()))
    return shown.translate(_SIGNS)
