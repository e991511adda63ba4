import pytest
from textual.widgets import Static

from tuilab.labs.cell.panel import CellPanel
from tuilab.labs.shapes.panel import ShapesPanel
from tuilab.labs.spelling import parse
from tuilab.labs.unroll.panel import UnrollPanel

SMALL = "hidden=8 batch=8 steps=60"


def panel(app) -> ShapesPanel:
    return app.app.screen.query_one(ShapesPanel)


def panel_below(app) -> ShapesPanel:
    return app.app.screen_stack[-2].query_one(ShapesPanel)


async def started(app, steps: int) -> None:
    await app.press("space")
    await app.until(lambda: bool(app.worker.jobs) and hasattr(app.worker.jobs[-1], "run"))
    app.worker.train(steps)
    await app.until(lambda: panel(app).runner.step == steps and panel(app).runner.view.step == steps)


async def test_the_network_stands_there_before_its_first_step(opened):
    async with opened("shapes") as app:
        await app.until("space trains   typical error")
        assert app.text.count("▶") == 11 and "not yet at most 0.1" in app.text
        assert "0 / 1,500" in app.text


@pytest.mark.parametrize("form", ["seq2seq", "seq2vec", "vec2seq", "encdec"])
async def test_it_trains_and_says_how_good_it_is(opened, form):
    async with opened(f"shapes form={form} {SMALL}") as app:
        await started(app, 60)
        await app.until("done   ")
        await app.until("right " if form in ("seq2vec", "encdec") else "typical error ")
        assert len(panel(app).runner.view.checks) == 3 and "60 / 60" in app.text


async def test_examples_are_gone_through_the_worst_first_too(opened):
    async with opened(f"shapes {SMALL}") as app:
        await started(app, 40)
        await app.until("held-out example 0, 1 of 16 as drawn")
        await app.press("right", "right")
        await app.until("held-out example 2, 3 of 16 as drawn")
        await app.press("left", "left", "left")
        await app.until("held-out example 15, 16 of 16 as drawn")
        await app.press("v")
        worst = panel(app).runner.view.worst[0]
        await app.until(f"held-out example {worst.number}, 1 of 16 worst first: wrong")
        marked = panel(app).time
        await app.press("comma")
        await app.until(f"▐{marked - 1}▌")
        assert f"t={marked - 1}: " in app.text


async def test_a_word_of_ones_own_is_put_in_and_taken_back(opened):
    async with opened(f"shapes form=encdec {SMALL}") as app:
        await app.until("space trains   ")
        await app.press("e")
        await app.until("train first, with space")
        await started(app, 20)
        await app.press("e")
        await app.until("A word, of the letters a to z, like lemon")
        await app.press(*"p!um", "enter")
        await app.until("'p!um' is no word of 2 to 40 letters")
        await app.press("ctrl+u", *"plum", "enter")
        await app.until("your own, plum: ")
        app.worker.train(5)
        await app.until(lambda: panel(app).runner.step == 25)
        assert panel(app).own.own == "plum"  # asked again of the network as it is now
        await app.press("u")
        await app.until("held-out example 0")
        await app.press("u")
        await app.until("nothing of your own here")


async def test_moments_of_the_training_can_be_looked_at(opened):
    async with opened(f"shapes {SMALL}") as app:
        await started(app, 60)
        await app.press("left_square_bracket")
        await app.until("after ")
        earlier = panel(app).moment
        assert earlier.step < 60 and f"after {earlier.step} steps   typical error {earlier.measure:.3f}" in app.text
        await app.press("r")
        await app.until(lambda: panel(app).moment is None)


async def test_i_asks_for_the_cell_lab_at_this_example_and_step(opened):
    async with opened(f"shapes form=encdec {SMALL}") as app:
        await app.press("i")
        await app.until("no trained network to look into yet")
        await started(app, 20)
        panel(app).runner.handle.name = "20260101-000000-shapes"
        await app.press("right", "full_stop", "full_stop")
        at = panel(app).time - 5
        await app.press("i")
        await app.until(lambda: bool(app.app.screen.query(CellPanel)))
        cell = app.app.screen.query_one(CellPanel).spec
        assert (cell.example, cell.part, cell.length, cell.t) == (1, "decoder", 6, at)
        assert cell.model == "20260101-000000-shapes"


async def test_of_a_small_rnn_i_asks_for_the_unroll_lab(opened):
    async with opened(f"shapes form=seq2vec cell=rnn {SMALL}") as app:
        await started(app, 20)
        panel(app).runner.handle.name = "20260101-000000-shapes"
        await app.press("right", "comma", "i")
        await app.until(lambda: bool(app.app.screen.query(UnrollPanel)))
        unroll = app.app.screen.query_one(UnrollPanel)
        assert (unroll.spec.example, unroll.spec.steps, unroll.spec.neurons) == (1, 12, 8)
        assert unroll.time == panel_below(app).time


async def test_where_it_is_narrow_the_picture_is_cut_and_two_charts_are_left(opened):
    async with opened(lesson=3, size=(110, 40)) as app:
        await app.press("n", "n")
        await app.until("h ├▶")
        await app.until(lambda: "…" in str(panel(app).query_one("#picture", Static).render()))
        assert not panel(app).query_one("#measure").display and panel(app).query_one("#example").display


async def test_another_form_in_the_settings_is_another_picture(opened):
    async with opened("shapes") as app:
        await app.until("space trains   ")
        await app.press("f")
        await app.until("form: sequence to sequence")
        await app.press("escape")
        panel(app).open(parse("shapes form=vec2seq"))
        await app.until("vector to sequence: so many waves")
        await app.until(lambda: app.text.count("└─▲─┘") == 1)
