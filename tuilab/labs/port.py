"""What a panel may ask for: the port to the worker, as panels see it."""

from collections.abc import Awaitable, Callable
from typing import Any, Protocol

from tuilab.labs.spec import Spec


class Gone(Exception):
    """The worker ended before it answered; the text is a sentence."""


class Unanswerable(Exception):
    """The worker refused; the text is a sentence for the learner."""


class RunHandle(Protocol):
    """A run that was started."""

    id: int
    name: str  # under which it is kept; empty until it was saved

    def control(self, action: str) -> None:
        """Ask for 'pause', 'resume', 'step', 'stop' or 'forget'."""

    def change(self, settings: dict[str, str], at: int | None = None) -> None:
        """Switch settings, in their text form, where the run is, or where it was after `at` steps."""


class Port(Protocol):
    """Where a panel puts its questions and starts its runs.

    `state` is 'starting', 'ready', 'silent', 'resting' or 'ended'; what is asked meanwhile waits until it is ready.
    """

    @property
    def state(self) -> str:
        """How the worker is."""

    def ask(self, spec: Spec, run: RunHandle | None = None) -> Awaitable[Any]:
        """Ask; the answer is of the lab's type. Raises Gone or Unanswerable."""

    def run(self, spec: Spec, listener: Callable[[Any], None], paused: bool = False, name: str = "") -> RunHandle:
        """Start a run, or take up the kept one of that `name`.

        `listener` is called with each of its events, in order, until it has finished.
        """
