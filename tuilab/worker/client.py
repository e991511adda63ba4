"""The UI's side: starts the worker, keeps asks and runs apart by their ids, and notices when it is gone."""

import asyncio
import itertools
import logging
import os
import signal
import sys
import time
from collections.abc import Callable
from typing import Any, Literal

import msgspec

from tuilab.labs import catalogue, spelling
from tuilab.labs.port import Gone, Unanswerable
from tuilab.labs.spec import Spec
from tuilab.records.folders import where_is
from tuilab.worker.messages import (
    Answer,
    Ask,
    Command,
    Control,
    Event,
    Finished,
    Ready,
    Refused,
    Snapshot,
    Start,
    Steps,
    decode_event,
    encode,
)

State = Literal["starting", "ready", "silent", "ended"]
LONGEST_MESSAGE = 64 << 20
SILENCE = {"starting": 90.0, "ready": 15.0}  # seconds without a word while somebody waits for one

log = logging.getLogger(__name__)


class Run:
    """A run as the UI holds it; see `labs.port.RunHandle`."""

    def __init__(self, id: int, worker: "Worker", view: type, listener: Callable[[Any], None]) -> None:
        self.id, self.view, self.listener = id, view, listener
        self.going = False  # whether it was told to go on, so that there should be something to hear
        self._worker = worker

    def control(self, action: str) -> None:
        """Send an action to the worker."""
        self._worker.send(msgspec.convert({"type": "control", "id": self.id, "action": action}, Control))

    def tell(self, event: Event) -> None:
        """Tell the listener; a fault of its own must not keep the next message from being read."""
        try:
            self.listener(event)
        except Exception:
            log.exception("run %s: its listener failed", self.id)


class Worker:
    """The worker process as the UI sees it; it can be started again after it has ended.

    `on_state(state, sentence)` is called whenever the state changes, the sentence saying why.
    """

    def __init__(self, on_state: Callable[[State, str], None], command: tuple[str, ...] | None = None) -> None:
        self.on_state = on_state
        self.command = command or (sys.executable, "-P", "-m", "tuilab.worker")
        self.state: State = "ended"
        self._process: asyncio.subprocess.Process | None = None
        self._tasks: list[asyncio.Task] = []
        self._ids = itertools.count(1)
        self._asks: dict[int, tuple[asyncio.Future, type]] = {}
        self._runs: dict[int, Run] = {}
        self._waiting: list[Command] = []
        self._heard = time.monotonic()

    async def start(self) -> None:
        """Start the process; asks and runs made before it is ready wait for it."""
        if self._process is not None:
            await self.stop()
        self._change("starting", "torch is loading")
        try:
            self._process = await asyncio.create_subprocess_exec(
                *self.command,
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.DEVNULL,
                start_new_session=True,
                limit=LONGEST_MESSAGE,
                env={**os.environ, "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"},
            )
        except OSError as error:
            return self._change("ended", f"The worker could not be started: {error.strerror}.")
        waiting, self._waiting = self._waiting, []
        for line in waiting:
            self._write(line)
        self._tasks = [asyncio.create_task(self._read(self._process)), asyncio.create_task(self._watch())]
        return None

    async def stop(self) -> None:
        """End the process, whatever it is doing."""
        process, self._process = self._process, None
        for task in self._tasks:
            task.cancel()
        self._tasks = []
        self._give_up("The worker was ended.")  # before the wait: what is asked later is for the next
        if process is not None and process.returncode is None:
            process.kill()
            await process.wait()

    def kill(self) -> None:
        """End the process at once, without waiting: for when there is no time."""
        if self._process is not None and self._process.returncode is None:
            self._process.kill()

    def ask(self, spec: Spec, run: "Run | None" = None) -> asyncio.Future:
        """Ask; see `labs.port.Port.ask`."""
        answer = catalogue.answer_of(spec.kind)
        assert answer is not None
        id, future = next(self._ids), asyncio.get_running_loop().create_future()
        self._asks[id] = future, answer
        self.send(Ask(id, spelling.spell(spec), run.id if run else None))
        return future

    def run(self, spec: Spec, listener: Callable[[Any], None], paused: bool = False) -> Run:
        """Start a run; see `labs.port.Port.run`."""
        lab = catalogue.owner(spec.kind)
        assert lab is not None and lab.view is not None
        run = Run(next(self._ids), self, lab.view, listener)
        self._runs[run.id] = run
        self.send(Start(run.id, spelling.spell(spec), paused))
        run.going = not paused
        return run

    def send(self, command: Command) -> None:
        """Send a command; what a process that is not there cannot take is kept for the next one."""
        if self._process is None:
            self._keep(command)
        else:
            if not self._due:
                self._heard = time.monotonic()  # silence counts from the first command that waits for a word
            self._write(command)
        if isinstance(command, Control):
            self._note(command)

    def _keep(self, command: Command) -> None:
        """Keep a command for the next process; one about a run of an earlier process went with it."""
        if not isinstance(command, Control):
            self._waiting.append(command)
        elif any(kept.id == command.id for kept in self._waiting):
            if command.action == "forget":
                self._waiting = [kept for kept in self._waiting if kept.id != command.id]
            else:
                self._waiting.append(command)

    def _note(self, command: Control) -> None:
        """Keep in mind whether a run was told to go on, and forget one that is not wanted any more."""
        if command.action == "forget":
            self._runs.pop(command.id, None)
        elif command.id in self._runs:
            self._runs[command.id].going = command.action == "resume"

    @property
    def _due(self) -> bool:
        """Whether something was to be heard already, before this command."""
        return len(self._asks) > 1 or any(run.going for run in self._runs.values())

    def _write(self, command: Command) -> None:
        line = encode(command) + b"\n"
        assert self._process is not None and self._process.stdin is not None
        if not self._process.stdin.is_closing():
            self._process.stdin.write(line)

    async def _read(self, process: asyncio.subprocess.Process) -> None:
        assert process.stdout is not None
        try:
            while line := await process.stdout.readline():
                self._heard = time.monotonic()
                if not line.endswith(b"\n"):
                    log.error("the worker's last message was cut off: %.200r", line)
                else:
                    self._receive(line)
        except ValueError:  # a line longer than the limit
            process.kill()
        status = await process.wait()
        self._process = None
        self._give_up("The worker ended before it answered.")  # first: what is asked later is for the next
        self._change("ended", _why(status))

    def _receive(self, line: bytes) -> None:
        try:
            self._dispatch(decode_event(line))
        except (ValueError, RecursionError) as error:  # not UTF-8 and nested too deep are no DecodeError
            log.error("a message that cannot be read (%s): %.200r", error, line)
            return
        if self.state != "ready":
            self._change("ready", "")

    def _dispatch(self, event: Event) -> None:
        match event:
            case Ready():
                pass
            case Answer(id=id, body=body) if id in self._asks:
                future, answer = self._asks.pop(id)
                if not future.done():
                    _settle(future, body, answer)
            case Refused(id=id, sentence=sentence) if id in self._asks:
                future, _ = self._asks.pop(id)
                if not future.done():
                    future.set_exception(Unanswerable(sentence))
            case Refused(id=id, sentence=sentence) if id in self._runs:
                self._runs.pop(id).tell(Finished(id, "failed", 0, 0.0, sentence))
            case Steps(id=id) if id in self._runs:
                self._runs[id].tell(event)
            case Snapshot(id=id) if id in self._runs:
                run = self._runs[id]
                run.tell(Snapshot(id, event.step, msgspec.json.decode(event.body, type=run.view)))
            case Finished(id=id) if id in self._runs:
                self._runs.pop(id).tell(event)

    def _give_up(self, sentence: str) -> None:
        """Tell everybody who waits that no answer will come."""
        asks, self._asks = self._asks, {}
        runs, self._runs = self._runs, {}
        self._waiting.clear()
        for future, _ in asks.values():
            if not future.done():
                future.set_exception(Gone(sentence))
                future.exception()  # whoever no longer waits need not be told
        for run in runs.values():
            run.tell(Finished(run.id, "failed", 0, 0.0, sentence))

    async def _watch(self) -> None:
        """Notice a worker that has something to answer and says nothing."""
        while self._process is not None:
            await asyncio.sleep(1)
            limit = SILENCE.get(self.state)
            if limit and self._overdue() and time.monotonic() - self._heard > limit:
                self._change("silent", f"The worker has said nothing for {limit:.0f} seconds.")

    def _overdue(self) -> bool:
        return self.state == "starting" or bool(self._asks) or any(run.going for run in self._runs.values())

    def _change(self, state: State, sentence: str) -> None:
        self.state = state
        self._heard = time.monotonic()
        self.on_state(state, sentence)


def _settle(future: asyncio.Future, body: msgspec.Raw, answer: type) -> None:
    """Hand an answer to who waits for it, or say that it cannot be read."""
    try:
        future.set_result(msgspec.json.decode(body, type=answer))
    except msgspec.DecodeError as error:
        log.error("an answer that cannot be read (%s): %.200r", error, bytes(body))
        future.set_exception(Unanswerable("The answer cannot be read; a number in it is not finite."))


def _why(status: int) -> str:
    """Say how a process ended that should not have."""
    if status < 0:
        names = {number.value: number.name for number in signal.Signals}
        hint = ", perhaps by the system for want of memory" if -status == signal.SIGKILL else ""
        return f"The worker was ended by signal {names.get(-status, -status)}{hint}."
    return f"The worker ended by itself, with status {status}; {where_is('worker.log')} says more."
