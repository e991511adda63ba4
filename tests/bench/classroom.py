"""A class on one machine over real SSH: thirty learners, a third of them training, 80x24.

`python -m tests.bench.classroom 30`. How long `?` takes to the whole help for a learner drawn at random, and the
proportional set sizes of all processes of tuilab together. The emulators of all the terminals run here too, so that
the machine has more to do than it would have in class.
"""

import random
import sys
import time
from contextlib import ExitStack

from tests.bench.report import Row, percentile, show
from tests.bench.training import begin, wait_for_torch
from tests.support.remote import RemoteTerminal, remote_tuilab
from tests.support.sshd import server
from tests.support.terminal import pss

MOST, MOST_MEMORY = 0.300, 8.0
FIRST, LAST = "space trains, pauses and goes on", "esc closes"
LONGEST_START = 120.0


def measure(learners: int = 30, laps: int = 100) -> list[Row]:
    """Fill the class, press keys, and look."""
    draw = random.Random(1)
    training = round(learners / 3)
    with server() as there, ExitStack() as stack:
        terminals: list[RemoteTerminal] = []
        for number in range(learners):
            context = remote_tuilab(there, "open", "forecast steps=1000000")
            terminals.append(stack.enter_context(context))
            terminals[-1].until("space trains", LONGEST_START)
            wait_for_torch(terminals[-1])
            print(f"learner {number + 1} is there", file=sys.stderr, flush=True)
        for terminal in terminals[:training]:
            begin(terminal)
        for terminal in terminals:
            _lap(terminal)  # imports the help
        times = []
        for _ in range(laps):
            time.sleep(draw.uniform(0.0, 0.3))
            times.append(_lap(draw.choice(terminals)))
        memory = sum(pss(process.pid) for terminal in terminals for process in terminal.far()) / 1024
    found = percentile(times, 0.95)
    name = f"{learners} learners, {training} training"
    measured = f"p95 {found * 1000:.0f} ms (median {percentile(times, 0.5) * 1000:.0f})"
    return [
        Row(f"key, {name}", measured, "", None, f"at most {MOST * 1000:.0f} ms", found <= MOST),
        Row(f"memory, {name}", f"{memory:.1f} GiB", "", None, f"below {MOST_MEMORY:.0f} GB", memory < MOST_MEMORY),
    ]


def _lap(terminal: RemoteTerminal) -> float:
    pressed = terminal.press("?")
    seen = terminal.until(lambda text: FIRST in text and LAST in text)
    terminal.press("?")
    terminal.gone(LAST)
    return seen - pressed


if __name__ == "__main__":
    sys.exit(show(measure(*map(int, sys.argv[1:]))))
