"""Starts a checker, and has files checked by it."""

import os
import select
import subprocess
import sys
import threading
import time

import msgspec

from tuilab.exercises.processes import end_session
from tuilab.exercises.verdict import Done, Job, Ready, Verdict, decode_told, encode
from tuilab.records.folders import is_restricted

STARTING, OVER = 90.0, 45.0  # seconds for torch to load, and beyond an exercise's own for its verdict
REFUSED = "Exercises run what you write, and are not there in restricted mode."
_ONE = ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS")


class RefusedError(Exception):
    """No code of a learner's is run here; the text is a sentence for them."""


class Checker:
    """A checker process; it is started with the first check where it was not before, and again after it has ended.

    One check at a time; others, from other threads, wait.
    """

    def __init__(self) -> None:
        self._line: _Line | None = None
        self._one = threading.Lock()

    @property
    def pid(self) -> int | None:
        """The process, where there is one."""
        return self._line.process.pid if self._line is not None else None

    def start(self) -> None:
        """Start it, and do not wait for it. Raises RefusedError in restricted mode, OSError where it cannot be."""
        if is_restricted():
            raise RefusedError(REFUSED)
        if self._line is None or self._line.process.poll() is not None:
            self.close()
            self._line = _Line()

    def check(self, job: Job) -> Verdict:
        """Have a file checked, and wait for the verdict. Raises RefusedError in restricted mode."""
        with self._one:
            try:
                self.start()
            except OSError as error:
                return Verdict("failed", (f"The check could not begin: {error.strerror}.",))
            line = self._line
            verdict = line.checked(job) if line is not None else None
            if verdict is None and line is self._line:
                self.close()
            return verdict or Verdict("stopped", ("The process that checks was ended, as os.kill can do.",))

    def close(self) -> None:
        """End it, with all that it has started; a check that another thread waits for ends with it."""
        line, self._line = self._line, None
        if line is not None:
            line.process.kill()
            line.process.wait()
            end_session(line.process.pid)


class _Line:
    """A process, and what is said over its pipes; they are closed when nobody knows it any more."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            (sys.executable, "-P", "-m", "tuilab.exercises.checker"),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            env={**os.environ, **dict.fromkeys(_ONE, "1"), "MALLOC_ARENA_MAX": "2"},
        )
        self._ready = False
        self._read = b""

    def checked(self, job: Job) -> Verdict | None:
        """The verdict on a job; None where none comes."""
        assert self.process.stdin is not None
        try:
            self.process.stdin.write(encode(job) + b"\n")  # at once: what is loaded for others waits for this one
            self.process.stdin.flush()
        except OSError:
            return None
        if not self._ready:
            self._ready = isinstance(self._told(STARTING), Ready)
        told = self._told(job.limits.seconds + OVER) if self._ready else None
        return told.verdict if isinstance(told, Done) else None

    def _told(self, patience: float) -> Ready | Done | None:
        """What it says next; None where it says nothing in time, nothing that can be read, or has ended."""
        assert self.process.stdout is not None
        output, until = self.process.stdout.fileno(), time.monotonic() + patience
        while b"\n" not in self._read:
            left = until - time.monotonic()
            piece = os.read(output, 1 << 16) if left > 0 and select.select((output,), (), (), left)[0] else b""
            if not piece:
                return None
            self._read += piece
        line, _, self._read = self._read.partition(b"\n")
        try:
            return decode_told(line)
        except msgspec.DecodeError:
            return None
