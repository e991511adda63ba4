"""Starts a checker, and has files checked by it."""

import os
import select
import subprocess
import sys
import threading
import time
from contextlib import suppress

import msgspec

from tuilab.exercises.processes import end_session
from tuilab.exercises.verdict import Done, Job, Ready, Verdict, decode_told, encode
from tuilab.records.folders import is_restricted

STARTING, OVER = 90.0, 15.0  # seconds for torch to load, and beyond an exercise's own for its verdict
REFUSED = "Exercises run what you write, and are not there in restricted mode."
_ONE = ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS")


class RefusedError(Exception):
    """No code of a learner's is run here; the text is a sentence for them."""


class Checker:
    """A checker process; it is started with the first check where it was not before, and again after it has ended.

    One check at a time; others, from other threads, wait.
    """

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._ready = False
        self._read = bytearray()
        self._one = threading.Lock()

    def start(self) -> None:
        """Start it, and do not wait for it. Raises RefusedError in restricted mode."""
        if is_restricted():
            raise RefusedError(REFUSED)
        if self._process is not None and self._process.poll() is None:
            return
        self.close()
        self._ready, self._read = False, bytearray()
        self._process = subprocess.Popen(
            (sys.executable, "-P", "-m", "tuilab.exercises.checker"),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            env={**os.environ, **dict.fromkeys(_ONE, "1"), "MALLOC_ARENA_MAX": "2"},
        )

    def check(self, job: Job) -> Verdict:
        """Have a file checked, and wait for the verdict. Raises RefusedError in restricted mode."""
        with self._one:
            try:
                self.start()
            except OSError as error:
                return Verdict("failed", (f"The check could not begin: {error.strerror}.",))
            verdict = self._checked(job)
            if verdict is None:
                self.close()
            return verdict or Verdict("stopped", ("The process that checks was ended, as os.kill can do.",))

    def _checked(self, job: Job) -> Verdict | None:
        assert self._process is not None and self._process.stdin is not None
        try:
            self._process.stdin.write(encode(job) + b"\n")  # at once: what is loaded for others waits for this one
            self._process.stdin.flush()
        except OSError:
            return None
        if not self._ready:
            self._ready = isinstance(self._told(STARTING), Ready)
        if not self._ready:
            return None
        told = self._told(job.limits.seconds + OVER)
        return told.verdict if isinstance(told, Done) else None

    def _told(self, patience: float) -> Ready | Done | None:
        """What it says next; None where it says nothing in time, nothing that can be read, or has ended."""
        assert self._process is not None and self._process.stdout is not None
        descriptor, until = self._process.stdout.fileno(), time.monotonic() + patience
        while b"\n" not in self._read:
            left = until - time.monotonic()
            if left <= 0 or not select.select((descriptor,), (), (), left)[0]:
                return None
            piece = os.read(descriptor, 1 << 16)
            if not piece:
                return None
            self._read += piece
        line, _, rest = bytes(self._read).partition(b"\n")
        self._read = bytearray(rest)
        try:
            return decode_told(line)
        except msgspec.DecodeError:
            return None

    def close(self) -> None:
        """End it, with all that it has started."""
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        end_session(process.pid)
        for pipe in (process.stdin, process.stdout):
            with suppress(OSError):
                if pipe is not None:
                    pipe.close()
