"""Notices: they stand over the keys, and cover nothing of a page or a lab."""

import pytest

from tuilab.ui.keybar import KeyBar


def rows(app) -> list[str]:
    return app.text.splitlines()


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_a_notice_stands_over_the_keys_and_covers_nothing_else(opened, size):
    async with opened(lesson=1, size=size) as app:
        app.app.open_lesson(app.app.lessons[0], 7)
        await app.until("8/13")
        await app.until(lambda: app.app.screen.panel is not None and app.app.screen.query(KeyBar).first().size.height)
        before = rows(app)
        await app.press("r")
        await app.until("r is a key of the lab: tab goes there.")
        assert rows(app)[:-1] == before[:-1] and rows(app)[-1].strip() == "r is a key of the lab: tab goes there."
        app.app.clear_notifications()
        await app.until(lambda: rows(app) == before)


async def test_a_new_notice_takes_the_place_of_the_one_before(opened):
    async with opened("neuron") as app:
        await app.until("? Help")
        before = rows(app)
        for number in range(4):
            app.app.notify(f"Notice {number} of four, " + 12 * "with words ", severity="error", markup=False)
        await app.until("Notice 3 of four")
        assert rows(app)[:-2] == before[:-2] and "of four" not in rows(app)[-1]
