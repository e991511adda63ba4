"""Asks and runs experiments without a screen, in this process."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from tuilab.cli.errors import CommandError, read_spec
from tuilab.cli.reports import BarReport, Finished, JsonReport, LinesReport, Report, to_json
from tuilab.labs import catalogue, spelling
from tuilab.labs.branching import begin
from tuilab.labs.direct import experiment, interrupts, train
from tuilab.labs.keeping import Keeping
from tuilab.labs.run import Metrics, Run, memory_sentence
from tuilab.labs.spec import Spec
from tuilab.plain.describe import describe
from tuilab.records.folders import runs_folder

_STATUS = {"done": 0, "stopped": 130, "diverged": 1}


def ask(text: str, as_json: bool) -> int:
    """Print the answer to a spelling."""
    spec = read_spec(text)
    if spec.kind not in catalogue.NAMES and not catalogue.stands_alone(spec.kind):
        raise CommandError(_needs_a_run(spec.kind))
    if not catalogue.stands_alone(spec.kind):
        raise CommandError(f"{spec.kind} cannot be asked; it can be run: tuilab run '{text}'.")
    with _refusals():
        answer = experiment(spec).answer(spec)
    if as_json:
        print(to_json({"spelling": spelling.spell(spec), "answer": answer}))
    else:
        print(spelling.spell(spec), *describe(answer), sep="\n")
    return 0


def run(text: str, question_text: str | None, as_json: bool, keep: bool = False) -> int:
    """Train, and tell each step; a question is put to what was trained once it is done, which is kept if asked for."""
    spec = read_spec(text)
    if spec.kind not in catalogue.NAMES:
        raise CommandError(_needs_a_run(spec.kind))
    if catalogue.lab(spec.kind).view is None:
        raise CommandError(f"{spec.kind} has nothing to run; it can be asked: tuilab ask '{text}'.")
    question = _question_to(spec, question_text) if question_text is not None else None
    with _refusals(), interrupts() as interrupted:
        return _train(spec, question, _report(as_json), interrupted, keep)


def _train(spec: Spec, question: Spec | None, report: Report, interrupted: Callable[[], bool], keep: bool) -> int:
    experiment(spec)  # torch, for one core
    training, before = begin(spec)
    report.started(spelling.spell(spec), training.total)
    keeping = Keeping(spec, training, runs_folder(), before=before) if keep else None

    def step(metrics: Metrics, seconds: float) -> None:
        report.step(metrics, seconds)
        if keeping is not None:
            keeping.step(metrics, seconds)

    outcome = train(training, training.total, step, interrupted)
    reason, sentence, seconds, loss = outcome
    if keeping is not None:
        keeping.end(outcome)
    refused = _answer(training, question, report) if question and reason == "done" else None
    report.finished(
        Finished(
            event="finished",
            reason=reason,
            step=training.step,
            seconds=seconds,
            steps_per_second=training.step / seconds if seconds else 0.0,
            loss=loss,
            view=training.view(),
            sentence=sentence,
            kept=keeping.name if keeping is not None else "",
        )
    )
    if keeping is not None and keeping.problem:
        raise CommandError(keeping.problem)
    if refused is not None:
        raise refused
    return _STATUS[reason]


def _answer(training: Run, question: Spec, report: Report) -> CommandError | None:
    """Put the question; what is wrong with it is returned, for the run is told to its end first."""
    try:
        report.answer(spelling.spell(question), training.answer(question))
    except ValueError as error:
        return CommandError(str(error))
    return None


def _question_to(spec: Spec, text: str) -> Spec:
    question = read_spec(text)
    kinds = [each.spec.kind for each in catalogue.lab(spec.kind).questions if not each.alone]
    if question.kind not in kinds:
        there = ", ".join(kinds) or "none"
        raise CommandError(f"--ask: {question.kind} is no question to {spec.kind}. There are: {there}.")
    return question


def _needs_a_run(kind: str) -> str:
    lab = catalogue.owner(kind)
    assert lab is not None
    return f"{kind} is put to a run, not asked or run by itself: tuilab run '{lab.name}' --ask '{kind}'."


def _report(as_json: bool) -> Report:
    if as_json:
        return JsonReport()
    can_redraw = sys.stdout and sys.stdout.isatty() and os.environ.get("TERM") != "dumb"
    return BarReport() if can_redraw else LinesReport()


@contextmanager
def _refusals() -> Iterator[None]:
    """Turn what an experiment refuses, or has not the memory for, into a sentence."""
    try:
        yield
    except (ValueError, MemoryError, RuntimeError) as error:
        sentence = memory_sentence(error)
        if sentence is None and not isinstance(error, ValueError):
            raise
        raise CommandError(sentence or str(error)) from None
