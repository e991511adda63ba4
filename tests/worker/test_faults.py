"""A worker that dies, falls silent, or says what cannot be read."""

import os
import signal
import sys
from pathlib import Path
from textwrap import dedent
from typing import Any

import psutil
import pytest

from tuilab.labs.port import Gone, Unanswerable
from tuilab.labs.spelling import parse
from tuilab.worker import __main__ as worker_program
from tuilab.worker import client
from tuilab.worker.messages import Finished, Working

LONG = "forecast hidden=4 length=5 batch=2 steps=1000000"


def script(folder: Path, body: str) -> tuple[str, str]:
    path = folder / "worker.py"
    path.write_text("import json, os, sys, time\n" + dedent(body))
    return sys.executable, str(path)


async def test_a_crash_fails_who_waits_and_a_restart_answers_who_asks_then(worker, until) -> None:
    events: list[Any] = []
    run = worker.run(parse(LONG), events.append, paused=True)  # before its first step nothing is kept of it
    await until(lambda: events)
    os.kill(worker.pid, signal.SIGSTOP)  # so that it cannot answer before it dies
    asked = worker.ask(parse("unroll"))
    os.kill(worker.pid, signal.SIGKILL)
    with pytest.raises(Gone, match="ended before it answered"):
        await asked
    assert events[-1] == Finished(run.id, "failed", 0, 0.0, "The worker ended before it answered.")
    await until(lambda: worker.state == "ended")
    assert "SIGKILL" in worker.states[-1][1]

    run.control("stop")  # of a run that is gone: nothing happens
    between = worker.ask(parse("neuron w_x=3"))
    later: list[Any] = []
    worker.run(parse("neuron steps=5"), later.append)
    await worker.start()
    assert (await between).w_x == 3
    assert (await until(lambda: later and isinstance(later[-1], Finished) and later[-1])).reason == "done"
    assert [state for state, _ in worker.states] == ["starting", "ready", "ended", "starting", "ready"]
    with pytest.raises(Unanswerable, match="no longer there"):
        await worker.ask(parse("generate"), run)


async def test_what_is_asked_the_moment_the_worker_ends_waits_for_the_next(make_worker, until) -> None:
    asked = []
    worker = make_worker()
    worker.on_state = lambda state, _: state == "ended" and asked.append(worker.ask(parse("unroll")))
    await worker.start()
    await worker.ask(parse("unroll"))
    os.kill(worker.pid, signal.SIGKILL)
    await until(lambda: asked)
    await worker.start()
    assert len((await asked[0]).steps) == 2


async def test_started_again_while_it_runs_it_is_another_process(worker, until) -> None:
    pending, first = worker.ask(parse("unroll")), worker.pid
    await worker.start()
    with pytest.raises(Gone):
        await pending
    assert worker.pid != first and not psutil.pid_exists(first)
    assert len((await worker.ask(parse("unroll"))).steps) == 2


async def test_a_worker_that_cannot_be_started_says_so(make_worker) -> None:
    worker = make_worker("/nowhere/python")
    await worker.start()
    assert worker.states[-1] == ("ended", "The worker could not be started: No such file or directory.")


async def test_a_worker_that_ends_by_itself_says_so(make_worker, tmp_path, until) -> None:
    worker = make_worker(*script(tmp_path, "sys.exit(3)"))
    await worker.start()
    await until(lambda: worker.state == "ended")
    assert "ended by itself, with status 3" in worker.states[-1][1]


NOISY = """
    import ctypes
    from tuilab.labs import catalogue
    from tuilab.labs.unroll import experiment
    from tuilab.worker import __main__ as program

    plain = experiment.answer

    def noisy(spec):
        print("hello from a library", flush=True)
        os.write(1, b'{"type":"answer","id":1,"body":{}}\\nhalf a line')
        os.write(2, b"a warning\\n")
        ctypes.CDLL(None).puts(b"from C")
        return plain(spec)

    experiment.answer = noisy
    print("before it starts", file=sys.stderr)
    program.main()
"""


async def test_stray_prints_disturb_nothing_and_are_in_the_log(make_worker, tmp_path, home) -> None:
    worker = make_worker(*script(tmp_path, NOISY))
    await worker.start()
    for seed in range(3):
        assert len((await worker.ask(parse(f"unroll seed={seed}"))).steps) == 2
    logs = [path.read_text() for path in home.rglob("worker.log")]
    assert len(logs) == 1 and "hello from a library" in logs[0] and "a warning" in logs[0]


GARBAGE = r"""
    def say(line):
        os.write(1, line)

    say(b'{"type":"ready","id":0,"torch":"x"}\n')
    for line in sys.stdin:
        id = json.loads(line)["id"]
        say(b'\xff\xfe not even text\n')
        say(b'hello\n\n')
        say(b'{"type":"refused","id":1,"sentence":"\xff"}\n')
        say(b'{"type":"refused","id":[[[[]]]]}\n')
        say(b'{"type":"answer","id":1,"body":' + b'[' * 100000 + b'\n')
        say(b'{"type":"finished","id":77,"reason":"done","step":1,"seconds":1}\n')
        say(b'{"type":"refused","id":%d,"sen' % id)
        time.sleep(0.05)
        say(b'tence":"Sorry."}\n')
"""


async def test_what_cannot_be_read_is_passed_over(make_worker, tmp_path) -> None:
    worker = make_worker(*script(tmp_path, GARBAGE))
    await worker.start()
    for _ in range(2):
        with pytest.raises(Unanswerable, match=r"^Sorry\.$"):
            await worker.ask(parse("unroll"))
    assert worker.state == "ready"


async def test_an_answer_that_cannot_be_read_is_told(make_worker, tmp_path) -> None:
    body = r"""
    for line in sys.stdin:
        os.write(1, b'{"type":"answer","id":%d,"body":{"rmse":null}}\n' % json.loads(line)["id"])
    """
    worker = make_worker(*script(tmp_path, body))
    await worker.start()
    with pytest.raises(Unanswerable, match="cannot be read"):
        await worker.ask(parse("unroll"))


async def test_a_message_cut_off_by_the_end_of_the_worker_is_dropped(make_worker, tmp_path, until) -> None:
    body = r"""
    sys.stdin.readline()
    os.write(1, b'{"type":"refused","id":1,"sentence":"Sorry."}')
    """
    worker = make_worker(*script(tmp_path, body))
    await worker.start()
    with pytest.raises(Gone):
        await worker.ask(parse("unroll"))
    await until(lambda: worker.state == "ended")


async def test_a_silent_worker_is_noticed_and_forgiven(make_worker, tmp_path, until, monkeypatch) -> None:
    monkeypatch.setattr(client, "SILENCE", {"starting": 30.0, "ready": 0.5})
    body = r"""
    os.write(1, b'{"type":"ready","id":0,"torch":"x"}\n')
    for line in sys.stdin:
        while not os.path.exists(sys.argv[0] + ".go"):
            time.sleep(0.02)
        os.write(1, b'{"type":"refused","id":%d,"sentence":"Sorry."}\n' % json.loads(line)["id"])
    """
    command = script(tmp_path, body)
    worker = make_worker(*command)
    await worker.start()
    asked = worker.ask(parse("unroll"))
    await until(lambda: worker.state == "silent")
    assert "said nothing" in worker.states[-1][1] and not asked.done()
    Path(command[1] + ".go").touch()
    with pytest.raises(Unanswerable):
        await asked
    assert worker.state == "ready"


async def test_a_worker_that_tells_of_its_work_is_not_silent(make_worker, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(client, "SILENCE", {"starting": 30.0, "ready": 1.5})
    body = r"""
    os.write(1, b'{"type":"ready","id":0,"torch":"x"}\n')
    line = sys.stdin.readline()
    for _ in range(16):
        time.sleep(0.25)
        os.write(1, b'{"type":"working","id":0}\n')
    os.write(1, b'{"type":"refused","id":%d,"sentence":"Sorry."}\n' % json.loads(line)["id"])
    sys.stdin.read()
    """
    worker = make_worker(*script(tmp_path, body))
    await worker.start()
    with pytest.raises(Unanswerable):
        await worker.ask(parse("unroll"))
    assert "silent" not in [state for state, _ in worker.states]


def test_work_is_told_of_as_long_as_something_is_computed(monkeypatch) -> None:
    used, told = iter([3.0, 3.01, 3.02, 8.0, 8.001, 12.0]), []
    monkeypatch.setattr(worker_program.time, "process_time", lambda: next(used))
    monkeypatch.setattr(worker_program.time, "sleep", lambda _: None)

    def send(event: Any) -> None:
        told.append(event)
        if len(told) == 2:
            raise BrokenPipeError

    worker_program.tell_of_work(send)
    assert told == [Working(0), Working(0)] and next(used, None) is None


async def test_a_worker_that_never_becomes_ready_is_silent(make_worker, tmp_path, until, monkeypatch) -> None:
    monkeypatch.setattr(client, "SILENCE", {"starting": 0.5, "ready": 30.0})
    worker = make_worker(*script(tmp_path, "sys.stdin.read()"))
    await worker.start()
    await until(lambda: worker.state == "silent")


async def test_a_run_that_falls_silent_is_noticed_unless_it_was_paused(worker, until, monkeypatch) -> None:
    monkeypatch.setattr(client, "SILENCE", {"starting": 30.0, "ready": 0.5})
    events: list[Any] = []
    run = worker.run(parse(LONG), events.append)
    await until(lambda: len(events) > 3)
    run.control("pause")
    await worker.ask(parse("unroll"))
    os.kill(worker.pid, signal.SIGSTOP)
    assert not worker._overdue()
    run.control("resume")
    await until(lambda: worker.state == "silent")
    os.kill(worker.pid, signal.SIGCONT)
    await until(lambda: worker.state == "ready")
