"""What the worker says where memory runs out, before a training and in the middle of one."""

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tuilab.labs import room
from tuilab.labs.forecast import experiment as forecast
from tuilab.labs.unroll import experiment as unroll
from tuilab.worker.host import FAULT, Host
from tuilab.worker.messages import Answer, Ask, Command, Event, Finished, Refused, Start, encode

QUICK = "forecast hidden=4 length=5 batch=2 steps=3"
SHORT = "There is not enough memory for this; choose smaller sizes."


def served(folder: Path, *commands: Command, until: type[Event]) -> list[Any]:
    """All events of a worker that is told this; its input ends once there is such an event."""
    events: list[Any] = []
    heard = threading.Event()

    def source() -> Iterator[bytes]:
        yield from map(encode, commands)
        assert heard.wait(30)

    def send(event: Event) -> None:
        events.append(event)
        if isinstance(event, until):
            heard.set()

    Host(source(), send, folder).serve()  # type: ignore[arg-type]
    return events


def broken(sentence: str):
    def fails(*_: object) -> None:
        raise RuntimeError(sentence)

    return fails


def test_a_training_that_does_not_fit_is_refused_and_the_worker_goes_on(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(room, "free_memory", lambda: 1 << 30)
    refused, answer = served(
        tmp_path,
        Start(1, "forecast layers=4 hidden=512 batch=256 points=600 length=500"),
        Ask(2, "unroll"),
        until=Answer,
    )
    assert isinstance(refused, Refused) and refused.id == 1
    assert "length=500 is too large here, with the rest as it is length is at most" in refused.sentence
    assert isinstance(answer, Answer)


@pytest.mark.parametrize(
    "words", ["DefaultCPUAllocator: not enough memory", "can't allocate memory", "CUDA out of memory"]
)
def test_an_answer_that_torch_has_no_memory_for(words, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(unroll, "answer", broken(words))
    assert served(tmp_path, Ask(1, "unroll"), until=Refused) == [Refused(1, SHORT)]


@pytest.mark.parametrize(("words", "told"), [("not enough memory", SHORT), ("something else", FAULT)])
def test_a_training_that_torch_has_no_memory_for_half_way(words, told, tmp_path, monkeypatch) -> None:
    advance = forecast.Training.advance
    monkeypatch.setattr(forecast.Training, "advance", lambda run: broken(words)() if run.step == 2 else advance(run))
    *_, end = served(tmp_path, Start(1, QUICK), until=Finished)
    assert (end.reason, end.step, end.sentence) == ("failed", 2, told)
