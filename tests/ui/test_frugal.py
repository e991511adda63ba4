"""What changes where little is to be sent."""

import pytest

from tuilab.terminal.means import Means
from tuilab.widgets.chart import Chart
from tuilab.widgets.throttle import FRUGAL_EVERY, REDRAW_EVERY, SELDOMEST, SHARE


async def test_charts_are_drawn_half_as_often(opened):
    async with opened("forecast") as app:
        chart = app.app.screen.query(Chart).first()
        chart.changed._took = 0.0
        assert chart.changed.every == REDRAW_EVERY
        app.app.use(Means(frugal=True, sparing=True))
        assert chart.changed.every == FRUGAL_EVERY == 2 * REDRAW_EVERY


@pytest.mark.parametrize(("load", "times"), [(0.5, 1), (2.0, 1), (12.0, 6)])
async def test_charts_are_drawn_less_often_where_drawing_takes_long_and_others_wait(opened, monkeypatch, load, times):
    monkeypatch.setattr("os.getloadavg", lambda: (load, 0.0, 0.0))
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    async with opened("forecast") as app:
        changed = app.app.screen.query(Chart).first().changed
        changed._took = 0.04
        assert changed.every == SHARE * 0.04 * times
        changed._took = 9.0
        assert changed.every == SELDOMEST
        changed(at_once=True)
        await app.until(lambda: changed.every < SELDOMEST)


async def test_charts_are_ascii_where_the_terminal_is(opened):
    async with opened("forecast steps=20") as app:
        app.app.use(Means(unicode=False))
        await app.until("space trains")
        await app.press("space")
        await app.until(lambda: app.worker.jobs and hasattr(app.worker.jobs[-1], "run"))
        app.worker.train(20)
        await app.until("oo prediction")
        assert "** truth" in app.text
