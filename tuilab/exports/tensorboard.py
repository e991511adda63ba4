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
        from tensorboardX import RecordWriter
        from tensorboardX.proto.event_pb2 import Event
        from tensorboardX.proto.summary_pb2 import Summary
    except ImportError:
        raise ExportError(_WITHOUT) from None
    count, began = 0, _seconds(run.about.began)
    with tempfile.TemporaryDirectory(prefix="tuilab-") as folder:
        path = Path(folder, "events")
        writer = RecordWriter(str(path))  # SummaryWriter, which has a thread and a queue, takes ten times as long
        writer.write(Event(wall_time=began, file_version="brain.Event:2").SerializeToString())
        for count, each in enumerate(run.steps(), 1):  # noqa: B007
            values = [
                Summary.Value(tag="loss", simple_value=each.loss),
                Summary.Value(tag="gradient_norm", simple_value=each.gradient_norm),
            ]
            event = Event(wall_time=began + each.seconds, step=each.step, summary=Summary(value=values))
            writer.write(event.SerializeToString())
        writer.close()
        with path.open("rb") as made:
            shutil.copyfileobj(made, file)
    return f"The {count:,} steps"


def _seconds(began: str) -> float:
    """When that was, in seconds since 1970; 0 where it cannot be read."""
    try:
        return datetime.fromisoformat(began).timestamp()
    except (ValueError, OverflowError):
        return 0.0
