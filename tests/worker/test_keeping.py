"""Runs that are kept: nothing of a training is lost but its last second, however it ends."""

import asyncio
import io
import os
import signal
import time
from typing import Any

import numpy as np
import psutil
import pytest

from tuilab.cli.restricted import LARGEST_FILE
from tuilab.labs.run import Metrics
from tuilab.labs.spelling import parse
from tuilab.records import keeper, snapshots
from tuilab.records.about import about_run
from tuilab.records.folders import runs_folder
from tuilab.records.keeper import Keeper
from tuilab.records.runlog import read_log
from tuilab.records.runs import Kept
from tuilab.records.shelf import newest_left, rows
from tuilab.records.snapshots import Moments, kept_steps, store
from tuilab.worker import client
from tuilab.worker.host import Host
from tuilab.worker.job import Job
from tuilab.worker.messages import Finished, Named, Refused, Resume, Snapshot, Start, Steps

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
    assert newest_left(runs_folder())[:3] == (name, SHORT, 20)

    second: list[Any] = []
    worker.run(parse(SHORT), second.append, name=name)
    await until(lambda: isinstance(second[-1], Finished) if second else False)
    assert losses(second) == losses(whole)
    assert second[-1].reason == "done" and newest_left(runs_folder()) is None


async def test_a_run_that_is_stopped_and_forgotten_is_not_offered(worker, until) -> None:
    events: list[Any] = []
    run = worker.run(parse(LONG), events.append, paused=True)
    run.control("step")
    await until(lambda: named(events))
    run.control("stop")
    run.control("forget")
    await worker.ask(parse("neuron"))  # all that came before has been done
    assert about_run(next(runs_folder().iterdir())).finished == "stopped" and newest_left(runs_folder()) is None


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
    worker.run(parse(LONG), events.append)
    await until(lambda: named(events))
    first = len(losses(events))
    await until(lambda: len(losses(events)) > first + 20)  # beyond the last save, most times far
    process = worker._process
    if number is None:
        process.stdin.close()
    else:
        process.send_signal(number)
    await until(lambda: worker.state == "ended")
    assert newest_left(runs_folder()).step >= len(losses(events))


async def test_a_single_step_is_saved_at_once(worker, until) -> None:
    events: list[Any] = []
    run = worker.run(parse(LONG), events.append, paused=True)
    run.control("step")
    name = await until(lambda: named(events))
    assert [line.first for line in read_log(runs_folder() / name / "log.jsonl")] == [1]


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


REFUSED_OR_ENDED = [
    ("words corpus=./nothing.txt", "failed"),
    ("gradients network=rnn activation=relu init=normal std=10 length=200 width=128", "diverged"),
    (LONG, "stopped"),
]


@pytest.mark.parametrize("spelled, reason", REFUSED_OR_ENDED)
async def test_a_worker_rests_though_a_run_ended_before_its_first_step(
    worker, until, monkeypatch, spelled, reason
) -> None:
    events: list[Any] = []
    run = worker.run(parse(spelled), events.append, paused=reason == "stopped")
    if reason == "stopped":
        run.control("stop")
    await until(lambda: events and isinstance(events[-1], Finished))
    assert (events[-1].reason, events[-1].step) == (reason, 0)
    monkeypatch.setattr(client, "IDLE", 0.1)
    pid = worker.pid
    await until(lambda: worker.state == "resting" and not psutil.pid_exists(pid))


async def test_a_run_that_exploded_at_once_can_be_switched_after_a_rest(worker, until, monkeypatch) -> None:
    events: list[Any] = []
    run = worker.run(parse(REFUSED_OR_ENDED[1][0] + " steps=3"), events.append)
    await until(lambda: events and isinstance(events[-1], Finished))
    monkeypatch.setattr(client, "IDLE", 0.1)
    pid = worker.pid
    await until(lambda: worker.state == "resting" and not psutil.pid_exists(pid))
    del events[:]
    run.change({"init": "xavier"})
    run.control("resume")
    await until(lambda: events and isinstance(events[-1], Finished) and events[-1].reason == "done")
    assert len(losses(events)) == 3


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
    assert not made.due(100.0 + 0.9 * keeper.SAVE_EVERY) and made.due(100.0 + keeper.SAVE_EVERY)


def test_many_moments_keep_no_save_waiting_and_are_all_there_at_a_pause(tmp_path, monkeypatch) -> None:
    def slowly(folder, moments) -> None:
        begun = time.thread_time()
        while moments.new and time.thread_time() - begun < 0.05:
            pass
        store(folder, moments)

    monkeypatch.setattr(keeper, "store", slowly)
    made, state = Keeper(tmp_path, SHORT), {"parameter.w": np.zeros(1, np.float32)}
    kept = []
    for step in range(1, 31):
        made.note(Metrics(step, 1.0, 1.0))
        made.look(step, lambda: state)
        if step % 10 == 0:
            made.save_soon(step, 0.1, lambda: state)
            made._wait()
            kept.append(kept_steps(made.kept.folder))
            assert made.due(made._saved + keeper.SAVE_EVERY + 0.01)  # not to the last bit of the clock
    assert kept == [list(range(1, 11))] * 3  # those taken since then wait
    made.save(30, 0.1, lambda: state)
    assert kept_steps(made.kept.folder) == made.snapshots.steps == list(range(1, 31))
    made.close()


def test_a_new_run_is_saved_soon_and_one_taken_up_later(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(keeper.time, "monotonic", lambda: 50.0)
    new = Keeper(tmp_path, SHORT)
    assert not new.due(50.1) and new.due(50.0 + keeper.FIRST_SAVE + 0.001)
    kept = Kept.begin(tmp_path, SHORT, state=(1, {"w": np.zeros(1, np.float32)}))
    again = Keeper(tmp_path, SHORT, kept)
    assert not again.due(50.0 + keeper.FIRST_SAVE + 0.001) and again.due(50.0 + keeper.SAVE_EVERY + 0.001)
    again.close()


def test_the_folder_has_the_moments_that_are_told_and_no_other(tmp_path) -> None:
    made, state = Keeper(tmp_path, SHORT), {"parameter.w": np.zeros(1, np.float32)}

    def train(first: int, last: int) -> None:
        for step in range(first, last + 1):
            made.note(Metrics(step, 1.0, 1.0))
            made.look(step, lambda: state)
        made.save(last, 0.1, lambda: state)
        assert kept_steps(made.kept.folder) == made.snapshots.steps

    train(1, 20)
    train(21, 80)
    made.go_back(30)
    made.save(30, 0.1, lambda: state)
    assert kept_steps(made.kept.folder) == made.snapshots.steps and made.snapshots.steps[-1] <= 30
    train(31, 90)
    made.close()


def test_a_run_that_was_killed_on_its_way_back_drops_the_moments_of_later(tmp_path) -> None:
    state = {"parameter.w": np.zeros(1, np.float32)}
    made = Keeper(tmp_path, SHORT)
    for step in range(1, 21):
        made.note(Metrics(step, 1.0, 1.0))
        made.look(step, lambda: state)
    made.save(20, 0.1, lambda: state)
    made.kept.save(10, state)  # and was killed before the moments were taken away
    made.close()
    again = Keeper(tmp_path, SHORT, Kept.reopen(tmp_path, newest_left(tmp_path).name))
    assert again.snapshots.steps == list(range(1, 11))
    again.save(10, 0.1, lambda: state)
    assert kept_steps(again.kept.folder) == list(range(1, 11))
    again.close()


def test_on_a_full_disk_the_moments_that_are_not_wanted_make_room(tmp_path, monkeypatch) -> None:
    def full(path, step, state, synced) -> None:
        raise OSError(28, "No space left on device")

    state = {"parameter.w": np.zeros(1, np.float32)}
    store(tmp_path, Moments({1: state, 2: state}, frozenset()))
    monkeypatch.setattr(snapshots, "save_arrays", full)
    with pytest.raises(OSError, match="No space"):
        store(tmp_path, Moments({3: state}, frozenset({2})))
    assert kept_steps(tmp_path) == [1]


def kept_words(tmp_path, text) -> str:
    """Keep two steps of a training on a text of one's own; its name."""
    from tuilab.labs.words.experiment import Training

    text.write_text("the cat sat on the mat and the dog sat on the cat. " * 400)
    spelled = f"words corpus={text} min_count=1 dimensions=4"
    keeper, training = Keeper(tmp_path, spelled), Training(parse(spelled))
    keeper.note(training.advance())
    keeper.save(1, 0.1, training.state)
    keeper.close()
    return newest_left(tmp_path).name


@pytest.mark.parametrize("then", ["A text of other words. " * 400, None])
def test_a_training_whose_text_is_another_says_so_and_is_not_offered_again(tmp_path, then) -> None:
    older = Kept.begin(tmp_path, SHORT)
    older.save(1, {"w": np.zeros(1, np.float32)})
    older.close()
    text = tmp_path / "tales.txt"
    name = kept_words(tmp_path, text)
    text.write_text(then) if then else text.unlink()
    sent: list[Any] = []
    Host(io.BytesIO(), sent.append, tmp_path)._obey(Resume(7, name, paused=False))
    assert isinstance(sent[-1], Refused) and ("has changed" if then else "no corpus") in sent[-1].sentence
    assert about_run(tmp_path / name).sentence == sent[-1].sentence
    assert newest_left(tmp_path).name == older.name


def test_a_run_that_is_not_there_is_refused_in_a_sentence(tmp_path) -> None:
    import io

    sent: list[Any] = []
    line = b'{"type":"resume","id":7,"name":"20260101-000000-forecast-abcdef"}\n'
    Host(io.BytesIO(line), sent.append, tmp_path).serve()
    assert [event.sentence for event in sent] == ["That run is no longer there."]


async def test_a_run_that_was_taken_up_and_waits_is_not_expected_to_say_anything(worker, until) -> None:
    events: list[Any] = []
    run = worker.run(parse(LONG), events.append)
    await until(lambda: named(events))
    await worker.start()
    await until(lambda: worker.state == "ready")
    assert worker._ledger.expects == 0
    run.control("resume")
    assert worker._ledger.expects == 1


async def test_a_run_that_was_killed_at_its_last_step_ends_and_goes_no_further(tmp_path) -> None:
    def saved_at_its_end(events: list[Any]) -> str:
        job = Job(1, Training(parse(SHORT)), events.append, False, Keeper(tmp_path, SHORT))
        while job.run.step < job.run.total:
            job.keeper.note(job.run.advance())
        job.save()
        job.keeper.kept.close()
        return named(events)

    from tuilab.labs.forecast.experiment import Training

    events: list[Any] = []
    host = Host(io.BytesIO(), events.append, tmp_path)
    host._obey(Resume(2, saved_at_its_end([]), paused=False))
    assert isinstance(events[-1], Finished) and (events[-1].reason, events[-1].step) == ("done", 60)
    assert not host.jobs[2].running


def test_what_was_measured_is_written_once_though_the_state_is_not(tmp_path, monkeypatch) -> None:
    def full(self, step, state) -> None:
        raise OSError(28, "No space left on device")

    keeper = Keeper(tmp_path, SHORT)
    keeper.note(Metrics(1, 0.5, 0.5))
    keeper.save(1, 0.1, dict)
    monkeypatch.setattr(Kept, "save", full)
    for step in range(2, 4):
        keeper.note(Metrics(step, 0.5, 0.5))
        keeper.save(step, 0.1, dict)
        assert "No space" in keeper.problem
    assert [line.first for line in read_log(keeper.kept.folder / "log.jsonl")] == [1, 2, 3]
    monkeypatch.undo()
    keeper.save(3, 0.1, lambda: {"w": np.zeros(1, np.float32)})
    assert keeper.problem == "" and newest_left(tmp_path) is None  # it is in use
    keeper.close()
    assert newest_left(tmp_path).step == 3


def test_the_largest_network_can_be_saved_in_restricted_mode() -> None:
    from tuilab.labs.forecast.experiment import Training

    run = Training(parse("forecast cell=lstm hidden=512 layers=4 batch=1 length=2 steps=1"))
    run.advance()
    assert sum(array.nbytes for array in run.state().values()) < 0.9 * LARGEST_FILE


async def test_two_wishes_for_a_worker_at_once_make_one(make_worker, until) -> None:
    worker = make_worker()
    before = {child.pid for child in psutil.Process().children()}  # other tests' may still be ending
    await asyncio.gather(worker.start(), worker.start())
    await until(lambda: worker.state == "ready")
    assert {child.pid for child in psutil.Process().children()} - before == {worker.pid}


def test_a_worker_whose_screen_has_gone_saves_all_its_runs(tmp_path) -> None:
    heard = [0]

    def gone(event: Any) -> None:
        heard[0] += 1
        if heard[0] > 8:
            raise BrokenPipeError

    host = Host(io.BytesIO(), gone, tmp_path)
    host._read = lambda when: None  # type: ignore[method-assign]  # the input does not end
    for id in (1, 2):
        host.inbox.put(Start(id, LONG))
    with pytest.raises(BrokenPipeError):
        host.serve()
    steps = [job.run.step for job in host.jobs.values()]
    assert min(steps) > 0
    host.leave()
    assert sorted(row.step for row in rows(tmp_path)) == sorted(steps)
