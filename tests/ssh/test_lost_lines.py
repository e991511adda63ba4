"""However a line ends, also one that stands still with output held up, nothing runs on and records can be read."""

import os
import signal
import time

import psutil
import pytest

from tests.ssh.conftest import ends
from tests.support.slowline import LOOPBACK, MODEM
from tests.support.terminal import MissingError
from tuilab.records.progress import Progress

pytestmark = pytest.mark.slow

LESSON = "02-layer-by-hand"


def training(opened, **settings):
    """The forecast lab in training; its terminal, and its processes."""
    terminal = opened("open", "forecast steps=1000000", **settings)
    terminal.until(lambda text: "space trains" in text and "loading" not in text)
    terminal.press("space")
    terminal.until("running   loss")
    return terminal, [terminal.ui(), terminal.worker()]


def kill_the_client(terminal):
    os.kill(terminal.pid, signal.SIGKILL)


def close_the_terminal(terminal):
    terminal.hang_up()


def kill_the_session(terminal):
    terminal.session().kill()


def cut_the_line(terminal):
    terminal.line.cut()


@pytest.mark.parametrize("end", [kill_the_client, close_the_terminal, kill_the_session])
def test_a_hang_up_ends_everything(opened, end):
    terminal, far = training(opened)
    end(terminal)
    ends(far)


@pytest.mark.parametrize("end", [kill_the_session, cut_the_line])
def test_a_line_that_stands_still_and_then_ends_ends_everything(opened, end):
    terminal, far = training(opened, speed=LOOPBACK)
    terminal.line.freeze()
    wait_until_held_up(far[0])
    end(terminal)
    ends(far)


def test_output_that_is_held_up_does_not_keep_it_from_ending(opened):
    """The client is stopped, so that everything on the way fills up, and then killed."""
    terminal, far = training(opened)
    os.kill(terminal.pid, signal.SIGSTOP)
    wait_until_held_up(far[0])
    os.kill(terminal.pid, signal.SIGKILL)
    ends(far)


@pytest.mark.parametrize("end", [kill_the_client, kill_the_session])
def test_pages_are_remembered_after_a_hang_up(opened, end):
    terminal = opened("lesson", "2", speed=MODEM if end is kill_the_client else None)
    terminal.until("After this lesson")
    terminal.press("n")
    terminal.until("Two sentences of five words")
    far = terminal.far()
    end(terminal)
    ends(far, 5 if terminal.line else 2)  # over the slow line its end arrives later
    assert Progress(terminal.data).last_page(LESSON) == 2
    assert Progress(terminal.data).problem is None


def wait_until_held_up(ui: psutil.Process) -> None:
    """Wait until the UI has stopped sending: nothing written for half a second."""
    deadline, written, since = time.monotonic() + 10, -1, time.monotonic()
    while time.monotonic() - since < 0.5:
        if time.monotonic() > deadline:
            raise MissingError("It goes on sending over a line that stands still.")
        if (now := ui.io_counters().write_chars) != written:
            written, since = now, time.monotonic()
        time.sleep(0.02)
