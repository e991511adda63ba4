"""Memory of both processes: proportional set size, in MiB, after lessons 2 and 6 were read and a network was trained.

Every page of both lessons is turned; then the forecast lab that stands beside the last one trains for 20 seconds.
"""

import re
import time

from tests.bench.driver import Terminal, pss, tuilab, worker_of
from tests.bench.report import Row, show
from tests.bench.training import progress

MOST_UI, MOST_WORKER = 60, 250
PAGE = re.compile(r"\b(\d+)/(\d+)\s*$")  # at the right end of the header


def measure(seconds: float = 20.0) -> list[Row]:
    """Read, train, and look."""
    with tuilab("lesson", "2") as terminal:
        read_through(terminal, "2 ·")
        terminal.press("q")
        terminal.until("LESSONS")
        terminal.press("down", "down", "enter")
        read_through(terminal, "6 ·")
        terminal.press("tab", "r")
        terminal.until(progress)
        time.sleep(seconds)
        ui, worker = pss(terminal.pid), pss(worker_of(terminal))
    return [
        Row("memory of the UI", f"{ui:.0f} MiB", "", None, f"at most {MOST_UI} MB", ui <= MOST_UI),
        Row("memory of the worker", f"{worker:.0f} MiB", "", None, f"at most {MOST_WORKER} MB", worker <= MOST_WORKER),
    ]


def read_through(terminal: Terminal, lesson: str) -> None:
    """Turn every page of a lesson."""
    terminal.until(lambda text: lesson in text and _page(text))
    page, last = _page(terminal.text())
    while page < last:
        page += 1
        terminal.press("n")
        terminal.until(lambda text, page=page: _page(text)[0] == page)
        time.sleep(0.3)  # a glance, in which the lab asks the worker


def _page(text: str) -> tuple[int, int]:
    found = PAGE.search(text.partition("\n")[0])
    return (int(found[1]), int(found[2])) if found else (0, 0)


if __name__ == "__main__":
    show(measure())
