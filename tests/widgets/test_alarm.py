"""An alarm always rings, once."""

import asyncio

import pytest
from textual.app import App

from tuilab.widgets.alarm import Alarm


@pytest.mark.parametrize("seconds", [-1.0, 0.0, 1e-12, 0.01])
async def test_it_rings_once_even_where_its_time_is_past(seconds):
    app, rang = App(), asyncio.Event()
    async with app.run_test():
        alarm = Alarm(app, rang.set)
        alarm.set(seconds)
        assert alarm.is_set
        await asyncio.wait_for(rang.wait(), 10)
        assert not alarm.is_set


async def test_the_last_time_that_was_set_counts():
    app, rang = App(), []
    async with app.run_test() as pilot:
        alarm = Alarm(app, lambda: rang.append(1))
        alarm.set(1e6)
        alarm.set(0.0)
        alarm.set(0.0)
        await asyncio.sleep(0)
        await pilot.pause()
        assert rang == [1]
        alarm.set(0.0)
        alarm.cancel()
        await pilot.pause()
        assert rang == [1] and not alarm.is_set


async def test_an_error_is_not_swallowed():
    def fail() -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        async with App().run_test() as pilot:
            Alarm(pilot.app, fail).set(0.0)
            await pilot.pause(0.1)


async def test_it_does_not_ring_for_what_has_gone():
    app, rang = App(), []
    async with app.run_test():
        alarm = Alarm(app, lambda: rang.append(1))
    alarm.set(0.0)
    await asyncio.sleep(0.01)
    assert not rang
