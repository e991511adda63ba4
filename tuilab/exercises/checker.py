"""The checker: `python -m tuilab.exercises.checker`. It loads torch, waits for jobs, and has each done in a child.

A job a line comes in over standard input, a verdict a line goes out; it ends when its input does. It computes nothing
itself, so that a copy of it is in order, and runs nothing of a learner's; large libraries that their code names it
loads, once. It is not there in restricted mode.
"""

import os
import select
import shutil
import signal
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import IO

from tuilab.exercises.imports import load_large
from tuilab.exercises.processes import adopt
from tuilab.exercises.report import verdict_of
from tuilab.exercises.verdict import Done, Job, Ready, Verdict, decode_job, encode
from tuilab.exercises.watch import GRACE, HungUp, watch
from tuilab.records.folders import is_restricted

NICENESS = 5
LOADING = 30.0  # seconds for torch and large libraries, where each check loads them
CAN_COPY = sys.platform == "linux"  # elsewhere a process that has loaded torch may not be copied


def main() -> None:
    """Serve until the input ends."""
    if is_restricted():
        sys.exit("Exercises are not there in restricted mode.")
    protocol = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # ctrl+c is for the program that started this one
    adopt()
    os.nice(NICENESS)
    if CAN_COPY:
        import torch  # noqa: F401

        import tuilab.exercises.child  # noqa: F401
    with suppress(BrokenPipeError, HungUp):
        _say(protocol, Ready())
        if CAN_COPY and not select.select((0,), (), (), 0)[0]:  # nobody waits yet
            warm()
        for line in sys.stdin.buffer:
            _say(protocol, Done(check(decode_job(line))))
            if CAN_COPY:
                warm()
    os._exit(0)


def _say(protocol: IO[bytes], told: Ready | Done) -> None:
    protocol.write(encode(told) + b"\n")
    protocol.flush()


def warm() -> None:
    """Load what else exercises use: the first optimiser that is made brings a compiler with it, which takes seconds."""
    import torch

    torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))])


def check(job: Job) -> Verdict:
    """Have a job done, in a folder that is made for it and goes with it."""
    try:
        scratch = Path(tempfile.mkdtemp(prefix="tuilab-"))
    except OSError as error:
        return Verdict("failed", (f"The check could not begin: {error.strerror}.",))
    try:
        for name in (job.file, *job.files):
            shutil.copyfile(name, scratch / Path(name).name)
        if CAN_COPY:
            load_large(scratch / Path(job.file).name)
        return _done(job, scratch)
    except OSError as error:
        return Verdict("failed", (f"{Path(str(error.filename)).name} cannot be read: {error.strerror}.",))
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _done(job: Job, scratch: Path) -> Verdict:
    output, printing = os.pipe()
    report, reporting = os.pipe()
    with tempfile.TemporaryFile() as trace:
        try:
            try:
                child = _begin(job, scratch, printing, reporting, trace.fileno())
            finally:
                os.close(printing)
                os.close(reporting)
            ended = watch(child, output, report, job.limits, GRACE if CAN_COPY else GRACE + LOADING)
        finally:
            os.close(output)
            os.close(report)
        trace.seek(0)
        return verdict_of(ended, job, trace.read().decode("utf-8", "replace"))


def _begin(job: Job, scratch: Path, *descriptors: int) -> int:
    if CAN_COPY:
        child = os.fork()
        if child == 0:
            from tuilab.exercises.child import run

            run(job, scratch, *descriptors)
        return child
    command = (sys.executable, "-P", "-m", "tuilab.exercises.child", encode(job).decode(), str(scratch))
    return subprocess.Popen((*command, *map(str, descriptors)), pass_fds=descriptors, process_group=0).pid


if __name__ == "__main__":
    main()
