"""Training that is recorded against training that is not: steps a second of the worker's loop, in turns, one process.

Both are the worker's `Job`, which sends its messages nowhere; what is not recorded has a keeper that does nothing at
all, not even take moments. They train in short turns, since other work on the machine comes and goes, each first as
often as the other; the clock by which a run is saved stands still while the other trains, and a turn lasts until what
it saves is written. The figure is the ratio of all steps a second, with the ratios of three parts of the turns; beside
it the same by the seconds that the processor has spent, on writing too, which says more where others use it as well.
"""

import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
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


def measure(rounds: int = 60, seconds: float = 1.0) -> list[Row]:
    """Train in turns."""
    rows = []
    for spelling in TRAININGS:
        with tempfile.TemporaryDirectory(prefix="tuilab-bench-") as folder:
            recorded = _job(spelling, lambda root=Path(folder), text=spelling: Keeper(root, text))
            bare = _job(spelling, lambda text=spelling: _None(text))
            turns = []
            for number in range(rounds):
                first, second = (recorded, bare) if number % 2 else (bare, recorded)
                told = {id(each): _turn(each, seconds) for each in (first, second)}
                turns.append((*told[id(recorded)], *told[id(bare)]))
        ratio, ours, theirs = _ratio([turn[:2] + turn[3:5] for turn in turns])
        parts = ", ".join(f"{_ratio([turn[:2] + turn[3:5] for turn in turns[part::3]])[0]:.3f}" for part in range(3))
        processor, *_ = _ratio([turn[:1] + turn[2:4] + turn[5:] for turn in turns])
        compared = f"{theirs:,.0f} steps/s, not recorded; {parts}; by the processor's seconds {processor:.3f}"
        asked = f"at least {LEAST} times"
        rows.append(Row(f"recording: {spelling}", f"{ours:,.0f} steps/s", compared, ratio, asked, ratio >= LEAST))
    return rows


def _ratio(turns: Sequence[tuple[float, ...]]) -> tuple[float, float, float]:
    """Of the steps a second, and both of them."""
    steps, spent, others, others_spent = (sum(column) for column in zip(*turns, strict=True))
    ours, theirs = steps / spent, others / others_spent
    return ours / theirs, ours, theirs


def _job(spelling: str, keeper: Callable[[], Keeper]) -> list[Any]:
    """A place for a job, how to make the next one when it has ended, and when it has trained last."""
    spec = parse(spelling)
    module = experiment(spec)
    return [None, lambda: Job(1, module.Training(spec), lambda event: None, False, keeper()), 0.0]


def _turn(place: list[Any], seconds: float) -> tuple[int, float, float]:
    """Train for some seconds; steps, time, processor time. One that is complete begins anew, which does not count."""
    steps, spent, used = 0, 0.0, 0.0
    if place[0] is not None:
        place[0].keeper._saved += time.monotonic() - place[2]
        place[0].keeper._moments_due += time.monotonic() - place[2]
    while spent < seconds:
        if place[0] is None or place[0].finished:
            place[0] = place[1]()
            place[0].advance()
        job, before = place[0], place[0].run.step
        begun, used_before = time.perf_counter(), time.process_time()
        while not job.finished and time.perf_counter() - begun < seconds - spent:
            job.advance()
        job.keeper._wait()
        spent += time.perf_counter() - begun
        used += time.process_time() - used_before
        steps += job.run.step - before
    place[2] = time.monotonic()
    return steps, spent, used


if __name__ == "__main__":
    sys.exit(show(measure()))
