"""Screens are as large as the terminal is, whatever messages come late."""

import pytest
from textual.events import Resize
from textual.geometry import Size

from tuilab.widgets.form import SettingsScreen

LATE = Size(120, 40)  # of a terminal that has 80x24 by now


@pytest.mark.parametrize("keys", [[], ["slash"], ["question_mark"], ["tab", "f"]])
async def test_a_message_of_another_size_that_comes_late_changes_nothing(opened, keys):
    async with opened(lesson=1) as app:
        await app.press("n", *keys)
        await app.pilot.pause()
        for screen in app.app.screen_stack:
            screen.post_message(Resize(LATE, LATE, LATE))
        await app.pilot.pause()
        assert [screen.outer_size for screen in app.app.screen_stack] == [app.app.size] * len(app.app.screen_stack)


async def test_keys_do_nothing_before_a_screen_is_filled_or_once_it_goes(opened):
    async with opened("unroll") as app:
        await app.until("part 4 of 4")
        screen = SettingsScreen(app.app.screen.panel.spec)
        app.app.push_screen(screen)
        assert screen.check_action("defaults", ()) is False
        await app.until("Settings of unroll")
        assert screen.check_action("defaults", ())
        await app.press("escape")
        await app.until(lambda: screen.check_action("defaults", ()) is False)
