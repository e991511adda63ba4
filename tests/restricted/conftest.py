"""tuilab in restricted mode, watched."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.restricted.support import Restricted, make_environment, restricted
from tests.restricted.watch import Log


@pytest.fixture(scope="session")
def watched(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Log]:
    """A Python whose every process is watched, and what is written down of them."""
    folder = tmp_path_factory.mktemp("watched")
    log = folder / "log"
    log.touch()
    return make_environment(folder / "environment", log), Log(log)


@pytest.fixture
def opened(
    watched: tuple[str, Log], home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[..., Restricted]]:
    """`opened("lesson", "2", EDITOR="vi")` starts tuilab --restricted with its home as the only place to write to."""
    python, log = watched
    log.clear()
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    with ExitStack() as stack:
        yield lambda *arguments, **environ: stack.enter_context(restricted(python, home, log, *arguments, **environ))
    assert not list(elsewhere.iterdir())
