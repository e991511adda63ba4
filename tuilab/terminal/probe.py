"""How long the terminal takes to answer: asked on /dev/tty, with the keyboard in raw mode for that moment."""

import os
import re
import select
import statistics
import termios
import time
import tty
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

QUERY = b"\x1b[6n"
_ANSWER = re.compile(rb"\x1b\[(\d+);(\d+)R")
PATIENCE, TIMES = 2.0, 3  # seconds, and how often is asked


def answer_time(path: str = "/dev/tty") -> float | None:
    """The median of some answers to CSI 6 n, in seconds; None where the terminal does not answer one of them.

    Raises OSError where there is no terminal.
    """
    fd = os.open(path, os.O_RDWR | os.O_NOCTTY)
    try:
        with _raw(fd):
            taken: list[float] = []
            for _ in range(TIMES):
                seconds = _ask(fd)
                if seconds is None:
                    return None
                taken.append(seconds)
            return statistics.median(taken)
    finally:
        os.close(fd)


@contextmanager
def _raw(fd: int) -> "Iterator[None]":
    """The terminal handing over each byte as it comes, and put back as it was."""
    try:
        before = termios.tcgetattr(fd)
    except termios.error as error:
        raise OSError(*error.args) from error
    try:
        tty.setcbreak(fd)
        yield
    finally:
        termios.tcsetattr(fd, termios.TCSAFLUSH, before)  # a late answer is not typed into the shell


def _ask(fd: int) -> float | None:
    begun = time.monotonic()
    os.write(fd, QUERY)
    heard = b""
    while (left := begun + PATIENCE - time.monotonic()) > 0:
        if select.select([fd], [], [], left)[0]:
            heard += os.read(fd, 256)
            if _ANSWER.search(heard):
                return time.monotonic() - begun
    return None
