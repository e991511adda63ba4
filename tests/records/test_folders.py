"""The folders of the whole machine, and what a learner may read."""

from pathlib import Path

import pytest

from tuilab.records.folders import is_restricted, is_within_reach, path_of, shared_folders


@pytest.mark.parametrize(
    "environ, folders",
    [
        ({}, ["/usr/local/share/tuilab", "/usr/share/tuilab"]),
        ({"TUILAB_DATA": "", "XDG_DATA_DIRS": ""}, ["/usr/local/share/tuilab", "/usr/share/tuilab"]),
        ({"XDG_DATA_DIRS": "/a/:/b:relative::"}, ["/a/tuilab", "/b/tuilab"]),
        ({"XDG_DATA_DIRS": "/a:/b", "TUILAB_DATA": "/srv/tuilab"}, ["/srv/tuilab"]),
    ],
)
def test_where_the_machine_keeps_what_all_may_read(environ, folders, monkeypatch) -> None:
    for name in ("TUILAB_DATA", "XDG_DATA_DIRS"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    assert [str(folder) for folder in shared_folders()] == folders


@pytest.fixture
def restricted(monkeypatch: pytest.MonkeyPatch, home: Path, tmp_path: Path) -> Path:
    monkeypatch.setenv("TUILAB_RESTRICTED", "1")
    (tmp_path / "outside").mkdir()
    (home / "link").symlink_to(tmp_path / "outside")
    (home / "circle").symlink_to(home / "circle")
    monkeypatch.chdir(home)
    return home


@pytest.mark.parametrize("path", ["~", "~/x", "~/data/a/../b", "x", "", "$machine", "$machine/corpora/x"])
def test_a_restricted_learner_reaches_their_home_and_the_shared_folders(restricted, path) -> None:
    assert is_restricted() and is_within_reach(spelled(path, restricted))


@pytest.mark.parametrize(
    "path",
    ["/", "/etc/passwd", "~/..", "~/../outside", "~/link", "~/link/x", "..", "~x", "$machine/..", "$machine-x", "a\0b"],
)
def test_and_nothing_else(restricted, path, monkeypatch) -> None:
    assert not is_within_reach(spelled(path, restricted))
    monkeypatch.setenv("TUILAB_RESTRICTED", "0")
    assert is_within_reach(spelled(path, restricted))


def test_a_path_as_it_is_typed(home, monkeypatch) -> None:
    assert [path_of(typed) for typed in ("~", "~/x", "x~", "/x")] == [home, home / "x", Path("x~"), Path("/x")]
    assert path_of("~root") == Path("/root") and path_of("~nobody-of-this-name") == Path("~nobody-of-this-name")
    monkeypatch.setenv("TUILAB_RESTRICTED", "1")
    assert path_of("~/x") == home / "x"
    assert not any(is_within_reach(path_of(typed)) for typed in ("~root", "~nobody-of-this-name", "~nobody/x"))


def spelled(path: str, home: Path) -> Path:
    """Its home is HOME, ~x that of a neighbour whose name begins the same."""
    return Path(path.replace("~", str(home)).replace("$machine", str(home.parent / ".machine")))
