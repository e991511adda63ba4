"""What the screens say of the record: not saved, damaged, written by another program meanwhile."""

import os
from datetime import UTC, datetime, timedelta

import pytest

from tuilab.records import progress as module
from tuilab.records.folders import data_folder
from tuilab.records.progress import Progress
from tuilab.ui.home import HomeScreen
from tuilab.ui.keybar import KeyBar

ONE = "01-recurrent-neuron"
WHY = "Progress cannot be saved in"


def last_lines(app) -> str:
    return "\n".join(app.text.splitlines()[-2:])


def notices(app) -> list[str]:
    return [each.message for each in app.app._notifications]


def clock(monkeypatch) -> list[datetime]:
    """The time that entries get, as the test sets it."""
    now = [datetime(2026, 1, 5, 9, tzinfo=UTC)]

    def read() -> str:
        return now[0].isoformat()

    monkeypatch.setattr(module, "_now", read)
    return now


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_the_last_line_says_so_as_long_as_it_is_not_saved_and_the_lesson_goes_on(opened, size):
    async with opened(size=size) as app:
        folder = data_folder()
        folder.parent.mkdir(exist_ok=True)
        folder.write_text("in the way")
        await app.press("enter")
        await app.until(lambda: any(WHY in each and each.endswith(": Not a directory.") for each in notices(app)))
        await app.press("n")
        await app.until("2/13")
        await app.until(lambda: "not saved" in last_lines(app) and "n p Page" in last_lines(app))
        await app.press("question_mark")
        await app.until(WHY)
        await app.press("escape")
        app.app.open_lab(app.app.screen.panel.spec)
        await app.until("lab neuron")
        assert "not saved" in last_lines(app)
        folder.unlink()
        await app.press("q", "n")
        await app.until("3/13")
        await app.until(lambda: "not saved" not in app.text)
        assert Progress(folder).pages(ONE) == {1, 2, 3}


async def test_home_says_why(opened):
    path = data_folder() / "progress.jsonl"
    path.mkdir(parents=True)
    async with opened() as app:
        await app.until("Is a directory.")
        assert "not saved" in last_lines(app)


async def test_a_lesson_that_is_opened_at_once_says_why_too(opened):
    (data_folder() / "progress.jsonl").mkdir(parents=True)
    async with opened(lesson=1) as app:
        await app.until(lambda: any(WHY in each for each in notices(app)))
        await app.until(lambda: "not saved" in last_lines(app))


def all_keys_are_there(app) -> bool:
    bar = app.app.screen.query_one(KeyBar)
    rows = bar.rows(bar.size.width)
    return [pair for row in rows for pair in row] == bar.keys() and bar.size.height == len(rows)


async def test_where_two_lines_do_not_hold_all_keys_there_is_a_third(opened, monkeypatch):
    async with opened(lesson=3) as app:
        app.app.progress.lab_set("03-what-goes-in", 2, "shapes", "shapes seed=9")
        monkeypatch.setattr(app.app.progress, "problem", f"{WHY} nowhere.")
        monkeypatch.setattr(app.app.progress, "_reach", lambda act, new=0: None)
        await app.press("n")
        await app.until("as you left it")
        await app.press("tab")
        await app.until("u Page's own")
        await app.until(lambda: all_keys_are_there(app) and app.app.screen.query_one(KeyBar).size.height == 3)
        assert "? Help" in app.text and "not saved" in app.text


@pytest.mark.parametrize("lab", ["cell", "gates", "gradients", "forecast", "shapes", "words", "map"])
async def test_the_keys_that_work_are_all_there_beside_it(opened, monkeypatch, lab):
    async with opened(lab) as app:
        await app.until("f Settings")
        monkeypatch.setattr(app.app.progress, "problem", f"{WHY} nowhere.")
        app.app.progress_changed()
        await app.until(lambda: "not saved" in last_lines(app))
        await app.until(lambda: all_keys_are_there(app))


async def test_a_folder_with_a_strange_name_is_named_and_drawn(opened, monkeypatch):
    strange = os.fsdecode(b"a\nb \xff '\"")
    monkeypatch.setenv("XDG_DATA_HOME", f"{os.environ['HOME']}/{strange}")
    async with opened() as app:
        await app.press("enter", "n", "q")
        await app.until("page 2 of 13")
        assert Progress(data_folder()).pages(ONE) == {1, 2} and app.app.progress.problem is None
        (data_folder() / "progress.jsonl").unlink()
        (data_folder() / "progress.jsonl").mkdir()
        await app.press("enter", "n", "q")
        await app.until("a?b ? '\"")


async def test_what_was_damaged_is_told_at_home_with_its_place(opened):
    Progress(data_folder()).page_seen(ONE, 2)
    path = data_folder() / "progress.jsonl"
    path.write_bytes(path.read_bytes() + bytes(99) + b"\n")
    async with opened(size=(120, 40)) as app:
        await app.until("Progress was damaged: 1 of 2 lines could not be read; the file as it was is")
        await app.until("page 2 of 13")
        assert len(list((data_folder() / "damaged").iterdir())) == 1
        assert "not saved" not in app.text


async def test_what_another_program_writes_is_seen_when_home_and_a_lesson_come_back(opened):
    async with opened(size=(120, 40)) as app:
        app.app.open_lesson(app.app.lessons[0], 9)
        await app.until("10/13")
        assert "Your last answer was not right yet." not in app.text
        await app.press("l")
        await app.until(lambda: type(app.app.screen).__name__ == "GlossaryScreen")
        other = Progress(data_folder())
        other.answered(f"{ONE}/counter", "x", False)
        other.hinted(f"{ONE}/counter", 1)
        await app.press("escape")
        await app.until("Your last answer was not right yet.")
        await app.until("hint 1 of 3")
        await app.press("l")
        other.page_seen("02-layer-by-hand", 7)
        await app.press("escape", "q")
        await app.until("g goes on   2  A recurrent layer by hand · page 7 of 16")
        await app.until("r reviews   1 question from lesson 1 that went wrong")


async def test_time_spent_is_shown_by_lesson_and_in_all(opened, monkeypatch):
    now = clock(monkeypatch)
    record = Progress(data_folder())
    for lesson, pages in ((ONE, 15), ("02-layer-by-hand", 4)):
        for page in range(1, pages + 1):
            record.page_seen(lesson, page)
            now[0] += timedelta(seconds=240)
        record.left(lesson)
    async with opened() as app:
        await app.until("LESSONS   1 h 16 min so far")
        lines = app.text.splitlines()
        assert any("Sequences and the recurrent neuron" in line and " 60/25 " in line for line in lines)
        assert any("A recurrent layer by hand" in line and " 16/30 " in line for line in lines)
        assert max(map(len, lines)) <= 79
        await app.press("question_mark")
        await app.until("minutes you were at a lesson")


async def test_leaving_a_lesson_notes_until_when_it_was_read(opened, monkeypatch):
    now = clock(monkeypatch)
    async with opened() as app:
        await app.press("enter")
        await app.until("1/13")
        await app.until(lambda: app.app.progress.pages(ONE) == {1})
        now[0] += timedelta(seconds=120)
        await app.press("q")
        await app.until(" 2/25 ")
        now[0] += timedelta(seconds=120)
        await app.press("enter")
        await app.until("1/13")
        now[0] += timedelta(seconds=60)
    assert Progress(data_folder()).seconds(ONE) == 180


async def test_r_asks_once_more_what_went_wrong_and_comes_back_home(opened):
    async with opened() as app:
        assert "Review" not in app.text
        app.app.progress.answered(f"{ONE}/counter", "x", False)
        app.app.progress.answered(f"{ONE}/half-memory", "3", False)
        app.app.screen.on_screen_resume()
        await app.until("r reviews   2 questions from lesson 1 that went wrong")
        assert "r Review" in app.text
        await app.press("r")
        await app.until("Once more, from lesson 1, Sequences and the recurrent neuron. q goes back.")
        await app.press("n")
        await app.until("the third step?")
        await app.press(*"4.25", "enter")
        await app.until("✓ Right: it is 4.25.")
        await app.press("n")
        await app.until("r reviews   1 question from lesson 1 that went wrong")
        assert isinstance(app.app.screen, HomeScreen)
        await app.press("r")
        await app.until("What does it remember?")
        await app.press("down", "enter")
        await app.until("✓ Right")
        await app.press("q")
        await app.until(lambda: isinstance(app.app.screen, HomeScreen) and "reviews" not in app.text)
        await app.press("r")
        assert isinstance(app.app.screen, HomeScreen)
