"""How long `?` takes until the whole help stands on the screen, 120x40, while the forecast lab trains.

The same program is measured idle (before the training, and while it is paused) and training, in blocks that
take turns. Between presses lies a time drawn at random, so that they do not fall into step with the charts.
"""

import random
import sys
import time

from tests.bench.report import Row, percentile, show
from tests.bench.training import next_progress, wait_for_torch
from tests.support.terminal import Terminal, tuilab

MOST, TIMES_IDLE, BLOCK = 0.060, 2.0, 20
FIRST, LAST = "space trains, pauses and goes on", "esc closes"  # the first and last lines of the help


def measure(blocks: int = 5) -> list[Row]:
    """Measure idle and training in turns."""
    idle: list[float] = []
    training: list[float] = []
    pauses = random.Random(1)
    with tuilab("open", "forecast steps=1000000") as terminal:
        wait_for_torch(terminal)
        _lap(terminal)  # imports the help
        for _ in range(blocks):
            idle += _block(terminal, pauses)
            terminal.press("space")
            next_progress(terminal)
            training += _block(terminal, pauses)
            terminal.press("space")
            time.sleep(0.5)
    ours, theirs = percentile(training, 0.95), percentile(idle, 0.95)
    most = max(MOST, TIMES_IDLE * theirs)
    measured = f"p95 {ours * 1000:.0f} ms (median {percentile(training, 0.5) * 1000:.0f})"
    compared = f"p95 {theirs * 1000:.0f} ms (median {percentile(idle, 0.5) * 1000:.0f}), idle"
    asked = f"at most {most * 1000:.0f} ms"
    return [Row("key to screen, training", measured, compared, ours / theirs, asked, ours <= most)]


def _block(terminal: Terminal, pauses: random.Random) -> list[float]:
    laps = []
    for _ in range(BLOCK):
        time.sleep(pauses.uniform(0.1, 0.5))
        laps.append(_lap(terminal))
    return laps


def _lap(terminal: Terminal) -> float:
    pressed = terminal.press("?")
    seen = terminal.until(lambda text: FIRST in text and LAST in text)
    terminal.press("esc")
    terminal.gone(LAST)
    return seen - pressed


if __name__ == "__main__":
    sys.exit(show(measure()))
