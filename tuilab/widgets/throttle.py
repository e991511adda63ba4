"""Does something at most so often, and never forgets the last time it was asked."""

import os
import time
from collections.abc import Callable

from textual.widget import Widget

from tuilab.widgets.alarm import Alarm
from tuilab.widgets.means import means_of

REDRAW_EVERY, FRUGAL_EVERY, SELDOMEST = 0.2, 0.4, 2.0  # seconds
SHARE = 7.5  # a drawing may take one part of the time in so many, of a machine that nobody else wants


def crowd() -> float:
    """How many programs want each processor, as a mean of the last minute; 1 where there is room for all."""
    return max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))


class Throttle:
    """Calls `action` at once when it is due, otherwise when it will be; `widget` is what it draws."""

    def __init__(self, widget: Widget, action: Callable[[], None]) -> None:
        self.widget, self.action = widget, action
        self._last = float("-inf")
        self._took = 0.0  # seconds that the last one took, with all that followed from it
        self._alarm = Alarm(widget, self._act)

    @property
    def every(self) -> float:
        """Seconds from one time to the next: more where little is to be sent, and where there is much to do.

        Where many learners train on one machine, their charts would keep its processors from the keys of all.
        """
        least = FRUGAL_EVERY if means_of(self.widget).sparing else REDRAW_EVERY
        return max(least, min(SHARE * self._took * crowd(), SELDOMEST))

    def __call__(self, at_once: bool = False) -> None:
        """Ask for the action."""
        wait = self.every - (time.monotonic() - self._last)
        if at_once or wait <= 0:
            self._act()
        elif not self._alarm.is_set:
            self._alarm.set(wait)

    def _act(self) -> None:
        self._alarm.cancel()
        if self.widget.app.screen is not self.widget.screen:  # what a dialogue covers can wait; its keys come first
            self._alarm.set(self.every)
            return
        now = time.monotonic()
        # Counted from when it was due, not from when the alarm came round to it: else four a second would be fewer.
        self._last = max(now - self.every / 2, min(now, self._last + self.every))
        self.action()
        self.widget.call_after_refresh(self._drawn, now)

    def _drawn(self, begun: float) -> None:
        self._took = time.monotonic() - begun
