"""Rows of names, bars and numbers."""

from textual.app import App, ComposeResult

from tuilab.widgets.bars import Bar, Bars, bar, layout, printable


def test_a_bar_is_as_long_as_its_number_and_below_nought_it_is_another() -> None:
    assert bar(1, 8) == "━" * 8 and bar(0.5, 8) == "━━━━    " and bar(0, 8) == " " * 8
    assert bar(-0.25, 8) == "╌╌      " and bar(7, 8) == "━" * 8


def test_names_and_bars_share_the_width() -> None:
    bars = [Bar("a" * 50, 0.1), *[Bar("b", 0.2)] * 11]
    assert layout(bars, 80).name == 28 and layout(bars, 80).number == 2
    assert (
        layout([Bar("é", 1)], 80).bar == 57
        and layout([Bar("é", 1)], 300).bar == 60
        and layout([Bar("é", 1)], 20).bar == 0
    )


def test_what_cannot_be_drawn_is_a_question_mark() -> None:
    assert printable("a\x1b[31m\u202eb") == "a?[31m?b"


class BarsApp(App):
    left = 0

    def compose(self) -> ComposeResult:
        yield Bars()

    def on_bars_left(self) -> None:
        self.left += 1


async def test_the_mark_goes_up_and_down_and_rows_out_of_sight_are_told() -> None:
    app = BarsApp()
    async with app.run_test(size=(60, 5)) as pilot:
        bars = app.query_one(Bars)
        bars.styles.height = "1fr"
        bars.show([Bar(f"word{n}", n / 10) for n in range(8)])
        bars.focus()
        await pilot.pause()

        def rows() -> list[str]:
            return [bars.render_line(y).text for y in range(5)]

        assert "word0" in rows()[0] and rows()[0].startswith("▸") and rows()[4].endswith("▼ more")
        await pilot.press(*["down"] * 6)
        assert rows()[4].startswith("▸") and "word6" in rows()[4] and rows()[0].endswith("▲ more")
        await pilot.press("down", "down")
        assert "word7" in rows()[4] and "more" not in rows()[4] and bars.chosen == 7
        await pilot.press(*["up"] * 7)
        assert bars.chosen == 0 and app.left == 0
        await pilot.press("up")
        assert app.left == 1


async def test_wide_and_long_names_keep_their_columns() -> None:
    app = BarsApp()
    async with app.run_test(size=(60, 5)) as pilot:
        bars = app.query_one(Bars)
        bars.show([Bar("漢字漢字", 0.5), Bar("x" * 40, -0.5), Bar("e", 1)])
        await pilot.pause()
        from rich.cells import cell_len

        lines = [bars.render_line(y).text for y in range(3)]
        assert all(cell_len(line) == 60 for line in lines)
        assert lines[1].count("…") == 1 and "−0.500" in lines[1] and "1.000" in lines[2]
