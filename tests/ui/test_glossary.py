"""The glossary on the screen."""

import pytest


@pytest.mark.parametrize("place", [{}, {"lesson": 2}, {"spelled": "cell"}])
async def test_l_opens_it_from_anywhere_and_esc_closes_it(opened, place):
    async with opened(**place) as app:
        await app.press("l")
        await app.until("a symbol or a term")
        await app.press(*"forget", "enter")
        await app.until("5 · LSTM, peepholes, GRU")
        await app.until("The forget gate")
        await app.until("3/24")


async def test_letters_are_typed_and_arrows_move(opened):
    async with opened(lesson=5) as app:
        await app.press("l", *"gate")
        await app.until("gate: A number from 0 to 1")
        await app.press("down", "down")
        await app.until("forget gate: How much of the cell state stays.")
        await app.press("escape", "n")
        await app.until("2/24")


async def test_tab_opens_the_lab(opened):
    async with opened(lesson=5) as app:
        await app.press("l", *"GRU", "tab")
        await app.until("cell cell=gru")
        await app.until("h = (1−z)")


@pytest.mark.parametrize(("way", "there"), [("enter", "The forget gate"), ("tab", "lab cell")])
async def test_who_looks_a_term_up_comes_back_to_the_page(opened, way, there):
    async with opened(lesson=2) as app:
        await app.press("n", "n")
        await app.until("3/16")
        for _ in range(2):  # from there too
            await app.press("l", *"forget gate", way)
            await app.until(there)
        await app.press("q")
        await app.until("3/16")
        assert app.app.screen.lesson.number == 2
        await app.press("q")
        await app.until("LESSONS")
        lesson, page = app.app.progress.last_place()
        assert (lesson[:2], page) == ("02", 3)


async def test_what_is_not_there_is_said_and_goes_nowhere(opened):
    async with opened() as app:
        await app.press("l", *"zebra")
        await app.until("There is nothing like this in the course.")
        await app.press("enter", "tab", "down")
        await app.until("There is nothing like this in the course.")
        await app.press("escape")
        await app.until("LESSONS")
        assert "Glossary" not in app.text


async def test_in_a_question_l_is_no_answer(opened):
    async with opened(lesson=1) as app:
        app.app.open_lesson(app.app.lessons[0], 10)
        await app.until("a number, then enter")
        await app.press("l")
        await app.until("a symbol or a term")


async def test_a_term_is_found_among_the_places_too(opened):
    async with opened(lesson=1) as app:
        await app.press("slash")
        await app.until("a lab or a term")
        await app.press(*"saturated")
        await app.until("term saturated")
        await app.press("enter")
        await app.until("Large inputs make it deaf")
        await app.press("q")
        await app.until("1/13")


async def test_no_notice_lies_over_it(opened):
    async with opened(lesson=1) as app:
        app.app.notify("This was about the page.", timeout=60)
        await app.until("This was about the page.")
        await app.press("l")
        await app.until("enter goes to")
        await app.until(lambda: "This was about the page." not in app.text)
