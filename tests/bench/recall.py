"""Who recalls a symbol seen T steps ago: `python -m tests.bench.recall [SPELLING ...]`; about seven minutes.

The memory lab's own run, from seeds 1 to 10, each in a process of its own: how many of ten have learned it, after which
training step at the latest, with which accuracy; and the seconds that a learner waits for the verdict on all three.
"""

import json
import subprocess
import sys
import time
from collections.abc import Sequence
from typing import NamedTuple

from tests.bench.report import Row, show

SEEDS, LONGEST = range(1, 11), 30.0
ISSUE = "memory ago=50"
OTHERS = (
    "memory ago=50 equal=parameters",
    "memory ago=50 activation=relu",
    "memory ago=50 activation=relu init=identity",
    "memory ago=50 init=orthogonal",
    "memory ago=50 keep=0",
    "memory ago=50 truncate=10",
)
WANTED = {"RNN": 0, "LSTM": len(SEEDS), "GRU": len(SEEDS)}


class Found(NamedTuple):
    """What one cell came to from one seed: the step at which it had learned it, 0 if never; its accuracy."""

    learned: int
    accuracy: float


def trained(spelling: str, seed: int) -> tuple[dict[str, Found], float]:
    """Train the three cells; the seconds include the making of the networks and all measurements."""
    from tuilab.labs.direct import experiment
    from tuilab.labs.spelling import parse

    spec = parse(f"{spelling} seed={seed}")
    module = experiment(spec)
    begun = time.perf_counter()
    run = module.Training(spec)
    while run.step < run.total:
        run.advance()
    view = run.view()
    return {
        lane.name: Found(lane.nets[-1].learned, lane.nets[-1].accuracy) for lane in view.lanes
    }, time.perf_counter() - begun


def measured(spelling: str) -> tuple[list[dict[str, Found]], list[float]]:
    """All ten seeds, one after the other."""
    results, seconds = list[dict[str, Found]](), list[float]()
    for seed in SEEDS:
        command = [sys.executable, "-m", "tests.bench.recall", "seed", spelling, str(seed)]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        found, took = json.loads(done.stdout.splitlines()[-1])
        results.append({name: Found(*each) for name, each in found.items()})
        seconds.append(took)
    return results, seconds


def rows(spelling: str) -> list[Row]:
    """A row for each cell, and one for the time; only T = 50 as it stands is asked for."""
    results, seconds = measured(spelling)
    is_asked = spelling == ISSUE
    found = []
    for name, wanted in WANTED.items():
        learned = [each[name].learned for each in results if each[name].learned]
        accuracies = [each[name].accuracy for each in results]
        latest = f", by step {max(learned)}" if learned else ""
        measure = f"{len(learned)} of {len(SEEDS)}{latest}; recalled {min(accuracies):.2f} to {max(accuracies):.2f}"
        asked = f"{wanted} of {len(SEEDS)}" if is_asked else ""
        found.append(Row(f"{spelling}: {name}", measure, "", None, asked, not is_asked or len(learned) == wanted))
    took = f"{min(seconds):.1f} to {max(seconds):.1f} s"
    return [*found, Row(f"{spelling}: seconds", took, "", None, f"at most {LONGEST:.0f} s", max(seconds) <= LONGEST)]


def measure(spellings: Sequence[str] = (ISSUE, *OTHERS)) -> list[Row]:
    """Every row."""
    return [row for spelling in spellings for row in rows(spelling)]


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["seed", spelling, seed]:
            print(json.dumps(trained(spelling, int(seed))))
        case spellings:
            sys.exit(show(measure(spellings or (ISSUE, *OTHERS))))
