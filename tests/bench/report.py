"""What a benchmark found, as rows of a table."""

import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from types import ModuleType

HEADINGS = ("figure", "measured", "compared with", "ratio", "asked", "reached")


@dataclass(frozen=True)
class Row:
    """One figure: `ratio` is measured to compared with, where both are of a kind."""

    figure: str
    measured: str
    compared: str
    ratio: float | None
    asked: str
    reached: bool

    def cells(self) -> tuple[str, ...]:
        """The row as text."""
        ratio = "" if self.ratio is None else f"{self.ratio:.2f}"
        return self.figure, self.measured, self.compared, ratio, self.asked, "yes" if self.reached else "no"


def table(rows: Sequence[Row]) -> str:
    """A Markdown table that lines up as plain text too."""
    lines = [HEADINGS, *(row.cells() for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(HEADINGS))]
    ruled = [lines[0], tuple("-" * width for width in widths), *lines[1:]]
    return "\n".join(f"| {' | '.join(map(str.ljust, line, widths))} |" for line in ruled)


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which a share of the values lies (nearest rank)."""
    ranked = sorted(values)
    return ranked[min(len(ranked) - 1, int(len(ranked) * share))]


def show(rows: Sequence[Row]) -> int:
    """Print the table; the exit status says whether every figure was reached."""
    print(table(rows), flush=True)
    return 0 if all(row.reached for row in rows) else 1


def measure_all(benches: Iterable[ModuleType]) -> int:
    """Measure one after the other, and show one table; the exit status is that of `show`."""
    rows: list[Row] = []
    for bench in benches:
        print(f"{bench.__name__} ...", file=sys.stderr, flush=True)
        found = bench.measure()
        print(table(found), file=sys.stderr, flush=True)  # should a later one fail
        rows += found
    return show(rows)
