"""Training that is recorded against training that is not: steps a second of the worker's loop, in turns, one process.

Both are the worker's `Job`, which sends its messages nowhere; what is not recorded has a keeper that does nothing at
all, not even take moments. Each turn trains the one, then the other, for some seconds; the figure is the median of the
ratios of the turns.
"""

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

from tests.bench.report import Row, show
from tuilab.labs.direct import experiment
from tuilab.labs.run import Metrics
from tuilab.labs.spelling import parse
from tuilab.records.keeper import Keeper
from tuilab.worker.job import Job

LEAST = 0.98
TRAININGS = (
    "forecast steps=1000000",
    "forecast cell=lstm hidden=128 layers=2 length=60 steps=1000000",
    "neuron steps=100000",
    "shapes steps=100000",
)


class _None(Keeper):
    """Keeps nothing."""

    def __init__(self, spelling: str) -> None:
        super().__init__(None, spelling)

    def note(self, metrics: Metrics) -> None:
        """Do nothing."""

    def look(self, step: int, state: Any) -> None:
        """Do nothing."""

    def due(self, now: float) -> bool:
        """Never."""
        return False


def measure(rounds: int = 9, seconds: float = 4.0) -> list[Row]:
    """Train in turns."""
    rows = []
    for spelling in TRAININGS:
        with tempfile.TemporaryDirectory(prefix="tuilab-bench-") as folder:
            recorded = _job(spelling, lambda root=Path(folder), text=spelling: Keeper(root, text))
            bare = _job(spelling, lambda text=spelling: _None(text))
            pairs = []
            for turn in range(rounds):
                first, second = (recorded, bare) if turn % 2 else (bare, recorded)
                rates = {id(each): _rate(each, seconds) for each in (first, second)}
                pairs.append((rates[id(recorded)], rates[id(bare)]))
            ratio = median(ours / theirs for ours, theirs in pairs)
            ours, theirs = (median(column) for column in zip(*pairs, strict=True))
            compared = f"{theirs:,.0f} steps/s, not recorded"
            asked = f"at least {LEAST} times"
            rows.append(Row(f"recording: {spelling}", f"{ours:,.0f} steps/s", compared, ratio, asked, ratio >= LEAST))
    return rows


def _job(spelling: str, keeper: Callable[[], Keeper]) -> list[Any]:
    """A place for a job, and how to make the next one when it has ended."""
    spec = parse(spelling)
    module = experiment(spec)
    return [None, lambda: Job(1, module.Training(spec), lambda event: None, False, keeper())]


def _rate(place: list[Any], seconds: float) -> float:
    """Train for some seconds; a training that is complete begins anew, and what that takes does not count."""
    steps, spent = 0, 0.0
    while spent < seconds:
        if place[0] is None or place[0].finished:
            place[0] = place[1]()
            place[0].advance()
        job, before = place[0], place[0].run.step
        begun = time.perf_counter()
        while not job.finished and time.perf_counter() - begun < seconds - spent:
            job.advance()
        spent += time.perf_counter() - begun
        steps += job.run.step - before
    return steps / spent


if __name__ == "__main__":
    sys.exit(show(measure()))
