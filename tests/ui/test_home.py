import shutil

import numpy as np
import pytest

from tuilab.course.reader import lessons_folder
from tuilab.records.folders import runs_folder
from tuilab.records.runs import Kept
from tuilab.ui.home import HomeScreen


def keep(spelled: str) -> None:
    kept = Kept.begin(runs_folder(), spelled)
    kept.save(1, {"w": np.zeros(1, np.float32)})
    kept.close()


async def test_a_run_of_another_version_is_refused_once_and_the_one_before_it_is_offered(opened):
    keep("forecast steps=77")
    keep("forecast frog=2")
    async with opened() as app:
        await app.until("t trains on from step 1   forecast frog=2")
        await app.press("t")
        await app.until("That run cannot be gone on with.")
        await app.until("t trains on from step 1   forecast steps=77")


async def test_home_lists_lessons_in_order_and_labs(opened):
    async with opened() as app:
        await app.until("LABS")
        lines = app.text.splitlines()
        titles = [lesson.title for lesson in app.app.lessons]
        places = [next(i for i, line in enumerate(lines) if title in line) for title in titles]
        assert places == sorted(places) and len(places) >= 3
        for name in ("neuron", "unroll"):
            assert any(name in line for line in lines[max(places) :])


async def test_j_k_and_arrows_move_and_enter_opens(opened):
    async with opened() as app:
        await app.until("▸1")
        await app.press("j")
        await app.until("▸2")
        await app.press("k", "down")
        await app.until("▸2")
        await app.press("enter")
        await app.until("After this lesson")
        assert app.app.screen.lesson.number == 2


async def test_the_filter_narrows_and_esc_shows_all(opened):
    async with opened() as app:
        await app.press("slash", *"gru")
        await app.until(lambda: "unroll" not in app.text and "forecast" in app.text)
        await app.press("enter")
        await app.until("LSTM")
        await app.press("q")
        await app.until("esc Show all")  # the filter stays, and so does the word on the way out of it
        await app.press("escape")
        await app.until(lambda: "unroll" in app.text and "Show all" not in app.text)
        await app.press("slash", *"zzz")
        await app.until("Nothing here has 'zzz'")


async def test_q_leaves(opened):
    async with opened() as app:
        await app.press("q")
        await app.until(lambda: not app.app.is_running or app.app._exit)


async def test_go_on_comes_after_a_page_was_seen(opened):
    async with opened() as app:
        assert "Go on" not in app.text
        await app.press("enter")
        await app.until("After this lesson")
        await app.press("n", "q")
        await app.until(lambda: isinstance(app.app.screen, HomeScreen) and "page 2" in app.text)
        await app.press("down", "down", "g")
        await app.until("2/13")
        await app.press("q")
        await app.until("▸1")  # the cursor stands where one comes from


async def test_a_lesson_with_a_mistake_is_named_and_the_others_open(opened, monkeypatch, tmp_path):
    good = tmp_path / "01-good" / "lesson.md"
    bad = tmp_path / "02-bad" / "lesson.md"
    worse = tmp_path / "03-worse" / "lesson.md"
    for path in (good, bad, worse):
        path.parent.mkdir()
    front = "---\ntitle: {}\nsummary: s\nminutes: 5\n---\n\n## One\n\nText of the page.\n"
    good.write_text(front.format("Good"))
    bad.write_text(front.format("Bad").replace("minutes: 5\n", ""))
    worse.write_text(front.format("Worse") + '\n```lab\nopen = "unrol"\n```\n')
    monkeypatch.setattr("tuilab.ui.app.lessons_folder", lambda: tmp_path)
    async with opened() as app:
        await app.until("02-bad/lesson.md, line 1")
        await app.press("down", "enter")
        await app.until("03-worse/lesson.md, line 12")
        await app.press("up", "enter")
        await app.until("Text of the page.")


async def test_help_explains_and_closes(opened):
    async with opened() as app:
        await app.press("question_mark")
        await app.until("in the order in which they are meant")
        await app.press("question_mark")
        await app.until(lambda: isinstance(app.app.screen, HomeScreen))


async def test_too_small_says_so_and_comes_back(opened):
    async with opened() as app:
        await app.pilot.resize_terminal(60, 20)
        await app.until("tuilab needs 80x24")
        assert "60x20" in app.text
        await app.pilot.resize_terminal(80, 24)
        await app.until("LESSONS")


async def test_opened_below_80x24_it_says_so_and_shows_what_was_asked_for_when_it_grows(opened):
    async with opened("unroll", size=(60, 20)) as app:
        await app.until("this terminal has 60x20")
        await app.pilot.resize_terminal(80, 24)
        await app.until("part 4 of 4")


async def test_keys_typed_ahead_wait_for_the_screen_that_they_are_meant_for(opened):
    async with opened("unroll") as app:
        await app.until("part 4 of 4")
        await app.press("f", "ctrl+r", "escape", "ctrl+p", "escape", "question_mark", "escape")
        await app.until("part 4 of 4")
        assert app.app.is_running and app.app._exception is None


async def test_after_a_finished_lesson_the_next_one_is_offered_and_named_on_the_last_page(opened):
    async with opened() as app:
        progress, first = app.app.progress, app.app.lessons[0]
        for page in range(1, first.page_count + 1):
            progress.page_seen(first.name, page)
        for number in range(first.quiz_count - 1):
            progress.answered(f"{first.name}/{number}", "1", True)
        progress.page_seen(first.name, 8)
        app.app.screen.fill()
        await app.until("page 8 of 13")
        app.app.open_lesson(first, first.page_count - 1)
        await app.until("13/13")
        await app.press("n")
        told = "Questions that are still open: 1 of 7. Next: lesson 2, A recurrent layer by hand."
        await app.until(lambda: any(told in each.message for each in app.app._notifications))
        progress.answered(f"{first.name}/last", "1", True)
        progress.page_seen(first.name, 8)
        await app.press("q")
        await app.until("g goes on   2  A recurrent layer by hand")
        await app.until("7 of 7")


async def test_numbers_that_have_no_lesson_yet_are_told_of(opened, tmp_path, monkeypatch):
    course = shutil.copytree(lessons_folder(), tmp_path / "lessons")
    (course / "07-milk" / "lesson.md").unlink()
    monkeypatch.setattr("tuilab.ui.app.lessons_folder", lambda: course)
    async with opened() as app:
        await app.until("7  not there yet")
        await app.press(*["down"] * 6)
        await app.until("▸8")
        await app.press("slash", *"word")
        await app.until(lambda: "not there yet" not in app.text)


async def test_a_page_is_found_by_its_number(opened):
    async with opened() as app:
        await app.press("slash", *"7.6")
        await app.until("7.6  Three: a window")
        await app.press("enter")
        await app.until("6/22")
        await app.press("slash", *"7/5")
        await app.until("7.5 Two: scale")


@pytest.mark.parametrize(
    ("letters", "found"),
    [
        ("forecast", "lab forecast"),
        ("neuron", "lab neuron"),
        ("time", "6 · Time"),
        ("8", "8 · Word"),
        ("gru", "5 · LSTM"),
    ],
)
async def test_enter_opens_what_is_called_so_before_what_only_speaks_of_it(opened, letters, found):
    async with opened() as app:
        await app.press("slash", *letters, "enter")
        await app.until(found)


async def test_the_cursor_stays_where_it_was_moved_to_among_what_is_found(opened):
    async with opened() as app:
        await app.press("slash", *"forecast", "down", "up")
        await app.until("▸7")
        app.app.screen.fill()  # as where the size changes
        await app.until("▸7")


async def test_exercises_that_are_solved_count_among_the_answers(opened):
    async with opened() as app:
        milk = next(lesson for lesson in app.app.lessons if lesson.number == 7)
        assert milk.exercise_count == 9
        app.app.progress.exercised(f"{milk.name}/load", "hint")
        app.app.screen.fill()
        assert f" of {milk.quiz_count + 9}" not in app.text
        app.app.progress.exercised(f"{milk.name}/load", "solved")
        app.app.progress.answered(f"{milk.name}/harder", "1", True)
        app.app.screen.fill()
        await app.until(f"2 of {milk.quiz_count + 9}")
