"""An exercise on a page, with the real checker."""

import shutil

import psutil
import pytest

from tuilab.course.reader import lessons_folder
from tuilab.records.folders import exercises_folder
from tuilab.ui.editing import own_editor

TEXT = """---
title: Milk
summary: A real series.
minutes: 30
---
# Milk

## One window

A window is cut out.

```exercise
name = "window"
```

## What is not there

```exercise
name = "nothing"
```

## The end

Nothing more.
"""
PATIENCE = 40


@pytest.fixture
def course(tmp_path, monkeypatch):
    """A course of one lesson, with exercises of the real one."""
    milk = tmp_path / "lessons" / "07-milk"
    shutil.copytree(lessons_folder() / "07-milk", milk)
    (milk / "lesson.md").write_text(TEXT)
    monkeypatch.setattr("tuilab.ui.app.lessons_folder", lambda: tmp_path / "lessons")
    return milk / "exercises" / "03-window"


@pytest.fixture
def longer(course):
    """The same, with more above the exercise."""
    text = course.parents[1] / "lesson.md"
    text.write_text(TEXT.replace("A window is cut out.", "A window is cut out.\n\n" + "It is.\n\n" * 4))


@pytest.fixture
def file():
    return exercises_folder() / "07-milk" / "window.py"


def solution(course):
    return (course / "solution.py").read_text()


async def test_the_task_is_on_the_page_and_nothing_is_begun(course, file, opened):
    async with opened(lesson=7, size=(100, 40)) as app:
        await app.until("Exercise: One window, and the same one step on")
        await app.until("Not begun yet.")
        assert "Your file: ~/" in app.text and "e Your editor  i Edit here" in app.text and not file.exists()
        await app.press("enter")
        await app.until("Not begun yet: e and i begin it.")


async def test_it_is_written_here_saved_checked_and_solved(course, file, opened):
    async with opened(lesson=7, size=(100, 40)) as app:
        await app.until("Not begun yet.")
        await app.press("i")
        await app.until("raise NotImplementedError")
        await app.press("ctrl+s")
        await app.until("✗ window(0, 10, 20, ... 390, start=3, steps=4) is not written yet.", PATIENCE)
        area = app.app.screen.query_one("TextArea")
        area.text = solution(course).replace("start + steps", "start * steps")
        await app.press("ctrl+s")
        await app.until(": * stands for +.", PATIENCE)
        area.text = solution(course)
        await app.press("ctrl+s")
        await app.until("✓ Right.", PATIENCE)
        assert file.read_text() == solution(course)
        await app.press("escape")
        await app.until("Exercise: One window")
        assert app.app.progress.worked("07-milk/window").solved
        await app.until("✓ Right.", PATIENCE)


async def test_where_a_verdict_is_cut_off_below_the_editor_it_says_where_the_rest_is(course, file, opened):
    async with opened(lesson=7, size=(80, 24)) as app:
        await app.until("Not begun yet.")
        await app.press("i")
        await app.until("raise NotImplementedError")
        app.app.screen.query_one("TextArea").text = f"{solution(course)}\nfor i in range(12): print('row', i)"
        await app.press("ctrl+s")
        await app.until("The rest is on the page: esc goes back to it.", PATIENCE)
        assert "✓ Right." in app.text and "row 3" in app.text and "row 4" not in app.text
        await app.press("escape")
        await app.until("row 11", PATIENCE)


async def test_letters_are_written_and_leaving_asks_once(course, file, opened):
    async with opened(lesson=7, size=(80, 24)) as app:
        await app.until("Exercise: One window")
        await app.press("i")
        await app.until("raise NotImplementedError")
        await app.press("n", "q", "question_mark", "l", "slash", "h", "tab", "x")
        await app.until("nq?l/h")
        await app.press("escape")
        await app.until("Not saved yet")
        await app.press("escape")
        await app.until("Exercise: One window")
        assert "nq?l" not in file.read_text()


async def test_who_comes_back_to_the_editor_is_where_he_left_it(course, file, opened):
    async with opened(lesson=7, size=(100, 40)) as app:
        await app.until("Not begun yet.")
        await app.press("i")
        await app.until("raise NotImplementedError")
        begins = app.app.screen.query_one("TextArea").cursor_location
        await app.press("down", "down", "down", "end", "escape")
        await app.until("Your file:")
        await app.press("i")
        await app.until("raise NotImplementedError")
        row, column = app.app.screen.query_one("TextArea").cursor_location
        assert row == begins[0] + 3 and column > 0
        await app.press("escape", "r", "r")
        await app.until("What you had written is kept in")
        await app.press("i")
        await app.until("raise NotImplementedError")
        assert app.app.screen.query_one("TextArea").cursor_location == begins


async def test_what_is_saved_from_elsewhere_is_checked_again(course, file, opened):
    file.parent.mkdir(parents=True)
    file.write_text("def window(:\n")
    async with opened(lesson=7, size=(120, 40)) as app:
        await app.until("Line 1 cannot be read as Python", PATIENCE)
        file.with_suffix(".swp").write_text(solution(course))
        file.with_suffix(".swp").replace(file)
        await app.until("✓ Right.", PATIENCE)
        file.write_text("while True: pass\n")
        await app.until("Solved before. Stopped: it took longer than 5 s; it was in line 1", PATIENCE)


async def test_an_editor_here_and_one_elsewhere_lose_nothing_of_each_other(course, file, opened):
    async with opened(lesson=7, size=(100, 40)) as app:
        await app.until("Exercise: One window")
        await app.press("i")
        await app.until("raise NotImplementedError")
        file.write_text("from elsewhere")
        app.app.screen.query_one("TextArea").text = "from here"
        await app.press("ctrl+s")
        await app.until("It was saved elsewhere meanwhile")
        (kept,) = (file.parent / "before").iterdir()
        assert (kept.read_text(), file.read_text()) == ("from elsewhere", "from here\n")


async def test_what_is_not_saved_is_kept_when_the_program_is_left(course, file, opened):
    async with opened(lesson=7, size=(80, 24)) as app:
        await app.until("Exercise: One window")
        await app.press("i")
        await app.until("raise NotImplementedError")
        await app.press("x", "y")
        await app.until("xy")
        await app.press("ctrl+c")
    assert "xy" in file.with_suffix(".unsaved.py").read_text() and "xy" not in file.read_text()
    async with opened(lesson=7, size=(80, 24)) as app:
        await app.until("Exercise: One window")
        await app.press("i")
        await app.until("What was not saved the last time is in")


async def test_hints_come_with_h_and_stay(course, opened):
    async with opened(lesson=7, size=(100, 40)) as app:
        await app.until("Exercise: One window")
        await app.press("h", "h")
        await app.until("hint 2 of 3: A slice")
        await app.press("n", "p")
        await app.until("hint 2 of 3: A slice")
        await app.press("h")
        await app.until("hint 3 of 3: ")
        assert "h Hint" not in app.text and app.app.progress.worked("07-milk/window").hints == 3


async def test_the_newest_hint_is_in_sight_and_its_code_looks_like_code(longer, opened):
    async with opened(lesson=7, size=(80, 24)) as app:
        await app.until("Exercise: One window")
        for step, begins in enumerate(("hint 1 of 3: Where does", "hint 2 of 3: A slice series[a:b] has"), start=1):
            await app.press("h")
            await app.until(begins)
            assert app.app.progress.worked("07-milk/window").hints == step
        await app.press("h")
        await app.until("hint 3 of 3: series[start : start + steps], series[start + 1 : start +")
        await app.until("steps + 1].")


async def test_all_of_a_verdict_is_scrolled_into_sight(longer, file, opened):
    async with opened(lesson=7, size=(80, 24)) as app:
        await app.until("Exercise: One window")
        await app.press("h", "h", "h")
        await app.until("hint 3 of 3")
        file.parent.mkdir(parents=True)
        file.write_text("print('the last line')\n")
        await app.until("the last line", PATIENCE)


async def test_a_page_that_is_longer_than_the_screen_names_the_keys_that_scroll(longer, opened):
    async with opened(lesson=7, size=(80, 24)) as app:
        await app.until("Exercise: One window")
        await app.until("pgup pgdn Scroll")
        await app.press("h", "h", "h")
        await app.until("hint 3 of 3: series[start")
        await app.press("pageup")
        await app.until("A window is cut out.")
        assert "hint 3" not in app.text
        await app.press("pagedown")
        await app.until("hint 3 of 3: series[start")
        await app.press("n")
        await app.until("There is no exercise 'nothing'.")
        assert "pgup pgdn Scroll" not in app.text


async def test_the_solution_is_asked_for_once_and_stands_beside(course, file, opened):
    file.parent.mkdir(parents=True)
    mine = f"def window(mine):\n    x = {'1 + ' * 30}1\n    pass\n"
    file.write_text(f"# the task\n\n{mine}")
    async with opened(lesson=7, size=(120, 40)) as app:
        await app.until("Exercise: One window")
        await app.press("c")
        await app.until("It is not solved yet. c once more shows a solution")
        assert not app.app.progress.worked("07-milk/window").solution
        await app.press("c")
        await app.until("A solution")
        await app.until("tab goes to yours")
        lines = app.text.splitlines()
        first = next(place for place, line in enumerate(lines) if "def window(mine):" in line)
        assert "x = 1 + 1" in lines[first + 1] and "pass" in lines[first + 2] and "the task" not in app.text
        assert any("return series[start:end]" in line for line in lines)
        assert app.app.progress.worked("07-milk/window").solution
        await app.press("tab", *["right"] * 90)
        await app.until("tab goes to the solution")
        await app.until(lambda: "def window(mine):" not in app.text and "+ 1 + 1" in app.text)


async def test_where_there_is_less_room_tab_shows_one_or_the_other(course, file, opened):
    file.parent.mkdir(parents=True)
    file.write_text("def window(mine):\n    pass\n")
    async with opened(lesson=7, size=(80, 24)) as app:
        await app.until("Exercise: One window")
        await app.press("c", "c")
        await app.until("return series[start:end]")
        await app.until("tab shows yours")
        assert "window(mine)" not in app.text
        await app.press("tab")
        await app.until("window(mine)")
        assert "return series[start:end]" not in app.text and "tab shows the solution" in app.text
        await app.press("y", "escape")
        await app.until("Exercise: One window")


async def test_a_solution_stands_alone_where_nothing_was_written(course, opened):
    async with opened(lesson=7, size=(120, 40)) as app:
        await app.until("Exercise: One window")
        await app.press("c", "c", "tab")
        await app.until("return series[start:end]")
        assert "Yours" not in app.text and "tab" not in app.text.splitlines()[-2]


async def test_r_begins_anew_and_keeps_what_was_written(course, file, opened):
    file.parent.mkdir(parents=True)
    file.write_text("mine")
    async with opened(lesson=7, size=(100, 40)) as app:
        await app.until("Exercise: One window")
        await app.press("r")
        await app.until("r once more begins anew; what is there is kept.")
        assert file.read_text() == "mine"
        await app.press("r")
        await app.until("What you had written is kept in")
        assert next((file.parent / "before").iterdir()).read_text() == "mine"


async def test_an_exercise_that_is_not_there_is_told_and_has_no_keys(course, opened):
    async with opened(lesson=7, size=(100, 40)) as app:
        await app.press("n")
        await app.until("07-milk/exercises, line 1: There is no exercise 'nothing'.")
        assert "e Your editor" not in app.text
        await app.press("e", "i", "h", "c", "r", "enter", "n")
        await app.until("Nothing more.")


async def test_the_checker_ends_with_the_lesson(course, opened):
    async with opened(lesson=7, size=(100, 40)) as app:
        await app.until("Not begun yet.")
        checker = psutil.Process(app.app.checks._checker.pid)
        await app.press("n", "p")
        await app.until("Not begun yet.")
        assert app.app.checks._checker.pid == checker.pid
        await app.press("q")
        await app.until(lambda: not checker.is_running())


async def test_restricted_nothing_is_run(course, file, opened, monkeypatch):
    monkeypatch.setenv("TUILAB_RESTRICTED", "1")
    async with opened(lesson=7, size=(100, 40)) as app:
        await app.until("Exercises run what you write, and are not there in restricted mode.")
        await app.press("e", "i", "h", "c", "r", "enter")
        await app.pilot.pause()
        assert app.app.checks._checker.pid is None and not file.exists()


@pytest.mark.parametrize(
    ("visual", "editor", "wanted"),
    [
        (None, None, None),
        ("", "", None),
        ("vim -n", "nano", ["vim", "-n"]),
        ("", "'/opt/my editor' --wait", ["/opt/my editor", "--wait"]),
        ("vim 'x", "nano", ["vim 'x"]),
    ],
)
def test_the_editor_is_the_one_that_the_environment_names(monkeypatch, visual, editor, wanted):
    for name, value in (("VISUAL", visual), ("EDITOR", editor)):
        monkeypatch.setenv(name, value) if value is not None else monkeypatch.delenv(name, raising=False)
    assert own_editor() == wanted


@pytest.mark.slow
async def test_what_is_shown_of_one_that_is_right_is_in_sight(opened):
    place = lessons_folder() / "09-word2vec-code" / "exercises" / "08-together"
    async with opened(lesson=9, size=(80, 24)) as app:
        mine = exercises_folder() / "09-word2vec-code" / "together.py"
        mine.parent.mkdir(parents=True)
        mine.write_text((place / "solution.py").read_text())
        app.app.open_lesson(app.app.lessons[8], 9)
        await app.until("✓ Right.", 60 + PATIENCE)
        await app.until(lambda: "ours stand in" in app.text and "she      he" in app.text)
