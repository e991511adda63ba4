"""The map lab on the screen."""

import numpy as np
import pytest

from tests.vectors.samples import keep_run
from tuilab.labs.map.panel import MapPanel
from tuilab.vectors import open as opening

NAMES = ["king", "queen", "paris", *(f"word{n}" for n in range(40))]
SMALL = "map skip=0 perplexity=5 iterations=20 groups=king,queen;paris"


@pytest.fixture(autouse=True)
def kept() -> None:
    opening._opened.cache_clear()
    rows = np.random.default_rng(4).standard_normal((len(NAMES), 6)).astype(np.float32)
    keep_run(NAMES, rows)


async def _run(app) -> None:
    await app.until("space lets t-SNE run")
    await app.press("space")
    await app.until(lambda: bool(app.worker.jobs) and hasattr(app.worker.jobs[0], "run"))
    app.worker.train(20)
    await app.until("t-SNE keeps")


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_both_maps_and_what_they_keep(opened, size):
    async with opened(SMALL, size=size) as app:
        await app.until("PCA keeps")
        assert "1 king  2 paris" in app.text and "true neighbours" in app.text and "@" in app.text
        assert "43 words of 6 numbers" in app.text
        await _run(app)
        await app.until("20 / 20")
        await app.press("v")
        await app.until("PCA keeps")
        assert "20 / 20" not in app.text
        await app.press("v")
        await app.until("t-SNE keeps")
        assert "20 / 20" in app.text


async def test_the_cursor_goes_from_word_to_word_and_to_a_typed_one(opened):
    async with opened(SMALL) as app:
        await app.until("king: ")
        for key in ("left", "up", "right", "down"):
            await app.press(key)
        await app.press("e", *"wrod7", "enter")
        await app.until("'wrod7' is not among the 43 words")
        assert "word7" in app.text
        await app.press(*["backspace"] * 5, *"word7", "enter")
        await app.until("word7: ")


async def test_the_map_is_enlarged_and_moved(opened):
    async with opened(SMALL) as app:
        await app.until("king: ")
        canvas = app.app.screen.query_one(MapPanel).canvas
        await app.press("plus", "plus")
        assert canvas.box.zoom == 4
        before = canvas.box.x
        await app.press("shift+right")
        assert canvas.box.x > before
        await app.press("0")
        assert canvas.box.zoom == 1


async def test_there_is_no_other_map_before_it_was_run(opened):
    async with opened(SMALL) as app:
        await app.until("king: ")
        await app.press("v")
        await app.until("There is no map by t-SNE yet")


async def test_brackets_go_through_the_moments_of_a_run(opened):
    async with opened(SMALL) as app:
        await app.until("king: ")
        await app.press("left_square_bracket")
        await app.until("There is no run to go through yet")
        await _run(app)
        await app.until("done   KL divergence")
        await app.press("left_square_bracket")
        await app.until("after 19 of 20 iterations")
        await app.press("left_square_bracket", "left_square_bracket")
        await app.until("after 17 of 20 iterations")
        await app.press("right_square_bracket", "right_square_bracket", "right_square_bracket")
        await app.until("done   KL divergence")


async def test_the_word_is_looked_up_in_the_neighbours_lab(opened):
    async with opened(SMALL) as app:
        await app.until("king: ")
        await app.press("e", *"queen", "enter")
        await app.until("queen: ")
        await app.press("i")
        await app.until("Nearest to queen, with their cosines:")


async def test_why_there_is_no_map_stays_on_the_screen(opened):
    async with opened("map skip=40") as app:
        await app.until("3 are left after skip=40")
        await app.pilot.resize_terminal(100, 30)
        await app.until(lambda: app.app.size.width == 100 and "3 are left after skip=40" in app.text)
        app.app.screen.query_one(MapPanel).run_changed()
        await app.until("3 are left after skip=40")
        await app.press("space")
        await app.until("3 are left after skip=40")
