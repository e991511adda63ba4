"""The terminal's end of Textual, for terminals as they are: old ones, and lines that deliver anything.

Textual's own driver asks every terminal for what only newer ones know, ends the program at a byte that is not UTF-8,
and spins where the input has ended. Which of its methods are replaced here tests/ui/test_driver.py holds it to.
"""

import codecs
import os
import select
import time
from typing import Any

from textual import constants, events
from textual._xterm_parser import BRACKETED_PASTE_END, BRACKETED_PASTE_START, XTermParser
from textual.drivers.linux_driver import LinuxDriver
from textual.message import Message
from textual.messages import InBandWindowResize

PASTE_PATIENCE = 3.0  # seconds without input after which a paste that does not end has ended, or its late rest
TICK = 0.1
_KITTY_KEYS_END, _SECOND_SCREEN_END = "\x1b[<u", "\x1b[?1049l"


class Reader:
    """Makes events of what arrives, whatever that is. Times are in seconds of a monotonic clock."""

    def __init__(self, debug: bool = False) -> None:
        self._debug = debug
        self._parser = XTermParser(debug)
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._pasting_since: float | None = None
        self._late_since: float | None = None  # a paste was ended for it; what comes is its rest, and no commands
        self._tail = ""

    def read(self, data: bytes, now: float) -> list[Message]:
        """The events in some input."""
        text = self._without_late_paste(self._decoder.decode(data), now)
        self._note_paste(text, now)
        return self._feed(text) if text else []  # nothing at all would mean the end of the input

    def tick(self, now: float) -> list[Message]:
        """What becomes clear as nothing more arrives: that a key was escape, that a paste will not end."""
        found = self._guarded(self._parser.tick)
        if self._pasting_since is not None and now - self._pasting_since > PASTE_PATIENCE:
            self._pasting_since, self._late_since = None, now
            found += self._feed(BRACKETED_PASTE_END)
        return found

    def _without_late_paste(self, text: str, now: float) -> str:
        if self._late_since is None or now - self._late_since > PASTE_PATIENCE:
            self._late_since = None
            return text
        self._late_since = now
        _, end, after = (self._tail + text).partition(BRACKETED_PASTE_END)
        if end:
            self._late_since, self._tail = None, ""
            return after
        self._tail = (self._tail + text)[1 - len(BRACKETED_PASTE_END) :]
        return ""

    def _note_paste(self, text: str, now: float) -> None:
        seen = self._tail + text
        began, ended = seen.rfind(BRACKETED_PASTE_START), seen.rfind(BRACKETED_PASTE_END)
        if began != ended:
            self._pasting_since = now if began > ended else None
        elif self._pasting_since is not None:
            self._pasting_since = now
        self._tail = seen[1 - len(BRACKETED_PASTE_START) :]

    def _feed(self, text: str) -> list[Message]:
        return self._guarded(lambda: self._parser.feed(text))

    def _guarded(self, parse: Any) -> list[Message]:
        """Events as far as they can be made: a sequence that the parser breaks at is left out, with what follows it."""
        found: list[Message] = []
        try:
            found.extend(parse())
        except Exception:
            self._parser = XTermParser(self._debug)
            self._pasting_since = None
        return [message for message in found if _is_possible(message)]


def _is_possible(message: Message) -> bool:
    """Whether an event can be true: sizes come with the system's signal, and nobody asked for them in the input."""
    return not isinstance(message, events.Resize | InBandWindowResize)


class TerminalDriver(LinuxDriver):
    """Asks a terminal only for what it can know, and reads on whatever it sends."""

    @property
    def _is_modern(self) -> bool:
        means = getattr(self._app, "means", None)
        return means is None or means.modern

    def _request_terminal_sync_mode_support(self) -> None:
        if self._is_modern:
            super()._request_terminal_sync_mode_support()

    def _query_in_band_window_resize(self) -> None:
        """Sizes come with the system's signal, over SSH too."""

    def _get_terminal_size(self) -> tuple[int, int]:
        """What the terminal says; COLUMNS and LINES, which a shell may have exported, do not follow it."""
        try:
            size = os.get_terminal_size(self.fileno)
        except OSError:
            size = os.terminal_size((0, 0))
        return (size.columns, size.lines) if all(size) else super()._get_terminal_size()

    def write(self, data: str) -> None:
        """Send it on; but not the end of Kitty's keys where their beginning was not sent: not all terminals drop it.

        The terminal is given back empty: one without a second screen would show the prompt among what was drawn.
        """
        if data == _SECOND_SCREEN_END:
            data = f"\x1b[m\x1b[H\x1b[J{data}"
        if data != _KITTY_KEYS_END or not constants.DISABLE_KITTY_KEY:
            super().write(data)

    def run_input_thread(self) -> None:
        """Read until the program, or the input, ends. A line that is gone is noticed elsewhere."""
        reader = Reader(self._debug)
        while not self.exit_event.is_set():
            ready, _, _ = select.select([self.fileno], [], [], TICK)
            found: list[Message] = []
            if ready:
                try:
                    data = os.read(self.fileno, 4096)
                except OSError:
                    return
                if not data:
                    return
                found = reader.read(data, time.monotonic())
            for message in found + reader.tick(time.monotonic()):
                self.process_message(message)
