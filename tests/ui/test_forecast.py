from tuilab.labs.forecast.generating import Generating
from tuilab.labs.forecast.panel import ForecastPanel
from tuilab.widgets.chart import Chart


def panel(app) -> ForecastPanel:
    return app.app.screen.query_one(ForecastPanel)


async def started(app) -> None:
    await app.press("space")
    await app.until(lambda: bool(app.worker.jobs) and hasattr(app.worker.jobs[-1], "run"))


async def test_it_trains_pauses_steps_and_stops(opened):
    async with opened("forecast steps=50") as app:
        await app.until("space trains")
        await started(app)
        app.worker.train(5)
        await app.until("5 / 50")
        await app.press("space")
        await app.until("paused   loss")
        await app.press("s")
        await app.until("6 / 50")
        await app.press("space")
        await app.until(lambda: app.worker.jobs[-1].running)
        app.worker.train(4)
        await app.until("10 / 50")
        await app.press("x")
        await app.until("stopped   loss")
        assert app.worker.commands == ["pause", "step", "resume", "stop"]
        await app.press("r")
        await app.until(lambda: len(app.worker.jobs) == 2)


async def test_a_run_that_r_throws_away_ends(opened):
    async with opened("forecast steps=50") as app:
        await started(app)
        app.worker.train(5)
        await app.press("r")
        await app.until(lambda: len(app.worker.jobs) == 2)
        assert app.worker.commands == ["stop", "forget"]


async def test_charts_and_figures_show_what_the_run_says(opened):
    async with opened("forecast steps=30 cell=gru") as app:
        await started(app)
        app.worker.train(30)
        await app.until("done   loss")
        run = panel(app).runner
        assert run.loss.count == 30 and len(run.view.x) == 60
        assert f"loss {run.last_loss:.3g}" in app.text and f"gradient norm {run.last_norm:.3g}" in app.text
        assert "••" in app.text and "⠉" in app.text


async def test_a_single_step_needs_no_run_before_it(opened):
    async with opened("forecast") as app:
        await app.press("s")
        await app.until(lambda: bool(app.worker.jobs) and hasattr(app.worker.jobs[-1], "run"))
        assert not app.worker.jobs[-1].running


async def test_a_run_ends_with_its_panel(opened):
    async with opened("forecast") as app:
        await started(app)
        await app.press("q")
        await app.until("q Quit")
        await app.until(lambda: app.worker.commands[-1:] == ["forget"])


async def test_a_loss_that_is_no_longer_finite_stops_and_says_why(opened):
    async with opened("forecast cell=rnn optimiser=sgd lr=10 clip=0 steps=500") as app:
        await started(app)
        app.worker.train(500)
        await app.until("Training stopped after step")
        await app.until("try clip=1 or a smaller lr")
        assert panel(app).runner.state == "diverged" and panel(app).runner.loss.count > 0


async def test_rules_between_fields_are_told_in_the_form(opened):
    async with opened("forecast") as app:
        await app.press("f")
        await app.until("Settings of forecast")
        await app.press(*["down"] * 5, *"400", "enter")
        await app.until("points=300 is too few for windows of length=400")
        await app.press("escape")
        await app.until("space trains")


async def test_events_of_an_earlier_run_are_dropped(opened):
    async with opened("forecast steps=50") as app:
        await started(app)
        first = app.worker.jobs[0]
        app.worker.train(5)
        await app.until("5 / 50")
        await app.press("r")
        await app.until(lambda: len(app.worker.jobs) == 2 and hasattr(app.worker.jobs[1], "run"))
        first.running = True
        first.advance()
        first.show()
        assert panel(app).runner.step == 0


async def test_a_worker_started_again_leaves_the_curves(opened):
    async with opened("forecast steps=20") as app:
        await started(app)
        app.worker.train(20)
        await app.until("done   loss")
        await app.press("ctrl+r")
        await app.until("The worker was started again, its network is gone: r trains it anew.")
        assert panel(app).runner.loss.count == 20 and "20 / 20" in app.text
        await app.press("g")
        await app.until("The network went with its worker.")
        await app.press("space")
        await app.until("This run has ended")
        await app.press("r")
        await app.until(lambda: len(app.worker.jobs) == 2)


async def test_a_run_that_waits_for_a_dead_worker_says_so(opened):
    async with opened("forecast steps=20") as app:
        app.worker.state = "ended"
        await app.press("space")
        await app.until("The worker is not running. ctrl+r starts it again.")


async def test_brackets_go_through_the_moments_of_a_training(opened):
    async with opened("forecast hidden=4 length=5 batch=2 steps=100") as app:
        await started(app)
        app.worker.train(60)
        await app.press("space", "left_square_bracket")
        await app.until("held-out stretch, after 58 steps")
        await app.press("left_square_bracket")
        await app.until("after 56 of 60 steps")
        await app.press("g")
        await app.until("free running off by")
        assert app.app.screen.panel.query_one(Generating).question.at == 56
        await app.press("escape", "right_square_bracket", "right_square_bracket")
        await app.until(lambda: "held-out stretch, one step ahead" in app.text)


async def test_space_leaves_the_moment_for_the_training_as_it_is(opened):
    async with opened("forecast hidden=4 length=5 batch=2 steps=20") as app:
        await started(app)
        app.worker.train(20)
        await app.until("done")
        await app.press("left_square_bracket")
        await app.until("held-out stretch, after 19 steps")
        await app.press("space")
        await app.until("This run has ended, done at step 20. r trains again")
        await app.until("held-out stretch, one step ahead")
        await app.press("g")
        await app.until("free running off by")
        assert app.app.screen.panel.query_one(Generating).question.at == -1


async def test_there_is_nothing_to_look_into_before_training(opened):
    async with opened("forecast") as app:
        await app.press("left_square_bracket")
        await app.until("There is no training to go through yet")
        await app.press("i")
        await app.until("There is no trained network to look into yet")


async def test_charts_take_the_room_that_a_larger_terminal_gives_them(opened):
    async with opened("forecast steps=30") as app:
        await started(app)
        app.worker.train(30)
        await app.until("done   loss")
        await app.pilot.resize_terminal(120, 40)
        charts = app.app.screen.query(Chart)

        def axes() -> set[int]:
            return {y for y, line in enumerate(app.text.splitlines()) if "└" in line}

        await app.until(lambda: axes() == {each.region.bottom - 2 for each in charts if each.region})
