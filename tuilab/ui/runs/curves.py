"""The curves of one kept run: from few points until every step has been read, then exact where one looks closely."""

import math
from array import array
from collections.abc import Iterable
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

from tuilab.records.curve import Curve, Series, curve_of, read_curve, read_series

FINE = 40_000  # steps in sight up to which every one of them is looked at
_BUCKETS = 600  # of what is in sight
MEASURES = ("loss", "gradient_norm")
Stretch = tuple[list[float], list[float]]
"""Steps and values without a gap."""


class View(NamedTuple):
    """The steps in sight, the first and the last; of how many steps each value is the mean, 0 for none; the axis."""

    first: int
    last: int
    mean: int = 0
    log: bool = False


class RunCurves:
    """What a run measured. `read` is for a thread: it takes as long as the run has steps."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.curve: Curve = read_curve(folder)
        self.series: Series | None = None
        self._means: dict[int, Curve] = {}

    @property
    def steps(self) -> int:
        """How many steps were measured."""
        return self.curve.steps

    def read(self) -> None:
        """Read every step."""
        self.series = read_series(self.folder)

    def prepare(self, mean: int) -> None:
        """Work the means of a long run out."""
        if mean and self.series is not None and self.steps > FINE and mean not in self._means:
            self._means[mean] = curve_of(Series(*(running_mean(each, mean) for each in self.series)))

    def is_ready(self, mean: int) -> bool:
        """Whether its means can be drawn at once."""
        return not mean or (self.series is not None and (self.steps <= FINE or mean in self._means))

    def at(self, measure: str, step: int) -> tuple[float, float] | None:
        """The value of a step, twice; or the least and greatest of those around it, while not every step is read."""
        if not 1 <= step <= self.steps:
            return None
        if self.series is not None:
            values = getattr(self.series, measure)
            value = values[step - 1] if step <= len(values) else math.nan
            return (value, value) if math.isfinite(value) else None
        lows, highs = getattr(self.curve, measure)
        low, high = (part[(step - 1) // self.curve.width] for part in (lows, highs))
        return None if low is None else (low, high)

    def mean_at(self, measure: str, step: int, mean: int) -> float | None:
        """The mean of so many steps up to one; None where one of them was not kept."""
        if self.series is None or not 1 <= step <= self.steps:
            return None
        part = getattr(self.series, measure)[max(0, step - mean) : step]
        value = math.fsum(part) / len(part) if part else math.nan
        return value if math.isfinite(value) else None

    def stretches(self, measure: str, view: View) -> list[Stretch]:
        """What is in sight, without what was not kept: a line for each stretch."""
        first, last, mean = view.first, min(view.last, self.steps), view.mean
        if last < first:
            return []
        if self.series is None or last - first >= FINE:
            return _of_curve(self._means.get(mean, self.curve), measure, first, last)
        before = min(mean - 1, first - 1) if mean else 0
        part = getattr(self.series, measure)[first - 1 - before : last]
        values = running_mean(part, mean)[before:] if mean else part
        curve = curve_of(Series(values, array("d")), _BUCKETS)
        return _joined(curve.loss, [first + curve.width * at for at in range(len(curve.loss[0]))])


def prepare(runs: Iterable[RunCurves], mean: int) -> None:
    """Work the means of all of them out."""
    for run in runs:
        run.prepare(mean)


def running_mean(values: array, count: int) -> array:
    """The mean of each value and those before it, `count` in all; NaN where one of them is not there.

    Sums reach from the borders of blocks, so that no large value is added and taken away again: it would leave its
    rounding behind.
    """
    means, tail = array("d"), array("d")  # of the block before: its sums from each place to its end
    for start in range(0, len(values), count):
        block = values[start : start + count]
        heads = accumulate(block)
        if start == 0:
            means.extend(head / place for place, head in enumerate(heads, 1))
        else:
            means.extend((head + rest) / count for head, rest in zip(heads, [*tail[1:], 0.0], strict=False))
        tail = array("d", accumulate(reversed(block)))
        tail.reverse()
    return means


def _of_curve(curve: Curve, measure: str, first: int, last: int) -> list[Stretch]:
    lows, highs = getattr(curve, measure)
    start, end = (first - 1) // curve.width, (last - 1) // curve.width + 1
    xs = [max(first, at * curve.width + 1) for at in range(start, min(end, len(lows)))]
    return _joined((lows[start:end], highs[start:end]), xs)


def _joined(ends: tuple[list[float | None], list[float | None]], xs: list[int]) -> list[Stretch]:
    found: list[Stretch] = []
    whole = False
    for x, low, high in zip(xs, *ends, strict=False):
        if low is None or high is None:
            whole = False
            continue
        if not whole:
            found.append(([], []))
            whole = True
        found[-1][0].extend((x, x) if high != low else (x,))
        found[-1][1].extend((low, high) if high != low else (low,))
    return found
