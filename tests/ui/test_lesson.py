import asyncio

import pytest
from textual.widget import Widget

from tuilab.course.reader import lessons_folder, read_lessons
from tuilab.labs.gridpanel import GridPanel
from tuilab.labs.panel import LabPanel
from tuilab.terminal.means import Means
from tuilab.ui.lesson import PageView
from tuilab.ui.prose import preformatted_width
from tuilab.widgets.blocks import Cell

NUMBERS = [lesson.number for lesson in read_lessons(lessons_folder())[0]]


async def test_pages_turn_with_n_p_and_arrows_and_are_kept(opened):
    async with opened(lesson=2) as app:
        await app.until("1/16")
        await app.press("n")
        await app.until("2/16")
        await app.press("right", "p")
        await app.until("2/16")
        await app.press("left", "left", "p")
        await app.until("1/16")
        assert app.app.progress.pages("02-layer-by-hand") == {1, 2, 3}
        assert app.app.progress.last_page("02-layer-by-hand") == 1


async def test_at_80_columns_tab_goes_from_page_to_lab_and_back(opened):
    async with opened(lesson=2) as app:
        await app.press("n")
        await app.until("Two sentences of five words")
        assert "time-major" not in app.text
        await app.press("tab")
        await app.until("time-major")
        assert "Two sentences" not in app.text
        await app.press("tab")
        await app.until("Two sentences")


async def test_from_100_columns_on_they_stand_side_by_side(opened):
    async with opened(lesson=1, size=(100, 30)) as app:
        await app.press("n", "n", "n")
        await app.until(lambda: "A neuron without memory" in app.text and "w_y·y₋₁" in app.text)
        await app.pilot.resize_terminal(99, 30)
        await app.until(lambda: "w_y·y₋₁" not in app.text)


async def test_what_cannot_be_wrapped_is_never_cut_off(opened):
    async with opened(lesson=2, size=(120, 30)) as app:
        await app.press(*"nnnn")
        await app.until("what the layer said before")
        assert "part 4 of 4" not in app.text
        await app.pilot.resize_terminal(120, 40)  # there is room for the lab below it
        await app.until(lambda: "what the layer said before" in app.text and "part 4 of 4" in app.text)
        await app.pilot.resize_terminal(200, 40)
        await app.until(lambda: any("X(t)" in line and "▏" in line for line in app.text.splitlines()))


def test_the_width_of_what_cannot_be_wrapped():
    assert preformatted_width("word " * 50) == 0
    assert preformatted_width("```text\nab\nabcd\n```\n") == 8
    assert preformatted_width("| a | bcd |\n|---|---|\n| efgh | i |\n") == 4 + 3 + 3 + 3


async def test_where_there_is_only_ascii_formulas_are_spelled_out(opened):
    async with opened() as app:
        app.app.use(Means(unicode=False))
        app.app.open_lesson_number(1)
        await app.press(*"nnnn")
        await app.until("y_t = w_x * x_t + w_y * y_(t-1) + b")


async def test_a_lab_stays_as_it_was_left_while_pages_ask_for_the_same(opened):
    async with opened(lesson=6) as app:
        await app.press(*"nnnnnn", "tab")
        await app.until("space trains")
        await app.press("space")
        await app.until(lambda: bool(app.worker.jobs) and hasattr(app.worker.jobs[0], "run"))
        app.worker.train(3)
        await app.press("n", "tab")
        await app.until("3 / 4,000")


async def test_find_goes_to_a_page_by_a_word_of_its_title(opened):
    async with opened(lesson=1) as app:
        await app.press("slash", *"deaf")
        await app.until("2.9 Large inputs")
        await app.press("enter")
        await app.until(lambda: "Here the inputs are whole numbers" in app.text)


async def test_the_last_page_says_so(opened):
    async with opened(lesson=6) as app:
        await app.press(*"n" * len(app.app.screen.pages))
        await app.until("This is the last page")
        await app.press("q")
        await app.until(lambda: "g goes on" in app.text and "This is the last page" not in app.text)


@pytest.mark.parametrize("number", NUMBERS)
async def test_every_page_fits_80x24_and_its_lab_shows_what_it_asks_for(opened, number):
    async with opened(lesson=number) as app:
        screen = app.app.screen
        for page in range(len(screen.pages)):
            await app.until(f"{page + 1}/{len(screen.pages)}")
            view = screen.query_one(PageView)
            assert view.max_scroll_y == 0, f"page {page + 1} of lesson {number} is too long:\n{app.text}"
            block = screen.lab_block
            if block is not None:
                panel = screen.query_one(LabPanel)
                wanted = Cell.parse(getattr(block.show, "cursor", ""))
                if isinstance(panel, GridPanel):
                    await app.until(lambda p=panel: p.view is not None)
                    assert wanted is None or panel.grid.cursor == wanted, f"page {page + 1}: {wanted}"
            await app.press("n")


@pytest.mark.parametrize("side", ["page", "lab"])
async def test_a_lesson_that_is_left_while_a_page_is_filled_leaves_nothing_behind(opened, monkeypatch, side):
    async with opened() as app:
        remove, left = Widget.remove_children, []

        def leave(self, *arguments, **named):
            if self.id == side and not left:
                left.append(app.app.pop_screen())
            return remove(self, *arguments, **named)

        monkeypatch.setattr(Widget, "remove_children", leave)
        app.app.open_lesson(app.app.lessons[1], 3)
        await app.until(lambda: bool(left))
        await app.until("LESSONS")
        await app.press("down")


LIVE = """\
---
title: Live
summary: Numbers.
minutes: 1
---
## Page $y_t$
It says 9.5 and 9.25<!-- lab: neuron w_x=1 w_y=1 b=0 | rows[1].y -->, *then* 9<!-- lab: neuron w_x=1 | rows[0].y -->.
"""


async def test_numbers_of_experiments_are_filled_in(opened, tmp_path, monkeypatch):
    (tmp_path / "01-live").mkdir()
    (tmp_path / "01-live" / "lesson.md").write_text(LIVE)
    monkeypatch.setattr("tuilab.ui.app.lessons_folder", lambda: tmp_path)
    async with opened(lesson=1) as app:
        await app.until("It says 9.5 and 3.00, then 1.")
        assert "Page yₜ" in app.text
        app.worker.gone = True
        app.app.open_lesson_number(1)
        await app.until("It says 9.5 and 9.25, then 9.")  # as it is written


async def test_a_key_of_the_lab_pressed_on_its_page_says_where_it_belongs(opened):
    async with opened(lesson=1) as app:
        await app.press("n", "n", "n")
        await app.until("4/13")
        await app.press("space")
        await app.until("space is a key of the lab: tab goes there.")
        app.app.clear_notifications()
        await app.press("n", "x")  # turns the page; is no key of anything here or there
        await app.until("5/13")
        assert "is a key of the lab" not in app.text


@pytest.mark.parametrize("away", ["n", "tab"])
async def test_what_was_told_about_a_page_goes_with_it(opened, away):
    async with opened(lesson=1) as app:
        await app.press("n", "n", "n", "e")
        await app.until("e is a key of the lab")
        await app.press(away)
        await app.until(lambda: "is a key of the lab" not in app.text, seconds=2.5)


async def test_while_torch_is_loaded_again_a_lab_does_not_go_on_showing_the_page_before(opened, monkeypatch):
    async with opened(lesson=1, size=(120, 40)) as app:
        await app.press("n", "n", "n")
        await app.until("4/13")
        await app.until(lambda: app.app.screen.panel is not None)
        panel = app.app.screen.panel
        await app.press("n")  # the same lab with other numbers
        await app.until("5/13")
        assert app.app.screen.panel is panel
        monkeypatch.setattr(app.worker, "ask", lambda spec, run=None: asyncio.get_running_loop().create_future())
        app.app.worker_changed("resting", "")
        await app.press("n")
        await app.until("6/13")
        await app.until(lambda: app.app.screen.panel not in (None, panel))


async def test_a_key_that_scrolls_the_page_is_not_told_to_be_one_of_the_lab(opened):
    async with opened(lesson=8) as app:
        at = [page.title for page in app.app.screen.pages].index("Neighbours")
        app.app.open_lesson(app.app.screen.lesson, at)
        await app.until("Words are compared by the cosine")
        assert app.app.screen.panel.obeys("pagedown")
        await app.press("pagedown", "n")
        await app.until("Directions come to mean something")
        assert not app.app._notifications
