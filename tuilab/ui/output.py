"""The output stage: compares screens, sends differences, and waits until the terminal has drawn them.

Behind each frame goes a cursor position query. The terminal answers only after it has drawn what came before, so
the answer says that the whole line, with all its buffers, has room for the next frame. What happens meanwhile goes
into the next difference. No widget has to think of bytes.

`App._display` of Textual is private; this is the only module that overrides it, tests/ui/test_output.py holds it to
what is used here, and Textual is bounded to the minor versions tested.
"""

import os
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

from tuilab.ui.cells import Cell, cells, difference
from tuilab.ui.pen import erases_in_colour, shorten

QUERY = "\x1b[6n"
FIRST_ANSWER, NEXT_ANSWER = 2.0, 15.0  # seconds until a terminal counts as one that does not answer
MUTE_INTERVAL, MUTE_HURRY = 0.5, 0.1  # seconds between frames for such a terminal, and after a key
MOST_UNANSWERED = 3  # frames under way when keys are pressed
MOST_AHEAD = 0.3  # seconds of a line's time that they may take, as far as is known
HURRY = 0.3  # seconds after a key in which frames do not wait
LARGE = 1000  # bytes of a frame that says how fast a line is
FORGETTING = 1.02  # by which the shortest way becomes longer with each answer, for a line that has become longer
LONGEST_REST = 1.0  # seconds


def forget_gone_widgets() -> None:
    """Empty a cache that Textual keeps by widget: it would hold up to 1,024 of them that have long gone."""
    StylesCache.get_inner_outer.cache_clear()


class Pacer:
    """Decides when the next frame may go. Times are in seconds of a monotonic clock, sizes in bytes.

    The shortest way there and back is what the line takes when it is empty; what an answer took beyond it, the frame
    took to go through. For as long again the line is left empty, so that a key finds it so at least every other time,
    however slow it is. From large frames follows how fast the line is, and how many a key may send ahead of answers.
    """

    def __init__(self) -> None:
        self.mute = False
        self._heard = False
        self._under_way: deque[tuple[float, int]] = deque()  # when each unanswered frame went, and its size
        self._forgotten = 0  # answers that may yet come, and say nothing of the frames that went later
        self._sent = self._key = self._hurry_until = self._rest_until = float("-inf")
        self._shortest = float("inf")  # there and back
        self._byte = 0.0  # seconds that a byte takes

    @property
    def unanswered(self) -> int:
        """Frames that have gone and were not answered yet."""
        return len(self._under_way)

    def hurry(self, now: float) -> None:
        """A key was pressed: its answer does not wait behind a chart."""
        self._key, self._hurry_until = now, now + HURRY

    def sent(self, now: float, size: int = 0) -> None:
        """A frame and its query have gone."""
        if not self.mute:
            self._under_way.append((now, size))
        self._sent = now

    def answered(self, now: float) -> None:
        """The terminal has drawn a frame."""
        self.mute, self._heard = False, True
        forgotten, self._forgotten = self._forgotten, max(0, self._forgotten - 1)
        if not self._under_way:
            return
        went, size = self._under_way.popleft()
        if forgotten:
            return
        trip = now - went
        self._shortest = min(trip, self._shortest * FORGETTING)
        through = trip - self._shortest
        self._rest_until = now + min(through, LONGEST_REST)
        if size >= LARGE:
            self._byte = through / size

    def forget(self) -> None:
        """Wait for no answer that is still to come: it may have gone elsewhere."""
        self._forgotten += len(self._under_way)
        self._under_way.clear()

    def wait(self, now: float) -> float:
        """Seconds until the next frame may go; 0 for now."""
        hurried = now < self._hurry_until
        if self.mute:
            return max(0.0, self._sent + (MUTE_HURRY if hurried else MUTE_INTERVAL) - now)
        if not self._under_way:
            return 0.0 if hurried else max(0.0, self._rest_until - now)
        if hurried and self.unanswered < MOST_UNANSWERED and self._ahead() < MOST_AHEAD:
            return 0.0
        late = self._sent + (NEXT_ANSWER if self._heard else FIRST_ANSWER) - now
        if late <= 0:
            # A terminal that has answered before and sends no keys either has a line that stands still: it gets a
            # frame now and then, so that little is to be caught up with when the line goes on.
            self.mute = not self._heard or self._key > self._sent
            self.forget()
        return max(0.0, late)

    def _ahead(self) -> float:
        """Seconds until the line is through with what is under way."""
        return sum(size for _, size in self._under_way) * self._byte


class PacedApp(App[Any]):
    """An app whose screen reaches the terminal as paced differences."""

    def __init__(self) -> None:
        super().__init__()
        self.pacer = Pacer()
        self._shown: list[tuple[Strip, list[Cell]]] = []
        self._changed = False  # since the last frame went
        self._frame_timer: Any = None
        self._frame_due = 0.0  # when it rings
        self._erases = erases_in_colour(os.environ.get("TERM"))
        self.clock: Callable[[], float] = time.monotonic

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
        now = self.clock()
        wait = self.pacer.wait(now)
        if wait > 0 or self._backlog() > MOST_UNANSWERED:
            self._look_again(now + (wait or 0.05))
        else:
            self._send()

    def _look_again(self, when: float) -> None:
        """Come back to it then, or earlier where that was agreed; a time that has been agreed may be far off."""
        if self._frame_timer is not None:
            if self._frame_due <= when:
                return
            self._frame_timer.stop()
        self._frame_due = when
        self._frame_timer = self.set_timer(when - self.clock(), self._timer_rang)

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
        frame = shorten(self._difference(strips), self._erases)
        if frame:
            x, y = self.cursor_position
            # a position in the first row could be read as the key shift+F3
            ending = f"\x1b[{max(y, 1) + 1};{x + 1}H{QUERY}"
            begin, end = ("\x1b[?2026h", "\x1b[?2026l") if self._sync_available else ("", "")
            driver.write(begin + frame + end + ending)
            self.pacer.sent(self.clock(), len(frame.encode()))

    def _difference(self, strips: list[Strip]) -> str:
        colours: ColorSystem | None = self.console._color_system
        first = len(self._shown) != len(strips)
        width = self.size.width
        rows, out = [], []
        for y, strip in enumerate(strips):
            if not first and self._shown[y][0] == strip:
                rows.append(self._shown[y])
                continue
            row = cells(list(strip), width)
            out.append(difference(None if first else self._shown[y][1], row, y, colours))
            rows.append((strip, row))
        self._shown = rows
        return "".join(out)

    def _backlog(self) -> int:
        """Writes that the terminal's own thread has not yet got rid of."""
        thread = getattr(self._driver, "_writer_thread", None)
        return thread._queue.qsize() if thread is not None else 0
