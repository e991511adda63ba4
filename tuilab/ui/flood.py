"""A bound on input that waits: a paste that arrives as keys must not fill the memory faster than it is taken.

Whoever pastes a book into a terminal without bracketed paste presses a million keys. Each of them waits in the queues
of the app, of the widget in focus and of those around it. So a token is sent behind every few of them, through the same
queues; while too many are on their way, further ones are dropped. Pastes and the mouse count as keys do. That the
terminal's window has gained or lost the focus changes nothing here, and is never passed on.
"""

import time
from typing import Any

from textual import events
from textual.message import Message
from textual.message_pump import MessagePump

from tuilab.ui.driver import TerminalDriver

MOST_WAITING = 2000  # keys: nobody types as many ahead
EACH = 100  # keys to a token
LOST = 5.0  # seconds until a token counts as lost, as with a screen that was closed before it came
LEAVING = ("ctrl+c", "ctrl+q")  # whatever waits, the program can be left


class BoundedDriver(TerminalDriver):
    """The terminal's end, which drops keys, pastes and the mouse while too many wait."""

    def __init__(self, *arguments: Any, **settings: Any) -> None:
        super().__init__(*arguments, **settings)
        self._sent = self._lost = 0  # keys; only the thread that reads the terminal counts them
        self._taken = 0  # keys whose token has come back; only the app's own thread counts them
        self._heard = time.monotonic()

    def process_message(self, message: Message) -> None:
        """Send a message on to the app; called in the thread that reads the terminal."""
        if isinstance(message, events.AppFocus | events.AppBlur):
            return
        if isinstance(message, events.MouseEvent) and not self._mouse:
            return  # nobody asked for it
        if isinstance(message, events.Key | events.Paste | events.MouseEvent) and not self._take():
            leaving = isinstance(message, events.Key) and message.key in LEAVING
            if not leaving:
                return
        super().process_message(message)

    def _take(self) -> bool:
        """Count a key, or what counts as one; whether there is room for it."""
        waiting = self._sent - self._lost - self._taken
        if waiting >= MOST_WAITING:
            if time.monotonic() - self._heard < LOST:
                return False
            self._lost += waiting
        self._sent += 1
        if self._sent % EACH == 0:
            self._loop.call_soon_threadsafe(self._send_token)
        return True

    def _send_token(self) -> None:
        self._app.call_later(self._into_focus)

    def _into_focus(self) -> None:
        """The app has taken the keys; now the widget in focus, twice for what it tells itself, and all around it."""
        focused = self._app.focused or self._app.screen
        self._hop([focused, *(node for node in focused.ancestors_with_self if node is not self._app)])

    def _hop(self, queues: list[MessagePump]) -> None:
        while queues:
            first, *queues = queues
            if first.call_later(self._hop, queues):
                return
        self._taken += EACH
        self._heard = time.monotonic()
