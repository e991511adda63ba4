"""What several benchmarks share: the forecast lab in training on a terminal, and its progress line."""

import re
import time

from tests.support.terminal import Terminal, tuilab

_PROGRESS = re.compile(r"([\d,]+) / [\d,]+   +([\d,]+)/s")


def progress(text: str) -> tuple[int, int] | None:
    """The step and the steps a second that the progress line says; None while it says none."""
    found = _PROGRESS.search(text)
    return (_number(found[1]), _number(found[2])) if found else None


def wait_for_torch(terminal: Terminal) -> None:
    """Wait until the lab is there and torch is loaded."""
    terminal.until(lambda text: "space trains" in text and "loading" not in text)


def begin(terminal: Terminal) -> None:
    """Train at full speed, from the lab as it was opened."""
    wait_for_torch(terminal)
    terminal.press("space")
    terminal.until(progress)


def next_progress(terminal: Terminal) -> tuple[int, float]:
    """Wait until the progress line changes; its step, and when it came."""
    before = progress(terminal.text())
    found = None

    def changed(text: str) -> bool:
        nonlocal found
        found = progress(text)
        return found is not None and found != before

    when = terminal.until(changed)
    assert found is not None
    return found[0], when


def quiet(terminal: Terminal, seconds: float = 1.5) -> None:
    """Wait until the program has sent nothing for a while."""
    sent, since = terminal.sent, time.monotonic()
    while time.monotonic() - since < seconds:
        if terminal.sent != sent:
            sent, since = terminal.sent, time.monotonic()
        time.sleep(0.02)


def screenful(seconds: float) -> str:
    """The spelling of a training that draws its curves across the charts in about `seconds` on this machine.

    A training of a million steps would hold all its curve in the first column, and leave nothing to draw.
    """
    with tuilab("open", "forecast steps=1000000") as terminal:
        begin(terminal)
        time.sleep(3)
        found = progress(terminal.text())
    assert found is not None
    return f"forecast steps={max(2000, round(found[1] * seconds * 1.4))}"


def _number(text: str) -> int:
    return int(text.replace(",", ""))
