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
