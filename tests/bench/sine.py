"""A sine generated after default training, against the truth: `python -m tests.bench.sine`; a minute and a half.

From each of ten seeds the lab trains with its defaults, on one core as the worker does; then it goes on for 100 points
from the first window of the curve, and from five others along it. The seconds are those that the processor worked, so
that other programs on the machine do not count. `python -m tests.bench.sine SETTINGS` measures other settings.
"""

import statistics
import sys
import time
from typing import NamedTuple

from tests.bench.report import Row, show

SEEDS, POINTS = range(1, 11), 100
OTHERS = (45, 90, 135, 180, 270)  # first points of the other windows
ASKED, SECONDS = 0.1, 30.0


class Found(NamedTuple):
    """The errors from the first window and from the others, free running; and the seconds of the training."""

    first: float
    others: list[float]
    seconds: float


def trained(settings: str, seed: int) -> Found:
    """One training, and what it generates."""
    from tuilab.labs.direct import experiment
    from tuilab.labs.spelling import parse

    spec = parse(f"forecast {settings} seed={seed}")
    run = experiment(spec).Training(spec)
    begun = time.process_time()
    while run.step < run.total:
        run.advance()
    seconds = time.process_time() - begun
    errors = [run.answer(parse(f"generate first={first} steps={POINTS}")).rmse for first in (0, *OTHERS)]
    return Found(errors[0], errors[1:], seconds)


def measure(settings: str = "") -> list[Row]:
    """A row for the errors from the first window, one for the others, and one for the time."""
    found = [trained(settings, seed) for seed in SEEDS]
    return [
        _errors("sine generated from the first window, RMSE", [each.first for each in found]),
        _errors("the same from five others along the curve", [error for each in found for error in each.others]),
        _seconds([each.seconds for each in found]),
    ]


def _errors(figure: str, errors: list[float]) -> Row:
    reached = sum(error <= ASKED for error in errors)
    told = f"median {statistics.median(errors):.3f}, at most {max(errors):.3f}; {reached} of {len(errors)}"
    return Row(figure, told, "", None, f"at most {ASKED} in all", reached == len(errors))


def _seconds(seconds: list[float]) -> Row:
    told = f"median {statistics.median(seconds):.1f} s, at most {max(seconds):.1f}"
    return Row("its training, processor time on one core", told, "", None, f"{SECONDS:.0f} s", max(seconds) <= SECONDS)


if __name__ == "__main__":
    sys.exit(show(measure(" ".join(sys.argv[1:]))))
