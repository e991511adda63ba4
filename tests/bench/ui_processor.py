"""The share of one core that the UI process takes while it trains, 120x40, the worker left out.

The training is as long as it is watched, so that its curves cross the charts. Beside it, in turns: a naive
Textual app that redraws two charts ten times a second (naive.py).
"""

import sys
import time
from pathlib import Path
from statistics import median

from tests.bench import naive
from tests.bench.report import Row, show
from tests.bench.training import begin, screenful
from tests.support.terminal import Terminal, cpu_seconds, program, tuilab

MOST = 0.15
SIZE = (120, 40)


def measure(rounds: int = 2, seconds: float = 15.0) -> list[Row]:
    """Watch both in turns."""
    spelling = screenful(seconds)
    ours, theirs = [], []
    for _ in range(rounds):
        with tuilab("open", spelling, columns=SIZE[0], rows=SIZE[1]) as terminal:
            begin(terminal)
            ours.append(_share(terminal, seconds))
            terminal.until("running", patience=0)  # it trained to the end
        with program([str(Path(naive.__file__))], *SIZE) as terminal:
            terminal.until("norm")
            theirs.append(_share(terminal, seconds))
    share, naive_share = median(ours), median(theirs)
    measured, compared = f"{share:.3f} of a core", f"{naive_share:.2f}, naive app"
    return [Row("UI processor", measured, compared, share / naive_share, f"at most {MOST}", share <= MOST)]


def _share(terminal: Terminal, seconds: float) -> float:
    used, begun = cpu_seconds(terminal.pid), time.perf_counter()
    time.sleep(seconds)
    return (cpu_seconds(terminal.pid) - used) / (time.perf_counter() - begun)


if __name__ == "__main__":
    sys.exit(show(measure()))
