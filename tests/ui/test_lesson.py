import asyncio

import pytest
from textual.widget import Widget

from tuilab.course.reader import lessons_folder, read_lessons
from tuilab.labs.gridpanel import GridPanel
from tuilab.labs.panel import LabPanel
from tuilab.terminal.means import Means
from tuilab.ui.lesson import PageView
from tuilab.ui.prose import preformatted_width
from tuilab.ui.quiz import Quiz
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
        await app.press("n", "n", "tab")
        await app.until("space trains")
        await app.press("space")
        await app.until(lambda: bool(app.worker.jobs) and hasattr(app.worker.jobs[0], "run"))
        app.worker.train(3)
        await app.press("n", "tab")
        await app.until("3 / 2,000")


async def test_find_goes_to_a_page_by_a_word_of_its_title(opened):
    async with opened(lesson=1) as app:
        await app.press("slash", *"deaf")
        await app.until("2.9 Large inputs")
        await app.press("enter")
        await app.until(lambda: "Here the inputs are whole numbers" in app.text)


async def test_the_last_page_says_so(opened):
    async with opened(lesson=6) as app:
        await app.press(*"nnnnnnnnnn")
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


async def test_a_choice_is_judged_by_the_lab_and_kept(opened):
    async with opened(lesson=1) as app:
        await app.press(*"nnnnnnnnn")
        await app.until("What does it remember?")
        await app.press("enter")
        await app.until("It would if w_y were 0.")
        assert app.app.progress.answers() == {"01-recurrent-neuron/counter": False}
        await app.press("down", "enter")
        await app.until("✓ Right: how many steps have gone by: it ends with 6.")
        assert app.app.progress.answers() == {"01-recurrent-neuron/counter": True}


async def test_a_number_is_judged_and_other_letters_keep_their_meaning(opened):
    async with opened(lesson=1) as app:
        await app.press(*"nnnnnnnnnn")
        await app.until("the third step?")
        await app.press(*"1/4", "enter")
        await app.until("'1/4' is not a number")
        await app.press("minus", "enter")
        await app.until("'-' is not a number")
        assert app.app.progress.answers() == {}
        await app.press(*"4.6", "enter")  # in the place of what was refused
        await app.until("4.6 is not within 0.01 of it")
        await app.press("4", "enter")
        await app.until("4 is not it. It is what comes out where the input of the step before")
        await app.press(*"4.25", "enter")
        await app.until("✓ Right: it is 4.25.")
        await app.press("n")
        await app.until("12/13")


async def test_the_lab_is_not_asked_about_what_is_no_number(opened):
    async with opened(lesson=1) as app:
        app.app.open_lesson(app.app.lessons[0], 10)
        await app.until("h Hint")
        app.worker.gone = True
        for typed in ("", "-"):
            await app.press(*typed, "enter")
            await app.until(f"{typed!r} is not a number")
        await app.press("4", "enter")
        await app.until("The worker ended before it answered. Your answer was not counted.")


async def test_what_is_typed_while_the_lab_is_asked_takes_the_place_of_the_answer(opened, monkeypatch):
    async with opened(lesson=1) as app:
        app.app.open_lesson(app.app.lessons[0], 10)
        await app.until("h Hint")
        asked: asyncio.Future = asyncio.get_running_loop().create_future()
        monkeypatch.setattr(app.worker, "ask", lambda spec, run=None: asked)
        await app.press("4", "enter")
        await app.until("Asking the lab…")
        await app.press("5")
        assert app.app.focused.value == "5"


async def test_h_gives_one_hint_after_the_other_and_they_are_remembered(opened):
    async with opened(lesson=1) as app:
        app.app.open_lesson(app.app.lessons[0], 10)
        await app.until("h Hint")
        await app.press("4", "h")
        await app.until("hint 1 of 3: What does the neuron say at t=0 and at t=1?")
        assert "hint 2" not in app.text and app.app.focused.value == "4"
        await app.press("h", "h", "h")
        await app.until("hint 3 of 3: 3 + 0.5·(2 + 0.5·1)")
        await app.until(lambda: "h Hint" not in app.text)
        assert app.app.progress.hints("01-recurrent-neuron/half-memory") == 3
        await app.press("p", "n")
        await app.until("hint 3 of 3")
        await app.press("p")
        await app.until(lambda: "Question 1" in app.text and "h Hint" in app.text)


async def test_several_choices_are_marked_with_space(opened):
    async with opened(lesson=1) as app:
        app.app.open_lesson(app.app.lessons[0], 12)
        await app.until("Several may be right.")
        await app.press("enter")
        await app.until("None is marked yet; 2 are missing.")
        await app.press("space", "enter")
        await app.until("✗ w_x = 1, w_y = 0, b = 1: without memory it says x + 1")
        await app.press("space", "down", "space", "enter")
        await app.until("What you took is right; 1 is missing.")
        assert app.app.progress.answers() == {"01-recurrent-neuron/grows": False}
        await app.press("down", "down", "space", "enter")
        await app.until("✓ Right: w_x = 1, w_y = 1, b = 0 and")
        assert "[x] w_x = 0, w_y = 2" in app.text and "[ ] w_x = 0, w_y = 1" in app.text
        assert app.app.progress.answers() == {"01-recurrent-neuron/grows": True}


async def test_lines_are_put_in_order_with_space_and_arrows(opened):
    async with opened(lesson=5) as app:
        app.app.open_lesson(next(each for each in app.app.lessons if each.number == 5), 24)
        await app.until("▸1. LSTM")
        await app.press("space", "down", "down", "up")
        await app.until("↕2. LSTM")
        await app.press("down", "space", "up", "up", "enter")  # full, simple, LSTM, diagonal, GRU
        await app.until("✗ LSTM with full peepholes does not belong at place 1.")
        await app.press("space", "down", "down", "down", "down", "space")  # simple, LSTM, diagonal, GRU, full
        await app.press("up", "space", "up", "up", "enter")
        await app.until("✓ Right: 141, 401, 531, 561, 831.")
        assert app.app.progress.answers() == {"05-lstm-gru/sizes": True}


async def test_an_answer_that_was_begun_is_there_when_its_page_comes_back(opened):
    async with opened(lesson=1) as app:
        app.app.open_lesson(app.app.lessons[0], 12)
        await app.until("Several may be right.")
        await app.press("space", "down", "down", "space")
        await app.press("p")
        await app.until("12/13")
        await app.press("n")
        await app.until("Several may be right.")
        await app.until(lambda: app.text.count("[x]") == 2 and "▸[x]" in app.text)
        app.app.open_lesson(app.app.lessons[0], 10)
        await app.until("the third step?")
        await app.press(*"4.2", "p", "n")
        await app.until("the third step?")
        assert app.app.focused.value == "4.2"


async def test_an_order_that_was_begun_is_there_when_its_page_comes_back(opened):
    async with opened(lesson=5) as app:
        app.app.open_lesson(next(each for each in app.app.lessons if each.number == 5), 24)
        await app.until("▸1. LSTM")
        await app.press("space", "down", "space", "p")
        await app.until(lambda: "1. LSTM" not in app.text and "2. LSTM" not in app.text)
        await app.press("n")
        await app.until("▸2. LSTM")


async def test_a_prediction_is_shown_beside_what_happened_and_the_lab_shows_it(opened):
    async with opened(lesson=1, size=(120, 40)) as app:
        app.app.open_lesson(app.app.lessons[0], 4)
        await app.until("First predict: with w_x = w_y = 0.5 and x")
        assert "2.125" not in app.text
        await app.press(*"x3?", "escape", "enter")
        await app.until("You said 3, the lab shows 2.125.")
        await app.until(lambda: "2.125" in app.text.replace("shows 2.125", ""))
        assert app.app.progress.prediction("01-recurrent-neuron/third-output").given == "3"
        assert app.app.progress.answers() == {}
        await app.press(*"2.5", "enter")
        await app.until("You said 2.5,")
        await app.until("what comes out where the input")
        await app.press("n", "p")
        await app.until("You said 2.5 the last time.")


async def test_after_a_prediction_u_brings_back_what_was_edited(opened):
    async with opened(lesson=1, size=(120, 40)) as app:
        app.app.open_lesson(app.app.lessons[0], 4)
        await app.until("First predict")
        await app.press("tab")
        await app.until(lambda: app.app.screen.panel.grid.cursor is not None)
        app.app.screen.panel.grid.move_to(Cell("weights", 0, 0))
        await app.press("e", *"2", "enter", "tab")
        await app.until(lambda: app.app.screen.panel.spec.w_x == 2)
        await app.press(*"3", "enter")
        await app.until("You said 3, the lab shows 2.125.")
        await app.until(lambda: app.app.screen.panel.spec.w_x == 0.5)
        await app.press("tab", "u")
        await app.until(lambda: app.app.screen.panel.spec.w_x == 2)


async def test_a_predicted_number_is_shown_by_a_lab_without_states_too(opened):
    async with opened(lesson=4, size=(120, 40)) as app:
        at = [page.title for page in app.app.screen.pages].index("A slope")
        app.app.open_lesson(app.app.screen.lesson, at)
        await app.until("First predict: what is f'(0)")
        await app.press(*"1", "enter")
        await app.until("the lab shows 0.25.")
        await app.until(lambda: app.app.screen.panel.spec.x == 0)


async def test_a_place_on_a_curve_is_marked_and_then_the_curve_is_shown(opened):
    async with opened(lesson=4) as app:
        at = [page.title for page in app.app.screen.pages].index("How far does a half reach?")
        app.app.open_lesson(app.app.screen.lesson, at)
        await app.until("your mark: 10")
        assert "the curve" not in app.text
        await app.press("right", "right", "left", "shift+right", "shift+right", "left")
        await app.until("your mark: 19")
        await app.press("enter")
        await app.until("You said 19, the lab shows 13.")
        await app.until("the curve")
        await app.press("shift+left", "left", "left", "left", "left", "enter")
        await app.until("You said 5, the lab shows 13.")
        assert app.app.progress.prediction("04-gradients/a-hundredth").given == "5"


async def test_which_comes_first_is_predicted_with_a_choice(opened):
    async with opened(lesson=5) as app:
        app.app.open_lesson(next(each for each in app.app.lessons if each.number == 5), 12)
        await app.until("more numbers to train?")
        await app.press("enter")
        await app.until("✗ You said LSTM, 10 units. The lab shows 553 for GRU, 12 units; 531 for")
        await app.press("down", "enter")
        await app.until("✓ You said GRU, 12 units.")
        assert app.app.progress.prediction("05-lstm-gru/larger").right


async def test_an_answer_that_cannot_be_checked_is_not_counted(opened):
    async with opened(lesson=1) as app:
        await app.press(*"nnnnnnnnn")
        await app.until(lambda: bool(app.app.screen.query(Quiz)))
        app.worker.gone = True
        await app.press("enter")
        await app.until("Your answer was not counted")
        assert app.app.progress.answers() == {}


async def test_an_answer_given_before_is_remembered(opened):
    async with opened(lesson=1) as app:
        app.app.progress.answered("01-recurrent-neuron/counter", "x", True)
        await app.press(*"nnnnnnnnn")
        await app.until("You answered this rightly before.")


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
