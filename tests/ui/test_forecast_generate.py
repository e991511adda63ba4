"""What a trained network generates, on the screen."""

import asyncio

import pytest
from textual.widgets import ContentSwitcher

from tests.ui.test_forecast import panel, started
from tuilab.labs import spelling
from tuilab.labs.forecast import gencharts
from tuilab.labs.forecast.generating import Generating
from tuilab.labs.forecast.genspec import Generated
from tuilab.widgets.chart import Chart
from tuilab.widgets.spelled import SpelledScreen

SINE = "forecast hidden=4 length=20 batch=4 steps=20"
MILK = "forecast data=milk hidden=4 batch=4 steps=20"


async def generates(app) -> Generating:
    """Train to the end, and go on with g."""
    await app.until(lambda: "space trains" in app.text)
    await started(app)
    app.worker.train(20)
    await app.until("done")
    await app.press("g")
    await app.until("free running off by")
    return panel(app).query_one(Generating)


def shown(app) -> list[str | None]:
    return [chart.id for chart in panel(app).query_one(Generating).query(Chart) if chart.display]


async def test_without_a_network_there_is_nothing_to_generate_from(opened):
    async with opened(SINE) as app:
        await app.press("g")
        await app.until("train first")


async def test_it_generates_from_a_window_that_keys_move(opened):
    async with opened(SINE) as app:
        generating = await generates(app)
        assert "prompt: points 0 to 19 of the curve   then 100 of its own" in app.text
        assert "teacher-forced by" in app.text and "(an error above 0.3)" in app.text
        assert "last period: amplitude" in app.text and "++ teacher-forced" in app.text
        await app.press("right", "plus")
        await app.until("prompt: points 3 to 22 of the curve   then 200 of its own")
        await app.until(lambda: len(generating.generated.values) == 220)
        assert generating.generated.x[0] == pytest.approx(0.3)
        await app.press("left", "left", "minus", "minus", "minus", "minus")
        await app.until("prompt: points 0 to 19 of the curve   then 25 of its own")
        await app.until("less than a period was generated")
        await app.press("escape")
        await app.until(lambda: panel(app).query_one(ContentSwitcher).current == "training")
        await app.until("held-out stretch")
        await app.press("g")
        await app.until("then 25 of its own")  # as it was left


async def test_it_generates_from_another_wave(opened):
    async with opened(SINE) as app:
        generating = await generates(app)
        await app.press("right", "w")
        await app.until("prompt: sin(x)   then 100")
        await app.press("right", "up", "up")
        await app.until("prompt: sin(1.2x + 0.393)")
        await app.until(lambda: generating.generated.truth[0] == pytest.approx(0.3827, abs=1e-3))
        await app.press("left", "left", *["down"] * 3)
        await app.until("prompt: sin(0.9x − 0.393)")
        await app.press("w")
        await app.until("prompt: points 3 to 22 of the curve")  # the window that was chosen last
        await app.press("down")
        await app.until("prompt: sin(0.9x)")


async def test_of_many_keys_the_newest_alone_is_generated_and_until_then_a_word_says_so(opened, monkeypatch):
    async with opened(SINE) as app:
        generating = await generates(app)
        asked: list = []

        def ask(question, run):
            asked.append((question, run, asyncio.get_running_loop().create_future()))
            return asked[-1][-1]

        def answer():
            question, run, future = asked[-1]
            future.set_result(run.job.answer(question))

        monkeypatch.setattr(app.worker, "ask", ask)
        await app.press(*["right"] * 6)
        await app.until("computing… points 18 to 37 of the curve   then 100")
        assert [question.first for question, *_ in asked] == [3]
        answer()
        await app.until(lambda: len(asked) > 1)
        assert "computing… points 18 to 37" in app.text
        answer()
        await app.until("prompt: points 18 to 37 of the curve   then 100")
        assert generating.generated.x[0] == pytest.approx(1.8)
        assert [question.first for question, *_ in asked] == [3, 18]
        await app.press("left")
        await app.until(lambda: len(asked) == 3)
        await app.press("escape")
        await app.until("held out")
        answer()
        await app.until(lambda: generating.generated.x[0] == pytest.approx(1.5))
        assert "free running off by" not in app.text  # that is no line of the training


async def test_a_worker_that_is_gone_computes_no_more(opened):
    async with opened(SINE) as app:
        await generates(app)
        app.worker.gone = True
        await app.press("right")
        await app.until("The worker ended before it answered.")
        await app.until(lambda: "computing" not in app.text)


async def test_from_zeros_there_is_nothing_to_compare_with(opened):
    async with opened(SINE, size=(120, 40)) as app:
        generating = await generates(app)
        assert shown(app) == ["overview", "series", "error"]
        await app.press("z")
        await app.until("from zeros there is no truth to compare with; the last 63 points lie between")
        assert "prompt: 20 zeros" in app.text and generating.generated.values[:20] == [0.0] * 20
        assert shown(app) == ["overview", "series"]
        await app.press("z")
        await app.until("free running off by")
        assert shown(app) == ["overview", "series", "error"]


async def test_v_goes_through_the_charts(opened):
    async with opened(SINE) as app:
        await generates(app)
        assert shown(app) == ["overview", "series"]
        await app.press("v")
        await app.until("error by step (log)")
        assert "lost" in app.text and shown(app) == ["overview", "error"]
        await app.press("v")
        await app.until("phase ahead (radians)")
        assert "true amplitude" in app.text and "in phase" in app.text
        await app.press("v")
        await app.until("xx prompt")
        await app.pilot.resize_terminal(120, 40)
        await app.until(lambda: shown(app) == ["overview", "series", "error"])
        await app.press("v")
        await app.until(lambda: shown(app) == ["overview", "series", "drift"])
        await app.press("v")
        await app.until(lambda: shown(app) == ["overview", "series", "error"])


async def test_keys_of_the_training_leave_the_generated_series(opened):
    async with opened(SINE) as app:
        await generates(app)
        await app.press("r")
        await app.until("held-out stretch, one step ahead")
        assert app.app.focused is panel(app)


async def test_what_is_generated_follows_the_moment_and_names_it(opened):
    async with opened(SINE) as app:
        generating = await generates(app)
        assert "trained to" not in app.text
        last = generating.generated.values
        await app.press("left_square_bracket")
        await app.until("then 100 of its own   trained to 19")
        await app.until("prompt: points 0 to 19")
        await app.until("free running off by")
        earlier = generating.generated.values
        assert earlier != last and generating.question.at == 19
        await app.press("right_square_bracket")
        await app.until(lambda: "trained to" not in app.text and "prompt:" in app.text)
        assert generating.generated.values == last


async def test_another_page_begins_with_the_usual_prompt(opened):
    async with opened(SINE) as app:
        generating = await generates(app)
        await app.press("v", "plus", "z")
        await app.until("prompt: 20 zeros   then 200")
        panel(app).open_for_page(spelling.parse(f"{SINE} seed=2"))
        await app.until("space trains")
        await generates(app)
        assert "prompt: points 0 to 19 of the curve   then 100 of its own" in app.text
        assert shown(app) == ["overview", "series"] and generating.question.prompt == "curve"


async def test_generating_pauses_a_run_that_goes_on(opened):
    async with opened("forecast steps=50") as app:
        await started(app)
        app.worker.train(5)
        await app.until("5 / 50")
        await app.press("g")
        await app.until("free running off by")
        assert app.worker.commands == ["pause"]


async def test_y_copies_the_line_that_trains_and_generates(opened):
    async with opened(SINE) as app:
        await generates(app)
        await app.press("w", "up", "y")
        await app.until(lambda: isinstance(app.app.screen, SpelledScreen))
        assert app.app.clipboard == (
            "tuilab run 'forecast hidden=4 length=20 batch=4 steps=20 seed=1' "
            "--ask 'generate prompt=wave first=0 frequency=1.1 steps=100'"
        )
        await app.until("The line trains all 20 steps, then generates.")


async def test_on_a_series_of_ones_own_the_held_out_rows_are_generated_first(opened):
    async with opened(MILK) as app:
        await app.until("seasonal naive")
        generating = await generates(app)
        assert "prompt: rows 133 to 156 of the series   then 12 of its own" in app.text
        assert "rows 157 to 168 are held out" in app.text and "pounds (root mean squared)" in app.text
        assert "seasonal naive, which is off by 13.2" in app.text and "++ seasonal naive" in app.text
        assert "Wave" not in app.text and "Zeros" not in app.text
        await app.press("w", "z", "up", "right")
        assert generating.question.prompt == "curve" and generating.question.first == 131
        await app.press("left")
        await app.until("prompt: rows 129 to 152 of the series")
        await app.until("of rows 153 to 164 those from 157 on are held out")
        await app.press("left", "left", "minus")
        await app.until("rows 145 to 150 are not held out")
        await app.press("v")
        await app.until("error by step (log)")
        await app.press("v", "plus", "plus", "plus")
        await app.until("then 24 of its own")  # the series ends there


async def test_another_series_begins_anew(opened):
    async with opened(SINE) as app:
        await generates(app)
        await app.press("w", "f")
        await app.until("Settings of forecast")
        await app.press(*["up"] * 2, *"milk", "enter")
        await app.until("held out 1975-01 to 1975-12")
        await generates(app)
        assert "rows 133 to 156" in app.text or "then 12 of its own" in app.text


def test_what_is_generated_is_in_the_picture_unless_the_wave_would_be_flat_in_it():
    for least, most, shown in ((-0.5, 0.9, (-1.2, 1.2)), (-1.6, 0.9, (-1.6, 1.2)), (-90.0, 2.0, (-5.0, 2.0))):
        generated = Generated([0.0, 1.0, 2.0], [0.0] * 3, [0.0, least, most], 1, 0.1, [0.0], [0.0])
        assert gencharts.series(generated, "").y_range == shown
