from tests.ui.test_forecast import panel, started
from tuilab.widgets.code import CodeScreen

SMALL = "forecast data=milk hidden=4 batch=4 steps=20"


async def test_the_milk_series_before_during_and_after_training(opened):
    async with opened(SMALL) as app:
        await app.until("held out 1975-01 to 1975-12")
        await app.until("milk.csv, monthly, season 12, windows of 24: 144 training from 1962-01")
        assert "xx held out" in app.text and "seasonal naive      9.92    13.2    0.45" in app.text
        assert "network" not in app.text
        await started(app)
        app.worker.train(20)
        await app.until("done   loss")
        assert "xx free running" in app.text and "•• one step ahead" in app.text and "validation" in app.text
        await app.until("The network is worse than seasonal naive free running")
        view = panel(app).runner.view
        assert view.data.verdict.endswith("against 13.2.")
        await app.until("against 13.2.")  # all of it is seen


async def test_a_wide_screen_shows_all_of_it(opened, tmp_path):
    rows = [f"{1990 + at // 12}-{at % 12 + 1:02},{at % 12 + at / 10}" for at in range(96)]
    path = tmp_path / "gap.csv"
    path.write_text("\n".join(["date,litres", *rows[:20], *rows[21:]]))
    async with opened(f"forecast data={path} hidden=4 batch=4 steps=5", size=(120, 40)) as app:
        await app.until("1 value is missing, 1991-09 (no row): filled in by a straight line")
        await started(app)
        app.worker.train(5)
        await app.until("done   loss")
        await app.until("1 value is missing")
        assert "litres" in app.text


async def test_what_there_is_no_room_for_is_scrolled_to(opened, tmp_path):
    rows = [f"{1990 + at // 12}-{at % 12 + 1:02},{at % 12 + at / 10}" for at in range(96)]
    path = tmp_path / "gap.csv"
    path.write_text("\n".join(["date,litres", *rows[:20], *rows[21:31], rows[30], *rows[31:]]))
    async with opened(f"forecast data={path} hidden=4 batch=4 steps=5") as app:
        await app.until("space trains")
        await started(app)
        app.worker.train(5)
        await app.until("done   loss")
        await app.until("pgup pgdn Scroll")
        assert "filled in by a straight line" not in app.text
        await app.press("pagedown")
        await app.until("filled in by a straight line")
        assert "counted once" in app.text
        await app.press("pageup")
        await app.until("done   loss")


async def test_where_all_lines_are_in_sight_no_key_scrolls(opened):
    async with opened(SMALL) as app:
        await app.until("validation from 1974-01, 12 held out from 1975-01")
        assert "Scroll" not in app.text


async def test_the_months_of_a_chart_are_whole(opened):
    async with opened(lesson=7, size=(120, 40)) as app:
        await app.until("held out 1975-01 to 1975-12")
        await app.until("space trains")
        assert "157.5" not in app.text and "    165    " in app.text


async def test_what_is_wrong_with_a_table_is_on_the_screen(opened, tmp_path):
    path = tmp_path / "bad.csv"
    path.write_text("date,v\n1962-01,5\n1962-02,many\n1962-03,6\n")
    async with opened(f"forecast data={path}") as app:
        await app.until("bad.csv, row 3, column v: 'many' is no number; correct it, or leave it empty.")


async def test_brackets_go_through_the_moments(opened):
    async with opened(SMALL) as app:
        await app.until("space trains")
        await started(app)
        app.worker.train(12)
        await app.press("space")
        await app.until("paused")
        await app.press("left_square_bracket")
        await app.until("after 11 of 12 steps")


async def test_the_form_leads_to_a_series_of_ones_own_and_back(opened):
    async with opened("forecast hidden=4") as app:
        await app.press("f")
        await app.until("Settings of forecast")
        await app.press(*["up"] * 2, *"milk", "enter")
        await app.until("forecast data=milk hidden=4")
        await app.until("held out 1975-01 to 1975-12")
        await app.press("f")
        await app.until("milk, the path of a CSV file")
        await app.press(*["backspace"] * 4, "enter")
        await app.until("held-out stretch, one step ahead")
        assert "gradient norm (log)" in app.text


async def test_the_code_is_that_of_the_series(opened):
    async with opened(SMALL) as app:
        await app.until("seasonal naive")
        await app.press("c")
        await app.until(lambda: isinstance(app.app.screen, CodeScreen))
        await app.until("import csv")
