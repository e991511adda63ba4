"""One real SSH server for all tests of this folder; without one they are skipped."""

import time

import psutil
import pytest

from tests.support.remote import RemoteTerminal, lives, remote_tuilab
from tests.support.sshd import MISSING, server, sshd_path

ALLOWED = 2.0  # seconds until nothing of the program may be left


@pytest.fixture(scope="session")
def sshd():
    """The server."""
    if sshd_path() is None:
        pytest.skip(MISSING)
    with server() as started:
        yield started


@pytest.fixture
def opened(sshd):
    """`opened("lesson", "2", speed=MODEM)` runs tuilab over SSH; it is ended with the test."""
    contexts = []

    def start(*arguments: str, **settings) -> RemoteTerminal:
        context = remote_tuilab(sshd, *arguments, **settings)
        contexts.append(context)
        return context.__enter__()

    yield start
    for context in contexts:
        context.__exit__(None, None, None)


def ends(processes: list[psutil.Process], seconds: float = ALLOWED) -> None:
    """Wait until these processes have gone."""
    assert processes
    deadline = time.monotonic() + seconds
    while alive := [process for process in processes if lives(process)]:
        assert time.monotonic() < deadline, f"still there after {seconds:.0f} s: {alive}"
        time.sleep(0.02)
