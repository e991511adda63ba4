"""The process in which a learner's code runs: little around it, limits on it, and one verdict out of it."""

import contextlib
import ctypes
import faulthandler
import fcntl
import os
import signal
import sys
from pathlib import Path
from typing import NoReturn

from tuilab.exercises.imports import QUIET, load_large
from tuilab.exercises.judge import judge
from tuilab.exercises.limits import limit_myself
from tuilab.exercises.sandbox import write_only_in
from tuilab.exercises.verdict import Job, Verdict, decode_job, encode, printable

REPORT, TRACE = 3, 4  # descriptors: where the verdict goes, and where the interpreter says what it was at
PR_SET_PDEATHSIG = 1
_KEPT = ("LANG", "PATH", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS")


def run(job: Job, scratch: Path, output: int, report: int, trace: int) -> NoReturn:
    """Judge the copy of the learner's file in the scratch folder, report, and end."""
    try:
        _stand_alone(scratch, output, report, trace)
        limit_myself(job.limits)
        write_only_in(scratch)
        with open(TRACE, "w", closefd=False) as told:
            faulthandler.enable(told)
            faulthandler.dump_traceback_later(job.limits.seconds, exit=True, file=told)
            verdict = _judged(job, scratch)
            with contextlib.suppress(BaseException):  # the code may have closed or replaced it
                sys.stdout.flush()
            os.write(REPORT, encode(verdict))
    finally:
        os._exit(0)  # whatever threads are left


def _judged(job: Job, scratch: Path) -> Verdict:
    try:
        return judge(Path(job.exercise), scratch / Path(job.file).name, [Path(each) for each in job.pieces])
    except BaseException as error:
        words = printable(f"{type(error).__name__}: {error}")
        return Verdict("failed", (f"The check itself failed, which is a fault of the exercise: {words}.",))


def _stand_alone(scratch: Path, output: int, report: int, trace: int) -> None:
    """Be the first of a group of processes, in the scratch folder, with no input and no descriptor of others."""
    os.setpgid(0, 0)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    nowhere = os.open(os.devnull, os.O_RDONLY)
    wanted = (nowhere, output, output, report, trace)
    above = [fcntl.fcntl(each, fcntl.F_DUPFD, len(wanted)) for each in wanted]  # none lies where another belongs
    for place, descriptor in enumerate(above):
        os.dup2(descriptor, place)
    os.closerange(len(wanted), os.sysconf("SC_OPEN_MAX"))
    os.chdir(scratch)
    for name in list(os.environ):
        if name not in _KEPT:
            del os.environ[name]
    os.environ.update(QUIET, HOME=str(scratch), TMPDIR=str(scratch))


def main() -> None:
    """As a program of its own, where a process that has loaded torch cannot be copied."""
    import torch  # noqa: F401  # before the limits, which are on what is taken beyond it

    text, scratch, *descriptors = sys.argv[1:]
    job = decode_job(text)
    load_large(Path(scratch, Path(job.file).name))
    run(job, Path(scratch), *map(int, descriptors))


if __name__ == "__main__":
    main()
