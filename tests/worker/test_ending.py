"""Whatever happens to the program, no worker is left behind."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from typing import IO

import psutil
import pytest

WORKER = (sys.executable, "-m", "tuilab.worker")
LONG = b'{"type":"start","id":1,"spelling":"forecast hidden=128 length=100 steps=1000000"}\n'

PARENT = """
import asyncio, sys
from tuilab.labs.spelling import parse
from tuilab.worker.client import Worker

async def main():
    worker = Worker(lambda state, sentence: None)
    await worker.start()
    worker.run(parse("forecast steps=1000000"), lambda event: print(worker._process.pid, flush=True))
    await asyncio.Event().wait()

asyncio.run(main())
"""


def ends_within(seconds: float, is_gone: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + seconds
    while not is_gone():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.01)
    return True


def has_ended(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() == psutil.STATUS_ZOMBIE  # nobody fetched it yet
    except psutil.NoSuchProcess:
        return True


@pytest.fixture
def process() -> Iterator[subprocess.Popen[bytes]]:
    with subprocess.Popen(WORKER, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as made:
        yield made
        made.kill()


def pipes(process: subprocess.Popen[bytes]) -> tuple[IO[bytes], IO[bytes]]:
    assert process.stdin is not None and process.stdout is not None
    return process.stdin, process.stdout


def test_it_says_that_it_is_ready_then_ends_with_its_input(process) -> None:
    stdin, stdout = pipes(process)
    ready = json.loads(stdout.readline())
    assert ready["type"] == "ready" and ready["torch"]
    stdin.close()
    assert ends_within(2, lambda: process.poll() is not None)
    assert process.returncode == 0 and stdout.read() == b""


def test_it_does_not_even_load_torch_where_its_parent_has_gone_already(tmp_path) -> None:
    (tmp_path / "torch.py").write_text(f"open({str(tmp_path / 'loaded')!r}, 'w')\n__version__ = '0'\n")
    ours, its = socket.socketpair()
    ours.sendall(LONG)
    ours.close()
    there = {**os.environ, "PYTHONPATH": os.pathsep.join([str(tmp_path), *sys.path])}
    assert subprocess.run(WORKER, stdin=its, env=there, check=False).returncode == 0
    its.close()
    assert not (tmp_path / "loaded").exists()


def test_it_ends_with_its_input_while_it_trains(process) -> None:
    stdin, stdout = pipes(process)
    stdin.write(LONG)
    stdin.flush()
    while json.loads(stdout.readline())["type"] != "steps":
        pass
    stdin.close()
    assert ends_within(2, lambda: process.poll() is not None)


def test_lines_that_are_no_commands_are_passed_over(process) -> None:
    stdin, stdout = pipes(process)
    stdin.write(b'hello\n\xff\xfe\n{"type":"ask","id":1,"spelling":"\xff"}\n{"type":"ask"}\n\n')
    stdin.write(b"[" * 100000 + b"\n")
    stdin.write(b'{"type":"ask","id":5,"spelling":"frocast"}\n{"type":"start","id":6,"spelling":"unroll"}\n')
    stdin.flush()
    answers = [json.loads(stdout.readline()) for _ in range(3)]
    found = [(answer["type"], answer["id"]) for answer in answers]
    assert found == [("ready", 0), ("refused", 5), ("refused", 6)]
    assert "There is no experiment 'frocast'" in answers[1]["sentence"]
    assert answers[2]["sentence"] == "unroll has nothing to run; it can be asked."


def test_ctrl_c_is_not_for_the_worker(process) -> None:
    stdin, stdout = pipes(process)
    stdout.readline()
    process.send_signal(signal.SIGINT)
    stdin.write(b'{"type":"ask","id":1,"spelling":"neuron"}\n')
    stdin.flush()
    assert json.loads(stdout.readline())["type"] == "answer"


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel's help is Linux's own")
def test_a_parent_that_is_killed_leaves_no_worker() -> None:
    with subprocess.Popen((sys.executable, "-c", PARENT), stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        worker = int(parent.stdout.readline())
        assert psutil.pid_exists(worker)
        os.kill(parent.pid, signal.SIGKILL)
    assert ends_within(2, lambda: has_ended(worker))
