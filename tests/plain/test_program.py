"""Plain mode as a program of its own, through a pipe."""

import os
import signal
import subprocess
import sys
import time

import pytest

from tests.support.records import saved_steps
from tuilab.records.folders import data_folder, runs_folder
from tuilab.records.shelf import newest_left

TUILAB = (sys.executable, "-m", "tuilab")


def tuilab(*arguments: str, typed: str = "", **environ: str) -> subprocess.CompletedProcess[bytes]:
    command, typed_bytes = (*TUILAB, *arguments), typed.encode()
    environment = {**os.environ, **environ}
    return subprocess.run(command, input=typed_bytes, capture_output=True, timeout=60, check=False, env=environment)


def test_a_lesson_through_a_pipe() -> None:
    done = tuilab("--plain", "lesson", "2", typed="n\nn\nlab\nq\n", PYTHONIOENCODING="utf-8")
    assert (done.returncode, done.stderr) == (0, b"")
    said = done.stdout.decode()
    assert "Page 3 of 16: Words as numbers" in said and "Torch is loading…\nunroll data=words\n" in said
    assert all(character.isprintable() or character == "\n" for character in said)


def test_the_option_stands_before_or_after_the_command() -> None:
    for arguments in (("--plain", "open", "neuron seed"), ("open", "--plain", "generate"), ("lesson", "99", "--plain")):
        done = tuilab(*arguments)
        assert done.returncode == 2 and done.stdout == b"" and done.stderr.count(b"\n") == 1
    done = tuilab("open", "neuron b=1", "--plain")
    assert done.returncode == 0 and done.stdout.startswith(b"Lab: neuron b=1\n")


def test_in_ascii_it_does_not_fail() -> None:
    for environ in ({"LC_ALL": "C"}, {"PYTHONIOENCODING": "ascii"}):
        done = tuilab("--plain", "lesson", "1", typed="4\n\xe9\x80\nq\n", **environ)
        assert (done.returncode, done.stderr) == (0, b"")
        assert done.stdout.isascii() and b"y_t = w_x * x_t + b" in done.stdout


def test_bytes_that_are_no_letters_are_a_wrong_command() -> None:
    command = (*TUILAB, "--plain", "lesson", "1")
    done = subprocess.run(command, input=b"\xff\xfe\nq\n", capture_output=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (0, b"") and b"There is no command" in done.stdout


def test_ctrl_c_ends_it_with_130_and_without_a_word() -> None:
    pipe = subprocess.PIPE
    with subprocess.Popen((*TUILAB, "--plain"), stdin=pipe, stdout=pipe, stderr=pipe) as process:
        assert process.stdout is not None and process.stderr is not None
        assert process.stdout.readline() == b"tuilab: recurrent networks by hand\n"
        while b"forecast: " not in process.stdout.readline():
            pass
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=30) == 130 and process.stderr.read() == b""


def test_reading_pages_loads_neither_torch_nor_textual() -> None:
    typed = [*"1nnnnnnnnnnnn?q6nnnnnnnnn", "set frog=1", "settings", "q", "list", "q"]
    code = (
        "import io, sys; from tuilab.plain.launch import open_plain; from tuilab.plain.lines import Lines;"
        f"open_plain(lines=Lines(io.StringIO({chr(10).join(typed)!r}), io.StringIO())); print(*sys.modules)"
    )
    done = subprocess.run((sys.executable, "-c", code), capture_output=True, text=True, check=True)
    assert not {"torch", "textual", "numpy", "rich", "plotext"} & set(done.stdout.split())


def test_ctrl_c_stops_a_training_and_leaves_nothing_half_done() -> None:
    command = (*TUILAB, "--plain", "open", "forecast steps=1000000")
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(command, text=True, encoding="utf-8", **pipes) as process:
        process.stdin.write("train\n")
        process.stdin.flush()
        for line in process.stdout:
            if "gradient norm" in line:
                break
        assert "1" in process.stdout.readline()
        process.send_signal(signal.SIGINT)
        said, complaint = process.communicate("train 2\nq\n", timeout=60)
    assert process.returncode == 0 and complaint == ""
    assert "; train goes on." in said and "Trained 2 steps" in said


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM])
def test_a_training_that_a_signal_ends_is_kept_and_gone_on_with(number) -> None:
    command = (*TUILAB, "--plain", "open", "forecast steps=1000000")
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        process.stdin.write(b"train\n")
        process.stdin.flush()
        while not any(saved_steps(data_folder())):
            assert process.poll() is None
            time.sleep(0.05)
        process.send_signal(number)
        assert process.wait(timeout=30) == -number
    left = newest_left(runs_folder())
    assert left is not None and left.step > 0
    said = tuilab("--plain", typed="t\ntrain 5\nq\nq\n", PYTHONIOENCODING="utf-8").stdout.decode()
    assert f"trained {left.step:,} of 1,000,000 steps" in said.replace("\n ", "") and "Trained 5 steps" in said
