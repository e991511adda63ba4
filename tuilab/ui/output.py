"""The output stage: compares screens, sends differences, and waits until the terminal has drawn them.

Behind each frame goes a cursor position query. The terminal answers only after it has drawn what came before, so
the answer says that the whole line, with all its buffers, has room for the next frame. What happens meanwhile goes
into the next difference. No widget has to think of bytes.

`App._display` and `App._check_bindings` of Textual are private; this is the only module that overrides them,
tests/ui/test_output.py holds them to what is used here, and Textual is bounded to the minor versions tested.
"""

import asyncio
import os
import time
from collections.abc import Callable
from typing import Any

from rich.color import ColorSystem
from textual import events
from textual._context import visible_screen_stack
from textual._styles_cache import StylesCache
from textual.app import App
from textual.screen import Screen
from textual.strip import Strip
from textual.widgets import Input, TextArea

from tuilab.terminal.means import Means
from tuilab.ui.cells import Cell, cells, difference
from tuilab.ui.fit import fitted
from tuilab.ui.flood import BoundedDriver
from tuilab.ui.pacer import MOST_UNANSWERED, Pacer
from tuilab.ui.pen import erases_in_colour, shorten
from tuilab.widgets.alarm import Alarm
from tuilab.widgets.line import Line
from tuilab.widgets.steady import Ground

QUERY = "\x1b[6n"
COMPOSING = 1.0  # seconds at most that input waits for a screen to be composed


def forget_gone_widgets() -> None:
    """Empty a cache that Textual keeps by widget: it would hold up to 1,024 of them that have long gone."""
    StylesCache.get_inner_outer.cache_clear()


def _is_ready(screen: Screen[Any]) -> bool:
    return screen.is_mounted and (screen.focused is not None or not screen.focus_chain)


class PacedApp(App[Any]):
    """An app whose screen reaches the terminal as paced differences."""

    def __init__(self) -> None:
        super().__init__(driver_class=BoundedDriver)
        self.means = Means()
        self.pacer = Pacer()
        self._shown: list[tuple[Strip, list[Cell]]] = []
        self._changed = False  # since the last frame went
        self.alarm = Alarm(self, self._send_when_due)
        self._frame_due = 0.0  # when it rings
        self._erases: bool | None = None  # looked up after the first frame, which does not wait for it
        self._awaited: Screen[Any] | None = None  # the screen that input waited for last, and for how long at most
        self._awaited_until = 0.0
        self.clock: Callable[[], float] = time.monotonic

    def get_default_screen(self) -> Screen[Any]:
        """Take its size from the terminal, as all others do."""
        return Ground(id="_default")

    def on_mount(self) -> None:
        """Let go, now and then, of what Textual keeps."""
        self.set_interval(5.0, forget_gone_widgets)

    def use(self, means: Means) -> None:
        """Draw with what the terminal has."""
        self.means = means
        self.no_color = means.colours == "none"

    def _display(self, screen: Any, renderable: Any) -> None:
        """Take note that the screen has changed, and send the difference when its time has come."""
        if self.is_headless or self.is_inline:
            return super()._display(screen, renderable)
        if renderable is not None and not self._batch_count and self._running and not self._closed:
            self._changed = True
            self._send_when_due()
        return self.post_display_hook()

    def forget_screen(self) -> None:
        """Send everything again: the terminal no longer shows what was sent."""
        self._shown = []
        self.pacer.forget()  # an answer may have gone to whoever had the terminal meanwhile
        self._changed = True
        self.refresh()

    def action_redraw(self) -> None:
        """Draw the whole screen again."""
        self.forget_screen()

    async def on_event(self, event: events.Event) -> None:
        """Note keys, answers, and what makes the terminal forget its screen."""
        if isinstance(event, events.Key | events.Paste | events.MouseEvent):
            await self._wait_for_the_screen()
        if isinstance(event, events.Key | events.Paste):
            self.pacer.hurry(self.clock())
        elif isinstance(event, events.CursorPosition):
            if event.y or self.size.height == 1:  # else it is F3 with shift, alt or ctrl, which looks like an answer
                self.pacer.answered(self.clock())
                self._send_when_due()
            return
        elif isinstance(event, events.Resize):
            self._shown = []
        await super().on_event(event)

    async def _check_bindings(self, key: str, priority: bool = False) -> bool:
        """Obey a key as it comes, unless a line takes it.

        Textual would send it through the widgets first, and obey it when it comes back: by then the keys that were
        typed behind it are on their way too, and miss the screen that it opens. What a line takes is no key of the
        screen, though that may have priority.
        """
        focused = self.focused
        if priority and isinstance(focused, Line) and focused.takes(key):
            return False
        if await super()._check_bindings(key, priority):
            return True
        return priority and not isinstance(self.focused, Input | TextArea) and await super()._check_bindings(key)

    async def _wait_for_the_screen(self) -> None:
        """What is typed ahead waits until the screen that it is meant for is there, and a widget has the keys."""
        while self.screen_stack and not _is_ready(self.screen):
            if self.screen is not self._awaited:
                self._awaited, self._awaited_until = self.screen, self.clock() + COMPOSING
            if self.clock() >= self._awaited_until:
                return
            await asyncio.sleep(0.001)

    def _send_when_due(self) -> None:
        if not self._changed:
            return
        now = self.clock()
        wait = self.pacer.wait(now)
        if wait > 0 or self._backlog() > MOST_UNANSWERED:
            self._look_again(now + (wait or 0.05))
        else:
            self._send()

    def _look_again(self, when: float) -> None:
        """Come back to it then, or earlier where that was agreed; a time that has been agreed may be far off."""
        if self.alarm.is_set and self._frame_due <= when:
            return
        self._frame_due = when
        self.alarm.set(when - self.clock())

    def _send(self) -> None:
        driver = self._driver
        if driver is None or self._closed or not self._running or not self.screen.size:
            return
        self._changed = False
        visible_screen_stack.set(self._background_screens)
        strips = self.screen._compositor.render_strips()
        frame = shorten(self._difference(strips), bool(self._erases))
        if frame:
            x, y = self.cursor_position
            # below the first row: there the answer would look like F3 with shift
            ending = f"\x1b[{max(y, 1) + 1};{x + 1}H{QUERY}"
            begin, end = ("\x1b[?2026h", "\x1b[?2026l") if self._sync_available else ("", "")
            out = begin + frame + end + ending
            driver.write(out)
            self.pacer.sent(self.clock(), len(out.encode()))
            if self._erases is None:
                self._erases = erases_in_colour(os.environ.get("TERM"))

    def _difference(self, strips: list[Strip]) -> str:
        colours: ColorSystem | None = self.console._color_system
        first = len(self._shown) != len(strips)
        width = self.size.width
        rows, out = [], []
        for y, strip in enumerate(strips):
            if not first and self._shown[y][0] == strip:
                rows.append(self._shown[y])
                continue
            row = fitted(cells(list(strip), width), self.means)
            out.append(difference(None if first else self._shown[y][1], row, y, colours))
            rows.append((strip, row))
        self._shown = rows
        return "".join(out)

    def _backlog(self) -> int:
        """Writes that the terminal's own thread has not yet got rid of."""
        thread = getattr(self._driver, "_writer_thread", None)
        return thread._queue.qsize() if thread is not None else 0
