"""The worker leaves the processors to the screen."""

import json
import os
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

WORKER = (sys.executable, "-m", "tuilab.worker")
GROUPED = Path("/proc/sys/kernel/sched_autogroup_enabled")


@pytest.mark.parametrize("own_session", [True, False])
def test_it_is_nice_and_so_is_its_session_where_that_is_its_own(own_session: bool) -> None:
    ours = _of_group(os.getpid())
    with subprocess.Popen(
        WORKER, stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=own_session
    ) as process:
        assert process.stdin is not None and process.stdout is not None
        assert json.loads(process.stdout.readline())["type"] == "ready"
        assert psutil.Process(process.pid).nice() == 19
        if ours is not None:
            assert _of_group(process.pid) == (10 if own_session else ours)
        process.stdin.close()


def _of_group(process: int) -> int | None:
    """The niceness of a process's group; None where there are no such groups."""
    if not GROUPED.exists() or GROUPED.read_text().strip() != "1":
        return None
    return int(Path(f"/proc/{process}/autogroup").read_text().split()[-1])
