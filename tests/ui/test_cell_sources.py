"""The sources of a number, marked in the cell lab."""

from tuilab.widgets.blocks import Cell


async def test_enter_marks_what_a_number_is_made_of(opened):
    async with opened("cell t=3") as app:
        await app.until(lambda: app.app.screen.panel.view is not None)
        app.app.screen.panel.grid.move_to(Cell.parse("after[0,0]"))
        await app.press("enter")
        expected = {Cell("before", 0, 2), *(Cell("gates", row, 4) for row in range(3))}
        await app.until(lambda: set(app.app.screen.panel.grid.sources) == expected)
        assert app.text.count("▸") == 4
