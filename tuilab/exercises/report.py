"""Makes a verdict of how a check has ended."""

import re
import signal
from collections.abc import Sequence
from pathlib import Path

import msgspec

from tuilab.exercises.verdict import Job, Limits, Verdict, decode_verdict, printable
from tuilab.exercises.watch import Ended, out_of_time

_AT = re.compile(r'^  File "(?P<file>.*)", line (?P<line>\d+) in ', re.MULTILINE)
_TIME = re.compile(r"^Timeout \(", re.MULTILINE)


def verdict_of(ended: Ended, job: Job, trace: str) -> Verdict:
    """The verdict that a check reported, or why there is none; with what it printed."""
    found = _reported(ended) or _without_report(ended, job, trace)
    text = bytes(ended.printed).decode("utf-8", "replace")
    shown = "\n".join(printable(line, job.limits.shown) for line in text.splitlines())[: job.limits.shown]
    cut = len(text) > job.limits.shown
    return msgspec.structs.replace(found, printed=shown, cut=cut, seconds=round(ended.seconds, 3))


def _reported(ended: Ended) -> Verdict | None:
    try:
        return decode_verdict(bytes(ended.report)) if not ended.limit else None
    except msgspec.DecodeError:
        return None


def _without_report(ended: Ended, job: Job, trace: str) -> Verdict:
    file, line = _place(trace, (job.file, *job.files))
    of = "" if file == job.file else f" of {Path(file).name}"
    at = f"; it was in line {line}{of}, `{_code(file, line)}`" if line else ""
    limit = out_of_time(job.limits) if _TIME.search(trace) else ended.limit
    if limit:
        return _stopped(f"Stopped: {limit}{at}.", job, file, line)
    if number := ended.status & 0x7F:
        return _stopped(f"{_by_signal(number, job.limits)}{at}.", job, file, line)
    return Verdict("failed", ("The code ended its own process before the check was done, as os._exit does.",))


def _stopped(sentence: str, job: Job, file: str, line: int) -> Verdict:
    if file != job.file:
        return Verdict("stopped", (sentence,))
    return Verdict("stopped", (sentence,), line, 0, _code(file, line))


def _by_signal(number: int, limits: Limits) -> str:
    if number == signal.SIGXCPU:
        return f"Stopped: {out_of_time(limits)}"
    names = {each.value: each.name for each in signal.Signals}
    why = ", perhaps for want of memory" if number == signal.SIGKILL else ""
    return f"The code ended its process by the signal {names.get(number, number)}{why}"


def _place(trace: str, files: Sequence[str]) -> tuple[str, int]:
    """The first of the learner's files that the interpreter was in, in the oldest of its threads, and the line.

    Line 0 where it was in none of them. The others are pieces, in which it is when they are held to be right, alone.
    """
    for file in files:
        for thread in reversed(trace.split("\n\n")):
            for found in _AT.finditer(thread):
                if Path(found["file"]).name == Path(file).name:
                    return file, int(found["line"])
    return files[0], 0


def _code(file: str, line: int) -> str:
    try:
        lines = Path(file).read_bytes().decode("utf-8", "replace").splitlines()
    except OSError:
        return ""
    return printable(lines[line - 1]) if 0 < line <= len(lines) else ""
