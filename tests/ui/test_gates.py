"""The gates lab on the screen."""


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
