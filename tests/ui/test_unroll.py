import msgspec

from tests.support.grids import reached, shown
from tuilab.labs import spelling
from tuilab.labs.unroll.panel import UnrollPanel
from tuilab.labs.unroll.spec import UnrollShow
from tuilab.widgets.blocks import Cell


def panel(app) -> UnrollPanel:
    return app.app.screen.query_one(UnrollPanel)


async def test_every_part_of_every_step_can_be_walked_through(opened):
    async with opened("unroll") as app:
        await app.until("part 4 of 4: tanh")
        seen = []
        await app.press("b", "b", "b", "b")
        await app.until("This is where it begins.")
        for _ in range(8):
            seen.append((panel(app).time, panel(app).part))
            await app.press("s")
        assert seen == [(t, part) for t in (0, 1) for part in (1, 2, 3, 4)]
        await app.until("This is the last part of the last time step.")
        await app.press("comma")
        await app.until("Y0 = tanh( X0·Wx + 0·Wy + b )")
        await app.press("full_stop")
        await app.until("Y1 = tanh( X1·Wx + Y0·Wy + b )")


async def test_numbers_that_are_not_computed_yet_are_not_shown(opened):
    async with opened("unroll") as app:
        await app.press("b")
        await app.until("part 3 of 4")
        y = next(line for line in app.text.splitlines() if "-0.05" in line[:12])
        assert y.count("·") == 3 and "-0.19" in y


async def test_enter_writes_a_sum_out_and_marks_its_sources(opened):
    async with opened("unroll") as app:
        await app.until("tanh")
        await app.press("full_stop")
        panel(app).grid.move_to(Cell("sum", 0, 1))
        await app.press("enter")
        await app.until("= 0.1444 + 0.0393 + 0.0837 ≈ 0.2673")
        assert set(panel(app).grid.sources) == {Cell("X·Wx", 0, 1), Cell("Y·Wy", 0, 1), Cell("b", 0, 1)}
        assert app.text.count("▸") == 3


async def test_the_arithmetic_that_is_written_out_is_right(opened):
    async with opened("unroll seed=4 batch=2 inputs=3") as app:
        await app.until("tanh")
        trace = panel(app).view
        for t, step in enumerate(trace.steps):
            panel(app).time = t
            for block, values in (("X·Wx", step.XWx), ("Y·Wy", step.YWy), ("sum", step.sum), ("Y", step.Y)):
                for r in range(2):
                    for c in range(3):
                        sentence, sources = panel(app).explain(Cell(block, r, c))
                        assert f"≈ {values[r][c]:.4f}".replace("-", "−") in sentence
                        assert sources


async def test_an_edit_is_recomputed_marked_and_taken_back(opened):
    async with opened("unroll") as app:
        await app.until("tanh")
        panel(app).grid.move_to(Cell("Wx", 0, 0))
        await app.until("Wx[0,0] = 0.2975")
        before = app.text
        await app.press("e")
        await app.until("New value for Wx[0,0]")
        await app.press(*"2x", "enter")
        await app.until("'2x' is not a number")
        await app.press("backspace", "enter")
        await app.until(lambda: panel(app).spec.set == "Wx[0,0]:2.0")
        await app.until("(0.30)")
        assert "▐2.00▌" in app.text and app.text.count("*") == 6
        panel(app).grid.move_to(Cell("Y", 1, 0))
        await app.until("before the edit −0.2108")
        await app.press("u")
        await app.until(lambda: panel(app).spec.set == "" and "*" not in app.text)
        panel(app).grid.move_to(Cell("Wx", 0, 0))
        await app.until(lambda: app.text == before)
        await app.press("u")
        await app.until("There is no edit to take back.")


async def test_a_computed_number_cannot_be_edited(opened):
    async with opened("unroll") as app:
        await app.until("tanh")
        panel(app).grid.move_to(Cell("sum", 0, 0))
        await app.press("e")
        await app.until("sum[0,0] is computed")


async def test_the_words_can_be_seen_in_both_orders_and_edited(opened):
    async with opened("unroll data=words") as app:
        await app.press("w")
        await app.until("X  (time, batch, inputs) = (5, 2, 8)   time-major")
        assert "jumped  0  0  0  0  0  0  1  0" in app.text
        await app.press("o")
        await app.until("X  (batch, time, inputs) = (2, 5, 8)   batch-major")
        assert spelling.spell(panel(app).spec) == "unroll data=words order=batch"
        panel(app).grid.move_to(Cell("X[1]", 3, 6))
        await app.press("e")
        await app.until("New value")
        await app.press("5", "enter")
        await app.until(lambda: panel(app).spec.set == "X[3,1,6]:5.0")


async def test_w_goes_to_the_input_and_back_to_the_part(opened):
    async with opened("unroll data=words") as app:
        await app.until("part 4 of 4")
        await app.press("b", "w", "o", "w", "w", "w")
        await app.until("part 3 of 4")


async def test_a_new_spec_never_meets_the_numbers_of_the_old_one(opened):
    async with opened("unroll") as app:
        await app.until("part 4 of 4")
        app.worker.gone = True
        await app.press("f")
        await app.until("Settings")
        await app.press("down", "down", "down", "down", *"12", "enter")
        await app.until("starts it again")
        await app.press("full_stop", "full_stop", "s", "w", "e")
        await app.until(lambda: panel(app).spec.steps == 12)


async def test_every_number_can_be_reached_with_the_arrows(opened):
    async with opened("unroll neurons=8 inputs=8 batch=4 steps=3") as app:
        await app.until("tanh")
        grid = panel(app).grid
        assert reached(grid) == shown(grid)
        grid.move_to(Cell("Y", 3, 7))
        await app.until(lambda: "▐" in app.text.split("\n", 2)[2])


async def test_a_wrong_setting_is_told_beside_its_field(opened):
    async with opened("unroll") as app:
        await app.press("f")
        await app.until("Settings of unroll")
        await app.press("down", *"9", "enter")
        await app.until("neurons=9 is not allowed: neurons is a whole number from 1 to 8.")
        await app.press("backspace", "5", "enter")
        await app.until(lambda: panel(app).spec == msgspec.structs.replace(spelling.parse("unroll"), neurons=5))
        await app.until("Wx 2×5")


async def test_a_worker_that_is_gone_is_said_and_started_again_with_one_key(opened):
    async with opened("unroll") as app:
        await app.until("tanh")
        app.worker.gone = True
        app.worker.on_state("ended", "The worker was ended by signal SIGKILL.")
        await app.until("ctrl+r starts it again")
        await app.press("f")
        await app.until("Settings")
        await app.press("down", *"2", "enter")
        await app.until("The worker ended before it answered. ctrl+r starts it again.")
        await app.press("ctrl+r")
        await app.until("Wx 2×2")
        assert "starts it again" not in app.text


async def test_undo_takes_the_edit_back_and_leaves_the_order_of_the_input(opened):
    async with opened("unroll") as app:
        await app.until("tanh")
        await app.press("e")
        await app.until("New value for X[0,0]")
        await app.press("9", "enter")
        await app.until(lambda: "X[0,0,0]:9" in panel(app).spec.set)
        await app.press("o", "u")
        await app.until(lambda: not panel(app).spec.set)
        assert panel(app).spec.order == "batch"


async def test_a_number_is_tried_first_and_a_slip_is_named(opened):
    async with opened("unroll") as app:
        panel(app).open(spelling.parse("unroll"), UnrollShow(step=0, part="sum", cursor="sum[0,1]"))
        await app.until("sum[0,1] = X·Wx[0,1] + Y·Wy[0,1] + b[0,1]")
        assert "▐0.36▌" in app.text
        await app.press("t")
        await app.until("sum[0,1] is hidden. What is it?")
        assert "0.07 -0.33  0.40" in app.text and "-0.05  0.08" in app.text  # what it is worked out from stays in sight
        assert "0.36" not in app.text
        await app.press(*"x", "enter")
        await app.until("'x' is not a number")
        await app.press("backspace", *"0.27", "enter")
        await app.until("You said 0.27, sum[0,1] is 0.3555.")
        assert "It is what comes out where the bias is left out. Add b[0,1]." in app.text
        assert "▐0.36▌" in app.text
        await app.press("t", *"0.36", "enter")
        await app.until("Right: sum[0,1] is 0.3555.")
        await app.press("t", "escape")
        await app.until("▐0.36▌")


async def test_what_is_given_is_not_tried(opened):
    async with opened("unroll") as app:
        await app.until("tanh")
        await app.press("t")
        await app.until("t is for computed numbers")
