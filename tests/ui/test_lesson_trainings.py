"""What a page has trained, from page to page."""

import asyncio

from tuilab.course.reader import lessons_folder, read_lessons
from tuilab.labs import spelling
from tuilab.labs.forecast.generating import Generating

NUMBERS = [lesson.number for lesson in read_lessons(lessons_folder())[0]]


async def test_a_lab_that_was_changed_on_one_page_begins_afresh_on_the_next(opened):
    async with opened(lesson=3) as app:
        app.app.open_lesson(app.app.lessons[2], 8)
        await app.until("9/13")
        panel = app.app.screen.panel
        panel.open(spelling.parse("shapes form=encdec hidden=8"))
        await app.press("n")
        await app.until("10/13")
        assert app.app.screen.panel is panel and panel.spec == spelling.parse("shapes form=encdec")


async def test_what_was_chosen_to_generate_from_on_one_page_is_not_there_on_the_next(opened):
    async with opened(lesson=6) as app:
        app.app.open_lesson(app.app.lessons[5], 12)
        await app.until("13/22")
        generating = app.app.screen.panel.query_one(Generating)
        generating.chart = "error"
        await app.press("n")
        await app.until("14/22")
        assert app.app.screen.panel.query_one(Generating) is generating
        await app.until(lambda: generating.chart == "series")


async def trained(app, page: int) -> str:
    """Train the lab of a page a little, as with a worker that keeps runs; the name of the run."""
    app.app.open_lesson(app.app.screen.lesson, page)
    await app.until(f"{page + 1}/{len(app.app.screen.pages)}")
    await app.press("tab", "space")
    await app.until(lambda: bool(app.worker.jobs) and hasattr(app.worker.jobs[-1], "run"))
    app.worker.train(3)
    runner = app.app.screen.panel.runner
    await app.until(lambda: runner.step == 3)
    await app.press("space")
    await app.until(lambda: runner.state == "paused")
    runner.handle.name = f"20260101-000000.00000{page}-{app.app.screen.panel.spec.kind}"
    return runner.handle.name


def run_on_screen(app) -> tuple[str, str]:
    runner = app.app.screen.panel.runner
    return (runner.handle.name, runner.state) if runner.handle else ("", runner.state)


async def test_what_a_page_has_trained_is_there_on_the_next_one_though_it_looks_elsewhere(opened):
    async with opened(lesson=1) as app:
        name = await trained(app, 7)
        await app.press("n")
        await app.until(lambda: run_on_screen(app) == (name, "paused"))
        panel = app.app.screen.panel
        await app.until(lambda: panel.runner.view is not None and panel.view is panel.runner.view)
        await app.press("n")
        await app.until("10/13")
        await app.until(lambda: run_on_screen(app) == ("", "idle"))


async def test_what_a_page_has_trained_is_there_when_one_turns_back(opened):
    async with opened(lesson=3) as app:
        name = await trained(app, 6)
        await app.press("n")
        await app.until("8/13")
        await app.until(lambda: run_on_screen(app) == ("", "idle"))
        await app.press("p")
        await app.until(lambda: run_on_screen(app) == (name, "paused"))


async def test_what_was_trained_before_settings_were_changed_is_there_on_the_next_page(opened):
    async with opened(lesson=3) as app:
        name = await trained(app, 7)
        await app.press("n")
        await app.until("9/13")
        app.app.screen.panel.open(spelling.parse("shapes form=encdec hidden=8"))
        await app.press("n")
        await app.until("10/13")
        await app.until(lambda: run_on_screen(app) == (name, "paused"))


async def test_a_lab_that_pages_switch_while_it_trains_begins_anew_on_each(opened):
    async with opened(lesson=4) as app:
        await trained(app, 5)
        await app.press("n")
        await app.until("7/")
        await app.press("p")
        await app.until("6/")
        await app.until(lambda: run_on_screen(app) == ("", "idle"))


async def test_a_training_that_was_begun_before_the_answer_came_goes_on(opened):
    async with opened(lesson=8) as app:
        await app.press("n")
        await app.until("How many numbers has a word, one-hot?")
        answers: list = []
        ask = app.worker.ask
        app.worker.ask = lambda spec, run=None: answers.append((spec, run)) or held
        held = asyncio.get_running_loop().create_future()
        await app.press(*"723", "enter", "tab", "space")
        await app.until(lambda: bool(app.worker.jobs) and hasattr(app.worker.jobs[-1], "run"))
        app.worker.ask = ask
        held.set_result(await ask(answers[0][0]))
        await app.until(lambda: app.app.progress.prediction("08-word2vec/one-hot") is not None)
        await app.pilot.pause()
        assert app.app.screen.panel.runner.state == "running" and "forget" not in app.worker.commands
