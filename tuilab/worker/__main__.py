"""The worker as a program of its own: `python -m tuilab.worker`, spoken to over its standard streams."""

import contextlib
import ctypes
import logging
import os
import select
import signal
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

from tuilab.records.folders import log_file, runs_folder
from tuilab.worker.host import Host
from tuilab.worker.messages import Event, Ready, Working, encode

PR_SET_PDEATHSIG = 1
NICENESS, OF_SESSION = 19, 10  # towards the screen in one session; towards others, which leave it a tenth
TELL_EVERY, LEAST_SHARE = 5.0, 0.02  # seconds; what one among many workers at least gets of a processor


def main() -> None:
    """Serve until the input ends."""
    _die_with_the_parent()
    os.nice(NICENESS)
    protocol = _private_output()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # ctrl+c is for the program that started this one
    lock = threading.Lock()

    def send(event: Event) -> None:
        with lock:
            protocol.write(encode(event) + b"\n")
            protocol.flush()

    import torch

    torch.set_num_threads(int(os.environ.get("OMP_NUM_THREADS", "1")))
    step_back()  # not before: somebody waits for torch
    send(Ready(0, str(torch.__version__)))
    threading.Thread(target=tell_of_work, args=(send,), daemon=True, name="work").start()
    host = Host(sys.stdin.buffer, send, runs_folder())
    signal.signal(signal.SIGTERM, lambda *_: _end_soon(host.end))
    try:
        host.serve(when_input_ends=_end_soon)
    except BrokenPipeError:  # the other side has gone, and with it the need to go on
        host.leave()
    os._exit(0)


def tell_of_work(send: Callable[[Event], None], every: float = TELL_EVERY) -> None:
    """Tell again and again that something is being computed, as long as it is; one that hangs computes nothing."""
    used = time.process_time()
    with contextlib.suppress(BrokenPipeError):
        while True:
            time.sleep(every)
            before, used = used, time.process_time()
            if used - before > LEAST_SHARE * every:
                send(Working(0))


def _private_output():  # type: ignore[no-untyped-def]
    """Keep standard output for messages alone: what anything else prints goes to the log."""
    protocol = os.fdopen(os.dup(1), "wb")  # buffered: a raw write may be partial
    path = log_file("worker.log")
    log = os.open(path or os.devnull, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    os.dup2(log, 1)
    os.dup2(log, 2)
    logging.basicConfig(stream=sys.stderr, format="%(asctime)s %(name)s %(message)s")
    return protocol


def step_back() -> None:
    """Let the whole session leave the processors to others.

    Linux shares them out among sessions first, each a group with a niceness of its own (sched(7), autogroup): within
    its own session alone, a worker's niceness would do nothing for the screen, which is in another.
    """
    if os.getsid(0) != os.getpid():
        return  # the session is somebody else's
    for _ in range(5):
        try:
            Path("/proc/self/autogroup").write_text(str(OF_SESSION))
            return
        except BlockingIOError:  # only one group of the whole machine may be changed in a tenth of a second
            time.sleep(0.11)
        except OSError:
            return


def _die_with_the_parent() -> None:
    """On Linux the kernel ends this process with the one that started it, however that one ends."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if _is_alone():  # it has ended before the kernel could be asked
        os._exit(0)


def _is_alone() -> bool:
    """Whether nobody holds the other end of the input any more."""
    input_ends = select.poll()
    input_ends.register(0, 0)  # a hang-up is told unasked
    return any(event & select.POLLHUP for _, event in input_ends.poll(0))


def _end_soon(orderly: Callable[[], None] = lambda: None) -> None:
    """The input has ended, or the end was asked for: within a second, even in the middle of a long computation."""
    orderly()
    threading.Timer(1.0, os._exit, [0]).start()


if __name__ == "__main__":
    main()
