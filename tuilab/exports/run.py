"""A kept run as exports read it: its experiment, and what each step measured. Nothing here is a pickle."""

import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from tuilab.exports.errors import ExportError
from tuilab.labs.spec import Spec
from tuilab.labs.spelling import SpellingError, parse, spell
from tuilab.records.about import About, about_run
from tuilab.records.curve import read_series
from tuilab.records.runlog import LOG, read_log
from tuilab.records.state import RunError, load_arrays, saved_step


class Step(NamedTuple):
    """One training step; `seconds` are those of training up to the end of its stretch of the log."""

    step: int
    loss: float
    gradient_norm: float
    seconds: float


class Run(NamedTuple):
    """A kept run. `saved` is the step of its weights, None where there are none."""

    folder: Path
    about: About
    spec: Spec
    saved: int | None

    @property
    def name(self) -> str:
        """As the learner sees it: how it is spelled, on one line."""
        return one_line(spell(self.spec))

    def steps(self, gaps: bool = False) -> Iterator[Step]:
        """Step by step, up to the one that was saved last. Raises ExportError where there is none.

        One whose loss is not known is left out, or with `gaps` among them as NaN.
        """
        series = read_series(self.folder)
        last = len(series.loss) if self.saved is None else min(self.saved, len(series.loss))
        if not last:
            raise ExportError(f"{self.name} has recorded no step yet; train it first.")
        ends = iter(self._ends())
        end, seconds = next(ends)
        for step, (loss, norm) in enumerate(zip(series.loss[:last], series.gradient_norm[:last], strict=True), 1):
            while step > end:
                end, seconds = next(ends, (last, seconds))
            if gaps or not math.isnan(loss):
                yield Step(step, loss, norm, seconds)

    def _ends(self) -> list[tuple[int, float]]:
        """The last step of each stretch and the seconds up to it, without those that training went back behind."""
        ends: list[tuple[int, float]] = []
        for stretch in read_log(self.folder / LOG):
            while ends and ends[-1][0] >= stretch.first:
                ends.pop()
            ends.append((stretch.first + len(stretch.loss) - 1, stretch.seconds))
        return ends

    def state(self) -> dict[str, Any]:
        """The arrays that were saved. Raises ExportError."""
        if self.saved is None:
            raise ExportError(f"{self.name} has no weights that were saved; train it first.")
        try:
            return load_arrays(self.folder / "state.safetensors")
        except RunError as error:
            raise ExportError(str(error)) from None


def open_run(folder: Path) -> Run:
    """Read what a folder holds. Raises ExportError."""
    about = about_run(folder)
    if about is None:
        raise ExportError(f"{folder} holds no run that can be read; give the folder of a kept run.")
    try:
        return Run(folder, about, parse(about.spelling), saved_step(folder))
    except SpellingError as error:
        raise ExportError(f"What was run in {folder} cannot be read: {error}") from None


def one_line(text: str) -> str:
    """A text of the record as it may stand in a comment: without anything that ends a line, or is not printed."""
    return " ".join("".join(each if each.isprintable() else " " for each in text).split())
