"""The UI's side: starts the worker, sends it commands, reads its events, and notices when it is gone."""

import asyncio
import logging
import os
import signal
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Literal

from tuilab.labs import catalogue, spelling
from tuilab.labs.spec import Spec
from tuilab.records.folders import cache_folder, where_is
from tuilab.worker.ledger import Ledger, Run
from tuilab.worker.messages import Ask, Command, Control, Resume, Start, decode_event, encode

State = Literal["starting", "ready", "silent", "resting", "ended"]
LONGEST_MESSAGE = 64 << 20
SILENCE = {"starting": 90.0, "ready": 15.0}  # seconds without a word while somebody waits for one
IDLE = 300.0  # seconds with nothing to do after which it rests
SAVING = 1.2  # seconds that a process has to save its runs before it is ended; it ends itself within one

log = logging.getLogger(__name__)


class Worker:
    """The worker process as the UI sees it; it can be started again after it has ended.

    `on_state(state, sentence)` is called whenever the state changes, the sentence saying why.
    """

    def __init__(self, on_state: Callable[[State, str], None], command: tuple[str, ...] | None = None) -> None:
        self.on_state = on_state
        self.command = command or (sys.executable, "-P", "-m", "tuilab.worker")
        self.state: State = "starting"  # it always is, right after the first frame
        self._process: asyncio.subprocess.Process | None = None
        self._tasks: list[asyncio.Task] = []
        self._ledger = Ledger()
        self._starting = asyncio.Lock()
        self._heard = self._used = time.monotonic()

    async def start(self) -> None:
        """Start the process; asks and runs made before it is ready wait for it, kept runs are taken up again."""
        async with self._starting:  # a key that wakes a resting worker, and the wish for a new one, may come together
            await self._start()

    async def _start(self) -> None:
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
                env=_environment(),
            )
        except OSError as error:
            return self._change("ended", f"The worker could not be started: {error.strerror}.")
        for command in self._ledger.for_a_new_process():
            self._write(command)
        self._tasks = [asyncio.create_task(self._read(self._process)), asyncio.create_task(self._watch())]
        return None

    async def stop(self) -> None:
        """End the process, whatever it is doing; it has a moment to save its runs."""
        process = self._let_go()
        self._ledger.give_up("The worker was ended.")  # before the wait: what is asked later is for the next
        await _end(process)

    async def rest(self) -> None:
        """End a process that has nothing to do; the next command starts another, which takes up the kept runs."""
        process = self._let_go()
        self._change("resting", "")
        await _end(process)

    def _let_go(self) -> asyncio.subprocess.Process | None:
        process, self._process = self._process, None
        for task in self._tasks:
            if task is not asyncio.current_task():
                task.cancel()
        self._tasks = []
        return process

    def end_at_once(self) -> None:
        """End the process without the event loop, for when there is no time: a moment to save, then no more."""
        process = self._process
        if process is None or process.returncode is not None:
            return
        with suppress(ProcessLookupError):
            os.kill(process.pid, signal.SIGTERM)
        deadline = time.monotonic() + SAVING
        while time.monotonic() < deadline:
            if _has_ended(process.pid):
                return
            time.sleep(0.01)
        with suppress(ProcessLookupError):
            os.kill(process.pid, signal.SIGKILL)

    def ask(self, spec: Spec, run: Run | None = None) -> asyncio.Future:
        """Ask; see `labs.port.Port.ask`."""
        answer = catalogue.answer_of(spec.kind)
        assert answer is not None
        id, future = self._ledger.ask(answer)
        self.send(Ask(id, spelling.spell(spec), run.id if run else None))
        return future

    def run(self, spec: Spec, listener: Callable[[Any], None], paused: bool = False, name: str = "") -> Run:
        """Start a run, or take up the kept one of that name; see `labs.port.Port.run`."""
        lab = catalogue.owner(spec.kind)
        assert lab is not None and lab.view is not None
        run = self._ledger.run(self.send, lab.view, listener)
        self.send(Resume(run.id, name, paused) if name else Start(run.id, spelling.spell(spec), paused))
        run.going = not paused
        return run

    def send(self, command: Command) -> None:
        """Send a command; what a process that is not there cannot take is kept for the next one."""
        self._used = time.monotonic()
        if self._process is None:
            self._ledger.keep(command)
            if self.state == "resting" and not (isinstance(command, Control) and command.action == "forget"):
                self._change("starting", "torch is loading")
                self._waking = asyncio.create_task(self.start())
        else:
            if self._ledger.expects <= isinstance(command, Ask):
                self._heard = self._used  # silence counts from the first command that waits for a word
            self._write(command)
        self._ledger.note(command)

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
        self._ledger.give_up("The worker ended before it answered.")  # first: what is asked later is for the next
        self._change("ended", _why(status))

    def _receive(self, line: bytes) -> None:
        try:
            self._ledger.take(decode_event(line))
        except (ValueError, RecursionError) as error:  # not UTF-8 and nested too deep are no DecodeError
            log.error("a message that cannot be read (%s): %.200r", error, line)
            return
        if self.state != "ready":
            self._change("ready", "")

    async def _watch(self) -> None:
        """Notice a worker that has something to answer and says nothing, and one that has nothing to do."""
        while self._process is not None:
            before = time.monotonic()
            await asyncio.sleep(1)
            limit, now = SILENCE.get(self.state), time.monotonic()
            if now - before > 3:  # we were stopped ourselves, and have not listened
                self._heard = now
            if limit and self._overdue() and now - self._heard > limit:
                self._change("silent", f"The worker has said nothing for {limit:.0f} seconds.")
            elif self._idle() and now - max(self._used, self._heard) > IDLE:
                await self.rest()

    def _overdue(self) -> bool:
        return self.state == "starting" or self._ledger.expects > 0

    def _idle(self) -> bool:
        """Whether nothing goes on, and nothing would be lost without the process."""
        return self.state == "ready" and not self._ledger.expects and self._ledger.is_kept

    def _change(self, state: State, sentence: str) -> None:
        self.state = state
        self._heard = time.monotonic()
        self.on_state(state, sentence)


async def _end(process: asyncio.subprocess.Process | None) -> None:
    """Let a process save its runs, and end it."""
    if process is None or process.returncode is not None:
        return
    process.terminate()
    try:
        await asyncio.wait_for(process.wait(), SAVING)
    except TimeoutError:
        process.kill()
        await process.wait()


def _environment() -> dict[str, str]:
    """That of the worker: one thread; what it compiles goes into the learner's own folder, not beside the program."""
    compiled = {"NUMBA_CACHE_DIR": str(cache_folder() / "compiled")}
    return {**compiled, **os.environ, "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}


def _has_ended(pid: int) -> bool:
    """Whether a child has ended, without fetching its status from who waits for it."""
    try:
        return os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None
    except ChildProcessError:
        return True


def _why(status: int) -> str:
    """Say how a process ended that should not have."""
    if status < 0:
        names = {number.value: number.name for number in signal.Signals}
        hint = ", perhaps by the system for want of memory" if -status == signal.SIGKILL else ""
        return f"The worker was ended by signal {names.get(-status, -status)}{hint}."
    return f"The worker ended by itself, with status {status}; {where_is('worker.log')} says more."
