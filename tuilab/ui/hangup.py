"""What happens when the terminal goes away: the worker ends, and so does this process, whatever it is waiting for."""

import asyncio
import os
import select
import signal
import sys
import threading
from collections.abc import Callable, Iterable
from typing import Any

DEADLINE = 1.8  # seconds for an orderly end


def on_signals(numbers: Iterable[int], end_worker: Callable[[], None], leave: Callable[[], Any]) -> None:
    """End on these signals: at once on a hang-up, within the deadline on others, so that the terminal is put right."""

    def handle(number: int, _frame: Any) -> None:
        timer = threading.Timer(DEADLINE, os._exit, [128 + number])
        timer.daemon = True
        timer.start()
        end_worker()
        if number == signal.SIGHUP:
            os._exit(128 + number)
        loop.call_soon_threadsafe(leave)  # wakes the loop, which a plain handler does not

    loop = asyncio.get_running_loop()
    if threading.current_thread() is threading.main_thread():
        for number in numbers:
            signal.signal(number, handle)


def end_with_the_line() -> None:
    """End as on a hang-up once the terminal's other end has gone."""
    if line_is_lost():
        signal.raise_signal(signal.SIGHUP)


def line_is_lost() -> bool:
    """Whether the terminal's other end has gone."""
    try:
        poll = select.poll()
        poll.register(sys.__stdin__.fileno(), select.POLLIN)  # type: ignore[union-attr]
        return any(event & (select.POLLHUP | select.POLLERR | select.POLLNVAL) for _, event in poll.poll(0))
    except (OSError, ValueError, AttributeError):
        return True
