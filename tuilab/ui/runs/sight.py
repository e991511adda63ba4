"""Which steps of a run are in sight, and at which one the cursor stands."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from tuilab.ui.runs.curves import View

LEAST = 10  # steps that are always in sight, where there are so many
STRIDES = 100  # key presses from one side to the other


class Sight:
    """A cursor on steps 1 to `steps`, and a part of them around it."""

    def __init__(self, steps: int) -> None:
        self.steps = max(1, steps)
        self.first, self.last, self.cursor = 1, self.steps, self.steps

    @property
    def span(self) -> int:
        """How many steps are in sight."""
        return self.last - self.first + 1

    @property
    def whole(self) -> bool:
        """Whether all of them are."""
        return self.span == self.steps

    def view(self, mean: int, log: bool) -> View:
        """What is in sight."""
        return View(self.first, self.last, mean, log)

    def stride(self, by: int) -> None:
        """Move the cursor by so many hundredths of what is in sight, by a step each at least."""
        self.move(by * max(1, self.span // STRIDES))

    def move(self, by: int) -> None:
        """Move the cursor by so many steps; what is in sight follows it."""
        self.go_to(self.cursor + by)

    def go_to(self, step: int) -> None:
        """Put the cursor on a step."""
        self.cursor = max(1, min(self.steps, step))
        shift = min(0, self.cursor - self.first) or max(0, self.cursor - self.last)
        self.first, self.last = self.first + shift, self.last + shift

    def zoom(self, factor: float) -> None:
        """See fewer steps or more, the cursor as far from the left as it was."""
        span = max(min(LEAST, self.steps), min(self.steps, round(self.span / factor)))
        share = (self.cursor - self.first) / max(1, self.span - 1)
        first = self.cursor - round(share * (span - 1))
        self.first = max(1, min(self.steps - span + 1, first))
        self.last = self.first + span - 1

    def show_all(self) -> None:
        """See all of them."""
        self.first, self.last = 1, self.steps


def neighbour(moments: Sequence[int], step: int, direction: int) -> int | None:
    """The next moment after a step, or before it; None where there is none."""
    at = bisect_right(moments, step) if direction > 0 else bisect_left(moments, step) - 1
    return moments[at] if 0 <= at < len(moments) else None
