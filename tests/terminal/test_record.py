"""The record of progress, with real programs on real terminals."""

import json
import os
import time
from pathlib import Path

import pytest

import tuilab as tuilab_package
from tests.support.terminal import home, program, tuilab
from tuilab.records.progress import Progress

ONE, TWO = "01-recurrent-neuron", "02-layer-by-hand"
UNSAVED = "not saved"


def _lines(data: Path) -> list[dict]:
    return [json.loads(line) for line in (data / "progress.jsonl").read_text().splitlines()]


def _until(holds, seconds=10):
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_two_programs_see_what_the_other_wrote_and_neither_overwrites_it(opened):
    one, two = opened(size=(120, 40)), opened("lesson", "2", size=(120, 40))
    one.until("LABS")
    two.until("1/16")
    two.press("n", "n")
    two.until("3/16")
    one.press("?")
    one.until("in the order in which")
    one.press("esc")
    one.until("g goes on   2  A recurrent layer by hand · page 3 of 16")
    one.press("enter")
    one.until("1/13")
    one.press("n")
    _until(lambda: Progress(opened.data).last_place() == (ONE, 2))
    two.press("n", "q")
    two.until("g goes on   2")
    one.press("q")
    one.until("4/16")
    one.press("q")
    two.press("?", "esc")
    two.until("2/13")
    two.press("q")
    assert Progress(opened.data).pages(ONE) == {1, 2} and Progress(opened.data).pages(TWO) == {1, 2, 3, 4}
    assert [line for line in _lines(opened.data) if "format" in line] == [{"format": 1}]


@pytest.mark.parametrize("end", ["q", "ctrl+c", "line"])
def test_however_the_program_ends_the_lab_comes_back_as_it_was_left(opened, end):
    first = opened("lesson", "1", size=(120, 40))
    first.until("1/13")
    first.press("n")
    first.until("t=0")
    first.press("tab", "e")
    first.until("New value for")
    first.press("7", "enter")
    first.until("sequence=7,98")
    family = first.family()
    if end == "line":  # which leaves no time to write
        _until(lambda: any("lab" in line for line in _lines(opened.data)))
        first.terminal.hang_up()
    else:
        first.press(*{"q": ["tab", "q", "q"], "ctrl+c": ["\x03"]}[end])
    first.all_end(family, 10)
    kept = _lines(opened.data)
    assert [line["page"] for line in kept if "lab" in line] == [2]
    assert end == "line" or kept[-1]["left"] == ONE
    again = opened("lesson", "1", size=(120, 40))
    again.until("The lab stands as you left it")
    again.until("sequence=7,98")


STRANGE = {
    "spaces and quotes": "a b 'c' \"d\" $HOME `e`",
    "newline": "a\nb",
    "no UTF-8": os.fsdecode(b"\xff\xfe\x80"),
    "emoji": "🧪",
    "deep": "/".join(["d" * 19] * 10),
}


@pytest.mark.parametrize("name", STRANGE.values(), ids=STRANGE)
def test_a_home_with_any_name_will_do(tmp_path, name):
    folder = tmp_path / name
    folder.mkdir(parents=True)
    with home() as environ:
        inside = {key: value for key, value in environ.items() if not key.startswith("XDG_")} | {"HOME": str(folder)}
        with tuilab("lesson", "1", columns=80, rows=24, environ=inside) as terminal:
            terminal.until("1/13")
            terminal.press("n", "n")
            terminal.until("3/13")
            assert UNSAVED not in terminal.text()
            terminal.press("tab")
            terminal.until("w_x")  # the worker has answered
    assert Progress(folder / ".local/share/tuilab").pages(ONE) == {1, 2, 3}


LIMITED = """
import resource, runpy
resource.setrlimit(resource.RLIMIT_FSIZE, (200, 200))
runpy.run_module("tuilab", run_name="__main__")
"""


def test_where_the_disk_is_full_the_lesson_goes_on_and_the_last_line_says_so():
    with home() as environ, program(["-c", LIMITED], 80, 24, environ) as terminal:
        terminal.until("LABS")
        terminal.press("enter")
        terminal.until("1/13")
        terminal.press("n", "n", "n")
        terminal.until("4/13")
        terminal.until(lambda text: UNSAVED in text.splitlines()[-1] or UNSAVED in text.splitlines()[-2])
        terminal.press("q")
        terminal.until("File too large.")
        assert Progress(Path(environ["XDG_DATA_HOME"], "tuilab")).problem is None


def test_where_nothing_may_be_written_it_says_so(tmp_path):
    with home() as environ:
        Path(environ["XDG_DATA_HOME"]).write_text("in the way")
        with tuilab("lesson", "1", columns=80, rows=24, environ=environ) as terminal:
            terminal.until("1/13")
            terminal.until(UNSAVED)
            terminal.until("Progress cannot be saved in")


NO_ACCOUNT = """
import pwd

def none(_user):
    raise KeyError("uid not found")

pwd.getpwuid = none
"""


def test_without_any_home_the_lesson_goes_on_and_no_folder_is_made(tmp_path, monkeypatch):
    (tmp_path / "sitecustomize.py").write_text(NO_ACCOUNT)  # the worker has no account either
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    with home() as environ:
        bare = {key: value for key, value in environ.items() if not key.startswith("XDG_") and key != "HOME"}
        paths = f"{tmp_path}{os.pathsep}{Path(tuilab_package.__file__).parents[1]}"
        with tuilab(columns=80, rows=24, environ=bare | {"PYTHONPATH": paths}) as terminal:
            terminal.until("LABS")
            terminal.press("enter")
            terminal.until("1/13")
            terminal.until(UNSAVED)
            terminal.press("n")
            terminal.until("2/13")
            terminal.press("tab")
            terminal.until("t=0")  # the worker has answered
            terminal.press("tab", "q")
            terminal.until("there is no home folder; HOME is not set.")
    assert list((tmp_path / "here").iterdir()) == []
