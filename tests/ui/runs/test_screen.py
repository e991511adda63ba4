"""The list of runs, and what its keys do with one."""

import asyncio
import stat
import sys
import time

import pytest
from rich.cells import cell_len
from textual.events import Key

from tests.support.runs import called, dated, made
from tuilab.records import desk, shelf
from tuilab.records.about import label_of
from tuilab.records.folders import runs_folder
from tuilab.records.runs import Kept
from tuilab.ui.filtering import FilterLine
from tuilab.ui.home import HomeScreen
from tuilab.ui.lab import LabScreen
from tuilab.ui.runs import export
from tuilab.ui.runs import list as run_list
from tuilab.ui.runs.chart import RunScreen
from tuilab.ui.runs.list import RunList
from tuilab.ui.runs.row import headings, line_of
from tuilab.ui.runs.screen import RunsScreen


@pytest.fixture
def runs():
    root = runs_folder()
    return [
        dated(made(root, "forecast cell=rnn hidden=20", steps=12_345, moments=(5000,)), "2025-03-05T10:00:00+00:00"),
        called(made(root, "forecast cell=gru steps=90", steps=60, finished=None, seed=2), "mine", "small\nbut quick"),
        made(root, "gradients layers=30 seed=123456", steps=20, finished="diverged", level=3.0),
    ]


async def listed(app):
    await app.press("u")
    await app.until(lambda: isinstance(app.app.screen, RunsScreen) and app.app.screen.query(RunList))
    await app.until("fate")


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_each_run_is_a_line_and_columns_line_up(opened, runs, size):
    async with opened(size=size) as app:
        await listed(app)
        lines = app.text.splitlines()
        heading = next(line for line in lines if "what was trained" in line)
        rows = [next(line for line in lines if word in line) for word in ("gradients", "mine", "cell=rnn")]
        assert [lines.index(row) for row in rows] == sorted(lines.index(row) for row in rows)
        for row, step, fate in zip(rows, ("20", "60", "12,345"), ("diverged", "left", "done"), strict=True):
            assert row.index(fate) == heading.index("fate")
            assert row[: heading.index("step") + 4].endswith(f" {step}")
        assert "today " in rows[0] and "5 Mar 2025" in rows[2]
        assert rows[1].rstrip().endswith("n") and not rows[0].rstrip().endswith(" n")
        assert ("123456" in rows[0]) == (size[0] == 120)
        assert max(map(len, lines)) <= size[0] and "1/3" in lines[0]


@pytest.mark.parametrize("width", [77, 117])
@pytest.mark.parametrize("title", ["", "mine", "学习" * 20, "é" * 60, "a\u0301b"])
def test_a_line_is_as_wide_as_its_columns_whatever_its_name(tmp_path, width, title):
    found = shelf.row(called(made(tmp_path, "forecast cell=gru hidden=64 lr=0.02 steps=12", steps=12), title))
    assert sum(map(cell_len, line_of(found, width))) == cell_len(headings(width)) == width


async def test_only_what_is_seen_is_read(opened, monkeypatch):
    root = runs_folder()
    for number in range(60):
        made(root, f"forecast seed={number}", steps=2)
    read = []
    monkeypatch.setattr(run_list, "row", lambda folder: read.append(folder) or shelf.row(folder))
    async with opened() as app:
        await listed(app)
        await app.until("1/60")
        seen = len(set(read))
        assert seen < 24
        await app.press("end")
        await app.until("60/60")
        assert len(set(read)) <= 2 * seen


async def test_home_reads_no_list_of_runs(opened, runs, monkeypatch):
    monkeypatch.setattr(shelf, "row", lambda folder: pytest.fail("home has read a row"))
    async with opened() as app:
        await app.until("t trains on from step 60")
        assert "u Runs" in app.text


async def test_an_empty_list_says_how_runs_come_about(opened):
    async with opened() as app:
        await app.press("u")
        await app.until("There is no run yet.")
        assert "Mark" not in app.text
        await app.press("enter", "space", "d", "t", "b", "e", "m", "y", "w", "delete", "q")
        await app.until(lambda: isinstance(app.app.screen, HomeScreen))


async def test_the_palette_opens_the_list_above_a_lab_and_q_goes_back(opened, runs):
    async with opened("forecast") as app:
        app.app.action_runs()
        await app.until("what was trained")
        app.app.action_runs()
        await app.press("q")
        await app.until(lambda: isinstance(app.app.screen, LabScreen))
        assert "Runs" in [each.title for each in app.app.get_system_commands(app.app.screen)]


async def test_the_filter_looks_at_spellings_and_names(opened, runs):
    async with opened() as app:
        await listed(app)
        await app.press("slash", *"rnn")
        await app.until(lambda: "gradients" not in app.text and "cell=rnn" in app.text and "1/1" in app.text)
        await app.press("down", "escape")
        await app.until("gradients")
        await app.press("slash", *"MINE", "down")
        await app.until(lambda: "cell=rnn" not in app.text and "mine" in app.text)
        await app.press("slash", *"zzz")
        await app.until("No run has these letters; esc lists all.")


async def test_enter_in_the_filter_opens_what_is_found_though_it_came_before_the_spellings_were_read(opened, runs):
    async with opened() as app:
        await listed(app)
        app.app.screen.action_filter()
        line = app.app.screen.query_one(FilterLine)
        line.value = "rnn"
        line.post_message(Key("enter", None))
        await app.until(lambda: isinstance(app.app.screen, RunScreen))
        assert app.app.screen.folder == runs[0]


async def test_a_damaged_run_is_set_aside_and_named(opened, runs):
    (runs[0] / "run.json").write_text("{")
    async with opened() as app:
        await listed(app)
        await app.until("A run could not be read and is")
        assert "damaged/" in app.text and "1/2" in app.text and not runs[0].exists()


async def test_a_run_of_a_newer_tuilab_stays_and_does_not_open(opened, runs):
    (runs[2] / "run.json").write_text('{"format": 99}')
    async with opened() as app:
        await listed(app)
        await app.until("cannot be read, or is of a newer tuilab")
        await app.press("enter")
        await app.until("That run cannot be read.")
        await app.press("space", "t", "b")
        await app.until("That run is no longer there.")
        assert runs[2].exists() and not app.app.screen.query_one(RunList).marked


async def test_four_can_be_marked_and_are_drawn_together(opened, runs):
    for number in range(2):
        made(runs_folder(), f"forecast seed={number + 5}", steps=9)
    async with opened() as app:
        await listed(app)
        await app.press("d")
        await app.until("Mark two to four runs with space")
        await app.press("space", "space", "space", "space", "space")
        await app.until("4 runs are marked; no more can be told apart")
        await app.press("k", "space")
        await app.until("3 marked, d draws")
        await app.press("d")
        await app.until("3 runs")


async def test_t_takes_up_what_was_left_and_refuses_what_has_ended(opened, runs):
    async with opened() as app:
        await listed(app)
        await app.press("t")
        await app.until("It has ended, diverged at step 20; b goes on from a moment of it.")
        await app.press("down", "t")
        await app.until(lambda: isinstance(app.app.screen, LabScreen) and app.worker.jobs)
        assert app.app.screen.panel.runner.handle.name == runs[1].name
        assert app.app.screen.panel.spec.cell == "gru"
        await app.press("q")
        await app.until("what was trained")


async def test_a_run_in_use_is_neither_trained_on_nor_deleted(opened):
    kept = Kept.begin(runs_folder(), "forecast")
    async with opened() as app:
        await listed(app)
        assert "training" in app.text
        await app.press("t")
        await app.until("That run is being trained in a tuilab")
        await app.press("delete")
        await app.until(desk.IN_USE)
    kept.close()
    assert kept.folder.exists()


async def test_b_opens_the_lab_at_the_last_moment_waiting(opened, runs):
    async with opened() as app:
        await listed(app)
        await app.press("end", "b")
        await app.until(lambda: isinstance(app.app.screen, LabScreen) and app.app.screen.panel is not None)
        spec = app.app.screen.panel.spec
        assert (spec.branch, spec.cell, spec.steps) == (f"{runs[0].name}@12345", "rnn", 8000)
        await app.until("steps is 8,000 now")
        assert not app.worker.jobs
        await app.press("f")
        await app.until("Settings of forecast")


async def test_a_name_is_given_and_a_wrong_one_refused_in_its_dialogue(opened, runs):
    async with opened() as app:
        await listed(app)
        await app.press("e", *"mine", "enter")
        await app.until("is the name of another run")
        await app.press("ctrl+u", *"deep", "enter")
        await app.until("deep  gradients")
        await app.press("e", "ctrl+u", "enter")
        await app.until(lambda: "deep" not in app.text)
        assert label_of(runs[2]).title == ""


async def test_notes_have_lines_and_esc_leaves_them(opened, runs):
    async with opened() as app:
        await listed(app)
        await app.press("down", "m")
        await app.until("Notes on mine")
        await app.press(*"!", "ctrl+j", *"third", "enter")
        await app.until(lambda: label_of(runs[1]).notes == "small\nbut quick!\nthird")
        await app.press("m", *"zzz", "escape")
        await app.until("what was trained")
        assert "zzz" not in label_of(runs[1]).notes
        desk.annotate(runs[1], "a" * 1999)
        await app.press("m", *"bcd", "enter")
        await app.until("too long")
        await app.press("escape")


async def test_del_asks_once_and_deletes(opened, runs):
    async with opened() as app:
        await listed(app)
        await app.press("down", "delete")
        await app.until("Delete for good? mine")
        assert "and your notes" in app.text.replace("│\n", "")
        await app.press("escape")
        assert runs[1].exists()
        await app.press("delete")
        await app.until("Delete for good?")
        await app.press("enter")
        await app.until("Deleted.")
        assert not runs[1].exists() and "1/2" not in app.text and "2/2" in app.text


async def test_y_copies_the_line_that_opens_it_and_says_where_there_is_none(opened, runs):
    async with opened() as app:
        await listed(app)
        await app.press("y")
        await app.until("gradients: there is no field 'layers'.")
        await app.press("down", "y")
        await app.until("The line says what is trained, not how far")
        assert app.app.clipboard == "tuilab open 'forecast cell=gru steps=90 seed=1'"


async def test_what_is_hidden_in_a_run_is_told_nowhere(opened):
    made(runs_folder(), "forecast cell=gru hidden=77 hide=cell,hidden", steps=3)
    async with opened() as app:
        await listed(app)
        await app.until("hide=cell,hidden")
        assert "gru" not in app.text and "77" not in app.text
        await app.press("y")
        await app.until("line of this run would tell.")
        await app.press("enter")
        await app.until("gradient norm")
        assert "gru" not in app.text and "77" not in app.text


@pytest.fixture
def stand_in(tmp_path, monkeypatch):
    """In place of the command line: a program that says what it was given."""
    program = tmp_path / "export"
    program.write_text(f"#!{sys.executable}\nimport sys\nprint('Wrote', *sys.argv[1:])\n")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setattr(export, "COMMAND", (str(program),))


async def test_w_runs_the_command_line_and_shows_what_it_says(opened, runs, stand_in, home):
    async with opened(size=(120, 40)) as app:
        await listed(app)
        await app.press("down", "w")
        await app.until("▸ program")
        assert "~/mine.py" in app.text
        await app.press("down", "enter")
        wanted = f"Wrote {runs[1].name} --as csv --to {home}/mine.csv"
        await app.until("Wrote")
        assert str(app.app.screen.query_one("#outcome").content) == wanted
        await app.press("ctrl+u", *"~/other", "down", "enter")
        await app.until(lambda: str(app.app.screen.query_one("#outcome").content).endswith(f"--to {home}/other"))
        assert "held-out" in str(app.app.screen.query_one("#outcome").content)
        await app.press("ctrl+u", "enter")
        await app.until("Type the name of the file to write.")


async def test_w_asks_before_it_replaces_a_file(opened, runs, stand_in, home):
    (home / "mine.py").write_text("years of work")
    async with opened(size=(80, 24)) as app:
        await listed(app)
        await app.press("down", "w")
        await app.until("▸ program")
        await app.press("enter")
        await app.until("That file is there already: enter once more replaces it.")
        await app.press("down", "up", "enter")
        await app.until("That file is there already: enter once more replaces it.")
        await app.press("enter")
        await app.until("Wrote")
        wanted = f"Wrote {runs[1].name} --as program --to {home}/mine.py --force"
        assert str(app.app.screen.query_one("#outcome").content) == wanted


async def test_a_command_line_that_cannot_be_started_is_told_of(opened, runs, monkeypatch, tmp_path):
    monkeypatch.setattr(export, "COMMAND", (str(tmp_path / "nothing"),))
    async with opened() as app:
        await listed(app)
        await app.press("w", "enter")
        await app.until("It cannot be written: No such file or directory.")


async def test_a_dialogue_that_is_closed_ends_its_process(opened, runs, monkeypatch, tmp_path):
    marker = tmp_path / "pid"
    code = f"import os, pathlib, time; pathlib.Path({str(marker)!r}).write_text(str(os.getpid())); time.sleep(60)"
    monkeypatch.setattr(export, "COMMAND", (sys.executable, "-c", code))
    async with opened() as app:
        await listed(app)
        await app.press("w", "enter")
        await app.until(lambda: marker.exists() and marker.read_text())
        await app.press("escape")
        deadline = time.monotonic() + 10
        while _lives(int(marker.read_text())):
            assert time.monotonic() < deadline
            await asyncio.sleep(0.01)


def _lives(pid):
    import psutil

    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


async def test_in_restricted_mode_nothing_is_written(opened, runs, monkeypatch):
    monkeypatch.setenv("TUILAB_RESTRICTED", "1")
    async with opened() as app:
        await listed(app)
        await app.press("w")
        await app.until("In restricted mode no files are written")


async def test_help_lists_each_key_once(opened, runs):
    async with opened() as app:
        await listed(app)
        await app.press("question_mark")
        await app.until("esc closes")
        keys = [line.split()[0] for line in app.app.screen.key_lines.splitlines()]
        assert len(keys) == len(set(keys)) and {"enter", "space", "d", "t", "b", "e", "m", "y", "w", "del"} <= set(keys)
