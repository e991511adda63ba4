"""The output stage: compares screens, sends differences, and waits until the terminal has drawn them.

Behind each frame goes a cursor position query. The terminal answers only after it has drawn what came before, so
the answer says that the whole line, with all its buffers, has room for the next frame. What happens meanwhile goes
into the next difference. No widget has to think of bytes.

`App._display` of Textual is private; this is the only module that overrides it, tests/ui/test_output.py holds it to
what is used here, and Textual is bounded to the minor versions tested.
"""

import time
from collections import deque
from collections.abc import Callable
from typing import Any

from rich.color import ColorSystem
from textual import events
from textual._context import visible_screen_stack
from textual._styles_cache import StylesCache
from textual.app import App
from textual.strip import Strip

from tuilab.terminal.means import Means
from tuilab.ui.cells import Cell, cells, difference
from tuilab.ui.driver import TerminalDriver
from tuilab.ui.fit import fitted

QUERY = "\x1b[6n"
FIRST_ANSWER, NEXT_ANSWER = 2.0, 15.0  # seconds until a terminal counts as one that does not answer
MUTE_INTERVAL, MUTE_HURRY = 0.5, 0.1  # seconds between frames for such a terminal, and after a key
MOST_UNANSWERED = 3  # frames under way when keys are pressed
HURRY = 0.3  # seconds after a key in which frames do not wait


def forget_gone_widgets() -> None:
    """Empty a cache that Textual keeps by widget: it would hold up to 1,024 of them that have long gone."""
    StylesCache.get_inner_outer.cache_clear()


class Pacer:
    """Decides when the next frame may go, and counts what went. Times are in seconds of a monotonic clock."""

    def __init__(self) -> None:
        self.unanswered = 0
        self.frames = self.bytes = 0
        self.round_trip: float | None = None  # of the newest query that was answered
        self._asked: deque[float] = deque(maxlen=64)  # when the unanswered queries went
        self.mute = False
        self._heard = False
        self._sent = self._hurry_until = float("-inf")

    def hurry(self, now: float) -> None:
        """A key was pressed: its answer does not wait behind a chart."""
        self._hurry_until = now + HURRY

    def sent(self, now: float, size: int = 0) -> None:
        """A frame of so many bytes and its query have gone."""
        self.unanswered += 1
        self._sent = now
        self._asked.append(now)
        self.frames += 1
        self.bytes += size

    def answered(self, now: float | None = None) -> None:
        """The terminal has drawn a frame; one that was mute until now begins anew."""
        self.unanswered = 0 if self.mute else max(0, self.unanswered - 1)
        self.mute, self._heard = False, True
        if self._asked and now is not None:
            self.round_trip = now - self._asked.popleft()

    def forget(self) -> None:
        """Wait for no answer: they may have gone to whoever had the terminal meanwhile."""
        self.unanswered = 0
        self._asked.clear()

    def wait(self, now: float) -> float:
        """Seconds until the next frame may go; 0 for now."""
        if self.mute:
            return max(0.0, self._sent + (MUTE_INTERVAL if now > self._hurry_until else MUTE_HURRY) - now)
        if self.unanswered == 0 or (now < self._hurry_until and self.unanswered < MOST_UNANSWERED):
            return 0.0
        late = self._sent + (NEXT_ANSWER if self._heard else FIRST_ANSWER) - now
        if late <= 0:
            self.mute = True
            self.forget()
        return max(0.0, late)


class PacedApp(App[Any]):
    """An app whose screen reaches the terminal as paced differences."""

    def __init__(self) -> None:
        super().__init__(driver_class=TerminalDriver)
        self.means = Means()
        self.pacer = Pacer()
        self._shown: list[tuple[Strip, list[Cell]]] = []
        self._changed = False  # since the last frame went
        self._frame_timer: Any = None
        self.clock: Callable[[], float] = time.monotonic

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
        self.pacer.forget()
        self._changed = True
        self.refresh()

    async def on_event(self, event: events.Event) -> None:
        """Note keys, answers, and what makes the terminal forget its screen."""
        if isinstance(event, events.Key | events.Paste):
            self.pacer.hurry(self.clock())
        elif isinstance(event, events.CursorPosition):
            self.pacer.answered(self.clock())
            self._send_when_due()
            return
        elif isinstance(event, events.Resize):
            self._shown = []
        await super().on_event(event)

    def _send_when_due(self) -> None:
        if not self._changed:
            return
        wait = self.pacer.wait(self.clock())
        if wait > 0 or self._backlog() > MOST_UNANSWERED:
            if self._frame_timer is None:
                self._frame_timer = self.set_timer(max(wait, 0.05), self._timer_rang)
        else:
            self._send()

    def _timer_rang(self) -> None:
        self._frame_timer = None
        self._send_when_due()

    def _send(self) -> None:
        driver = self._driver
        if driver is None or self._closed or not self._running or not self.screen.size:
            return
        self._changed = False
        visible_screen_stack.set(self._background_screens)
        strips = self.screen._compositor.render_strips()
        frame = self._difference(strips)
        if frame:
            x, y = self.cursor_position
            # a position in the first row could be read as the key shift+F3
            ending = f"\x1b[{max(y, 1) + 1};{x + 1}H{QUERY}"
            begin, end = ("\x1b[?2026h", "\x1b[?2026l") if self._sync_available else ("", "")
            out = begin + frame + end + ending
            driver.write(out)
            self.pacer.sent(self.clock(), len(out.encode()))

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
