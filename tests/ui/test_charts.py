"""Charts keep what they have drawn until it, or its colours, would be another."""

from tuilab.widgets.chart import Chart


def _colours(chart: Chart) -> set:
    drawn = [segment.style for strip in chart.render_lines(chart.size.region) for segment in strip]
    return {(style.color, style.bgcolor) for style in drawn}


async def test_another_theme_gives_a_chart_its_colours(opened):
    async with opened("forecast") as app:
        app.app.theme = "dark"
        await app.until("space trains")
        chart = app.app.screen.query_one("#norm", Chart)
        dark = _colours(chart)
        app.app.theme = "light"
        await app.until(lambda: not _colours(chart) & dark)
