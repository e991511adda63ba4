"""What a run measured, as it is kept: a line for each stretch of steps."""

import math
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from tuilab.records.files import open_file

LOG = "log.jsonl"
FORMAT_LINE = b'{"format":1}\n'  # the first; passed over by what knows none
_LONGEST_LINE = 32 << 20
_TAIL = 1 << 16
_BEGINS = b'{"first":'


class Measured(msgspec.Struct, frozen=True):
    """A stretch of steps: the number of the first, and what each measured."""

    first: int
    loss: list[float]
    gradient_norm: list[float]
    seconds: float


class _Gaps(msgspec.Struct):
    """The same where a number is not finite, which JSON has no word for."""

    first: int
    loss: list[float | None]
    gradient_norm: list[float | None]
    seconds: float


def read_log(path: Path) -> Iterator[Measured]:
    """What the log holds; lines that are cut short or damaged are passed over."""
    try:
        with open_file(path) as file:
            size, whole = os.fstat(file.fileno()).st_size, True
            while line := file.readline(_LONGEST_LINE):
                begins, whole = whole, line.endswith(b"\n")  # the rest of a line without end is none
                if begins and (measured := _decoded(line, size)) is not None:
                    yield measured
    except OSError:
        return


def last_measured(path: Path) -> Measured | None:
    """The last stretch, read from the end of the log alone; None where there is none."""
    try:
        with open_file(path) as file:
            size = file.seek(0, os.SEEK_END)
            length = _TAIL
            while True:
                file.seek(max(0, size - length))
                lines = file.read(length).split(b"\n")
                for line in reversed(lines if length >= size else lines[1:]):
                    if (measured := _decoded(line, size)) is not None:
                        return measured
                if length >= min(size, 2 * _LONGEST_LINE):
                    return None
                length = min(8 * length, 2 * _LONGEST_LINE)
    except OSError:
        return None


def is_log_damaged(path: Path) -> bool:
    """Whether a log holds more than its format, and nothing that can be read."""
    try:
        holds_more = path.stat().st_size > len(FORMAT_LINE)
    except OSError:
        return False
    return holds_more and last_measured(path) is None and next(read_log(path), None) is None


def _decoded(line: bytes, size: int) -> Measured | None:
    """What a line of a log of that size says; a log has more bytes than steps."""
    if not line.startswith(_BEGINS):
        return None  # junk costs no more than a look
    measured: Measured | None
    try:
        measured = msgspec.json.decode(line, type=Measured)
    except (ValueError, RecursionError):
        measured = _with_gaps(line)
    if measured is None or not 0 < len(measured.loss) == len(measured.gradient_norm):
        return None
    if not 1 <= measured.first <= size:
        return None
    return measured


def _with_gaps(line: bytes) -> Measured | None:
    try:
        found = msgspec.json.decode(line, type=_Gaps)
    except (ValueError, RecursionError):
        return None
    loss, norm = ([math.nan if each is None else each for each in row] for row in (found.loss, found.gradient_norm))
    return Measured(found.first, loss, norm, found.seconds)


def up_to(step: int, log: Iterable[Measured]) -> Iterator[Measured]:
    """One unbroken series up to a step: where training was gone on with from earlier, the later line counts."""
    series: list[Measured] = []
    for line in log:
        while series and series[-1].first >= line.first:
            series.pop()
        if series:
            series[-1] = _cut(series[-1], line.first - series[-1].first)
        series.append(line)
    for line in series:
        if line.first <= step:
            yield _cut(line, step - line.first + 1)


def _cut(measured: Measured, count: int) -> Measured:
    loss, norm = measured.loss[:count], measured.gradient_norm[:count]
    return msgspec.structs.replace(measured, loss=loss, gradient_norm=norm)
