"""Keys of the editor in the app."""

import pytest

from tests.ui.test_exercise import course, file  # noqa: F401  # fixtures


@pytest.fixture
def editor(course, file, opened):  # noqa: F811
    """`async with editor("text") as app:`, at the end of that text."""
    from contextlib import asynccontextmanager

    @asynccontextmanager
    async def editor(text: str, size=(80, 24)):
        file.parent.mkdir(parents=True)
        file.write_text(text)
        async with opened(lesson=7, size=size) as app:
            await app.until("Exercise: One window")
            await app.press("i")
            await app.until(lambda: bool(app.app.screen.query("TextArea")) and area(app).text == text)
            area(app).move_cursor(area(app).document.end)
            yield app

    return editor


def area(app):
    return app.app.screen.query_one("TextArea")


async def test_ctrl_z_undoes_and_ctrl_y_writes_it_again(editor, monkeypatch):
    asked = []

    def suspend(app) -> None:
        asked.append(app)

    monkeypatch.setattr("textual.app.App.action_suspend_process", suspend)
    async with editor("one") as app:
        await app.until("^z Undo  ^y Redo")
        await app.press("ctrl+z")
        await app.press("x", "y", "left", "z", "ctrl+z")
        await app.until(lambda: area(app).text == "onexy")
        await app.press("ctrl+z")
        await app.until(lambda: area(app).text == "one")
        await app.press("ctrl+y", "ctrl+y")
        await app.until(lambda: area(app).text == "onexzy")
        assert not asked
        await app.press("ctrl+s", "escape")
        await app.until("Exercise: One window")
        await app.press("ctrl+z")
        await app.until(lambda: asked)


@pytest.mark.parametrize(
    ("text", "keys", "wanted"),
    [
        ("x = 1", "enter,y", "x = 1\ny"),
        ("    x = 1", "enter,y", "    x = 1\n    y"),
        ("def f():", "enter,y,enter,z", "def f():\n    y\n    z"),
        ("    if x:  ", "enter,y", "    if x:  \n        y"),
        ("    if x:", "home,enter,y", "    \n    yif x:"),
        ("def f():", "enter,enter,y", "def f():\n    \n    y"),
        ("def f():", "enter,tab,y", "def f():\n        y"),
        ("def f():\n    x", "enter,backspace,y", "def f():\n    x\ny"),
        ("        x", "enter,backspace,y", "        x\n    y"),
        ("      ", "backspace,y", "    y"),
        ("ab\n", "backspace,backspace,y", "ay"),
        ("if x:abc", "shift+left,shift+left,shift+left,enter,y", "if x:\n    y"),
    ],
)
async def test_a_new_line_keeps_the_indentation_and_backspace_takes_a_step_of_it(editor, text, keys, wanted):
    async with editor(text) as app:
        await app.press("end" if "\n" not in text else "right", *keys.split(","))
        await app.until(lambda: area(app).text == wanted)


async def test_the_cursor_stays_in_sight_when_a_verdict_takes_room(editor):
    text = "".join(f"x{line} = 1\n" for line in range(60)) + "assert x0 == 2, 'a reason that is long ' * 9"
    async with editor(text) as app:
        await app.until("61  assert")
        await app.press("ctrl+s")
        await app.until("✗ AssertionError in line 61", 40)
        await app.until("61  assert x0")
