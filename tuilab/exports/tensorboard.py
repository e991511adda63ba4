"""What a run measured, as the events that TensorBoard reads; needs the extra `tensorboard`."""

import shutil
import tempfile
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from tuilab.exports.errors import ExportError
from tuilab.exports.run import Run

_WITHOUT = "TensorBoard's files need the package tensorboardX: pip install 'tuilab[tensorboard]'."


def write(run: Run, file: BinaryIO) -> str:
    """The scalars `loss` and `gradient_norm`; the time of a step is when its stretch was noted.

    TensorBoard finds a file by the letters `tfevents` in its name.
    """
    try:
        from tensorboardX import SummaryWriter
    except ImportError:
        raise ExportError(_WITHOUT) from None
    count, began = 0, _seconds(run.about.began)
    with tempfile.TemporaryDirectory(prefix="tuilab-") as folder:
        with SummaryWriter(folder, write_to_disk=True) as writer:
            for count, each in enumerate(run.steps(), 1):  # noqa: B007
                when = began + each.seconds
                writer.add_scalar("loss", each.loss, each.step, when)
                writer.add_scalar("gradient_norm", each.gradient_norm, each.step, when)
        (events,) = Path(folder).iterdir()
        with events.open("rb") as made:
            shutil.copyfileobj(made, file)
    return f"The {count:,} steps"


def _seconds(began: str) -> float:
    """When that was, in seconds since 1970; 0 where it cannot be read."""
    try:
        return datetime.fromisoformat(began).timestamp()
    except (ValueError, OverflowError):
        return 0.0
