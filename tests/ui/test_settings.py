"""The settings form at 80x24."""

import re

import pytest

from tuilab.labs.catalogue import NAMES, lab
from tuilab.labs.spec import fields


def words(text):
    """What stands in the frame, without line breaks and the end of the scroll bar, which may stand on any line."""
    return " ".join(" ".join(re.findall(r"│(.*?)[▁-█]? *│", text)).split())


@pytest.mark.parametrize("name", NAMES)
async def test_all_that_a_field_allows_can_be_read(opened, name):
    async with opened(name) as app:
        await app.press("escape", "f")  # out of a line that letters are typed into
        for field in fields(lab(name).spec):
            await app.until(lambda field=field: f"{field.name}: {field.help}" in words(app.text))
            await app.until(lambda field=field: field.allowed in words(app.text))
            assert "…" not in words(app.text)
            await app.press("down")


async def test_what_was_wrong_is_so_no_longer_with_the_defaults(opened):
    async with opened("forecast") as app:
        await app.press("f")
        await app.until("cell: the recurrent cell")
        await app.press("ctrl+u", *"abc", "enter")
        await app.until("cell=abc is not allowed")
        await app.press("ctrl+r")
        await app.until(lambda: "cell: the recurrent cell" in words(app.text) and "abc" not in app.text)
