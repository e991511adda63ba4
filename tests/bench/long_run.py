"""How long a finished run of 1,000,000 steps takes from `enter` in the list of runs until its chart is drawn.

The run is kept by the program's own records; nothing is trained. The moves of the cursor are timed too, once every step
has been read: from the key until its number stands there.
"""

import sys
from pathlib import Path
from statistics import median

from tests.bench.report import Row, show
from tests.support.runs import made
from tests.support.terminal import home, pss, tuilab

STEPS = 1_000_000
MOST, MOST_KEY = 0.5, 0.2


def measure(laps: int = 8) -> list[Row]:
    """Open the run several times, each from a program of its own."""
    with home() as environ:
        made(Path(environ["XDG_DATA_HOME"], "tuilab", "runs"), "forecast steps=1000000", steps=STEPS)
        found = [_lap(environ) for _ in range(laps + 1)][1:]
    opened, key, memory = (median(column) for column in zip(*found, strict=True))
    return [
        Row("a run of 1,000,000 steps opens", f"{opened * 1000:.0f} ms", "", None, f"at most {MOST} s", opened <= MOST),
        Row("its cursor moves", f"{key * 1000:.0f} ms", "", None, f"at most {MOST_KEY} s", key <= MOST_KEY),
        Row("memory of the UI then", f"{memory:.0f} MiB", "", None, "", True),
    ]


def _lap(environ: dict[str, str]) -> tuple[float, float, float]:
    with tuilab(columns=120, rows=40, environ=environ) as terminal:
        terminal.until("u Runs")
        terminal.press("u")
        terminal.until("1/1")
        pressed = terminal.press("enter")
        opened = terminal.until(lambda text: "step 1,000,000" in text and "⣿" in text) - pressed
        terminal.until(lambda text: " to " not in text.partition("gradient norm ")[2])  # every step has been read
        moved = terminal.press("left")
        key = terminal.until("step 990,000") - moved
        return opened, key, pss(terminal.pid)


if __name__ == "__main__":
    sys.exit(show(measure()))
