"""More input than anybody means to give: it is bounded, and the program goes on."""

import os

import pytest

from tests.restricted.support import ESCAPE

pytestmark = pytest.mark.slow

FIELDS = {
    "filter": ([], "LESSONS", "/", "type a part"),
    "palette": ([], "LESSONS", "\x10", "Search for commands"),
    "number": (["open", "unroll"], "part 4 of 4", "e", "New value for"),
    "settings": (["open", "forecast"], "space trains", "f", "Settings of forecast"),
    "lesson": (["lesson", "1"], "After this lesson", "", ""),
}
MOST = 40.0  # MiB more than before
SIZE = 1_000_000


def send(terminal, text: str) -> None:
    """Write all of it, as fast as it is taken."""
    data = text.encode()
    while data:
        data = data[os.write(terminal.fd, data[:4096]) :]


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("kind", ["pasted", "pasted in lines", "typed"])
def test_more_than_anybody_types(opened, field, kind) -> None:
    arguments, there, key, then = FIELDS[field]
    program = opened(*arguments)
    program.until(there)
    program.press(key)
    program.until(then)
    before = program.memory
    text = {"pasted": "7" * SIZE, "typed": "7" * (SIZE // 10), "pasted in lines": "7\r\n" * (SIZE // 3)}[kind]
    send(program.terminal, text if kind == "typed" else f"\x1b[200~{text}\x1b[201~")
    program.press(ESCAPE)
    program.stays_inside(most=before + MOST)
