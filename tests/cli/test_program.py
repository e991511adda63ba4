"""The program as a process: interrupted, cut off, and what it loads."""

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest

TUILAB = (sys.executable, "-m", "tuilab")
LONG = "forecast hidden=4 length=5 batch=2 steps=1000000"


def tuilab(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = (*TUILAB, *arguments)
    nothing = subprocess.DEVNULL
    return subprocess.run(command, stdin=nothing, capture_output=True, text=True, timeout=60, check=False)


def piped(*arguments: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen((*TUILAB, *arguments), stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def test_ask_prints_one_object() -> None:
    done = tuilab("ask", "unroll seed=1", "--json")
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["answer"]["shapes"]["X"] == [2, 3, 2]


def test_a_mistaken_command_ends_with_2_and_one_line() -> None:
    done = tuilab("run", "forecast hidden=9999")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "forecast: hidden=9999 is not allowed: hidden is a whole number from 1 to 512.\n"


def test_without_a_terminal_it_ends_with_2() -> None:
    done = tuilab()
    assert done.returncode == 2 and "tuilab ask" in done.stderr and done.stderr.count("\n") == 1


def test_ctrl_c_stops_a_run_which_still_says_how_it_ended() -> None:
    with piped("run", LONG, "--json") as process:
        assert process.stdout is not None and process.stderr is not None
        lines = [process.stdout.readline() for _ in range(5)]
        process.send_signal(signal.SIGINT)
        lines += process.stdout.readlines()
        err = process.stderr.read()
    *steps, finished = map(json.loads, lines)
    assert (process.returncode, err) == (130, b"")
    assert finished["reason"] == "stopped" and finished["step"] == steps[-1]["step"]


def test_a_closed_pipe_ends_it_without_a_word() -> None:
    with piped("run", LONG, "--json") as process:
        assert process.stdout is not None and process.stderr is not None
        assert json.loads(process.stdout.readline())["event"] == "started"
        process.stdout.close()
        assert process.wait(timeout=30) == 0 and process.stderr.read() == b""


def test_a_small_output_into_a_closed_pipe_ends_it_without_a_word() -> None:
    with piped("labs") as process:
        assert process.stdout is not None and process.stderr is not None
        process.stdout.close()
        assert process.wait(timeout=30) == 0 and process.stderr.read() == b""


def test_listing_loads_neither_torch_nor_textual() -> None:
    for command in ("labs", "lessons"):
        code = f"import sys; from tuilab.cli.main import main; main([{command!r}]); print(*sys.modules)"
        done = subprocess.run((sys.executable, "-c", code), capture_output=True, text=True, check=True)
        assert not {"torch", "textual", "numpy"} & set(done.stdout.splitlines()[-1].split())


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
@pytest.mark.parametrize("command", [("labs",), ("--plain", "lesson", "2")])
def test_a_full_disk_is_one_sentence(command) -> None:
    with open("/dev/full", "wb") as full:
        nothing, pipe = subprocess.DEVNULL, subprocess.PIPE
        done = subprocess.run((*TUILAB, *command), stdin=nothing, stdout=full, stderr=pipe, check=False)
    assert (done.returncode, done.stderr) == (1, b"tuilab: No space left on device.\n")
