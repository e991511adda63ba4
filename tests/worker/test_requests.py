"""Asks and runs, put to a real worker process."""

from typing import Any

import pytest

from tuilab.labs.port import Unanswerable
from tuilab.labs.spelling import parse
from tuilab.worker.messages import Finished, Snapshot, Steps

QUICK = "forecast hidden=4 length=5 batch=2 steps=200"
LONG = "forecast hidden=4 length=5 batch=2 steps=1000000"


def numbers(events: list[Any]) -> list[int]:
    """The numbers of all steps that were told of, in the order in which they were."""
    batches = [event for event in events if isinstance(event, Steps)]
    assert all(len(batch.loss) == len(batch.gradient_norm) > 0 for batch in batches)
    return [batch.first + place for batch in batches for place in range(len(batch.loss))]


def finished(events: list[Any]) -> Finished | None:
    return events[-1] if events and isinstance(events[-1], Finished) else None


async def test_asks_and_runs_made_before_the_worker_is_ready_are_answered(make_worker, until) -> None:
    worker, events = make_worker(), []
    early = worker.ask(parse("unroll seed=3"))
    worker.run(parse(QUICK), events.append)
    await worker.start()
    loading = worker.ask(parse("neuron w_x=2"))
    assert worker.state == "starting" and not early.done()
    assert len((await early).steps) == 2
    assert (await loading).w_x == 2
    await until(lambda: finished(events))
    assert [state for state, _ in worker.states] == ["starting", "ready"]


async def test_the_answer_is_what_the_experiment_gives_here(worker) -> None:
    from tuilab.labs.unroll.experiment import answer

    spec = parse("unroll seed=9 neurons=5 set=b[0,4]:0.125")
    assert await worker.ask(spec) == answer(spec)


async def test_a_run_tells_every_step_once_and_in_order(worker, until) -> None:
    events: list[Any] = []
    run = worker.run(parse(QUICK), events.append)
    end = await until(lambda: finished(events))
    assert end == Finished(run.id, "done", 200, end.seconds, "")
    assert numbers(events) == list(range(1, 201))
    snapshots = [event for event in events if isinstance(event, Snapshot)]
    assert snapshots[0].step == 0 and snapshots[-1].step == 200
    assert len(snapshots[-1].body.predicted) == 10
    assert all(event.id == run.id for event in events)


async def test_the_worker_and_this_process_compute_the_same_numbers(worker, until) -> None:
    from tuilab.labs.forecast.experiment import Training

    events: list[Any] = []
    worker.run(parse(QUICK), events.append)
    await until(lambda: finished(events))
    here = Training(parse(QUICK))  # type: ignore[arg-type]
    losses = [loss for event in events if isinstance(event, Steps) for loss in event.loss]
    assert losses == pytest.approx([here.advance().loss for _ in range(200)], rel=1e-4)


async def test_pause_step_resume_and_stop(worker, until) -> None:
    events: list[Any] = []
    run = worker.run(parse(LONG), events.append, paused=True)
    await until(lambda: events)
    await worker.ask(parse("unroll"))  # asks overtake nothing: whatever the run had to say is here by now
    assert [event.step for event in events if isinstance(event, Snapshot)] == [0] and not numbers(events)
    run.control("step")
    run.control("step")
    await until(lambda: events[-1].step == 2 if isinstance(events[-1], Snapshot) else False)
    assert numbers(events) == [1, 2]
    run.control("resume")
    await until(lambda: len(numbers(events)) > 20)
    run.control("pause")
    await worker.ask(parse("unroll"))
    paused = len(events)
    await worker.ask(parse("unroll"))
    assert len(events) == paused
    assert isinstance(events[-1], Snapshot) and events[-1].step == len(numbers(events))
    run.control("resume")
    run.control("stop")
    end = await until(lambda: finished(events))
    assert end.reason == "stopped" and end.step == len(numbers(events))
    assert numbers(events) == list(range(1, end.step + 1))


async def test_asks_are_answered_while_it_trains(worker, until) -> None:
    events: list[Any] = []
    run = worker.run(parse(LONG), events.append)
    await until(lambda: numbers(events))
    generated = await worker.ask(parse("generate steps=7"), run)
    assert len(generated.values) == 12
    assert len((await worker.ask(parse("unroll"))).steps) == 2
    told = len(numbers(events))
    await until(lambda: len(numbers(events)) > told)


async def test_two_runs_at_once_are_kept_apart(worker, until) -> None:
    first, second = [], []
    worker.run(parse(QUICK), first.append)
    worker.run(parse("neuron steps=150"), second.append)
    assert (await until(lambda: finished(first))).step == 200
    assert (await until(lambda: finished(second))).step == 150
    assert numbers(first) == list(range(1, 201)) and numbers(second) == list(range(1, 151))


async def test_a_finished_run_can_be_asked_and_a_forgotten_one_cannot(worker, until) -> None:
    events: list[Any] = []
    run = worker.run(parse(QUICK), events.append)
    await until(lambda: finished(events))
    assert (await worker.ask(parse("generate"), run)).prompt == 5
    run.control("forget")
    with pytest.raises(Unanswerable, match="That run is no longer there; train again, then ask"):
        await worker.ask(parse("generate"), run)


async def test_only_the_newest_finished_runs_are_kept(worker, until) -> None:
    runs = []
    for _ in range(6):
        events: list[Any] = []
        runs.append(worker.run(parse("forecast hidden=1 length=2 batch=1 steps=1"), events.append))
        await until(lambda told=events: finished(told))
    assert (await worker.ask(parse("generate"), runs[-1])).prompt == 2
    with pytest.raises(Unanswerable, match="no longer there"):
        await worker.ask(parse("generate"), runs[0])


async def test_what_cannot_be_answered_is_refused_in_a_sentence(worker, until) -> None:
    with pytest.raises(Unanswerable, match="generate cannot be asked by itself; it needs a run"):
        await worker.ask(parse("generate"))
    events: list[Any] = []
    run = worker.run(parse(QUICK), events.append)
    with pytest.raises(Unanswerable, match="first=9999 is not allowed"):
        await worker.ask(parse("generate first=9999"), run)
    assert (await until(lambda: finished(events))).reason == "done"


async def test_a_run_that_diverges_says_so(worker, until) -> None:
    events: list[Any] = []
    worker.run(parse("forecast hidden=8 lr=10 optimiser=sgd clip=0"), events.append)
    end = await until(lambda: finished(events))
    assert end.reason == "diverged" and "try clip=1" in end.sentence
    assert numbers(events) == list(range(1, end.step + 1))


async def test_a_listener_that_fails_keeps_nobody_else_from_being_told(worker, until) -> None:
    def fail(event: object) -> None:
        raise ValueError("a fault of the panel")

    events: list[Any] = []
    worker.run(parse(QUICK), fail)
    worker.run(parse("neuron steps=20"), events.append)
    assert (await until(lambda: finished(events))).reason == "done"
    assert len((await worker.ask(parse("unroll"))).steps) == 2


async def test_a_question_that_needs_no_run_is_asked_by_itself(worker, tmp_path) -> None:
    path = tmp_path / "small.txt"
    path.write_text("king 1 0\nqueen 1 1\nkingdom 0 1\n")
    assert (await worker.ask(parse(f"complete word=ki vectors={path}"))).words == ["king", "kingdom"]
    assert [row.word for row in (await worker.ask(parse(f"neighbours word=king vectors={path}"))).rows] == [
        "queen",
        "kingdom",
    ]
    with pytest.raises(Unanswerable, match="kinn is not among the 3 words; spelled most like it: king"):
        await worker.ask(parse(f"neighbours word=kinn vectors={path}"))
