"""How a run is told: as JSON lines, as about twenty plain lines, or as a bar on one line of a terminal."""

import math
import shutil
import time
from typing import Any, Protocol

import msgspec

from tuilab.labs import catalogue
from tuilab.labs.run import Metrics
from tuilab.plain.describe import describe

_LINES = 16  # lines of steps in a pipe
_REDRAW_EVERY = 0.1  # seconds
_LONGEST_BAR = 40  # cells


class Finished(msgspec.Struct, kw_only=True, omit_defaults=True):
    """How a run ended; `sentence` says why where that is not plain, `kept` is the name that it is kept under."""

    event: str
    reason: str
    step: int
    seconds: float
    steps_per_second: float
    loss: float | None
    view: msgspec.Struct
    sentence: str = ""
    kept: str = ""


class Report(Protocol):
    """Is told of a run as it goes."""

    def started(self, spelling: str, total: int) -> None:
        """The run begins."""

    def step(self, metrics: Metrics, seconds: float) -> None:
        """A training step was taken; `seconds` is the time spent training so far."""

    def answer(self, spelling: str, answer: msgspec.Struct) -> None:
        """The question that was put to the run has its answer."""

    def finished(self, finished: Finished) -> None:
        """The run has ended."""


class JsonReport:
    """One JSON object a line."""

    def started(self, spelling: str, total: int) -> None:
        """Say what runs."""
        self._write(event="started", spelling=spelling)

    def step(self, metrics: Metrics, seconds: float) -> None:
        """Say what the step measured."""
        self._write(event="step", **msgspec.structs.asdict(metrics))

    def answer(self, spelling: str, answer: msgspec.Struct) -> None:
        """Say the answer."""
        self._write(event="answer", spelling=spelling, answer=answer)

    def finished(self, finished: Finished) -> None:
        """Say how it ended."""
        print(to_json(finished), flush=True)

    def _write(self, **members: Any) -> None:
        print(to_json(members), flush=True)


class LinesReport:
    """A line now and then, for a pipe or a file."""

    def started(self, spelling: str, total: int) -> None:
        """Say what runs."""
        print(spelling, flush=True)
        self.kind = spelling.split(maxsplit=1)[0]
        self.total, self.every = total, math.ceil(total / _LINES)

    def step(self, metrics: Metrics, seconds: float) -> None:
        """Say what the step measured, if its turn has come."""
        if metrics.step % self.every == 0:
            step = f"{metrics.step:>{len(str(self.total))}}"
            print(f"step {step}/{self.total}  {_numbers(metrics)}", flush=True)

    def answer(self, spelling: str, answer: msgspec.Struct) -> None:
        """Write the answer out."""
        print(spelling, *describe(answer), sep="\n", flush=True)

    def finished(self, finished: Finished) -> None:
        """Say how it ended."""
        loss = "" if finished.loss is None else f", loss {finished.loss:.3e}"
        speed = f"{finished.seconds:.1f} s, {finished.steps_per_second:.0f} steps/s"
        print(f"{finished.reason} after {finished.step} steps{loss} ({speed})", flush=True)
        if finished.sentence:
            print(finished.sentence, flush=True)
        if told := getattr(catalogue.part(self.kind, "plain"), "told", None):
            print(told(finished.view), flush=True)
        if finished.kept:
            print(f"kept as {finished.kept}", flush=True)


class BarReport(LinesReport):
    """One line of a terminal, drawn again as the run goes on."""

    def started(self, spelling: str, total: int) -> None:
        """Say what runs."""
        super().started(spelling, total)
        self.drawn = -math.inf

    def step(self, metrics: Metrics, seconds: float) -> None:
        """Draw the bar again, if it is time to."""
        now = time.monotonic()
        if now - self.drawn >= _REDRAW_EVERY:
            self.drawn = now
            self._draw(self._line(metrics, seconds))

    def answer(self, spelling: str, answer: msgspec.Struct) -> None:
        """Write the answer where the bar was."""
        self._draw("")
        super().answer(spelling, answer)

    def finished(self, finished: Finished) -> None:
        """Say how it ended where the bar was."""
        self._draw("")
        super().finished(finished)

    def _line(self, metrics: Metrics, seconds: float) -> str:
        left = round((self.total - metrics.step) * seconds / metrics.step)
        speed = metrics.step / seconds if seconds else 0.0
        text = (
            f" {metrics.step:>{len(str(self.total))}}/{self.total}  {speed:.0f} steps/s  "
            f"{left // 60}:{left % 60:02} left  loss {metrics.loss:.2e}  norm {metrics.gradient_norm:.2e}"
        )
        cells = max(0, min(_LONGEST_BAR, _columns() - len(text)))
        full = cells * metrics.step // self.total
        return "━" * full + "┈" * (cells - full) + text

    def _draw(self, line: str) -> None:
        """Put a line in place of the last one; never so long that the terminal would break it."""
        print(f"\r\x1b[K{line[: _columns()]}", end="", flush=True)


def to_json(value: Any) -> str:
    """Write a value as one line of JSON."""
    return msgspec.json.encode(value).decode()


def _columns() -> int:
    """The room on a line, asked for each time since windows change: the last column is left alone."""
    return shutil.get_terminal_size().columns - 1


def _numbers(metrics: Metrics) -> str:
    return f"loss {metrics.loss:.3e}  gradient norm {metrics.gradient_norm:.3e}"
