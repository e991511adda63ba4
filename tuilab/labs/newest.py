"""One question at a time: of those that come meanwhile the newest alone is put."""

from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

Question = TypeVar("Question")


class Newest(Generic[Question]):
    """Puts a question and waits for its answer; what is wanted until then takes the place of what waited."""

    def __init__(self, put: Callable[[Question], Awaitable[None]]) -> None:
        self._put = put
        self._waiting: list[Question] = []  # one at most
        self._busy = False

    async def want(self, question: Question) -> None:
        """Put it, at once or after the one that is out, unless a newer one is wanted before that."""
        self._waiting = [question]
        if self._busy:
            return
        self._busy = True
        try:
            while self._waiting:
                await self._put(self._waiting.pop())
        finally:
            self._busy = False
