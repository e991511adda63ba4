"""One at a time: a lock among the programs of a learner."""

import errno
import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PATIENCE = 0.5  # seconds; who holds it for longer stands still
_HAS_NONE = {errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP, errno.ENOTTY}


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the lock that a file stands for; where the file system knows no locks, go on without. Raises OSError."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NONBLOCK, 0o600)
    try:
        _wait_for(descriptor)
        yield
    finally:
        os.close(descriptor)


def _wait_for(descriptor: int) -> None:
    until = time.monotonic() + PATIENCE
    while True:
        try:
            return fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > until:
                raise OSError(errno.EAGAIN, "Another tuilab holds the file") from None
            time.sleep(0.005)
        except OSError as error:
            if error.errno in _HAS_NONE:
                return None
            raise
