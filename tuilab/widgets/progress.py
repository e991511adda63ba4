"""A line that says how far a run has come: a bar, the step, steps a second, the time left."""

import time

from textual.widgets import Static

REDRAW_EVERY = 0.25


def progress_text(step: int, total: int, rate: float, width: int) -> str:
    """The line, in `width` columns."""
    left = f"{(total - step) / rate:,.1f} s left" if rate and step < total else ""
    figures = f"  {step:,} / {total:,}   {rate:,.0f}/s   {left}" if step else f"  0 / {total:,}"
    room = max(4, width - max(len(figures), 40))
    done = room * step // total
    return "━" * done + "─" * (room - done) + figures


class ProgressLine(Static):
    """Shows the newest progress, at most four times a second."""

    DEFAULT_CSS = "ProgressLine { height: 1; }"

    def __init__(self) -> None:
        super().__init__("", markup=False)
        self._drawn = 0.0
        self._newest = (0, 1, 0.0)

    def show(self, step: int, total: int, rate: float, at_once: bool = False) -> None:
        """Say how far it is."""
        self._newest = (step, total, rate)
        if at_once or time.monotonic() - self._drawn >= REDRAW_EVERY:
            self._drawn = time.monotonic()
            self.update(progress_text(*self._newest, self.size.width or 60))

    def on_resize(self) -> None:
        """Fill the new width."""
        self.update(progress_text(*self._newest, self.size.width))
