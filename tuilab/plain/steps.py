"""A training as a table of about twenty of its steps."""

import re

from tuilab.labs.run import Metrics
from tuilab.plain.lines import Lines
from tuilab.plain.tables import MOST_ROWS


class StepTable:
    """Tells steps as they come, the first and the last among them; `before` counts the steps that came earlier."""

    def __init__(self, lines: Lines, before: int) -> None:
        self.lines, self.before = lines, before
        self.untold: Metrics | None = None

    def step(self, metrics: Metrics, until: int) -> None:
        """Tell the step if its turn has come."""
        count = metrics.step - self.before
        every = -(-(until - self.before) // (MOST_ROWS - 2))
        if count == 1:
            self.lines.show([f"{'step':>9}  {'loss':>10}  {'gradient norm':>13}"])
        self.untold = metrics
        if count == 1 or count % every == 0:
            self.last()

    def last(self) -> None:
        """Tell the newest step, unless it has been told."""
        if self.untold is not None:
            found, self.untold = self.untold, None
            self.lines.show([f"{found.step:>9}  {found.loss:>10.3e}  {found.gradient_norm:>13.3e}"])


def read_count(text: str) -> int | None:
    """Read how many steps to train; None where it is all of them. Raises ValueError with a sentence."""
    if not text:
        return None
    if not re.fullmatch(r"[1-9]\d{0,6}", text):
        raise ValueError(f"{text!r} is no number of steps; write train, or train 100.")
    return int(text)
