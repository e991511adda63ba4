"""What a run measured, as it is kept: a line for each stretch of steps."""

import contextlib
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec


class Measured(msgspec.Struct, frozen=True):
    """A stretch of steps: the number of the first, and what each measured."""

    first: int
    loss: list[float]
    gradient_norm: list[float]
    seconds: float


def read_log(path: Path) -> Iterator[Measured]:
    """What the log holds; lines that are cut short or damaged are passed over."""
    try:
        lines = path.read_bytes().split(b"\n")
    except OSError:
        return
    for line in lines:
        with contextlib.suppress(ValueError):
            yield msgspec.json.decode(line, type=Measured)


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
