"""A training that was left: it is on its page again, and its curve is there before torch is."""

import asyncio
from types import SimpleNamespace

import pytest

from tests.support.runs import made
from tuilab.course.lesson import LabBlock
from tuilab.course.reader import lessons_folder, read_lessons
from tuilab.labs import catalogue, spelling
from tuilab.labs.spec import TrainingSpec
from tuilab.records.folders import data_folder, runs_folder
from tuilab.records.progress import Progress
from tuilab.records.runs import measured_so_far
from tuilab.worker.messages import Finished, Named, Steps


def _first() -> tuple[str, int, str]:
    """A lesson, a page of it whose lab trains, and how that lab is spelled."""
    for lesson in read_lessons(lessons_folder())[0]:
        for number, page in enumerate(lesson.pages(), 1):
            specs = [spelling.parse(each.spelling) for each in page.segments if isinstance(each, LabBlock)]
            if specs and specs[0].kind == "forecast":
                return lesson.name, number, spelling.spell(specs[0])
    raise AssertionError


LESSON, PAGE, LAB = _first()
SAID = "Your training is in the lab as you left it"
AGAIN = "What was trained here is here again"


def page_of():
    """That page."""
    return next(each for each in read_lessons(lessons_folder())[0] if each.name == LESSON).pages()[PAGE - 1]


def keep(spelled: str = "", steps: int = 50, finished: str | None = None) -> str:
    """Keep a run, as of the lab of a page where nothing else is said; its name."""
    return made(runs_folder(), spelled or LAB, steps=steps, finished=finished).name


def see(*pages: int) -> None:
    """The learner was on these pages."""
    for page in pages:
        Progress(data_folder()).page_seen(LESSON, page)


async def at_page(app) -> tuple[str, str]:
    """Open the page; the run in its lab, and its state."""
    app.app.open_lesson(next(each for each in app.app.lessons if each.name == LESSON), PAGE - 1)
    await app.until(lambda: getattr(app.app.screen, "lab_at", None) is not None)
    await app.pilot.pause()
    runner = app.app.screen.panel.runner
    return (runner.handle.name if runner.handle else "", runner.state)


def without_torch(app) -> list:
    """Let torch load without end; the listeners of runs that were begun meanwhile."""
    listeners: list = []

    def run(spec, listener, paused=False, name=""):
        listeners.append(listener)
        return SimpleNamespace(id=1, name="", control=app.worker.commands.append, change=None)

    app.worker.state, app.worker.run, app.worker.ask = "starting", run, lambda spec, run=None: app.never
    return listeners


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_it_waits_on_the_page_where_it_was_left_and_the_page_says_so(opened, size):
    see(PAGE)
    name = keep()
    async with opened(size=size) as app:
        assert await at_page(app) == (name, "paused")
        await app.until(SAID)
        await app.press("n", "p")
        await app.until(lambda: app.app.screen.lab_at is not None and app.app.screen.page == PAGE - 1)
        assert app.app.screen.panel.runner.state == "paused"


async def test_a_page_that_is_new_to_the_learner_has_no_training(opened):
    keep()
    async with opened() as app:
        assert await at_page(app) == ("", "idle") and SAID not in app.text


@pytest.mark.parametrize("newer", ["diverged", "failed"])
async def test_what_broke_off_is_not_on_its_page_again_nor_what_was_left_before(opened, newer):
    see(PAGE)
    keep()
    keep(finished=newer)
    async with opened() as app:
        assert await at_page(app) == ("", "idle")


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
@pytest.mark.parametrize("end", ["done", "stopped"])
async def test_what_was_trained_to_its_end_is_on_its_page_again_before_torch_is(opened, end, size):
    see(PAGE)
    keep()
    name = keep(steps=321, finished=end)
    async with opened(size=size) as app:
        app.never = asyncio.get_running_loop().create_future()
        listeners = without_torch(app)
        await at_page(app)
        runner = app.app.screen.panel.runner
        await app.until(lambda: runner.state == end)
        assert (runner.step, len(runner.loss.points()[0])) == (321, 321)
        await app.until(lambda: AGAIN in " ".join(app.text.replace("│", " ").split()) and SAID not in app.text)
        await app.press("tab")
        await app.until(f"{end}   loss {runner.last_loss:.3g}")
        await app.press("space")
        await app.until("This run has ended")
        assert not [told for told in app.worker.commands if told == "resume"]
        listeners[0](Named(1, name, taken_up=True))
        listeners[0](Steps(1, 1, [0.5] * 321, [0.1] * 321, 1.0))
        listeners[0](Finished(1, end, 321, 1.0, ""))
        assert (runner.step, runner.state, runner.sentence) == (321, end, "")
        await app.press("r")
        await app.until(lambda: runner.state == "running" and runner.step == 0 and len(listeners) == 2)
        await app.until(lambda: f"{end}   loss" not in app.text)


async def test_what_was_left_since_goes_before_what_was_trained_to_its_end(opened):
    see(PAGE)
    keep(finished="done")
    name = keep()
    async with opened(size=(120, 40)) as app:
        assert await at_page(app) == (name, "paused")
        await app.until(SAID)
        assert AGAIN not in app.text


@pytest.mark.parametrize(
    "other", [{"steps": 0, "finished": "stopped"}, {"spelled": f"{LAB} seed=77", "finished": "done"}]
)
async def test_what_learned_nothing_or_has_other_settings_is_not_on_a_page(opened, other):
    see(PAGE)
    keep(**other)
    async with opened() as app:
        assert await at_page(app) == ("", "idle") and AGAIN not in app.text


async def test_what_learned_nothing_does_not_hide_what_did(opened):
    see(PAGE)
    name = keep(finished="done")
    keep(steps=0, finished="stopped")
    async with opened() as app:
        assert (await at_page(app))[0] == name


async def test_a_page_that_is_new_has_nothing_that_was_trained_to_its_end(opened):
    keep(finished="done")
    async with opened() as app:
        assert await at_page(app) == ("", "idle") and AGAIN not in app.text


async def test_settings_that_were_left_on_a_page_come_back_with_what_they_trained(opened):
    see(PAGE)
    name = keep(f"{LAB} seed=77", finished="done")
    block = next(each for each in page_of().segments if isinstance(each, LabBlock))
    Progress(data_folder()).lab_set(LESSON, PAGE, block.spelling, f"{LAB} seed=77")
    async with opened(size=(120, 40)) as app:
        assert (await at_page(app))[0] == name
        await app.until("The lab stands as you left it")
        await app.press("u")
        await app.until(lambda: app.app.screen.panel.runner.handle is None)


async def test_a_training_with_other_settings_is_another(opened):
    see(PAGE)
    keep(f"{LAB} seed=77")
    async with opened() as app:
        assert await at_page(app) == ("", "idle")


async def test_its_curve_is_there_before_torch_is(opened):
    see(PAGE)
    keep(steps=321)
    async with opened(size=(120, 40)) as app:
        app.never = asyncio.get_running_loop().create_future()
        listeners = without_torch(app)
        await at_page(app)
        runner = app.app.screen.panel.runner
        await app.until("Torch is loading; what is kept is shown, up to step 321.")
        assert (runner.step, runner.state, len(runner.loss.points()[0])) == (321, "paused", 321)
        assert "321" in app.text and "space trains" not in app.text
        drawn, runner.changed = [], lambda: drawn.append(len(runner.loss.points()[0]))
        listeners[0](Named(1, "a", taken_up=True))
        listeners[0](Steps(1, 1, [0.5] * 400, [0.1] * 400, 1.0))
        assert (runner.step, runner.sentence, len(runner.loss.points()[0])) == (400, "", 400)
        assert drawn == [400]  # never without a curve


async def test_a_worker_that_was_quicker_is_not_told_again(opened):
    name = keep("forecast")
    async with opened("forecast") as app:
        panel = app.app.screen.panel
        await app.press("space")
        await app.until(lambda: bool(app.worker.jobs) and hasattr(app.worker.jobs[-1], "run"))
        app.worker.train(3)
        panel.recall(panel.runner.handle, measured_so_far(runs_folder() / name))
        panel.recall(None, measured_so_far(runs_folder() / name))
        assert (panel.runner.step, panel.runner.sentence) == (3, "")


TRAINS = [kind for kind in catalogue.NAMES if issubclass(catalogue.lab(kind).spec, TrainingSpec)]


@pytest.mark.parametrize("kind", [kind for kind in TRAINS if kind != "gradients"])  # its pages begin anew
async def test_each_lab_tells_how_a_run_ended_while_torch_loads(opened, kind):
    name = keep(kind, steps=12, finished="done")
    async with opened(size=(120, 40)) as app:
        await app.until("LESSONS")
        app.never = asyncio.get_running_loop().create_future()
        without_torch(app)
        app.app.open_lab(spelling.parse(kind), name)
        await app.until(lambda: app.app.screen.panel is not None and app.app.screen.panel.runner.state == "done")
        runner = app.app.screen.panel.runner
        assert runner.step == 12
        await app.until(f"done   loss {runner.last_loss:.3g}   Torch is loading; what is kept is shown.")
        said = app.app.screen.panel.query_one("#said")
        assert not said.has_class("problem")


@pytest.mark.parametrize("kind", TRAINS)
async def test_each_lab_shows_what_is_kept_while_torch_loads(opened, kind):
    name = keep(kind, steps=12)
    async with opened() as app:
        await app.until("LESSONS")
        app.never = asyncio.get_running_loop().create_future()
        without_torch(app)
        app.app.open_lab(spelling.parse(kind), name)
        await app.until(lambda: app.app.screen.panel is not None and app.app.screen.panel.runner.step == 12)
        await app.until("oading")
        assert "space trains" not in app.text and "Traceback" not in app.text
