"""The curves of runs: the cursor reads them out exactly, one looks closer, they branch from a moment."""

import pytest

from tests.support.runs import called, made
from tuilab.records.curve import read_series
from tuilab.records.folders import runs_folder
from tuilab.records.runlog import Measured
from tuilab.records.runs import Kept
from tuilab.ui.lab import LabScreen
from tuilab.ui.runs import chart, curves
from tuilab.ui.runs.chart import RunScreen
from tuilab.ui.runs.screen import RunsScreen
from tuilab.ui.runs.table import exact
from tuilab.widgets.chart import Chart


@pytest.fixture
def run():
    return called(made(runs_folder(), "forecast cell=gru steps=400", steps=400, moments=(100, 200, 300)), "", "clip it")


async def drawn(app, *keys):
    """From home to a chart, with every step read."""
    await app.press("u")
    await app.until("fate")
    await app.press(*keys)
    await app.until(lambda: isinstance(app.app.screen, RunScreen))
    await app.until(lambda: app.app.screen.runs and all(run.series for run in app.app.screen.runs))


def at(folder, step):
    loss, norm = read_series(folder)
    return f"loss {exact(loss[step - 1])}", f"gradient norm {exact(norm[step - 1])}"


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_a_run_opens_with_its_curves_and_what_it_is(opened, run, size):
    async with opened(size=size) as app:
        await drawn(app, "enter")
        await app.until("clip it")
        for text in ("loss (log)", "gradient norm (log)", "step 400", "forecast cell=gru steps=400", "done at step 400",
                     "4 moments kept", "took 1.6 s", *at(run, 400)):  # fmt: skip
            assert text in app.text
        assert "▴" in app.text and "│" in app.text and max(map(len, app.text.splitlines())) <= size[0]
        await app.press("q")
        await app.until(lambda: isinstance(app.app.screen, RunsScreen))


async def test_the_cursor_goes_by_strides_steps_and_ends(opened, run):
    async with opened() as app:
        await drawn(app, "enter")
        for keys, step in ((["left"], 396), (["shift+left"], 356), (["comma"], 355), (["full_stop"] * 2, 357),
                           (["home"], 1), (["left"], 1), (["shift+right"], 41), (["end"], 400)):  # fmt: skip
            await app.press(*keys)
            await app.until(f"step {step} ")
            assert all(text in app.text for text in at(run, step))


async def test_zooming_keeps_the_cursor_in_sight_and_what_is_in_sight_follows_it(opened, run):
    async with opened() as app:
        await drawn(app, "enter")
        await app.press("plus", "plus")
        await app.until("steps 301 to 400")
        await app.press("home")
        await app.until("steps 1 to 100")
        await app.press(*["plus"] * 9)
        await app.until("steps 1 to 10")
        await app.press("right", "right", "minus")
        await app.until("steps 1 to 20")
        assert app.app.screen.sight.cursor == 3
        await app.press("0")
        await app.until(lambda: "steps 1 to" not in app.text)


async def test_the_axis_changes_and_the_means_are_stated_and_read_out(opened, run):
    async with opened() as app:
        await drawn(app, "enter")
        await app.press("v")
        await app.until(lambda: "(log)" not in app.text)
        await app.press("a")
        await app.until("loss, mean of 20 steps")
        mean = sum(read_series(run).loss[380:400]) / 20
        await app.until(f"mean of 20        loss {exact(mean)}")
        assert at(run, 400)[0] in app.text
        await app.press("a", "a", "a")
        await app.until(lambda: "mean of" not in app.text)


async def test_brackets_go_through_the_kept_moments_and_b_branches_from_there(opened, run):
    async with opened() as app:
        await drawn(app, "enter")
        await app.press("left_square_bracket")
        await app.until("step 300 ")
        await app.press("left_square_bracket", "left_square_bracket", "left_square_bracket")
        await app.until("That was the first kept moment.")
        assert app.app.screen.sight.cursor == 100
        await app.press("right", "right_square_bracket")
        await app.until("b branches from this one, after step 200")
        await app.press("b")
        await app.until(lambda: isinstance(app.app.screen, LabScreen) and app.app.screen.panel is not None)
        assert app.app.screen.panel.spec.branch == f"{run.name}@200" and app.app.screen.panel.spec.steps == 400
        assert not app.worker.jobs
        await app.press("q")
        await app.until("what was trained")


async def test_from_where_the_run_ends_a_branch_has_as_many_steps_again(opened, run):
    async with opened() as app:
        await drawn(app, "enter", "home")
        await app.press("b")
        await app.until("steps is 800 now")
        assert app.app.screen.panel.spec.branch == f"{run.name}@400"


async def test_t_trains_on_from_a_chart(opened):
    left = made(runs_folder(), "forecast steps=90", steps=60, finished=None)
    async with opened() as app:
        await drawn(app, "enter")
        await app.press("t")
        await app.until(lambda: isinstance(app.app.screen, LabScreen) and app.worker.jobs)
        assert app.app.screen.panel.runner.handle.name == left.name


async def test_several_runs_have_a_legend_and_the_settings_in_which_they_differ(opened, run):
    other = called(made(runs_folder(), "forecast lr=0.02 steps=400", steps=250, finished="stopped"), "slow")
    third = made(runs_folder(), "forecast cell=gru lr=0.02 seed=4 steps=400", steps=400)
    async with opened(size=(120, 40)) as app:
        await drawn(app, "space", "space", "space", "d")
        await app.until("slow")
        lines = app.text.splitlines()
        heading = next(line for line in lines if "step 400" in line)
        assert "── gru lr=0.02" in heading and "xx slow" in heading and "•• gru lr=0.01" in heading
        table = {
            line.split("  ")[1].strip(): line.split()[1:] for line in lines[lines.index(heading) + 1 :] if "  " in line
        }
        assert table["cell"] == ["gru", "lstm", "gru"] and table["lr"] == ["0.02", "0.02", "0.01"]
        assert table["seed"] == ["4", "1", "1"] and "steps" not in table
        losses = [read_series(folder).loss for folder in (third, other, run)]
        assert table["loss"] == [exact(losses[0][399]), "ended", exact(losses[2][399])]
        assert table["last loss"][1:] == [exact(series[-1]) for series in losses]
        assert not any(key in dict(app.app.screen.query_one("KeyBar").keys()) for key in "tbemyw")
        assert "branch" not in app.text
        await app.press("home", "down", "down")
        await app.until(exact(losses[1][0]))
        looks = {line.look for line in app.app.screen.query_one("#loss", Chart).source().lines}
        assert looks == {"line", "crosses", "dots"}


async def test_until_every_step_is_read_the_few_points_are_read_out(opened, run, monkeypatch):
    monkeypatch.setattr(curves.RunCurves, "read", lambda self: None)
    monkeypatch.setattr(curves, "read_curve", lambda folder: curves.curve_of(read_series(folder), 40))
    async with opened() as app:
        await app.press("u")
        await app.until("fate")
        await app.press("enter")
        await app.until("step 400")
        part = read_series(run).loss[390:]
        assert f"loss {min(part):.4g} to {max(part):.4g}" in app.text


async def test_gaps_stay_gaps(opened):
    kept = Kept.begin(runs_folder(), "forecast")
    kept.note(Measured(1, [1.0] * 40, [1.0] * 40, 1.0))
    kept.note(Measured(81, [float("nan"), *[1.0] * 19], [0.0] * 20, 2.0))
    kept.close()
    async with opened() as app:
        await drawn(app, "enter")
        source = app.app.screen.query_one("#loss", Chart).source
        assert [(line.xs[0], line.xs[-1]) for line in source().lines] == [(1, 40), (82, 100)]
        norm = app.app.screen.query_one("#norm", Chart).source
        assert [line.xs[-1] for line in norm().lines] == [40]  # nothing above zero, on a logarithmic axis
        await app.press(*["left"] * 50)
        await app.until("step 50  ")
        assert "loss - " in app.text


async def test_deleting_from_the_chart_goes_back_to_the_list(opened, run):
    async with opened() as app:
        await drawn(app, "enter")
        await app.press("delete")
        await app.until("Delete for good?")
        await app.press("enter")
        await app.until("There is no run yet.")


async def test_a_name_stands_in_the_header_at_once(opened, run):
    async with opened() as app:
        await drawn(app, "enter")
        await app.press("e", *"deep", "enter")
        await app.until(lambda: "deep" in app.text.splitlines()[0])


async def test_a_run_without_a_step_opens(opened):
    Kept.begin(runs_folder(), "forecast").close()
    async with opened() as app:
        await drawn(app, "enter")
        await app.press("left", "plus", "minus", "a", "v", "0")
        await app.until("loss - ")
        await app.press("b")
        await app.until("No moment of this run was kept")


async def test_keys_before_the_curves_are_there_do_nothing_wrong(opened, run, monkeypatch):
    monkeypatch.setattr(chart, "opens_at_once", lambda folder: False)
    monkeypatch.setattr(chart, "aside", lambda *given: None)
    async with opened() as app:
        await app.press("u")
        await app.until("fate")
        await app.press("enter", "left", "plus", "a", "v", "right_square_bracket", "0", "question_mark")
        await app.until("esc closes")


async def test_a_damaged_moment_is_told_and_not_gone_through(opened, run):
    (run / "at-000000200.safetensors").write_bytes(b"x")
    async with opened() as app:
        await drawn(app, "enter")
        await app.until("A moment of this run could not be read; what there is of it is in")
        assert app.app.screen.kept == [100, 300, 400]


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_the_charts_stay_as_wide_while_the_cursor_moves_and_one_looks_closer(opened, size):
    for level in (0.01, 0.0001):
        made(runs_folder(), f"forecast steps=4000 lr={level}", steps=4000, level=level)
    async with opened(size=size) as app:
        await drawn(app, "space", "space", "d")
        axes = set()
        for keys in (["home"], ["plus"] * 5, ["end"], *[["shift+left"]] * 4, ["v"], ["home"], ["0"]):
            await app.press(*keys)
            await app.pilot.pause()
            axes.add(next(line.index("└") for line in app.text.splitlines() if "└" in line))
        assert len(axes) == 1
