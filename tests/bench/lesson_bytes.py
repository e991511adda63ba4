"""Lesson 2 opened from home over SSH and a modem's line, 80x24: what is sent until its first screen stands, and when.

Counted are the bytes that the ssh client writes to its terminal, from the key on until nothing more comes; the time
is that at which the page and its keys, the last row, were there. Beside it: the start of the program at that lesson,
from the first byte to the same screen, the login with it.
"""

import sys

from tests.bench.report import Row, show
from tests.bench.training import quiet
from tests.support.remote import remote_tuilab
from tests.support.slowline import MODEM
from tests.support.sshd import server
from tests.support.terminal import Terminal

MOST = 6.0
FIRST, LAST = "After this lesson", "? Help"


def measure(rounds: int = 3) -> list[Row]:
    """Open the lesson, from home and as the first thing."""
    opened, started = [], []
    with server() as there:
        for _ in range(rounds):
            with remote_tuilab(there, speed=MODEM) as terminal:
                terminal.until("▸1")
                terminal.press("j")
                terminal.until("▸2")
                before, pressed = terminal.sent, terminal.press("enter")
                seen = _until_whole(terminal)
                quiet(terminal)
                opened.append((terminal.sent - before, seen - pressed))
            with remote_tuilab(there, "lesson", "2", speed=MODEM) as terminal:
                seen = _until_whole(terminal)
                quiet(terminal)
                started.append((terminal.sent, seen - terminal.started))
    return [_row("lesson 2 opened", opened), _row("lesson 2 as the start", started)]


def _until_whole(terminal: Terminal) -> float:
    return terminal.until(lambda text: FIRST in text and LAST in text)


def _row(figure: str, found: list[tuple[int, float]]) -> Row:
    size, seconds = max(size for size, _ in found) / 1024, max(seconds for _, seconds in found)
    return Row(
        f"{figure}, {MODEM}", f"{size:.1f} KB, {seconds:.1f} s", "", None, f"at most {MOST:.0f} KB", size <= MOST
    )


if __name__ == "__main__":
    sys.exit(show(measure()))
