"""The line of keys: it follows what works, and moves the screen only where it needs other lines."""

from collections.abc import Iterator
from unittest.mock import patch

import pytest
from textual.app import App, ComposeResult
from textual.binding import Binding
from textual.widgets import Static

from tuilab.ui.keybar import KeyBar

LETTERS = "abcdefghijklm"


class Keys(App[None]):
    """Has a key for each letter, those of `off` left out."""

    BINDINGS = [Binding(letter, f"press('{letter}')", f"Label {letter}") for letter in LETTERS]

    def __init__(self) -> None:
        super().__init__()
        self.off = ""

    def compose(self) -> ComposeResult:
        yield Static()
        yield KeyBar()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool:
        return action != "press" or parameters[0] not in self.off

    def line(self) -> str:
        bar = self.query_one(KeyBar)
        return "\n".join(bar.render_line(y).text for y in range(bar.size.height))


@pytest.fixture
def refreshed() -> Iterator[list[bool]]:
    """For each time that the bar is drawn anew because of its keys, whether the screen was laid out anew."""
    found: list[bool] = []
    real = KeyBar.refresh

    def refresh(self: KeyBar, *regions: object, layout: bool = False, **more: object) -> KeyBar:
        found.append(layout)
        return real(self, *regions, layout=layout, **more)  # type: ignore[arg-type]

    with patch.object(KeyBar, "refresh", refresh):
        yield found


async def _without(app: Keys, off: str, pilot: object) -> None:
    app.off = off
    app.refresh_bindings()
    await pilot.pause()  # type: ignore[attr-defined]


async def test_the_same_keys_are_not_drawn_again(refreshed: list[bool]) -> None:
    app = Keys()
    async with app.run_test(size=(80, 24)) as pilot:
        await _without(app, "", pilot)
        refreshed.clear()
        await _without(app, "", pilot)
        assert refreshed == []


async def test_other_keys_in_as_many_lines_do_not_move_the_screen(refreshed: list[bool]) -> None:
    app = Keys()
    async with app.run_test(size=(80, 24)) as pilot:
        await _without(app, "", pilot)
        assert "Label a" in app.line()
        refreshed.clear()
        await _without(app, "a", pilot)
        assert refreshed == [False]
        assert "Label a" not in app.line()


async def test_fewer_lines_are_given_back(refreshed: list[bool]) -> None:
    app = Keys()
    async with app.run_test(size=(80, 24)) as pilot:
        await _without(app, "", pilot)
        assert app.query_one(KeyBar).size.height == 2
        refreshed.clear()
        await _without(app, LETTERS[1:], pilot)
        assert True in refreshed
        assert app.query_one(KeyBar).size.height == 1
        assert app.line().strip().startswith("a Label a")
