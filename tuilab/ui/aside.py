"""Work beside the screen, in a thread that nobody waits for when the program ends."""

import asyncio
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar

from textual.message_pump import MessagePump

Found = TypeVar("Found")


def aside(pump: MessagePump, work: Callable[[], Found], then: Callable[[Found], None]) -> None:
    """Do some work, and let a screen or widget, if it is still there, take what was found."""
    loop = asyncio.get_running_loop()

    def run() -> None:
        try:
            found = work()
        except Exception as error:  # handed to where errors in messages end up
            _tell(loop, pump, _fail, error)
        else:
            _tell(loop, pump, then, found)

    threading.Thread(target=run, daemon=True, name="aside").start()


def _tell(loop: asyncio.AbstractEventLoop, pump: MessagePump, then: Callable[[Found], None], found: Found) -> None:
    with suppress(RuntimeError):  # the program has ended
        loop.call_soon_threadsafe(lambda: pump.call_later(then, found))


def _fail(error: Exception) -> None:
    raise error
