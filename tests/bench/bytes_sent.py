"""What goes to the terminal while it trains, 80x24, in KB (1,024 bytes) a second.

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
from tests.support.terminal import Terminal, program, tuilab

MOST = 5.0
SIZE = (80, 24)


def measure(rounds: int = 2, seconds: float = 15.0) -> list[Row]:
    """Watch both in turns."""
    spelling = screenful(seconds)
    ours, theirs = [], []
    for _ in range(rounds):
        with tuilab("open", spelling, columns=SIZE[0], rows=SIZE[1]) as terminal:
            begin(terminal)
            ours.append(_rate(terminal, seconds))
            terminal.until("running", patience=0)  # it trained to the end
        with program([str(Path(naive.__file__))], *SIZE) as terminal:
            terminal.until("norm")
            theirs.append(_rate(terminal, seconds))
    rate, naive_rate = median(ours), median(theirs)
    measured, compared = f"{rate:.1f} KB/s", f"{naive_rate:.0f} KB/s, naive app"
    asked = f"at most {MOST:.0f} KB/s"
    return [Row("sent to the terminal", measured, compared, rate / naive_rate, asked, rate <= MOST)]


def _rate(terminal: Terminal, seconds: float) -> float:
    sent, begun = terminal.sent, time.perf_counter()
    time.sleep(seconds)
    return (terminal.sent - sent) / 1024 / (time.perf_counter() - begun)


if __name__ == "__main__":
    sys.exit(show(measure()))
