"""Runs that are kept: nothing of a training is lost but its last second, however it ends."""

import os
import signal
from typing import Any

import pytest

from tuilab.labs.spelling import parse
from tuilab.records.folders import runs_folder
from tuilab.records.runs import newest_left
from tuilab.worker import client, keeper
from tuilab.worker.host import Host
from tuilab.worker.job import Job
from tuilab.worker.keeper import Keeper
from tuilab.worker.messages import Finished, Named, Snapshot, Steps

LONG = "forecast hidden=4 length=5 batch=2 steps=1000000"
SHORT = "forecast hidden=4 length=5 batch=2 steps=60"


def losses(events: list[Any]) -> list[float]:
    return [loss for event in events if isinstance(event, Steps) for loss in event.loss]


def named(events: list[Any]) -> str:
    return next((event.name for event in events if isinstance(event, Named)), "")


async def test_a_run_taken_up_goes_on_as_if_it_had_never_stopped(worker, until) -> None:
    whole: list[Any] = []
    worker.run(parse(SHORT), whole.append)
    await until(lambda: isinstance(whole[-1], Finished) if whole else False)

    first: list[Any] = []
    run = worker.run(parse(SHORT), first.append, paused=True)
    for _ in range(20):
        run.control("step")
    run.control("pause")
    name = await until(lambda: named(first))
    run.control("forget")
    await until(lambda: newest_left(runs_folder()))
    assert newest_left(runs_folder()) == (name, SHORT, 20)

    second: list[Any] = []
    worker.run(parse(SHORT), second.append, name=name)
    await until(lambda: isinstance(second[-1], Finished) if second else False)
    assert losses(second) == losses(whole)
    assert second[-1].reason == "done" and newest_left(runs_folder()) is None


async def test_a_killed_worker_costs_a_second_at_most(worker, until, monkeypatch) -> None:
    events: list[Any] = []
    run = worker.run(parse(LONG), events.append)
    await until(lambda: named(events))
    count = len(losses(events))
    os.kill(worker.pid, signal.SIGKILL)
    await until(lambda: worker.state == "ended")
    assert events[-1].reason == "failed"
    del events[:]
    await worker.start()
    await until(lambda: any(isinstance(event, Snapshot) for event in events))
    assert len(losses(events)) > 0 and events[0] == Named(run.id, named(events), taken_up=True)
    assert newest_left(runs_folder()) is None  # it is held again
    run.control("resume")
    await until(lambda: len(losses(events)) > count)


@pytest.mark.parametrize("number", [signal.SIGTERM, None])
async def test_a_worker_that_is_told_to_end_saves_its_runs_first(worker, until, number) -> None:
    events: list[Any] = []
    run = worker.run(parse(LONG), events.append)
    await until(lambda: named(events))
    run.control("pause")
    await worker.ask(parse("neuron"))
    steps = len(losses(events))
    run.control("step")
    await until(lambda: len(losses(events)) == steps + 1)
    process = worker._process
    if number is None:
        process.stdin.close()
    else:
        process.send_signal(number)
    await until(lambda: worker.state == "ended")
    assert newest_left(runs_folder()).step == steps + 1


async def test_an_idle_worker_rests_and_wakes_with_its_runs(worker, until, monkeypatch) -> None:
    events: list[Any] = []
    run = worker.run(parse(SHORT), events.append)
    await until(lambda: isinstance(events[-1], Finished) if events else False)
    monkeypatch.setattr(client, "IDLE", 0.1)
    first = worker.pid
    await until(lambda: worker.state == "resting" and worker._process is None)
    assert events[-1].reason == "done"
    generated = await worker.ask(parse("generate steps=5"), run)
    assert len(generated.values) == 5 + generated.prompt
    assert worker.pid != first and "ended" not in [state for state, _ in worker.states]


async def test_a_worker_does_not_rest_while_a_run_goes_on(worker, until, monkeypatch) -> None:
    events: list[Any] = []
    worker.run(parse(LONG), events.append)
    await until(lambda: named(events))
    monkeypatch.setattr(client, "IDLE", -1.0)
    assert not worker._idle()


def test_a_run_that_cannot_be_saved_says_so_and_goes_on(tmp_path) -> None:
    blocked = tmp_path / "runs"
    blocked.write_text("a file where a folder should be")
    events: list[Any] = []
    from tuilab.labs.forecast.experiment import Training

    job = Job(1, Training(parse(SHORT)), events.append, False, Keeper(blocked, SHORT))
    job.show()
    while not job.finished:
        job.advance()
    assert "This run cannot be saved: " in next(event.problem for event in events if isinstance(event, Named))
    assert events[-1].reason == "done" or isinstance(events[-1], Named)


def test_saving_takes_a_small_part_of_the_time(tmp_path, monkeypatch) -> None:
    made = Keeper(tmp_path, SHORT)
    made._cost, made._saved = 0.5, 100.0
    assert not made.due(100.0 + 0.5 * keeper.SHARE - 1) and made.due(100.0 + 0.5 * keeper.SHARE)
    made._cost = 0.001
    assert not made.due(100.9) and made.due(101.0)


def test_a_run_that_is_not_there_is_refused_in_a_sentence(tmp_path) -> None:
    import io

    sent: list[Any] = []
    line = b'{"type":"resume","id":7,"name":"20260101-000000-forecast-abcdef"}\n'
    Host(io.BytesIO(line), sent.append, tmp_path).serve()
    assert [event.sentence for event in sent] == ["That run is no longer there."]
