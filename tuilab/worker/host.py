"""The worker's side: reads commands, runs experiments, sends events. Finds experiments by name as it runs."""

import logging
import queue
import threading
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

import msgspec

from tuilab.labs import catalogue, spelling
from tuilab.labs.branching import begin
from tuilab.labs.keeping import reopen
from tuilab.labs.run import memory_sentence
from tuilab.records.folders import where_is
from tuilab.records.keeper import Keeper
from tuilab.records.state import RunError
from tuilab.worker.job import Job
from tuilab.worker.messages import (
    Answer,
    Ask,
    Change,
    Command,
    Control,
    Event,
    Finished,
    Refused,
    Resume,
    Start,
    decode_command,
    encode,
)

KEPT_RUNS = 4  # finished runs that can still be asked
FAULT = f"The experiment failed; this is a fault of tuilab. {where_is('worker.log')} says more."

log = logging.getLogger(__name__)


class Host:
    """Serves commands from `source` until it ends, and calls `send` with every event; keeps runs in the folder `runs`.

    Asks are answered between two training steps, so that a run never keeps a question waiting.
    """

    def __init__(self, source: BinaryIO, send: Callable[[Event], None], runs: Path | None = None) -> None:
        self.source, self.send, self.runs = source, send, runs
        self.inbox: queue.SimpleQueue[Command | None] = queue.SimpleQueue()
        self.jobs: dict[int, Job] = {}

    def serve(self, when_input_ends: Callable[[], None] = lambda: None) -> None:
        """Serve until the input ends; `when_input_ends` is called from the reading thread, at once."""
        threading.Thread(target=self._read, args=(when_input_ends,), daemon=True, name="commands").start()
        while True:
            active = [job for job in self.jobs.values() if job.running]
            try:
                command = self.inbox.get(block=not active)
            except queue.Empty:
                for job in active:
                    self._guarded(job, job.advance)
                continue
            if command is None:
                return self.leave()
            self._obey(command)

    def _read(self, when_input_ends: Callable[[], None]) -> None:
        for line in self.source:
            try:
                self.inbox.put(decode_command(line))
            except (ValueError, RecursionError) as error:  # not UTF-8 and nested too deep are no DecodeError
                log.error("a command that cannot be read (%s): %.200r", error, line)
        self.end()
        when_input_ends()

    def end(self) -> None:
        """Save every run and return from `serve`; may be called from anywhere."""
        self.inbox.put(None)

    def leave(self) -> None:
        """Save every run, though one cannot be saved or nobody hears of it, and let others have them."""
        for job in self.jobs.values():
            try:
                job.leave()
            except Exception:
                log.exception("run %s could not be left", job.id)

    def _obey(self, command: Command) -> None:
        try:
            match command:
                case Ask():
                    self._ask(command)
                case Start():
                    self._start(command)
                case Resume():
                    self._resume(command)
                case Control():
                    self._control(command)
                case Change():
                    self._change(command)
        except BrokenPipeError:
            raise
        except (ValueError, RunError) as error:
            self.send(Refused(command.id, str(error)))
        except Exception as error:
            log.exception("failed: %s", command)
            self.send(Refused(command.id, memory_sentence(error) or FAULT))

    def _ask(self, command: Ask) -> None:
        spec = spelling.parse(command.spelling)
        if command.run is not None:
            job = self.jobs.get(command.run)
            if job is None:
                raise ValueError("That run is no longer there; train again, then ask.")
            body = job.answer(spec)
        else:
            if not catalogue.stands_alone(spec.kind):
                raise ValueError(f"{spec.kind} cannot be asked by itself; it needs a run.")
            body = catalogue.experiment_of(spec.kind).answer(spec)
        self.send(Answer(command.id, msgspec.Raw(encode(body))))

    def _start(self, command: Start) -> None:
        spec = spelling.parse(command.spelling)
        lab = catalogue.owner(spec.kind)
        if lab is None or lab.view is None or lab.name != spec.kind:
            raise ValueError(f"{spec.kind} has nothing to run; it can be asked.")
        run, before = begin(spec)
        job = Job(command.id, run, self.send, command.paused, Keeper(self.runs, command.spelling, history=before))
        self._take(job)
        job.tell(before)

    def _resume(self, command: Resume) -> None:
        if self.runs is None:
            raise RunError("Runs are not kept here.")
        kept, run, measured = reopen(self.runs, command.name)
        job = Job(command.id, run, self.send, command.paused, Keeper(self.runs, kept.about.spelling, kept))
        self._take(job)
        job.recall(measured, kept.about.finished, kept.about.sentence)

    def _take(self, job: Job) -> None:
        """Hold a run, and let the oldest of the finished ones go."""
        self.jobs[job.id] = job
        finished = [job.id for job in self.jobs.values() if job.finished]
        for id in finished[:-KEPT_RUNS]:
            self.jobs.pop(id).leave()

    def _control(self, command: Control) -> None:
        job = self.jobs.get(command.id)
        if job is None:
            return
        if command.action == "forget":
            self.jobs.pop(command.id).leave()
        elif not job.finished:
            if command.action == "resume":
                job.resume()
            elif command.action == "stop":
                job.finish("stopped")
            else:
                self._guarded(job, job.pause if command.action == "pause" else job.single_step)

    def _change(self, command: Change) -> None:
        job = self.jobs.get(command.id)
        if job is not None:
            self._guarded(job, lambda: job.change(command.settings, command.at))

    def _guarded(self, job: Job, action: Callable[[], None]) -> None:
        """Let a fault in one run end that run and nothing else."""
        try:
            action()
        except BrokenPipeError:  # nobody listens any more; the run is as well as it was
            raise
        except Exception as error:
            log.exception("run %s failed", job.id)
            job.running, job.finished = False, True
            self.send(Finished(job.id, "failed", job.run.step, job.seconds, memory_sentence(error) or FAULT))
