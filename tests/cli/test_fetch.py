"""`tuilab fetch`: what it says, where it puts things, and how it ends."""

import json
import os
import re
import stat
from pathlib import Path

import pytest

from tests.corpora.conftest import TEXT, Server
from tuilab.cli import fetch
from tuilab.cli.main import main
from tuilab.corpora.download import Source


@pytest.fixture(autouse=True)
def from_here(monkeypatch: pytest.MonkeyPatch, source: Source) -> None:
    monkeypatch.setitem(fetch._SOURCES, "text8", source)


@pytest.fixture(autouse=True)
def umask():
    before = os.umask(0o077)
    yield
    os.umask(before)


def test_it_puts_text8_into_the_learners_folder_and_says_where(home: Path, capsys) -> None:
    assert main(["fetch"]) == 0
    assert capsys.readouterr().out.endswith("100 MB on disk; not here: tuilab fetch text8\n")
    assert main(["fetch", "text8"]) == 0
    path = home / "data/tuilab/corpora/text8"
    assert path.read_bytes() == TEXT
    assert capsys.readouterr() == (f"text8 is here: {path}\n", "")
    assert main(["fetch"]) == 0 and main(["fetch", "--json"]) == 0
    plain, as_json = capsys.readouterr().out.splitlines()
    assert plain.endswith(f"here: {path}")
    assert json.loads(as_json)[0]["path"] == str(path)


def test_what_is_here_is_not_fetched_again(server: Server, capsys) -> None:
    assert main(["fetch", "text8"]) == main(["fetch", "text8"]) == 0
    assert len(server.asked) == 1


def test_shared_it_is_put_where_all_of_the_machine_may_read_it(tmp_path: Path, home: Path) -> None:
    assert main(["fetch", "text8"]) == main(["fetch", "text8", "--shared"]) == 0
    path = tmp_path / ".machine/corpora/text8"
    assert path.read_bytes() == TEXT
    modes = [stat.S_IMODE(each.stat().st_mode) for each in (path, path.parent, path.parent.parent)]
    assert modes == [0o644, 0o755, 0o755]


def test_another_address(server: Server, capsys, monkeypatch, source: Source) -> None:
    monkeypatch.setitem(fetch._SOURCES, "text8", source._replace(address="http://127.0.0.1:1/"))
    assert main(["fetch", "text8", "--from", server.address]) == 0


def test_what_goes_wrong_is_one_line_and_ends_with_1(server: Server, capsys) -> None:
    server.breaks_after = 300_000
    assert main(["fetch", "text8"]) == 1
    out, err = capsys.readouterr()
    assert (
        out == ""
        and err == "The download of text8 broke off after 0.3 of 0.5 MB; the same command goes on from there.\n"
    )


@pytest.mark.skipif(os.getuid() == 0, reason="root may write anywhere")
def test_a_shared_folder_is_not_everybodys_to_fill(tmp_path: Path, capsys) -> None:
    (tmp_path / ".machine").mkdir(mode=0o555)
    assert main(["fetch", "text8", "--shared"]) == 1
    assert "cannot be written to by this account. It is the whole machine's: root" in capsys.readouterr().err


def test_shared_without_a_folder_for_it(monkeypatch, capsys) -> None:
    monkeypatch.delenv("TUILAB_DATA")
    monkeypatch.setenv("XDG_DATA_DIRS", "relative")
    assert main(["fetch", "text8", "--shared"]) == 2
    assert "XDG_DATA_DIRS names no folder by its full path" in capsys.readouterr().err


def test_an_unknown_name_is_told_which_there_are(capsys) -> None:
    assert main(["fetch", "text9"]) == 2
    assert capsys.readouterr().err == "There is nothing to fetch by the name of text9: text8.\n"


def test_the_doctor_says_what_the_machines_folder_holds(tmp_path: Path, capsys) -> None:
    assert main(["doctor"]) == 0
    assert f"shared       nothing in {tmp_path}/.machine" in capsys.readouterr().out
    (tmp_path / ".machine/vectors/glove").mkdir(parents=True)
    assert main(["fetch", "text8", "--shared"]) == main(["doctor"]) == 0
    assert f"shared       {tmp_path}/.machine: text8, glove" in capsys.readouterr().out
    assert main(["doctor", "--json"]) == 0
    shared = json.loads(capsys.readouterr().out)["shared"]
    assert shared == [{"folder": f"{tmp_path}/.machine", "corpora": ["text8"], "vectors": ["glove"]}]


def test_a_bar_is_drawn_on_a_terminal_and_never_longer_than_a_line(monkeypatch, capsys) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    bar = fetch._Bar("text8")
    for here in (0, 10_000_000, 31_344_016):
        bar.last = 0.0
        bar.draw(here, 31_344_016)
    bar.end()
    drawn = capsys.readouterr().out.split("\r\x1b[K")
    assert drawn[0] == drawn[-1] == "" and len(drawn) == 5
    assert re.fullmatch(r"text8 ━+┈+ 10.0 of 31.3 MB  [\d.]+ MB/s  \d+ s left", drawn[2])
    assert "┈" not in drawn[3] and all(len(line) < 80 for line in drawn)
