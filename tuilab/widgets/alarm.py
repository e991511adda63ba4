"""An alarm that rings once, whatever the machine was doing meanwhile.

A one-shot timer of Textual's may never ring where the machine was busy elsewhere for longer than the timer's time, and
it keeps the whole program waiting for ever where that time has become negative.
"""

import asyncio
from collections.abc import Callable

from textual.message_pump import MessagePump


class Alarm:
    """Calls `action` once, later; `pump` is the app or the widget that it is for, and is told what goes wrong."""

    def __init__(self, pump: MessagePump, action: Callable[[], None]) -> None:
        self.pump, self.action = pump, action
        self._handle: asyncio.TimerHandle | None = None

    @property
    def is_set(self) -> bool:
        """Whether it is still to ring."""
        return self._handle is not None

    def set(self, seconds: float) -> None:
        """Ring in so many seconds, at once where they are past, instead of when it was set to."""
        self.cancel()
        self._handle = asyncio.get_running_loop().call_later(max(0.0, seconds), self._ring)

    def cancel(self) -> None:
        """Do not ring."""
        if self._handle is not None:
            self._handle.cancel()
            self._handle = None

    def _ring(self) -> None:
        self._handle = None
        if not self.pump.is_running:
            return
        try:
            self.action()
        except Exception as error:  # handed to where errors in messages end up
            self.pump.call_later(_fail, error)


def _fail(error: Exception) -> None:
    raise error
