"""The neighbours lab on the screen: typed into, completed, walked through."""

import asyncio

import pytest
from textual import events
from textual.widgets import Static

from tests.labs.vectors import WORDS, cosine, keep
from tuilab.labs.neighbours.panel import NeighboursPanel
from tuilab.labs.neighbours.spec import Complete
from tuilab.vectors import open as opening
from tuilab.widgets.bars import Bars
from tuilab.widgets.completing import Completing, WordLine


@pytest.fixture(autouse=True)
def run() -> str:
    opening._opened.cache_clear()
    return keep()


def panel(app) -> NeighboursPanel:
    return app.app.screen.query_one(NeighboursPanel)


def completions(app) -> list[str]:
    return str(app.app.screen.query_one("#completions", Static).content).split()


async def test_a_word_is_typed_and_its_neighbours_come(opened):
    async with opened("neighbours") as app:
        await app.until("words dimensions=4 after 10 steps: 10 words of 4 numbers")
        await app.until("One word: its neighbours.")
        await app.press(*"king", "enter")
        await app.until("Nearest to king, with their cosines:")
        rows = [line for line in app.text.splitlines() if "━" in line]
        assert (
            rows[0].split()[:2] == ["1", "prince"]
            and rows[0].split()[-1] == f"{cosine(WORDS['king'], WORDS['prince']):.3f}"
        )
        assert "neighbours word=king" in app.text
        await app.press(*"man woman", "enter")  # takes the place of what was asked
        await app.until("man and woman: cosine −0.980")
        await app.press(*"king queen walked", "enter")
        await app.until("The odd one out is walked")
        await app.until("◂ the odd one out")


async def test_what_is_typed_right_behind_enter_is_the_next_word(opened):
    async with opened("neighbours") as app:
        await app.until("One word: its neighbours.")
        line = app.app.screen.query_one(WordLine)
        for key, character in (*((letter, letter) for letter in "king"), ("enter", "\r"), ("m", "m"), ("a", "a")):
            line.post_message(events.Key(key, character))  # all of them before anything is asked
        await app.until("Nearest to king")
        await app.press("n", "enter")
        await app.until("Nearest to man")


async def test_whose_vectors_they_are_is_not_cut_off(opened):
    keep(WORDS, "words corpus=pydoc watch=raise,list,open,print,import dimensions=4")
    async with opened("neighbours word=king") as app:
        await app.until("Nearest to king")
        assert "10 words of 4 numbers" in " ".join(app.text.split())


async def test_words_that_stand_twice_in_a_file_are_told_as_it_is_opened(opened, tmp_path):
    path = tmp_path / "twice.txt"
    path.write_text("king 1 0\nqueen 1 1\nking 0 1\nman 0 2\n")
    async with opened(f"neighbours vectors={path}") as app:
        await app.until("One word stands there once more, 'king' at line 3; the first of each counts.")
        await app.press(*"king", "enter")
        await app.until("Nearest to king")
        assert "once more" not in app.text


async def test_letters_are_typed_not_obeyed_and_esc_gives_them_back(opened):
    async with opened("neighbours word=king") as app:
        await app.until("Nearest to king")
        await app.press(*"qfcuen/?")
        assert app.app.screen.query_one(WordLine).value == "qfcuen/?"
        assert len(app.app.screen_stack) == 3
        await app.press("escape", "c")
        await app.until("import numpy as np")
        await app.press("escape", "q")
        await app.until("q Quit")


async def test_completions_are_taken_with_right_and_changed_with_down(opened):
    async with opened("neighbours") as app:
        await app.until("One word")
        line = app.app.screen.query_one(WordLine)
        await app.press(*"man ki")
        await app.until(lambda: completions(app) == ["king", "kingdom"])
        await app.press("right")
        assert line.value == "man king" and not completions(app)
        await app.press(*" pr")
        await app.until(lambda: completions(app) == ["prince", "princess"])
        await app.press("down")
        await app.until("▐prince▌")
        await app.press("down")
        await app.until("▐princess▌")
        assert line.value == "man king princess"
        await app.press("down", "down", "up")
        assert line.value == "man king prince"
        await app.press("backspace")
        await app.until(lambda: completions(app) == ["prince", "princess"])
        await app.press("up")  # the last one is above the first
        assert line.value == "man king princess"
        await app.press("down")
        await app.press("enter")
        await app.until("The odd one out is man")
        await app.press("x", "y", "z")
        await app.until(lambda: line.value == "xyz")
        assert not completions(app)


async def test_tab_completes_where_there_is_no_page(opened):
    async with opened("neighbours") as app:
        await app.until("One word")
        await app.press(*"wa")
        await app.until(lambda: completions(app) == ["walked"])
        await app.press("tab")
        await app.until(lambda: app.app.screen.query_one(WordLine).value == "walked")
        assert app.app.focused is app.app.screen.query_one(WordLine)


async def test_of_many_letters_only_the_newest_is_asked_for(opened, monkeypatch):
    async with opened("neighbours") as app:
        await app.until("One word")
        asked, answers = [], []

        async def slow(begun: str) -> list[str]:
            asked.append(begun)
            answers.append(asyncio.get_running_loop().create_future())
            return await answers[-1]

        completing = app.app.screen.query_one(Completing)
        monkeypatch.setattr(completing, "complete", slow)
        await app.press(*"kingd")
        await app.until(lambda: asked == ["k"])
        answers[0].set_result(["king", "kingdom"])
        await app.until(lambda: asked == ["k", "kingd"])
        assert not completions(app)  # those of k came too late
        answers[1].set_result(["kingdom"])
        await app.until(lambda: completions(app) == ["kingdom"])


async def test_a_completion_goes_on_from_what_is_typed_by_now(opened, monkeypatch):
    async with opened("neighbours") as app:
        await app.until("One word")
        await app.press(*"ki")
        await app.until(lambda: completions(app) == ["king", "kingdom"])

        async def never(begun: str) -> list[str]:
            return await asyncio.get_running_loop().create_future()

        monkeypatch.setattr(app.app.screen.query_one(Completing), "complete", never)
        await app.press(*"ngd", "right")
        assert app.app.screen.query_one(WordLine).value == "kingdom"


async def test_an_answer_below_a_problem_steps_back_until_the_next_one(opened):
    async with opened("neighbours word=king") as app:
        await app.until("Nearest to king")

        def colours() -> list[str]:
            rows = [
                row for row in app.app.screen._compositor.render_strips() if "Nearest" in row.text or "━" in row.text
            ]
            return [str(segment.style.color) for segment in [*rows[0], *rows[1]] if segment.text.strip()]

        plain = colours()
        await app.press(*"kingg", "enter")
        await app.until("kingg is not among the 10 words")
        await app.until(lambda: not set(colours()) & set(plain))
        assert "The answer before: Nearest to king, with their cosines:" in app.text
        await app.press(*"man", "enter")
        await app.until("Nearest to man")
        await app.until(lambda: colours() == plain)
        assert "The answer before" not in app.text


async def test_the_line_says_how_to_reach_help_and_the_way_back(opened):
    async with opened("neighbours") as app:
        await app.until("esc To the result (there ? Help, q Back)")
        await app.press("escape")
        await app.until("q Back  ? Help")


async def test_an_unknown_word_is_told_and_the_answer_before_stays(opened):
    async with opened("neighbours word=king") as app:
        await app.until("Nearest to king")
        await app.press(*"kingg", "enter")
        await app.until("kingg is not among the 10 words; spelled most like it: king.")
        assert "Nearest to king" in app.text and panel(app).spec.word == "king"
        assert app.app.screen.query_one(WordLine).value == "kingg"
        await app.press("end", "backspace", "enter")
        await app.until(lambda: "kingg" not in app.text)


async def test_the_rows_are_walked_and_undone(opened):
    async with opened("neighbours word=king") as app:
        await app.until("Nearest to king")
        second = app.app.screen.query_one(Bars).bars[1].name
        await app.press("escape", "down", "enter")
        await app.until(f"Nearest to {second}")
        assert app.app.screen.query_one(WordLine).value == second
        await app.press("u")
        await app.until("Nearest to king")
        await app.press("u")
        await app.until("Nothing was asked before this.")
        await app.press("up")
        assert app.app.focused is app.app.screen.query_one(WordLine)
        await app.press("escape", "e")
        assert app.app.focused is app.app.screen.query_one(WordLine)


async def test_nothing_is_trained_and_no_code_before_a_word(opened, monkeypatch, tmp_path):
    async with opened("neighbours") as app:
        await app.until("One word")
        await app.press("escape", "c")
        await app.until("The code is there once a word was asked for")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "empty"))
    async with opened("neighbours") as app:
        await app.until("No run of the words lab is kept yet: train one first in the words lab")
        await app.press(*"ki", "enter")
        await app.until("No run of the words lab is kept yet")


async def test_a_worker_that_is_gone(opened):
    async with opened("neighbours word=king") as app:
        await app.until("Nearest to king")
        app.worker.gone = True
        await app.press(*"man", "enter")
        await app.until("ctrl+r starts it again")
        await app.press("escape", "ctrl+r")
        await app.until("Nearest to man")


async def test_all_words_of_a_long_list_can_be_reached(opened):
    async with opened("neighbours word=king most=40") as app:
        await app.until("Nearest to king")
        await app.press("escape", *["down"] * 8)
        bars = app.app.screen.query_one(Bars)
        assert bars.chosen == len(WORDS) - 2 and bars.bars[bars.chosen].name in app.text


def test_completing_is_a_question_by_itself():
    from tuilab.labs import catalogue

    assert catalogue.stands_alone("complete") and catalogue.spec_of("complete") is Complete
    assert not catalogue.stands_alone("generate")
