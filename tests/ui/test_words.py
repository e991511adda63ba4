"""The words lab on the screen."""

import re

import pytest

from tuilab.records import snapshots


async def _train(app, steps: int) -> None:
    await app.until("space trains on language")
    await app.press("space")
    await app.until(lambda: bool(app.worker.jobs) and hasattr(app.worker.jobs[0], "run"))
    app.worker.train(steps)


async def test_words_come_near_to_each_other(opened):
    async with opened("words dimensions=20 epochs=1 watch=king,xyzzy") as app:
        await _train(app, 16)
        await app.until("done   loss")
        await app.until("xyzzy  is not among the words")
        await app.until(lambda: bool(re.search(r"country-capital \d+/380", app.text)))
        assert re.search(r"king +\w+ \.\d\d  \w+ \.\d\d", app.text), app.text
        assert re.search(r"male-female \d+/342", app.text), app.text
        assert re.search(r"lr 0\.\d+", app.text)
        assert "723 words" in app.text


async def test_the_moments_of_a_training(opened):
    async with opened("words dimensions=20 epochs=1") as app:
        await _train(app, 5)
        await app.until("running   loss")
        await app.press("space")
        await app.until("paused   loss")
        await app.press("left_square_bracket")
        await app.until("after 4 of 5 steps")
        await app.press("right_square_bracket")
        await app.until("paused   loss")


async def test_presses_in_one_burst_each_go_one_moment_back(opened):
    async with opened("words dimensions=20 epochs=1") as app:
        await _train(app, 16)
        await app.until("done   loss")
        await app.press(*["left_square_bracket"] * 5)
        await app.until("after 11 of 16 steps")


async def test_moments_that_are_not_kept_are_told(opened, monkeypatch):
    monkeypatch.setattr(snapshots, "MOST_BYTES", 1000)
    async with opened("words dimensions=20 epochs=1") as app:
        await _train(app, 16)
        await app.until("done   loss")
        await app.press("left_square_bracket")
        await app.until("Moments of a network this large are not kept: each takes 0.1 MiB")


@pytest.mark.parametrize("key", ["left_square_bracket", "s"])
async def test_keys_before_there_is_a_training(opened, key):
    async with opened("words dimensions=20 epochs=1") as app:
        await app.until("space trains on language")
        await app.press(key)
        await app.until("train first" if key != "s" else "paused")


async def test_before_a_training_i_looks_into_the_newest_vectors_that_are_kept(opened):
    async with opened("words dimensions=20 epochs=1") as app:
        await app.until("space trains on language")
        await app.press("i")
        await app.until("lab neighbours")
        await app.until("No run of the words lab is kept yet: train one first in the words lab")
        await app.press("escape", "q")
        await app.until("space trains on language")


async def test_its_code(opened):
    async with opened("words model=cbow") as app:
        await app.until("space trains on language")
        await app.press("c")
        await app.until("from collections import Counter")


async def test_nothing_is_counted_before_the_text_is(opened):
    async with opened("words dimensions=20 epochs=1") as app:
        await app.until("space trains on language")
        assert not re.search(r"\d / \d", app.text)
        await app.press("space")
        await app.until("0 / 16")


async def test_why_there_are_no_vectors_stays_said(opened):
    async with opened("words") as app:
        await app.until("space trains on language")
        app.app.screen.panel.runner.sentence = "There is no corpus 'nowhere.txt'."
        await app.press("i")
        await app.until("There is no corpus 'nowhere.txt'.")
