"""A real worker process, and a way to wait for what it does."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest

from tuilab.worker.client import Worker

PATIENCE = 30.0  # seconds; a test that needs them all fails


async def until(condition: Callable[[], Any]) -> Any:
    """Wait for a condition to hold, and return what it gave."""
    deadline = time.monotonic() + PATIENCE
    while not (value := condition()):
        assert time.monotonic() < deadline, "waited in vain"
        await asyncio.sleep(0.01)
    return value


@pytest.fixture(name="until")
def until_fixture() -> Callable[[Callable[[], Any]], Any]:
    return until


class Watched(Worker):
    """A worker whose states are written down."""

    def __init__(self, command: tuple[str, ...] | None = None) -> None:
        self.states: list[tuple[str, str]] = []
        super().__init__(lambda state, sentence: self.states.append((state, sentence)), command)

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid


@pytest.fixture
async def make_worker() -> AsyncIterator[Callable[..., Watched]]:
    made: list[Watched] = []

    def make(*command: str) -> Watched:
        made.append(Watched(command or None))
        return made[-1]

    yield make
    for worker in made:
        await worker.stop()


@pytest.fixture
async def worker(make_worker: Callable[..., Watched]) -> Watched:
    made = make_worker()
    await made.start()
    return made
