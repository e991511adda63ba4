"""Screens as text, where the layout matters. `TUILAB_GOLDENS=write` writes them anew, to be looked at."""

import os
from pathlib import Path

import pytest

FOLDER = Path(__file__).with_name("goldens")


def compare(name: str, text: str) -> None:
    """Hold a screen against the one that was looked at."""
    path = FOLDER / f"{name}.txt"
    if os.environ.get("TUILAB_GOLDENS") == "write":
        FOLDER.mkdir(exist_ok=True)
        path.write_text(text + "\n")
    assert text + "\n" == path.read_text(), f"{name} looks different; see {path.name}"


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_home(opened, size):
    async with opened(size=size) as app:
        await app.until("▸1")
        compare(f"home-{size[0]}x{size[1]}", app.text)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_the_second_step_of_lesson_2(opened, size):
    async with opened(lesson=2, size=size) as app:
        await app.press(*"nnnnnn", "tab")
        await app.until("part 3 of 4")
        await app.press("enter")
        await app.until("▸0.14")
        compare(f"unroll-{size[0]}x{size[1]}", app.text)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_the_forecast_lab_before_training(opened, size):
    async with opened("forecast", size=size) as app:
        await app.until("space trains")
        compare(f"forecast-{size[0]}x{size[1]}", app.text)


async def test_the_settings_of_the_forecast(opened):
    async with opened("forecast") as app:
        await app.press("f")
        await app.until("cell: the recurrent cell")
        compare("settings-80x24", app.text)
