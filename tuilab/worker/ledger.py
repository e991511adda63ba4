"""What the UI has asked of the worker and may still hear of: asks, runs, and commands that wait for a process."""

import asyncio
import itertools
import logging
from collections.abc import Callable, Iterator
from typing import Any
from weakref import WeakValueDictionary

import msgspec

from tuilab.labs.port import Gone, Unanswerable
from tuilab.worker.messages import (
    Answer,
    Change,
    Changed,
    Command,
    Control,
    Event,
    Finished,
    Named,
    Refused,
    Resume,
    Snapshot,
    Steps,
)

log = logging.getLogger(__name__)


class Run:
    """A run as the UI holds it; see `labs.port.RunHandle`."""

    def __init__(self, id: int, send: Callable[[Command], None], view: type, listener: Callable[[Any], None]) -> None:
        self.id, self.view, self.listener = id, view, listener
        self.name = ""  # under which the worker keeps it; empty until it was saved
        self.going = False  # whether it was told to go on, so that there should be something to hear
        self._send = send

    def control(self, action: str) -> None:
        """Send an action to the worker."""
        self._send(msgspec.convert({"type": "control", "id": self.id, "action": action}, Control))

    def change(self, settings: dict[str, str], at: int | None = None) -> None:
        """Ask the worker to switch settings of the run, where it is or was after `at` steps."""
        self._send(Change(self.id, settings, at))

    def tell(self, event: Event) -> None:
        """Tell the listener; a fault of its own must not keep the next message from being read."""
        try:
            self.listener(event)
        except Exception:
            log.exception("run %s: its listener failed", self.id)


class Ledger:
    """Keeps asks and runs apart by their ids, and sorts events to them."""

    def __init__(self) -> None:
        self._ids = itertools.count(1)
        self._asks: dict[int, tuple[asyncio.Future, type]] = {}
        self._runs: dict[int, Run] = {}  # that may still say something
        self._held: WeakValueDictionary[int, Run] = WeakValueDictionary()  # that somebody may still ask
        self._waiting: list[Command] = []

    def ask(self, answer: type) -> tuple[int, asyncio.Future]:
        """Enter an ask whose answer is of this type."""
        id, future = next(self._ids), asyncio.get_running_loop().create_future()
        self._asks[id] = future, answer
        return id, future

    def run(self, send: Callable[[Command], None], view: type, listener: Callable[[Any], None]) -> Run:
        """Enter a run whose snapshots are of the type `view`."""
        run = Run(next(self._ids), send, view, listener)
        self._runs[run.id] = self._held[run.id] = run
        return run

    @property
    def expects(self) -> int:
        """How many asks and runs should be heard of before long."""
        return len(self._asks) + sum(run.going for run in self._runs.values())

    @property
    def is_kept(self) -> bool:
        """Whether another process could take up every run."""
        return all(run.name for run in self._held.values())

    def keep(self, command: Command) -> None:
        """Keep a command for the next process; one about a run that went with its process is dropped."""
        if not isinstance(command, Control):
            self._waiting.append(command)
        elif command.action == "forget":
            self._waiting = [kept for kept in self._waiting if kept.id != command.id]
        elif any(kept.id == command.id for kept in self._waiting) or self._can_be_taken_up(command.id):
            self._waiting.append(command)

    def _can_be_taken_up(self, id: int) -> bool:
        return id in self._held and bool(self._held[id].name)

    def note(self, command: Command) -> None:
        """Keep in mind whether a run was told to go on, and forget one that is not wanted any more."""
        if isinstance(command, Change) and command.id in self._held and command.id not in self._runs:
            self._runs[command.id] = run = self._held[command.id]  # one that has ended may say something again
            run.going = False
        if not isinstance(command, Control):
            return
        if command.action == "forget":
            self._runs.pop(command.id, None)
            self._held.pop(command.id, None)
        elif command.id in self._runs:
            self._runs[command.id].going = command.action == "resume"

    def for_a_new_process(self) -> Iterator[Command]:
        """What a new process has to be told: the runs that are kept, then what has waited for it."""
        for run in sorted(self._held.values(), key=lambda run: run.id):
            if run.name:
                self._runs[run.id] = run
                run.going = False
                yield Resume(run.id, run.name, paused=True)
        waiting, self._waiting = self._waiting, []
        for command in waiting:
            self.note(command)
            yield command

    def take(self, event: Event) -> None:
        """Hand an event to who waits for it; one that nobody waits for is dropped."""
        match event:
            case Answer(id=id, body=body) if id in self._asks:
                future, answer = self._asks.pop(id)
                if not future.done():
                    _settle(future, body, answer)
            case Refused(id=id, sentence=sentence) if id in self._asks:
                future, _ = self._asks.pop(id)
                if not future.done():
                    future.set_exception(Unanswerable(sentence))
            case Refused(id=id, sentence=sentence) if id in self._runs:
                self._end(self._runs.pop(id), Finished(id, "failed", 0, 0.0, sentence))
            case Steps(id=id) if id in self._runs:
                self._runs[id].tell(event)
            case Snapshot(id=id) if id in self._runs:
                run = self._runs[id]
                run.tell(Snapshot(id, event.step, msgspec.json.decode(event.body, type=run.view)))
            case Finished(id=id) if id in self._runs:
                self._end(self._runs.pop(id), event)
            case Named(id=id) | Changed(id=id) if id in self._held:
                self._note_of(self._held[id], event)

    def _note_of(self, run: Run, event: Named | Changed) -> None:
        """Tell a run its name, or that it was switched: one that was taken up after its end says more then."""
        if isinstance(event, Named):
            run.name = event.name
        elif not event.sentence:
            self._runs[run.id] = run
        run.tell(event)

    def _end(self, run: Run, event: Finished) -> None:
        """Let a run have its last word; one that failed before it was saved leaves nothing that could be asked."""
        if event.reason == "failed" and not run.name:
            self._held.pop(run.id, None)
        run.tell(event)

    def give_up(self, sentence: str) -> None:
        """Tell everybody who waits that no answer will come."""
        asks, self._asks = self._asks, {}
        runs, self._runs = self._runs, {}
        self._waiting.clear()
        for future, _ in asks.values():
            if not future.done():
                future.set_exception(Gone(sentence))
                future.exception()  # whoever no longer waits need not be told
        for run in runs.values():
            self._end(run, Finished(run.id, "failed", 0, 0.0, sentence))


def _settle(future: asyncio.Future, body: msgspec.Raw, answer: type) -> None:
    """Hand an answer to who waits for it, or say that it cannot be read."""
    try:
        future.set_result(msgspec.json.decode(body, type=answer))
    except msgspec.DecodeError as error:
        log.error("an answer that cannot be read (%s): %.200r", error, bytes(body))
        future.set_exception(Unanswerable("The answer cannot be read; a number in it is not finite."))
