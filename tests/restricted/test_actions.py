"""Textual's own ways out are not there in the restricted app, whoever names them."""

from pathlib import Path

import pytest
from textual.app import SuspendNotSupported
from textual.widgets import Markdown

from tests.ui.conftest import Driver, FakeWorker
from tuilab.ui.flood import BoundedDriver
from tuilab.ui.restricted import RestrictedApp


@pytest.fixture
async def restricted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("webbrowser.open", lambda *_: pytest.fail("a browser was opened"))
    app = RestrictedApp(None, 1, worker=FakeWorker)
    async with app.run_test(size=(120, 40)) as pilot:
        driver = Driver(app, pilot)
        await driver.until("After this lesson")
        before = set(tmp_path.rglob("*"))
        yield app
        assert set(tmp_path.rglob("*")) - before == set()


@pytest.mark.parametrize("action", ["screenshot", "screenshot('x', '/tmp')", "suspend_process", "simulate_key('q')"])
async def test_an_action_that_leaves_is_not_there(restricted, action) -> None:
    assert not await restricted.run_action(action)
    assert not await restricted.run_action(f"app.{action}")


async def test_no_file_is_written_by_name(restricted, tmp_path) -> None:
    restricted.deliver_screenshot("x.svg", str(tmp_path))
    restricted.save_screenshot("x.svg", str(tmp_path))
    restricted.deliver_text(str(tmp_path / "x"))
    restricted.deliver_binary(str(tmp_path / "x"))
    assert not list(tmp_path.glob("x*"))


async def test_the_terminal_is_not_handed_on(restricted) -> None:
    with pytest.raises(SuspendNotSupported), restricted.suspend():
        pass


async def test_a_link_in_a_page_opens_nothing(restricted) -> None:
    restricted.open_url("https://example.org")
    page = restricted.screen.query(Markdown).first()
    page.post_message(Markdown.LinkClicked(page, "https://example.org"))
    await page.mount(Markdown("[a link](https://example.org)"))
    inner = page.query(Markdown).last()
    inner.post_message(Markdown.LinkClicked(inner, "https://example.org"))
    await restricted.animator.wait_until_complete()


def test_the_driver_is_not_chosen_by_the_environment(monkeypatch) -> None:
    monkeypatch.setattr("textual.constants.DRIVER", "os:system")
    assert RestrictedApp(worker=FakeWorker).driver_class is BoundedDriver
