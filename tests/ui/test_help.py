"""What ? says: sentences that wrap, and each key once."""

import re

import pytest

from tuilab.labs.catalogue import NAMES
from tuilab.ui.help import HelpScreen


async def keys_of(app) -> list[tuple[str, str]]:
    """The keys that the help lists, each with what it does."""
    await app.press("question_mark")
    await app.until("esc closes")
    screen = app.app.screen
    assert isinstance(screen, HelpScreen)
    assert all(line.endswith((".", ":")) for line in screen.explained.split("\n"))  # no line ends within a sentence
    return [tuple(re.split(r"  +", line.strip(), maxsplit=1)) for line in screen.key_lines.split("\n")]


@pytest.mark.parametrize("lab", NAMES)
async def test_each_key_is_listed_once(opened, lab):
    async with opened(lab) as app:
        await app.until(lambda: app.app.screen.panel is not None and app.app.screen.panel.is_mounted)
        await app.press("escape")
        found = await keys_of(app)
        single = [key for shown, _ in found for key in shown.split()]
        assert len(single) == len(set(single)) > 5
        assert len({does for _, does in found}) == len(found)


async def test_four_arrows_and_a_pair_are_one_line_each(opened):
    async with opened("map") as app:
        await app.press("escape")
        found = dict(await keys_of(app))
        assert found["arrows"] == "To the next word there" and found["+ -"] == "Larger or smaller, around the word"
        assert not found.keys() & {"←", "-", "[", "]"}


async def test_on_the_line_of_a_word_lab_help_is_behind_esc(opened):
    async with opened("neighbours") as app:
        await app.press("question_mark")
        assert not isinstance(app.app.screen, HelpScreen)
        await app.press("escape")
        assert ("q", "Back to the lessons and labs") in await keys_of(app)
