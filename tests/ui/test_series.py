"""The series lab on the screen."""

import pytest

from tests.support.grids import reached, shown
from tests.ui.test_goldens import compare
from tuilab.labs import catalogue
from tuilab.labs.series.panel import SeriesPanel
from tuilab.labs.series.picture import Ground, curve, mark, steps
from tuilab.labs.spelling import parse, spell
from tuilab.widgets.blocks import Cell

SMALL = "series points=40 length=8"


def panel(app) -> SeriesPanel:
    return next(screen for screen in app.app.screen_stack if hasattr(screen, "panel")).panel


async def until_at(app, cell: Cell) -> None:
    await app.until(lambda: panel(app).grid.cursor == cell)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_it_looks_as_it_was_looked_at(opened, size):
    async with opened("series", size=size) as app:
        await app.until("targets  (batch, steps, 1) = (3, 30, 1)")
        panel(app).grid.move_to(Cell("targets", 1, 4))
        await app.until("targets[1,4,0] = 0.1165")
        await app.press("enter")
        await app.until("▸0.12")
        compare(f"series-{size[0]}x{size[1]}", app.text)


async def test_every_number_is_reached_and_said(opened):
    async with opened(SMALL) as app:
        await app.until("(3, 8, 1)")
        grid, view = panel(app).grid, panel(app).view
        assert reached(grid) == shown(grid) and len(shown(grid)) == 2 * 3 * 8
        for row, window in enumerate(view.windows):
            for block, values in (("inputs", window.inputs), ("targets", window.targets)):
                for step, value in enumerate(values):
                    cell = Cell(block, row, step)
                    assert panel(app).value_at(cell) == value
                    sentence, sources = panel(app).explain(cell)
                    assert f"{value:.4f}".replace("-", "−") in sentence.splitlines()[0]
                    assert all(panel(app).value_at(other) == value for other in sources)
                    assert len(sources) == ((block, step) not in (("inputs", 0), ("targets", 7)))


async def test_home_and_end_go_to_the_first_and_last_step_and_the_names_come_back(opened):
    async with opened("series") as app:
        await app.until("point 85")
        before = app.text
        await app.press("down")
        await app.until("inputs[1,0,0]")
        await app.press("end")
        await app.until("inputs[1,29,0]")
        assert "‹" in app.text and app.text.count("0 from 85") < before.count("0 from 85")
        await app.press("home")
        await app.until("inputs[1,0,0]")
        assert "‹" not in app.text and app.text.count("0 from 85") == before.count("0 from 85") == 2
        await app.press("end", *["left"] * 29)
        await app.until("inputs[1,0,0]")
        assert "‹" not in app.text
        await app.press("home")
        await until_at(app, Cell("inputs", 1, 0))


async def test_a_sign_that_the_numbers_go_on_takes_none_of_their_minus_signs(opened):
    async with opened("series length=33 step=2") as app:
        await app.until("(3, 33, 1)")
        await app.press("end")
        await app.until("inputs[0,32,0]")
        rows = [line.replace("▐", " ").replace("▌", " ")[2:].split() for line in app.text.splitlines() if " ‹" in line]
        rows = [row for row in rows if row]
        windows = panel(app).view.windows
        assert len(rows) == 6
        for row, values in zip(rows, [w.inputs for w in windows] + [w.targets for w in windows], strict=True):
            assert row == [f"{value:.2f}" for value in values[-len(row) :]]


async def test_enter_says_where_a_number_comes_from_and_marks_its_twin(opened):
    async with opened("series") as app:
        await app.until("point 85")
        await app.press("right", "right")
        await until_at(app, Cell("inputs", 0, 2))
        await app.until("inputs[0,2,0] = 0.6630: window 0, step 2; point 87")
        await app.press("enter")
        await app.until("inputs[0,2,0] is point 85 + 2 = 87; targets[0,1,0] is the same point")
        assert "x = 0 + 87·0.1 = 8.7; sin(8.7) = 0.6630" in app.text and "▸0.66" in app.text
        await app.press("left")
        await app.until("its target is one step on: point 87, 0.6630")
        assert "▸" not in app.text


async def test_windows_stand_on_the_curve_and_the_cursor_at_its_point(opened):
    async with opened("series") as app:
        await app.until("•• window 0")
        assert "11" in app.text and "22" in app.text
        await app.press("down")
        await app.until("•• window 1")
        assert "00" in app.text


def test_marks_of_windows_tell_them_apart():
    spec = parse("series batch=40 seed=3")
    found = catalogue.part("series", "experiment").answer(spec)
    ground = Ground.of(spec, found)
    figure = curve(spec, found, Cell("targets", 2, 5), ground)
    looks = [line.look for line in figure.lines]
    assert looks[:1] == ["line"] and looks[-2:] == ["dots", "crosses"]
    assert set(looks[1:-2]) == {mark(row) for row in range(40) if row != 2} and "z" in looks and "·" in looks
    at = found.windows[2].first + 6
    assert figure.uprights == (pytest.approx(0.1 * at),) and figure.lines[-1].ys == [found.values[at]]
    beside = steps(found, Cell("targets", 2, 5), ground)
    assert beside.lines[0].ys[1:] == beside.lines[1].ys[:-1] and beside.uprights == (5.0,)


async def test_batches_are_drawn_and_drawn_again(opened):
    async with opened("series") as app:
        await app.until("batch of step ▐0▌")
        first = [window.first for window in panel(app).view.windows]
        await app.press("b")
        await app.until("This is the first batch.")
        await app.press("s")
        await app.until("batch of step ▐1▌")
        assert [window.first for window in panel(app).view.windows] != first and "*" not in app.text
        await app.press("s", "s", "b", "b", "b")
        await app.until("batch of step ▐0▌")
        assert [window.first for window in panel(app).view.windows] == first
        assert spell(panel(app).spec) == "series"
    async with opened("series step=1000") as app:
        await app.until("batch of step ▐1000▌")
        await app.press("s")
        await app.until("The lab draws batches up to step 1,000; another seed (f) has others.")


async def test_waves_and_lengths_are_gone_through_and_taken_back(opened):
    async with opened("series") as app:
        await app.until("sin(x)   300 points")
        for head in ("sin(x) + 0.5·sin(3·x)", "sawtooth(x)", "square(x)", "noise", "sin(x)"):
            await app.press("v")
            await app.until(f" {head}   300 points")
        await app.press("minus", "minus", "plus")
        await app.until("(3, 29, 1)")
        await app.press(*"uuuuuuuu")
        await app.until("(3, 30, 1)")
        await app.press("u")
        await app.until("There is no edit to take back.")
        assert spell(panel(app).spec) == "series"
    async with opened("series length=39 points=40") as app:
        await app.until("(3, 39, 1)")
        await app.press("plus")
        await app.until("points=40 is too few for windows of length=40")
    async with opened("series length=2") as app:
        await app.until("(3, 2, 1)")
        await app.press("minus")
        await app.until("length=1 is not allowed: length is a whole number from 2 to 500.")


async def test_keys_that_come_before_the_answer_are_about_the_numbers_that_are_there(opened):
    async with opened("series") as app:
        await app.until("point 85")
        before, panel(app).spec = panel(app).spec, parse("series begin=7 points=31 frequency=500")
        await app.press("right", "enter")
        await app.until("x = 0 + 86·0.1 = 8.6; sin(8.6) = 0.7344")
        assert "sampling limit" not in app.text and panel(app).answered == before


def test_a_series_of_many_points_is_drawn_with_few():
    spec = parse("series points=100000 frequency=900 length=2 batch=1")
    found = catalogue.part("series", "experiment").answer(spec)
    ground = Ground.of(spec, found)
    assert [line.name for line in ground.lines] == ["series"] and len(ground.lines[0].xs) <= 2000
    assert max(ground.lines[0].ys) == max(found.values) and ground.most == 1


async def test_the_sines_of_a_sum_are_typed(opened):
    async with opened("series") as app:
        await app.until("point 85")
        await app.press("e")
        await app.until("The sines of the sum, frequency:amplitude")
        await app.press("ctrl+u", *"1:2,40", "enter")
        await app.until("'40' is not a sine")
        await app.press(*":1", "enter")
        await app.until("Frequency 40 is above the sampling limit π / 0.1 = 31.4: it looks like 22.8.")
        await app.until("•• points")
        assert panel(app).spec == parse("series wave=sum parts=1:2,40:1")
        await app.press("u")
        await app.until("── series")
        assert "sampling limit" not in app.text


async def test_a_number_is_tried_and_a_slip_is_named(opened):
    async with opened("series") as app:
        await app.until("point 85")
        panel(app).grid.move_to(Cell("targets", 1, 4))
        await app.until("targets[1,4,0] = 0.1165")
        await app.press("t")
        await app.until("targets[1,4,0] is hidden. What is it?")
        assert panel(app).value_at(Cell("targets", 1, 4)) is None
        await app.press(*"0.0168", "enter")
        await app.until("You said 0.0168, targets[1,4,0] is 0.1165.")
        assert "the input of the step was taken" in " ".join(app.text.split())


async def test_what_is_locked_stays(opened):
    async with opened("series lock=wave,length,step") as app:
        await app.until("point 85")
        for key, name in (("v", "wave"), ("e", "wave"), ("plus", "length"), ("s", "step")):
            await app.press("up", key)
            await app.until(f"{name} is locked here by whoever")
        assert panel(app).spec == parse("series lock=wave,length,step")


async def test_a_large_batch_scrolls_and_leaves_the_charts_their_rows(opened):
    async with opened("series batch=60") as app:
        await app.until("▼ more")
        await app.press(*["down"] * 59)
        await app.until("inputs[59,0,0]")
        assert "•• window 59" in app.text and app.app.screen.query_one("#curve").size.height >= 6
        await app.press("down")
        await app.until("targets[0,0,0]")


@pytest.mark.parametrize(("height", "both"), [(40, True), (28, False)])
async def test_beside_a_page_the_charts_are_below_each_other_or_one_alone(opened, height, both):
    async with opened(lesson=6, size=(120, height)) as app:
        screen = app.app.screen
        titles = [page.title for page in screen.pages]
        for page in range(titles.index("Where the windows lie")):
            await app.press("escape", "n")
            await app.until(f"{page + 2}/{len(titles)}")
        await app.until("0 from 85")
        beside, whole = (screen.query_one(name) for name in ("#steps", "#curve"))
        assert beside.display == both and (not both or beside.region.y > whole.region.y)
        assert screen.query_one("#grid").region.x == whole.region.x > 40


async def test_a_curve_that_is_hidden_is_told_in_no_sentence(opened):
    async with opened("series frequency=62 hide=frequency", size=(120, 40)) as app:
        await app.until("y(x)   300 points")
        await app.press("enter")
        await app.until("x = 0 + 85·0.1 = 8.5; y(8.5) = −0.7086")
        assert "62" not in app.text.replace("hide=frequency", "") and "limit" not in app.text


async def test_the_code_is_shown(opened):
    async with opened("series wave=square noise=0.1") as app:
        await app.until("point 85")
        await app.press("c")
        await app.until("# of the noise")
