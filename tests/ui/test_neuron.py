import asyncio

from tuilab.labs import spelling
from tuilab.labs.neuron.panel import NeuronPanel
from tuilab.widgets.blocks import Cell


def panel(app) -> NeuronPanel:
    return app.app.screen.query_one(NeuronPanel)


async def test_it_is_stepped_through_time(opened):
    async with opened("neuron w_x=1 w_y=1") as app:
        await app.until("mean squared error")
        await app.press("s")
        await app.until(lambda: app.text.count("·") > 25)
        await app.press("s", "s")
        await app.until("y(2) = 1·3 + 1·3 + 0")
        assert app.text.count("▸") == 5
        await app.press("b")
        await app.until("y(1) = 1·2 + 1·1 + 0")


async def test_weights_and_inputs_are_edited(opened):
    async with opened("neuron w_x=1 w_y=0") as app:
        await app.until("mean squared error 1")
        panel(app).grid.move_to(Cell("weights", 0, 2))
        await app.press("e")
        await app.until("New value for b")
        await app.press("1", "enter")
        await app.until("mean squared error 0")
        assert "(-1.00)" in app.text
        panel(app).grid.move_to(Cell("t", 1, 0))
        await app.press("e")
        await app.until("New value for x at t=1")
        await app.press("9", "enter")
        await app.until(lambda: spelling.spell(panel(app).spec) == "neuron w_x=1 w_y=0 b=1 sequence=1,9,3,4,5,6,7")
        await app.press("u", "u")
        await app.until(lambda: spelling.spell(panel(app).spec) == "neuron w_x=1 w_y=0")


async def test_an_edit_out_of_range_is_refused_in_a_sentence(opened):
    async with opened("neuron") as app:
        await app.until("mean squared error")
        await app.press("e")
        await app.until("New value for w_x")
        await app.press(*"500", "enter")
        await app.until("w_x=500 is not allowed: w_x is a number from -100 to 100.")


async def test_it_trains_and_shows_what_it_does_with_the_unseen_sequence(opened):
    async with opened("neuron") as app:
        await app.until("mean squared error")
        await app.press("space")
        await app.until(lambda: bool(app.worker.jobs) and hasattr(app.worker.jobs[0], "run"))
        app.worker.train(1000)
        await app.until("done at step 1,000 of 1,000")
        assert abs(panel(app).view.w_x - 1) < 0.05
        await app.press("v")
        await app.until("not seen in training")
        assert "10.99" in app.text


async def test_editing_after_training_goes_on_from_the_trained_weights(opened):
    async with opened("neuron") as app:
        await app.until("mean squared error")
        await app.press("space")
        await app.until(lambda: bool(app.worker.jobs) and hasattr(app.worker.jobs[0], "run"))
        app.worker.train(1000)
        await app.until("done at step")
        trained = panel(app).view
        await app.press("e")
        await app.until("New value for w_x")
        await app.press("0", "enter")
        await app.until(lambda: panel(app).spec.w_x == 0)
        assert panel(app).spec.b == trained.b


async def trained(app) -> None:
    await app.until("mean squared error")
    await app.press("space")
    await app.until(lambda: bool(app.worker.jobs) and hasattr(app.worker.jobs[-1], "run"))
    app.worker.train(1000)
    await app.until("done at step 1,000")


async def test_space_after_the_end_keeps_what_was_learned_and_r_begins_again(opened):
    async with opened("neuron") as app:
        await trained(app)
        learned = panel(app).view.w_x
        await app.press("space")
        await app.until("This run has ended, done at step 1,000. r trains again from the beginning.")
        assert panel(app).view.w_x == learned and len(app.worker.jobs) == 1
        await app.press("r")
        await app.until(lambda: len(app.worker.jobs) == 2 and hasattr(app.worker.jobs[-1], "run"))
        assert app.worker.jobs[-1].run.view().w_x == 0.5
        await app.press("u")
        await app.until(lambda: panel(app).view.w_x == 0.5 and not panel(app).has_class("trained"))


async def test_a_worker_started_again_takes_no_learned_weights_away(opened):
    async with opened("neuron") as app:
        await trained(app)
        learned = panel(app).view.w_x
        await app.press("ctrl+r")
        await app.until("The worker was started again")
        assert panel(app).view.w_x == learned and panel(app).runner.loss.count == 1000
        await app.press("e")
        await app.until("New value for w_x")
        await app.press("0", "enter")
        await app.until(lambda: panel(app).spec.w_x == 0 and panel(app).spec.b != 0)


async def test_a_number_is_tried_first_and_a_slip_is_named(opened):
    async with opened("neuron b=0.25") as app:
        await app.until("mean squared error")
        lab = panel(app)
        lab.grid.move_to(Cell("t", 1, 3))
        await app.until("sum(1) = w_x·x(1)")
        await app.press("t")
        await app.until("sum at t=1 is hidden. What is it?")
        assert lab.value_at(Cell("t", 1, 3)) is None
        await app.press(*"1.38", "enter")
        await app.until("You said 1.38, sum at t=1 is 1.6250.")
        assert "It is what comes out where the bias is left out." in app.text
        assert lab.value_at(Cell("t", 1, 3)) == 1.625
        await app.press("v")
        await app.until("not seen in training")
        lab.grid.move_to(Cell("t", 1, 1))
        await app.press("t", *"20", "enter")
        await app.until("You said 20, w_x·x at t=1 is 10.0000.")
        assert "w_x is left out" in app.text


async def test_what_is_given_or_moves_is_not_tried(opened):
    async with opened("neuron") as app:
        await app.until("mean squared error")
        lab = panel(app)
        for cell, name in ((Cell("weights", 0, 0), "w_x"), (Cell("t", 0, 0), "x at t=0"), (Cell("t", 0, 5), "target")):
            lab.grid.move_to(cell)
            await app.press("t")
            await app.until(name)
            await app.until("cannot be tried; t is for")
            await app.press("escape")
            await app.until(lambda: app.app.screen.query(NeuronPanel))
        lab.grid.move_to(Cell("t", 0, 4))
        await app.press("space", "t")
        await app.until("The numbers change while the neuron trains; space pauses it.")
        await app.press("escape", "space", "t")
        await app.until("y at t=0 is hidden. What is it?")


async def test_what_is_tried_is_the_number_that_an_edit_has_led_to(opened, monkeypatch):
    async with opened("neuron") as app:
        await app.until("mean squared error")
        lab, ask = panel(app), app.worker.ask

        def ask_late(spec, run=None):
            loop, answer = asyncio.get_running_loop(), ask(spec, run)
            late = loop.create_future()
            loop.call_later(0.2, lambda: late.set_result(answer.result()))
            return late

        monkeypatch.setattr(app.worker, "ask", ask_late)
        lab.grid.move_to(Cell("t", 0, 0))
        await app.press("e", *"9", "enter", "right", "t")
        await app.until("w_x·x at t=0 is hidden. What is it?")
        await app.press(*"4.5", "enter")
        await app.until("Right: w_x·x at t=0 is 4.5000.")
