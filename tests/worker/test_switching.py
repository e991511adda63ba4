"""Switches during a run, in a real worker: spelled, kept, gone back from, and replayed number for number."""

import os
import signal
from typing import Any

from tuilab.labs.spelling import parse
from tuilab.records.about import about_run
from tuilab.records.folders import runs_folder
from tuilab.records.shelf import newest_left
from tuilab.worker.messages import Changed, Finished, Named, Snapshot, Steps

SMALL = "gradients depth=4 width=4 batch=8 steps=60"


def losses(events: list[Any]) -> list[float]:
    """Those of the run as it is now: what came after a step it went back to is dropped."""
    found: list[float] = []
    for event in events:
        if isinstance(event, Steps):
            found = found[: event.first - 1] + event.loss
        elif isinstance(event, Changed):
            found = found[: event.step]
    return found


def changes(events: list[Any]) -> list[Changed]:
    return [event for event in events if isinstance(event, Changed)]


def finished(events: list[Any]) -> bool:
    return bool(events) and isinstance(events[-1], Finished)


async def stepped(run: Any, events: list[Any], count: int, until: Any) -> None:
    before = len(losses(events))
    for _ in range(count):
        run.control("step")
    await until(lambda: len(losses(events)) == before + count)


async def replayed(worker: Any, spelled: str, until: Any) -> list[float]:
    events: list[Any] = []
    worker.run(parse(spelled), events.append)
    await until(lambda: finished(events))
    return losses(events)


async def test_a_run_with_switches_is_replayed_from_what_it_is_spelled(worker, until) -> None:
    events: list[Any] = []
    run = worker.run(parse(SMALL), events.append, paused=True)
    await stepped(run, events, 5, until)
    run.change({"activation": "relu", "init": "he"})
    await stepped(run, events, 5, until)
    run.change({"clip": "0.5"})
    run.control("resume")
    await until(lambda: finished(events))
    spelled = changes(events)[-1].spelling
    assert spelled == f"{SMALL} switched=5:activation=relu,5:init=he,10:clip=0.5"
    assert await replayed(worker, spelled, until) == losses(events)


async def test_a_switch_is_seen_at_once_in_a_run_that_goes_on(worker, until) -> None:
    events: list[Any] = []
    run = worker.run(parse("gradients depth=4 width=4 batch=8 steps=1000000"), events.append)
    await until(lambda: len(losses(events)) > 50)
    run.change({"clip": "0.5"})
    await until(lambda: changes(events))
    place = events.index(changes(events)[0])
    await until(lambda: any(isinstance(event, Snapshot) for event in events[place:]))
    view = next(event for event in events[place:] if isinstance(event, Snapshot)).body
    assert view.stretches[-1].counted == 1 and view.stretches[-1].switched == "clip=0.5"
    assert view.stretches[-1].applied <= 0.5
    run.control("stop")


async def test_a_run_goes_back_and_on_from_there(worker, until) -> None:
    events: list[Any] = []
    run = worker.run(parse(SMALL), events.append, paused=True)
    await stepped(run, events, 40, until)
    run.change({"clip": "0.5"})
    await stepped(run, events, 10, until)
    run.change({"activation": "tanh"}, at=23)
    await until(lambda: len(changes(events)) == 2)
    back = changes(events)[-1]
    assert back == Changed(run.id, f"{SMALL} switched=23:activation=tanh", back.step, until=23) and back.step <= 13
    await until(lambda: len(losses(events)) == 23)
    run.control("resume")
    await until(lambda: finished(events))
    assert len(losses(events)) == 60
    assert await replayed(worker, changes(events)[-1].spelling, until) == losses(events)


async def test_on_its_way_back_a_run_can_be_stopped_and_one_that_is_to_wait_waits_when_it_is_there(
    worker, until
) -> None:
    events: list[Any] = []
    run = worker.run(parse("gradients depth=30 width=32 steps=1000000"), events.append)
    await until(lambda: len(losses(events)) > 1000)
    run.change({}, at=900)
    run.control("pause")
    await until(lambda: changes(events) and len(losses(events)) == 900)
    run.change({}, at=800)
    run.control("stop")
    await until(lambda: finished(events))
    assert events[-1].reason == "stopped" and changes(events)[-1].step <= events[-1].step <= 800


async def test_a_run_that_exploded_goes_on_after_a_switch(worker, until) -> None:
    events: list[Any] = []
    run = worker.run(parse("gradients network=rnn activation=relu init=identity steps=30"), events.append)
    await until(lambda: finished(events))
    assert events[-1].reason == "diverged" and "the first inf stood in time step" in events[-1].sentence
    run.change({"init": "xavier"})
    await until(lambda: changes(events))
    run.control("resume")
    await until(lambda: finished(events) and events[-1].reason == "done")
    assert len(losses(events)) == 30 and changes(events)[-1].sentence == ""


async def test_a_killed_worker_takes_a_switched_run_up_again(worker, until) -> None:
    events: list[Any] = []
    run = worker.run(parse(SMALL), events.append, paused=True)
    await stepped(run, events, 10, until)
    run.change({"init": "he"})
    await stepped(run, events, 5, until)
    run.change({"lr": "0.01"})
    await until(lambda: len(changes(events)) == 2)
    name = next(event.name for event in events if isinstance(event, Named))
    spelled = changes(events)[-1].spelling
    await until(lambda: about_run(runs_folder() / name).spelling == spelled)  # the disk waits until it is seen
    os.kill(worker.pid, signal.SIGKILL)
    await until(lambda: worker.state == "ended")
    del events[:]
    await worker.start()
    await until(lambda: len(losses(events)) == 15)
    run.control("resume")
    await until(lambda: finished(events))
    assert losses(events) == await replayed(worker, spelled, until)
    assert newest_left(runs_folder()) is None


async def test_what_cannot_be_switched_is_refused_and_the_run_goes_on(worker, until) -> None:
    events: list[Any] = []
    run = worker.run(parse(SMALL), events.append, paused=True)
    await stepped(run, events, 3, until)
    run.change({"depth": "5"})
    run.change({"clip": "-1"})
    await until(lambda: len(changes(events)) == 2)
    assert "depth cannot be switched during a run" in changes(events)[0].sentence
    assert "clip=-1 is not allowed: clip is a number from 0 to 1,000" in changes(events)[1].sentence
    run.control("resume")
    await until(lambda: finished(events))
    run.change({"clip": "1"})
    await until(lambda: len(changes(events)) == 3)
    assert "the training has 60 steps" in changes(events)[2].sentence


async def test_a_lab_without_switches_says_so(worker, until) -> None:
    events: list[Any] = []
    run = worker.run(parse("neuron steps=20"), events.append, paused=True)
    run.change({"w_x": "2"})
    await until(lambda: changes(events))
    assert "neuron: nothing can be switched during a run" in changes(events)[0].sentence
