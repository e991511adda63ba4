"""The gates lab on the screen."""

import pytest

from tests.labs.test_cell_experiment import FORMS, keep
from tuilab.widgets.blocks import Cell


async def test_gates_by_s_and_b_and_the_cursor_in_the_curve(opened):
    async with opened("gates length=10") as app:
        await app.until("i ▐f▌ g o C h   8 units × 10 steps   f = σ(W_f·x + U_f·h(t-1) + b_f)")
        await app.press("right", "right", "down")
        await app.until("f of unit 1 at t=2: ")
        assert "xx t=2" in app.text
        await app.press("s", "s", "s")
        await app.until("C of unit 1 at t=2: ")
        await app.press("b")
        await app.until("o of unit 1 at t=2: ")
        assert "e Edit" not in app.text and "Moment" not in app.text


async def test_enter_goes_into_the_cell_and_q_comes_back(opened):
    async with opened("gates cell=gru length=10 seed=4") as app:
        await app.until("r ▐z▌ n h")
        await app.press("right", "down", "down", "enter")
        await app.until("unit 2 of 8   t ▐1▌ of 9")
        assert "cell cell=gru hidden=8 seed=4 length=10 unit=2 t=1" in app.text
        await app.press("q")
        await app.until("r ▐z▌ n h")
        await app.until("z of unit 2 at t=1")


async def test_no_number_is_cut_in_two_at_the_edge(opened):
    async with opened("gates") as app:
        await app.until("▐f▌")
        for _ in range(3):
            rows = [line for line in app.text.splitlines() if line.rstrip().endswith("›")]
            assert len(rows) >= 6
            for row in rows[1:]:
                numbers = row.replace("▐", " ").replace("▌", " ").strip("‹› ").split()
                assert all(len(number) == 2 for number in numbers[1:]), row
            await app.press(*["right"] * 4)


@pytest.mark.parametrize("form", FORMS)
async def test_enter_goes_to_the_number_under_the_cursor(opened, form):
    async with opened(f"gates {form} length=5") as app:
        await app.until("at t=0: ")
        for name in app.app.screen.panel.names:
            app.app.screen.panel.gate = name
            app.app.screen.panel.update_blocks()
            app.app.screen.panel.grid.move_to(Cell("map", 6, 3))
            await app.until(f"{name} of unit 6 at t=3: ")
            value = app.text.split(f"{name} of unit 6 at t=3: ")[1].split()[0]
            await app.press("enter")
            await app.until("unit 6 of 8   t ▐3▌ of 4")
            panel = app.app.screen.panel
            assert (panel.name_of(panel.grid.cursor)).partition("[")[0] == name
            assert value in app.text
            await app.press("q")
            await app.until("fresh weights, seed 1")


async def test_into_a_unit_of_a_trained_model(opened):
    keep("forecast hidden=12 length=6 batch=2", 5)
    async with opened("gates model=last length=6") as app:
        await app.until("12 units × 6 steps")
        await app.press("left_square_bracket")
        await app.until("after 4 steps")
        await app.press("down", "right", "enter")
        await app.until("unit 1 of 12   t ▐1▌ of 5")
        assert "cell model=last at=4 length=6 unit=1 t=1   after 4 steps" in app.text
        assert app.app.screen.panel.grid.cursor == Cell("gates", 1, 4)
