"""However it ends, nothing is left running, and what was done is kept."""

import fcntl
import os
import re
import signal
import struct
import termios
from pathlib import Path

import pytest

from tests.support.records import saved_steps


def training(opened):
    program = opened("open", "forecast steps=1000000")
    program.until("space trains")
    program.press("space")
    program.until("running   loss")
    family = program.family()
    assert len(family) == 2
    return program, family


@pytest.mark.parametrize("key", ["\x03", "\x11"])
def test_ctrl_c_and_ctrl_q_end_everything(opened, key):
    program, family = training(opened)
    program.press(key)
    program.all_end(family)


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM, signal.SIGKILL])
def test_a_signal_ends_everything(opened, number):
    program, family = training(opened)
    program.signal(number)
    program.all_end(family)


def test_a_closed_terminal_ends_everything(opened):
    program, family = training(opened)
    program.terminal.hang_up()
    program.all_end(family)


def test_after_sigterm_the_terminal_is_put_right(opened):
    program, family = training(opened)
    assert program.terminal.screen.cursor.hidden
    program.signal(signal.SIGTERM)
    program.all_end(family)
    program.until(lambda _: not program.terminal.screen.cursor.hidden, 3)


def test_a_killed_worker_is_said_and_one_key_starts_it_again(opened):
    program, family = training(opened)
    program.until(lambda _: any(saved_steps(opened.data)))
    first = max(saved_steps(opened.data))
    program.until(lambda _: max(saved_steps(opened.data)) > first)  # by then the screen has been told of the first
    os.kill(family[1].pid, signal.SIGKILL)
    program.until("the worker is ended: ctrl+r starts it again")
    assert "Traceback" not in program.text
    program.press("\x12")
    program.until("paused   loss")  # as it was saved
    program.press(" ")
    program.until("running   loss")


def test_sigterm_ends_it_without_a_worker_too(opened):
    program, family = training(opened)
    os.kill(family[1].pid, signal.SIGKILL)
    program.until("the worker is ended: ctrl+r starts it again")
    program.signal(signal.SIGTERM)
    program.all_end(family)


def test_it_leaves_an_empty_terminal_though_there_is_no_second_screen(opened):
    program = opened()
    program.until("▸1")
    program.press("q")
    program.until(lambda text: not text.strip(), 5)


def test_in_a_terminal_that_is_too_small_q_leaves(opened):
    program = opened(size=(80, 23))
    program.until("q leaves")
    family = program.family()
    program.press("q")
    program.all_end(family)


def test_suspended_it_draws_everything_when_it_goes_on(opened):
    program, family = training(opened)
    family[0].suspend()
    program.terminal.screen.reset()
    family[0].resume()
    program.signal(signal.SIGCONT)
    program.press("\x0c")
    program.until("running   loss")
    program.until("held-out stretch, one step ahead")


def test_a_lesson_stays_readable_without_a_worker(opened):
    program = opened("lesson", "2")
    program.until("After this lesson")
    program.press("n")
    program.until("Two sentences of five words")
    program.until(lambda text: "torch is loading" not in text)
    os.kill(program.family()[1].pid, signal.SIGKILL)
    program.until("ctrl+r starts it again")
    program.press("n")
    program.until("one-hot")


@pytest.fixture(params=["", "exported"])
def sizes(request, monkeypatch):
    """A shell may have exported the size that its terminal had once."""
    for name, value in (("COLUMNS", "80"), ("LINES", "24")):
        monkeypatch.setenv(name, value) if request.param else monkeypatch.delenv(name, raising=False)


def test_below_80x24_it_says_so_and_comes_back(sizes, opened):
    program = opened()
    program.until("LESSONS")
    for columns, rows, wanted in ((60, 20, "this terminal has 60x20"), (100, 30, "LESSONS")):
        program.terminal.screen.resize(rows, columns)
        fcntl.ioctl(program.terminal.fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        program.until(wanted)


@pytest.mark.parametrize("how", ["hang up", "kill", "quit"])
def test_who_comes_back_goes_on_with_the_training_that_was_left(opened, how):
    program, family = training(opened)
    program.until(lambda _: list(Path(program.terminal.environ["HOME"]).rglob("[0-9]*/state.safetensors")))
    if how == "hang up":
        program.terminal.hang_up()
    elif how == "kill":
        program.signal(signal.SIGKILL)
    else:
        program.press("\x03")
    program.all_end(family)
    again = opened()
    again.until(lambda text: re.search(r"t trains on from step [\d,]+   forecast steps=1000000", text))
    again.press("t")
    again.until("running   loss")
    again.until(lambda text: "/ 1,000,000" in text and " 0 / 1,0" not in text)
