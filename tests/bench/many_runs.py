"""How long home takes to be there with 2,000 kept runs of 10,000 steps, against an empty record; then their list.

Counted from the start of the process until LESSONS stands on the terminal, both in turns, the first pair left out; the
list from the press of `u` until it is drawn. One run is kept by the program's own records, and has 2,000 names.
"""

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median

from tests.bench.report import Row, show
from tests.support.runs import made
from tests.support.terminal import home, tuilab

RUNS, STEPS = 2000, 10_000
MOST = 1.2


def measure(pairs: int = 12) -> list[Row]:
    """Open home in turns."""
    with home() as empty, full_home() as full:
        laps = [(*_lap(full), *_lap(empty)) for _ in range(pairs + 1)][1:]
    home_full, list_full, home_empty, list_empty = (median(column) for column in zip(*laps, strict=True))
    return [
        _row(f"home with {RUNS:,} runs", home_full, home_empty),
        _row(f"list of {RUNS:,} runs", list_full, list_empty, asked=False),
    ]


def _row(figure: str, ours: float, bare: float, asked: bool = True) -> Row:
    ratio, most = ours / bare, f"at most {MOST} times" if asked else ""
    compared = f"{bare * 1000:.0f} ms, an empty record"
    return Row(figure, f"{ours * 1000:.0f} ms", compared, ratio, most, ratio <= MOST or not asked)


@contextmanager
def full_home() -> Iterator[dict[str, str]]:
    """A home with as many runs as are kept at most."""
    with home() as environ, tempfile.TemporaryDirectory(dir=environ["HOME"]) as folder:
        original = made(Path(folder), "forecast cell=gru hidden=64", steps=STEPS, moments=(2500, 5000, 7500))
        root = Path(environ["XDG_DATA_HOME"], "tuilab", "runs")
        began = datetime.now(UTC) - timedelta(days=40)
        for number in range(RUNS):
            copy = root / f"{began + timedelta(minutes=20 * number):%Y%m%d-%H%M%S.%f}-forecast"
            copy.mkdir(parents=True)
            for file in original.iterdir():
                os.link(file, copy / file.name)
        yield environ


def _lap(environ: dict[str, str]) -> tuple[float, float]:
    """Seconds to home, and to the list from there."""
    with tuilab(columns=80, rows=24, environ=environ) as terminal:
        opened = terminal.until("LESSONS") - terminal.started
        terminal.until("u Runs")
        pressed = terminal.press("u")
        listed = terminal.until(lambda text: f"1/{RUNS:,}" in text or "no run yet" in text) - pressed
    return opened, listed


if __name__ == "__main__":
    sys.exit(show(measure()))
