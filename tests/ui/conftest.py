"""The app with a worker inside the test's own process, which a test drives step by step."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from types import SimpleNamespace

import pytest

from tuilab.labs import catalogue, spelling
from tuilab.labs.port import Gone, Unanswerable
from tuilab.records.keeper import Keeper
from tuilab.ui.app import TuilabApp
from tuilab.worker.job import Job
from tuilab.worker.messages import Snapshot


class FakeWorker:
    """Answers at once, and trains only when the test says so; the interface of worker.client.Worker."""

    def __init__(self, on_state) -> None:
        self.on_state = on_state
        self.state = "ready"
        self.jobs: list[Job] = []
        self.gone = False
        self.commands: list[str] = []

    async def start(self) -> None:
        self.gone = False
        self.on_state("ready", "")

    async def stop(self) -> None:
        pass

    def end_at_once(self) -> None:
        pass

    def ask(self, spec, run=None):
        future = asyncio.get_running_loop().create_future()
        try:
            if self.gone:
                raise Gone("The worker ended before it answered.")
            spec = spelling.parse(spelling.spell(spec))
            answer = run.job.answer if run else catalogue.experiment_of(spec.kind).answer
            future.set_result(answer(spec))
        except ValueError as error:
            future.set_exception(Unanswerable(str(error)))
        except Gone as error:
            future.set_exception(error)
        return future

    def run(self, spec, listener, paused=False, name=""):
        def send(event):
            if isinstance(event, Snapshot):
                event = Snapshot(event.id, event.step, job.run.view())
            listener(event)

        job = Job.__new__(Job)
        handle = SimpleNamespace(
            id=len(self.jobs) + 1,
            job=job,
            name=name,
            control=lambda action: self._control(job, action),
            change=lambda settings, at=None: job.change(settings, at),
        )

        def begin():
            training = catalogue.part(spec.kind, "experiment").Training(spec)
            job.__init__(handle.id, training, send, paused, Keeper(None, ""))
            job.show()

        asyncio.get_running_loop().call_soon(begin)
        self.jobs.append(job)
        return handle

    def _control(self, job, action):
        self.commands.append(action)
        if not hasattr(job, "run") or job.finished:
            return
        if action == "step":
            job.single_step()
        elif action == "stop":
            job.finish("stopped")
        elif action == "pause":
            job.pause()
        elif action == "resume":
            job.resume()

    def train(self, steps: int) -> None:
        """Let the newest run go on, and send what it has."""
        job = self.jobs[-1]
        for _ in range(steps):
            if job.running:
                job.advance()
        if not job.finished:
            job.show()


class Driver:
    """A running app under a Pilot."""

    def __init__(self, app: TuilabApp, pilot) -> None:
        self.app, self.pilot = app, pilot

    @property
    def worker(self) -> FakeWorker:
        return self.app.lab_worker

    @property
    def text(self) -> str:
        """What is on the screen."""
        return "\n".join(strip.text.rstrip() for strip in self.app.screen._compositor.render_strips())

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)

    async def until(self, condition: Callable[[], bool] | str, seconds: float = 10) -> None:
        """Wait for a condition, or for a text to stand on the screen."""
        deadline = time.monotonic() + seconds
        holds = condition if callable(condition) else lambda: condition in self.text
        while not holds():
            assert time.monotonic() < deadline, f"not within {seconds} s: {condition}\n{self.text}"
            await self.pilot.pause(0.005)


@asynccontextmanager
async def open_app(spelled: str | None = None, lesson: int | None = None, size=(80, 24)) -> AsyncIterator[Driver]:
    """Open the app: at home, at a lab, or at a lesson."""
    app = TuilabApp(spelling.parse(spelled) if spelled else None, lesson, worker=FakeWorker)
    async with app.run_test(size=size, notifications=True) as pilot:
        driver = Driver(app, pilot)
        await driver.until(lambda: app.worker_state[0] == "ready")
        yield driver


@pytest.fixture
def opened():
    """`async with opened("unroll seed=2") as app:`, `opened(lesson=2)`, `opened()`."""
    return open_app
