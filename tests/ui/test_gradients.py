"""The gradients lab on the screen."""

import pytest

from tuilab.labs.gradients.panel import GradientsPanel
from tuilab.labs.gradients.sentences import table
from tuilab.labs.gradients.spec import GradientsView, Stretch
from tuilab.labs.spec import fields
from tuilab.labs.spelling import spell

SMALL = "gradients depth=8 width=4 batch=8 steps=300"


def panel(app) -> GradientsPanel:
    return app.app.screen.query_one(GradientsPanel)


async def started(app, steps: int) -> None:
    await app.until("space trains; before that 1 to 5 change how it begins")
    await app.press("space")
    await app.until(lambda: bool(app.worker.jobs) and hasattr(app.worker.jobs[-1], "run"))
    app.worker.train(steps)
    await app.until(f"{steps} / 300")


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_the_heatmap_is_there_before_and_in_training(opened, size):
    async with opened(SMALL, size=size) as app:
        await app.until("step 0, layer 1 of 8: gradient norm")
        assert "1e-" in app.text and "▲" in app.text
        await started(app, 40)
        await app.until("step 40, layer 1 of 8: gradient norm")
        assert "loss, cross-entropy (log)" in app.text


async def test_the_cursor_goes_to_earlier_steps_and_other_layers(opened):
    async with opened(SMALL) as app:
        await started(app, 40)
        await app.press("up", "right", "right")
        await app.until("step 39, layer 3 of 8: gradient norm")
        app.worker.train(10)
        await app.until("step 39, layer 3 of 8")
        await app.press("end", "left")
        await app.until("step 50, layer 2 of 8")


async def test_a_switch_is_thrown_where_the_run_is_and_told_in_numbers(opened):
    async with opened(SMALL) as app:
        await started(app, 30)
        await app.press("1", "1")
        await app.until("1 relu")
        assert spell(panel(app).spec) in (
            "gradients depth=8 width=4 batch=8 steps=300 switched=30:activation=tanh,31:activation=relu",
            spell(app.worker.jobs[-1].run.spec),
        )
        app.worker.train(20)
        await app.until("activation=relu: first layer over last")
        await app.press("v")
        await app.until("Each switch: gradient, first layer over last, and loss")
        assert "activation=tanh" in app.text and "gradient norm now" not in app.text  # half a number is another
        assert app.worker.jobs[-1].run.spec == panel(app).spec


async def test_before_the_training_a_key_changes_the_settings(opened):
    async with opened(SMALL) as app:
        await app.until("1 sigmoid")
        await app.press("1", "3", "4")
        await app.until("1 tanh  2 xavier  3 bn step  4 clip 1")
        assert spell(panel(app).spec) == (
            "gradients depth=8 width=4 batch=8 activation=tanh batchnorm=step clip=1 steps=300"
        )


async def test_a_switch_is_switched_back(opened):
    async with opened(SMALL) as app:
        await started(app, 30)
        await app.press("u")
        await app.until("Nothing was switched in this training")
        await app.press("space", "2")
        await app.until("2 he")
        await app.press("u")
        await app.until("2 xavier")
        assert panel(app).spec.switched == ""


async def test_b_goes_back_in_time_and_a_switch_thrown_there_goes_on_from_there(opened):
    async with opened(SMALL) as app:
        await started(app, 40)
        await app.press("space", "4")
        await app.until("4 clip 1")
        await app.press(*["up"] * 9, "b")
        await app.until("It goes back to step 30.")
        app.worker.train(40)
        await app.until("30 / 300")
        assert panel(app).runner.step == 30 and panel(app).runner.loss.count == 30
        assert panel(app).runner.state == "paused" and panel(app).spec.switched == ""
        await app.press("5", "space")
        await app.until("5 value 0.01")
        app.worker.train(10)
        await app.until("After step 30, clip_value=0.01: first layer over last")


async def test_an_explosion_waits_for_a_switch_and_goes_on(opened):
    async with opened("gradients network=rnn activation=relu init=identity width=32 steps=300") as app:
        await app.until("space trains; before")
        await app.press("space")
        await app.until(lambda: bool(app.worker.jobs) and hasattr(app.worker.jobs[-1], "run"))
        app.worker.train(10)
        await app.until("Step 3: the first inf stood in time step")
        await app.until("Switch something (4 clips), or go back")
        await app.press("space")
        assert "Step 3: the first inf" in app.text and "Switch something (4 clips), or go back" in app.text
        await app.press("up", "b")
        app.worker.train(5)
        await app.until("1 / 300")
        await app.press("4", "space")
        app.worker.train(20)
        await app.until("After step 1, clip=1: first time step over last")
        assert panel(app).runner.state == "running" and panel(app).runner.step >= 20


async def test_restart_begins_with_the_settings_of_now(opened):
    async with opened(SMALL) as app:
        await started(app, 30)
        await app.press("1")
        await app.until("1 tanh")
        await app.press("r")
        await app.until(lambda: len(app.worker.jobs) == 2 and hasattr(app.worker.jobs[1], "run"))
        assert spell(panel(app).spec) == "gradients depth=8 width=4 batch=8 activation=tanh steps=300"
        assert app.worker.jobs[1].run.spec == panel(app).spec


async def test_a_run_that_is_done_says_how_to_go_on(opened):
    async with opened(SMALL) as app:
        await started(app, 300)
        await app.press("1")
        await app.until("This run has ended, done. b goes back")
        await app.press("up", "b", "1", "space")
        await app.until("1 tanh")
        app.worker.train(2)
        assert app.worker.jobs[-1].run.spec.activation == "sigmoid"
        assert "activation=tanh" in panel(app).spec.switched


async def test_the_form_switches_what_can_be_switched(opened):
    async with opened(SMALL) as app:
        await started(app, 30)
        made = panel(app)
        await app.press("space", "f")
        await app.until("Settings of gradients")
        lr = [field.name for field in fields(type(made.spec))].index("lr")
        await app.press(*["down"] * lr, *["backspace"] * 3, *"0.5", "enter")
        await app.until("lr 0.5")
        assert made.spec.switched == "30:lr=0.5" and len(app.worker.jobs) == 1


async def test_what_is_pressed_on_the_way_back_is_meant_for_where_it_goes(opened):
    async with opened(SMALL) as app:
        await started(app, 60)
        await app.until("step 60, layer 1 of 8")
        await app.press(*["up"] * 9, "b")
        await app.until("It goes back to step 50.")
        assert app.worker.jobs[-1].run.step < 50
        await app.press("1", "space")
        app.worker.train(60)
        await app.until("After step 50, activation=tanh: first layer over last")
        assert panel(app).spec.switched == "50:activation=tanh" and panel(app).runner.state == "running"


async def test_a_run_that_goes_back_can_be_stopped_where_it_is(opened):
    async with opened(SMALL) as app:
        await started(app, 60)
        await app.until("step 60, layer 1 of 8")
        await app.press(*["up"] * 9, "b")
        await app.until("It goes back to step 50.")
        step = app.worker.jobs[-1].run.step
        await app.press("x")
        await app.until(f"{step} / 300")
        assert panel(app).runner.state == "stopped" and step < 50
        await app.until(f"step {step}, layer 1 of 8")


async def test_an_explosion_kept_by_an_earlier_version_is_told(opened):
    async with opened("gradients network=rnn activation=relu init=identity width=32 steps=300") as app:
        await app.until("space trains; before")
        await app.press("space")
        await app.until(lambda: bool(app.worker.jobs) and hasattr(app.worker.jobs[-1], "run"))
        app.worker.train(10)
        await app.until("Step 3: the first inf stood in time step")
        app.worker.jobs[-1].run.history.broken = None  # which was not kept then
        app.worker.jobs[-1].show()
        await app.until(lambda: panel(app).view.broken is None)
        await app.press("left")
        assert "Step 3: the first inf stood in time step" in app.text
        assert "Switch something (4 clips), or go back" in app.text


def test_the_table_of_switches_fits_beside_a_page():
    before = Stretch(0, "", 10, 0.695, 0.2, 0.2, [1e-13], 4.42e-13)
    after = Stretch(165, "batchnorm=step", 10, 0.000245, 1.41, 1.41, [1.0], 1.92)
    for room in (60, 68, 76, 116):
        rows = table(GradientsView("layer", [], [before, after], 1, None), 8, room)
        assert len(rows) == 3 and max(map(len, rows)) <= room, rows
        assert "4.42e" in rows[2] and "2.45e" in rows[2]
