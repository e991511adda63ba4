"""What the process gives up before it opens anything, seen in processes of its own."""

import json
import os
import subprocess
import sys
import threading
from argparse import Namespace

import pytest

from tuilab.cli import restricted
from tuilab.cli.errors import CommandError
from tuilab.cli.restricted import SWITCH, keep_little
from tuilab.exercises.limits import threads_of

LINUX = pytest.mark.skipif(sys.platform != "linux", reason="only Linux counts threads and privileges like this")
HOSTILE = {
    "TEXTUAL": "devtools,debug",
    "TEXTUAL_DRIVER": "evil:Driver",
    "TEXTUAL_LOG": "/tmp/log",
    "PYTHONSTARTUP": "/tmp/evil.py",
    "PYTHONPATH": "/tmp",
    "XDG_DATA_HOME": "/tmp",
    "XDG_DATA_DIRS": "/tmp",
    "TUILAB_DATA": "/tmp",
    "LD_PRELOAD": "/tmp/evil.so",
    "EDITOR": "vi",
    "BROWSER": "/bin/sh",
    "SSH_ORIGINAL_COMMAND": "/bin/sh",
    "PATH": "/tmp",
}
WANTED = {"HOME": "/home/ada", "TERM": "xterm", "COLORTERM": "truecolor", "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"}


def test_of_the_environment_little_is_left() -> None:
    environ = HOSTILE | WANTED
    keep_little(environ)
    assert environ == WANTED | {"PATH": "/usr/bin:/bin", SWITCH: "1"}


ENCLOSED = """
import json, os, resource, sys
from tuilab.cli.main import main
main(["--restricted", "labs"])
limits = {name: resource.getrlimit(getattr(resource, f"RLIMIT_{name}")) for name in ("CORE", "FSIZE", "NPROC")}
mask = os.umask(0)
status = dict(line.split(":", 1) for line in open("/proc/self/status")) if sys.platform == "linux" else {}
print(json.dumps({"limits": limits, "mask": mask, "status": status, "environ": dict(os.environ)}))
"""


@pytest.fixture(scope="module")
def enclosed() -> dict:
    command = (sys.executable, "-c", ENCLOSED)
    done = subprocess.run(command, capture_output=True, text=True, check=True, env={**os.environ, **HOSTILE_HERE})
    return json.loads(done.stdout.splitlines()[-1])


HOSTILE_HERE = {name: HOSTILE[name] for name in ("TEXTUAL_DRIVER", "EDITOR", "BROWSER", "SSH_ORIGINAL_COMMAND")}


def test_the_process_is_bounded(enclosed) -> None:
    assert enclosed["limits"]["CORE"] == [0, 0]
    assert enclosed["limits"]["FSIZE"] == [128 << 20] * 2
    assert enclosed["mask"] == 0o077
    assert not set(HOSTILE_HERE) & set(enclosed["environ"])


@LINUX
def test_it_gains_no_privileges_has_few_threads_and_ignores_the_stop_keys(enclosed) -> None:
    soft, hard = enclosed["limits"]["NPROC"]
    assert 64 < soft == hard
    assert enclosed["status"]["NoNewPrivs"].strip() == "1"
    ignored = int(enclosed["status"]["SigIgn"], 16)
    assert ignored >> 19 & 1 and ignored >> 2 & 1  # SIGTSTP is 20, SIGQUIT 3


@LINUX
def test_threads_are_counted_too() -> None:
    before, done = threads_of(os.getuid()), threading.Event()
    threads = [threading.Thread(target=done.wait) for _ in range(50)]
    for thread in threads:
        thread.start()
    now = threads_of(os.getuid())
    done.set()
    assert now > before + 25  # other processes of this user may have come or gone


@pytest.mark.parametrize("value, on", [("1", True), ("yes", True), ("0", False), ("", False), (None, False)])
def test_the_environment_switches_it_on(value, on) -> None:
    environ = {} if value is None else {SWITCH: value}
    assert restricted.is_wanted(Namespace(restricted=False), environ) is on
    assert restricted.is_wanted(Namespace(restricted=True), environ)


@pytest.mark.parametrize("allowed", [None, "open", "lesson", "labs", "lessons", "ask", "run"])
def test_commands_that_only_look_are_there(allowed) -> None:
    restricted.refuse(Namespace(command=allowed))


@pytest.mark.parametrize(
    "arguments, said",
    [
        (["check", "/etc"], "tuilab check reads no other folder in restricted mode"),
        (["fetch"], "tuilab fetch is not there in restricted mode."),
        (["fetch", "text8", "--shared"], "tuilab fetch is not there in restricted mode."),
        (["fetch", "text8", "--from", "file:///etc/passwd"], "tuilab fetch is not there in restricted mode."),
        (["exercise"], "tuilab exercise is not there in restricted mode."),
        (["exercise", "start", "window"], "tuilab exercise is not there in restricted mode."),
        (["exercise", "check", "window", "--watch"], "tuilab exercise is not there in restricted mode."),
        (["check", "lessons"], "tuilab check reads no other folder in restricted mode"),
        ([], "Here there is tuilab's screen and nothing else, and it needs a terminal"),
        (["open", "unroll"], "Here there is tuilab's screen and nothing else, and it needs a terminal"),
        (["open", "/etc/passwd"], "There is no experiment '/etc/passwd'."),
        (["/bin/sh"], "/bin/sh"),
    ],
)
def test_what_is_not_there_is_told_in_one_line(arguments, said) -> None:
    environ = {**os.environ, SWITCH: "1"}
    command = (sys.executable, "-m", "tuilab", *arguments)
    nothing = subprocess.DEVNULL
    done = subprocess.run(command, stdin=nothing, capture_output=True, text=True, check=False, env=environ)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr and done.stderr.count("\n") == 1


def test_an_unknown_command_is_refused() -> None:
    with pytest.raises(CommandError, match="tuilab later is not there in restricted mode"):
        restricted.refuse(Namespace(command="later"))


@pytest.mark.parametrize("arguments", [["--restricted", "check", "/etc"]])
def test_the_option_alone_does_too(arguments) -> None:
    command = (sys.executable, "-m", "tuilab", *arguments)
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2 and "reads no other folder" in done.stderr
