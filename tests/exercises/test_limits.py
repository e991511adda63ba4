"""Code that goes wrong is stopped within its limit, and everything around it is as it was."""

import os
import signal
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import msgspec
import psutil
import pytest

from tests.exercises.conftest import EXERCISES
from tuilab.exercises.client import Checker
from tuilab.exercises.jobs import job_for
from tuilab.exercises.sandbox import version
from tuilab.exercises.verdict import Limits

BEGIN = "import ctypes, os, shutil, signal, subprocess, sys, threading, time\n"
RIGHT = "    return series[start : start + steps], series[start + 1 : start + steps + 1]\n"
BODY = "def window(series, start, steps):\n    {}\n" + RIGHT


@pytest.fixture
def run(checker: Checker, tmp_path: Path):
    """Check a right solution of `window` that does something else before; nothing of it may be left."""

    def run(line: str, seconds: float = 3.0):
        file = tmp_path / "window.py"
        file.write_text(BEGIN + BODY.format(line))
        before = file.read_bytes()
        job = msgspec.structs.replace(job_for(EXERCISES["window"], file), limits=Limits(seconds=seconds))
        verdict = checker.check(job)
        assert file.read_bytes() == before
        assert not left_of(checker)
        return verdict

    return run


def left_of(checker: Checker) -> list[psutil.Process]:
    """Processes of the checker's session but itself, and any below it."""
    return psutil.Process(checker.pid).children(recursive=True) if checker.pid else []


def test_a_loop_for_ever_is_stopped_and_its_line_told(run):
    verdict = run("while True: pass", seconds=1)
    assert verdict.kind == "stopped" and verdict.seconds < 5
    assert verdict.sentences == ("Stopped: it took longer than 1 s; it was in line 3, `while True: pass`.",)
    assert (verdict.line, verdict.code) == (3, "while True: pass")


def test_so_is_one_that_catches_everything_and_one_that_only_waits(run):
    loop = "exec('while True:\\n try:\\n  time.sleep(0.01)\\n except BaseException: pass')"
    assert "longer than 1 s" in run(loop, seconds=1).sentences[0]
    assert "longer than 1 s" in run("time.sleep(1000)", seconds=1).sentences[0]
    assert (
        "longer than 1 s"
        in run("signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 60)); threading.Event().wait()", 1).sentences[0]
    )


@pytest.mark.parametrize("line", ["x = [0] * (1 << 30)", "x = []\n    while True: x.append(bytes(1 << 20))"])
def test_memory_is_bounded_and_the_line_told(run, line):
    verdict = run(line)
    assert verdict.kind == "stopped" and "No memory is left in line" in verdict.sentences[0]
    assert verdict.sentences[0].endswith("a check may take 512 MB.") and verdict.line >= 3


def test_so_is_that_of_tensors_and_of_many_small_things(run):
    assert "No memory is left in line 3" in run("import torch; torch.zeros(1 << 30)").sentences[0]
    small = run("x = []\n    while True: x.append(object())", 20)
    assert small.kind == "stopped" and "emory" in small.sentences[0]


def test_what_is_printed_is_cut_and_a_gigabyte_is_stopped(run):
    verdict = run("print('a' * 5000)")
    assert verdict.is_right and verdict.cut and len(verdict.printed) == Limits().shown
    verdict = run("while True: print('b' * 100000)")
    assert verdict.kind == "stopped" and verdict.sentences[0].startswith("Stopped: it printed more than 1 MB")
    assert len(verdict.printed) == Limits().shown


def test_what_is_printed_cannot_steer_the_terminal(run):
    assert run("print('\\x1b[2Jred', start)").printed.startswith("?[2Jred 3")


def test_it_may_delete_its_own_folder(run):
    assert run("shutil.rmtree(os.path.dirname(__file__), ignore_errors=True)").is_right
    assert run("shutil.rmtree(os.getcwd(), ignore_errors=True)").is_right


@pytest.mark.skipif(not version(), reason="this kernel has no Landlock")
def test_it_can_delete_and_write_nothing_else(run, tmp_path):
    (tmp_path / "record").write_text("precious")
    verdict = run(f"shutil.rmtree({str(tmp_path)!r})")
    assert verdict.kind == "failed" and "PermissionError in line 3" in verdict.sentences[0]
    assert "PermissionError" in run(f"open({str(tmp_path / 'record')!r}, 'w')").sentences[0]
    assert "PermissionError" in run(f"open({str(tmp_path / 'new')!r}, 'w')").sentences[0]
    assert (tmp_path / "record").read_text() == "precious"


def test_forks_without_end_are_stopped(run):
    verdict = run("while True: os.fork()", seconds=10)
    assert verdict.kind in ("stopped", "failed") and verdict.seconds < 8
    assert "more than 16 processes" in verdict.sentences[0] or "BlockingIOError" in verdict.sentences[0]


def test_so_are_those_in_sessions_of_their_own_and_those_that_are_left_behind(run):
    verdict = run("\n    while True:\n        if os.fork() == 0: os.setsid(); time.sleep(1000)", seconds=10)
    assert "more than 16 processes" in verdict.sentences[0]
    assert run("\n    if os.fork() == 0: os.setsid(); time.sleep(1000)").is_right


@pytest.mark.parametrize("line", ["sys.exit()", "raise SystemExit(3)", "exit()", "raise KeyboardInterrupt"])
def test_an_end_of_the_program_is_told_with_its_line(run, line):
    verdict = run(line)
    assert verdict.kind == "failed" and verdict.line == 3 and f"in line 3, `{line}`" in verdict.sentences[0]


def test_os_exit_is_told(run):
    assert run("os._exit(0)").sentences == (
        "The code ended its own process before the check was done, as os._exit does.",
    )


@pytest.mark.parametrize("line", ["os.kill(os.getpid(), signal.SIGKILL)", "ctypes.string_at(0)"])
def test_a_signal_is_told(run, line):
    verdict = run(line)
    assert verdict.kind == "stopped" and verdict.sentences[0].startswith("The code ended its process by the signal SIG")


def test_a_fault_of_segmentation_is_told_with_its_line(run):
    assert "SIGSEGV; it was in line 3, `ctypes.string_at(0)`" in run("ctypes.string_at(0)").sentences[0]


def test_it_may_try_to_end_who_checks_it(run, checker):
    verdict = run("os.kill(os.getppid(), signal.SIGKILL)")
    assert "PermissionError" in verdict.sentences[0] or verdict.sentences == (
        "The process that checks was ended, as os.kill can do.",
    )
    assert run("pass").is_right


def test_a_checker_that_is_ended_at_work_leaves_nothing_and_is_started_again(checker, run, tmp_path, until):
    file = tmp_path / "window.py"
    file.write_text(BEGIN + BODY.format("subprocess.run(['sleep', '1000'])"))
    job = msgspec.structs.replace(job_for(EXERCISES["window"], file), limits=Limits(seconds=60))
    with ThreadPoolExecutor(1) as other:
        verdict = other.submit(checker.check, job)
        session = until(lambda: checker.pid)
        until(lambda: any("sleep" in each.name() for each in left_of(checker)))
        started = left_of(checker)
        os.kill(session, signal.SIGKILL)
        assert verdict.result(30).sentences == ("The process that checks was ended, as os.kill can do.",)
    assert all(each.status() == psutil.STATUS_ZOMBIE for each in started if each.is_running())
    assert run("pass").is_right


@pytest.mark.parametrize(
    "line",
    ["os.closerange(1, 3)", "sys.stdout.close()", "sys.stdout = None", "print('x', file=sys.stderr)",
     "sys.stdin.read()", "threading.Thread(target=time.sleep, args=(1000,)).start()"],
)  # fmt: skip
def test_what_does_no_harm_is_right_all_the_same(run, line):
    assert run(line).is_right


def test_a_descriptor_that_is_not_its_own_may_be_closed(run):
    assert run("os.closerange(0, 100)").kind == "failed"


def test_threads_without_end_are_bounded(run):
    verdict = run("\n    while True: threading.Thread(target=time.sleep, args=(1000,)).start()")
    assert "RuntimeError in line 4" in verdict.sentences[0] and "can't start new thread" in verdict.sentences[0]


def test_input_that_is_asked_for_is_told(run):
    assert "input is read in line 3, `input()`; in a check nobody is there to type." in run("input()").sentences[0]


def test_a_file_cannot_grow_without_end_and_programs_may_be_started(run):
    assert "OSError in line" in run("open('f', 'wb').write(bytes(64 << 20))").sentences[0]
    assert run("subprocess.run(['true'], check=True)").is_right


def test_its_environment_is_its_own(run, monkeypatch):
    told = run("print(os.getcwd() == os.environ['HOME'], sorted(os.environ))").printed.splitlines()[0]
    assert told.startswith("True [") and "XDG" not in told and "TUILAB" not in told
