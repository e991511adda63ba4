"""What a run measured, as comma-separated values."""

from typing import BinaryIO

from tuilab.exports.run import Run


def write(run: Run, file: BinaryIO) -> str:
    """A line for each step, numbers in full precision."""
    count = 0
    file.write(b"step,loss,gradient_norm\n")
    for count, each in enumerate(run.steps(), 1):  # noqa: B007
        file.write(f"{each.step},{each.loss!r},{each.gradient_norm!r}\n".encode())
    return f"The {count:,} steps"
