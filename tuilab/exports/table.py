"""What a run measured, as comma-separated values."""

import math
from typing import BinaryIO

from tuilab.exports.run import Run


def write(run: Run, file: BinaryIO) -> str:
    """A line for each step, numbers in full precision; a cell is empty where no finite number was measured."""
    count = 0
    file.write(b"step,loss,gradient_norm\n")
    for count, each in enumerate(run.steps(gaps=True), 1):  # noqa: B007
        file.write(f"{each.step},{_cell(each.loss)},{_cell(each.gradient_norm)}\n".encode())
    return f"The {count:,} steps"


def _cell(value: float) -> str:
    return repr(value) if math.isfinite(value) else ""
