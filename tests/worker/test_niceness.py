"""The worker leaves the processors to the screen."""

import json
import os
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

WORKER = (sys.executable, "-m", "tuilab.worker")


@pytest.mark.parametrize("own_session", [True, False])
def test_it_is_nice_and_so_is_its_session_where_that_is_its_own(own_session: bool) -> None:
    ours = _of_group(os.getpid())
    with subprocess.Popen(
        WORKER, stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=own_session
    ) as process:
        assert process.stdin is not None and process.stdout is not None
        assert json.loads(process.stdout.readline())["type"] == "ready"
        assert psutil.Process(process.pid).nice() == 19
        expected = {10} if own_session else {ours}
        if ours is None:
            expected.add(None)  # where there are no groups at all
        assert _of_group(process.pid) in expected
        process.stdin.close()


def _of_group(process: int) -> int | None:
    """The niceness of a process's group; None where it is in none: the kernel has none, or its session began before."""
    group = Path(f"/proc/{process}/autogroup")
    return int(group.read_text().split()[-1]) if group.exists() and group.read_text() else None
