"""A line that says how far a run has come: a bar, the step, steps a second, the time left."""

from collections.abc import Callable

from textual.widgets import Static

from tuilab.widgets.throttle import Throttle


def progress_text(step: int, total: int, rate: float, active: bool, width: int) -> str:
    """The line, in `width` columns; an active run has time left. A total of 0 is not known yet: nothing is said."""
    if not total:
        return ""
    left = f"{(total - step) / rate:,.1f} s left" if rate and active else ""
    figures = f"  {step:,} / {total:,}   {rate:,.0f}/s   {left}" if step else f"  0 / {total:,}"
    room = max(4, width - max(len(figures), 40))
    done = room * step // total
    return "━" * done + "─" * (room - done) + figures


class ProgressLine(Static):
    """Shows what `source` gives: step, total, steps a second, and whether it can go on; four times a second."""

    DEFAULT_CSS = "ProgressLine { height: 1; }"

    def __init__(self, source: Callable[[], tuple[int, int, float, bool]]) -> None:
        super().__init__("", markup=False)
        self.source = source
        self.changed = Throttle(self, self._redraw)

    def on_resize(self) -> None:
        """Fill the new width."""
        self._redraw()

    def _redraw(self) -> None:
        self.update(progress_text(*self.source(), self.size.width or 60), layout=False)
