"""The questions of a lesson's pages: quizzes, hints, predictions."""

import asyncio

from textual.widgets import Static

from tuilab.ui.quiz import Quiz
from tuilab.widgets.blocks import Cell


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


async def test_an_answer_is_kept_before_its_verdict_is_seen(opened, monkeypatch):
    async with opened(lesson=1) as app:
        await app.press(*"nnnnnnnnn")
        await app.until("What does it remember?")
        answered, seen = app.app.progress.answered, []

        def noted(*told):
            seen.append(str(app.app.screen.query_one(".verdict", Static).content))
            answered(*told)

        monkeypatch.setattr(app.app.progress, "answered", noted)
        await app.press("down", "enter")
        await app.until("✓ Right: how many steps")
        assert len(seen) == 1 and "Right" not in seen[0]


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
        await app.press("enter")
        await app.until("No number is given")
        await app.press("-", "enter")
        await app.until("'-' is not a number")
        await app.press("h")
        await app.until("hint 1 of")
        assert "is not a number" not in app.text
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


async def test_a_page_that_is_turned_while_the_lab_is_asked_says_what_becomes_of_the_answer(opened, monkeypatch):
    async with opened(lesson=1) as app:
        app.app.open_lesson(app.app.lessons[0], 10)
        await app.until("h Hint")
        asked: asyncio.Future = asyncio.get_running_loop().create_future()
        with monkeypatch.context() as patched:
            patched.setattr(app.worker, "ask", lambda spec, run=None: asked)
            await app.press("4", "enter")
            await app.until("Asking the lab…")
            await app.press("n")
            await app.until("Your answer was not judged yet.")
        await app.press("p")
        await app.until("the third step?")
        assert "not judged" not in app.text and app.app.focused.value == "4"
        await app.press("enter")
        await app.until("4 is not it.")
        await app.press("n")
        await app.until("12/13")
        assert "not judged" not in app.text


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
        await app.until("Nothing is marked yet: space marks what is right, then enter.")
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
        await app.press("space", "down")
        await app.until(lambda: "does not belong" not in app.text)  # that was said of the order before
        await app.press("down", "down", "down", "space")  # simple, LSTM, diagonal, GRU, full
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
        await app.until("✗ You said LSTM, 10 units. It is 553 for GRU, 12 units; 531 for")
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


async def test_where_a_line_is_below_the_end_of_the_screen_the_keys_that_scroll_to_it_are_named(opened):
    async with opened(lesson=6, size=(120, 40)) as app:
        await app.until("After this lesson you can")
        await app.press("n")
        await app.until("pgup pgdn Scroll")
        assert "First predict" not in app.text
        await app.press("pagedown")
        await app.until("a number, then enter")
