"""Memory of both processes: proportional set size, in MiB, after two lessons were read and a network trained.

Every page of lessons 2 and 6 is turned; then the forecast lab beside one of them trains for 20 seconds.
"""

import re
import sys
import time

from tests.bench.report import Row, show
from tests.bench.training import progress
from tests.support.terminal import Terminal, pss, tuilab, worker_of

MOST_UI, MOST_WORKER = 60, 250
PAGE = re.compile(r"\b(\d+)/(\d+)\s*$")  # at the right end of the header


def measure(seconds: float = 20.0) -> list[Row]:
    """Read, train, and look."""
    with tuilab("lesson", "2") as terminal:
        read_through(terminal, "2 ·")
        terminal.press("q")
        terminal.until("LESSONS")
        while "▸6" not in terminal.text():
            terminal.press("down")
            time.sleep(0.2)
        terminal.press("enter")
        read_through(terminal, "6 ·")
        train(terminal, seconds)
        ui, worker = pss(terminal.pid), pss(worker_of(terminal))
    return [_row("memory of the UI", ui, MOST_UI), _row("memory of the worker", worker, MOST_WORKER)]


def _row(figure: str, found: float, most: float) -> Row:
    return Row(figure, f"{found:.0f} MiB", "", None, f"at most {most} MB", found <= most)


def read_through(terminal: Terminal, lesson: str) -> None:
    """Turn every page of a lesson."""
    terminal.until(lambda text: lesson in text and _page(text))
    page, last = _page(terminal.text())
    while page < last:
        page += 1
        terminal.press("n")
        terminal.until(lambda text, page=page: _page(text)[0] == page)
        time.sleep(0.3)  # a glance, in which the lab asks the worker


def train(terminal: Terminal, seconds: float) -> None:
    """Turn back to the forecast lab, and train there, from the start again whenever it is done."""
    while "forecast" not in terminal.text().partition("\n")[0]:
        terminal.press("p")
        time.sleep(0.5)
    terminal.press("tab")
    ended = time.monotonic() + seconds
    while time.monotonic() < ended:
        terminal.press("r")
        terminal.until(progress)
        time.sleep(5)


def _page(text: str) -> tuple[int, int]:
    found = PAGE.search(text.partition("\n")[0])
    return (int(found[1]), int(found[2])) if found else (0, 0)


if __name__ == "__main__":
    sys.exit(show(measure()))
