"""How long a switch thrown in the gradients lab takes to its effect on the screen, 120x40, while it trains.

The real program on a pseudo-terminal. The effect is the sentence of the switch with the numbers of a step taken since:
not that the switch was thrown, but what it did. Between presses lies a time drawn at random. The learning rate is next
to nothing, so that no activation or beginning ends the training.
"""

import random
import re
import sys
import time

from tests.bench.report import Row, percentile, show
from tests.support.terminal import Terminal, tuilab

MOST, LAPS = 0.200, 20
SPELLINGS = {
    "stack of 20": "gradients lr=1e-9 steps=1000000",
    "50 layers of 100": "gradients depth=50 width=100 activation=relu init=he lr=1e-9 steps=1000000",
    "RNN of 50 steps": "gradients network=rnn lr=1e-9 steps=1000000",
    "RNN of 200 steps": "gradients network=rnn length=200 lr=1e-9 steps=1000000",
}
_SWITCHED = re.compile(r"After step ([\d,]+), ([\w.=, ]+): first .*? now", re.S)


def measure(laps: int = LAPS) -> list[Row]:
    """Throw all five in turns."""
    return [_row(name, spelled, laps) for name, spelled in SPELLINGS.items()]


def _row(name: str, spelled: str, laps: int) -> Row:
    pauses, taken = random.Random(1), list[float]()
    with tuilab("open", spelled) as terminal:
        terminal.until(lambda text: "space trains" in text)
        terminal.press("space")
        terminal.until(lambda text: "running" in text)
        time.sleep(2)
        for lap in range(laps):
            time.sleep(pauses.uniform(0.5, 1.2))
            taken.append(_lap(terminal, "12345"[lap % 5]))
    measured = f"p95 {percentile(taken, 0.95) * 1000:.0f} ms (median {percentile(taken, 0.5) * 1000:.0f})"
    reached = percentile(taken, 0.95) <= MOST
    return Row(f"switch to its effect, {name}", measured, "", None, f"at most {MOST * 1000:.0f} ms", reached)


def _lap(terminal: Terminal, key: str) -> float:
    before = _newest(terminal.text())
    pressed = terminal.press(key)
    return terminal.until(lambda text: (found := _newest(text)) is not None and found != before) - pressed


def _newest(text: str) -> str | None:
    """The switch whose numbers are told: its step."""
    found = _SWITCHED.search(text)
    return found[1] if found else None


if __name__ == "__main__":
    sys.exit(show(measure()))
