"""What is done where the kernel, or the system, is another."""

import os
import subprocess
import sys

import msgspec
import psutil
import pytest

from tests.exercises.conftest import EXERCISES
from tuilab.exercises import processes, sandbox
from tuilab.exercises.client import REFUSED, Checker, RefusedError
from tuilab.exercises.jobs import job_for
from tuilab.exercises.verdict import Limits, decode_verdict, encode

FRESH = """
import sys
from tuilab.exercises import checker
from tuilab.exercises.verdict import decode_job, encode
checker.CAN_COPY = False
sys.stdout.buffer.write(encode(checker.check(decode_job(sys.argv[1]))))
"""


@pytest.mark.parametrize(
    ("code", "kind"),
    [(None, "right"), ("while True: pass\n", "stopped"), ("import os\nos._exit(3)\n", "failed"), ("x = (\n", "failed")],
)
def test_where_torch_cannot_be_copied_a_fresh_process_does_the_same(tmp_path, code, kind):
    exercise, file = EXERCISES["window"], tmp_path / "window.py"
    file.write_text(code or exercise.solution.read_text())
    job = msgspec.structs.replace(job_for(exercise, file), limits=Limits(seconds=30 if code is None else 20))
    if kind == "stopped":
        job = msgspec.structs.replace(job, limits=Limits(seconds=2))
    command = (sys.executable, "-P", "-c", FRESH, encode(job).decode())
    done = subprocess.run(command, capture_output=True, stdin=subprocess.DEVNULL, check=True)
    assert decode_verdict(done.stdout).kind == kind, done.stderr


def test_processes_are_found_by_ps_too():
    with subprocess.Popen(("sleep", "100"), start_new_session=True) as child:
        found = {process.pid: process for process in processes._told_by_ps()}
        child.kill()
    assert found[child.pid].parent == os.getpid() and found[child.pid].session == child.pid
    assert found[os.getpid()].memory == pytest.approx(psutil.Process().memory_info().rss, rel=0.5)


def test_without_landlock_nothing_is_given_up(monkeypatch, tmp_path):
    monkeypatch.setattr(sandbox, "_call", lambda *arguments: -1)
    assert sandbox.version() == 0 and not sandbox.write_only_in(tmp_path)


def test_restricted_no_checker_is_started(monkeypatch, tmp_path):
    monkeypatch.setenv("TUILAB_RESTRICTED", "1")
    checker = Checker()
    with pytest.raises(RefusedError, match=REFUSED):
        checker.check(job_for(EXERCISES["window"], tmp_path / "window.py"))
    assert checker.pid is None
    command = (sys.executable, "-P", "-m", "tuilab.exercises.checker")
    done = subprocess.run(command, capture_output=True, stdin=subprocess.DEVNULL, text=True, check=False)
    assert done.returncode == 1 and done.stderr == "Exercises are not there in restricted mode.\n"
